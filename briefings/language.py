"""The words that a brief says by itself, its dates and its numbers, in the reader's language.

A language is one file, ``languages/<code>.yaml``, with just the keys of ``en.yaml``: a missing or
an unknown one is an error at its place, never a word in the wrong language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from briefings import source as yaml
from briefings.errors import InvalidInput, nearest, unknown
from briefings.resources import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefings.errors import Problem
    from briefings.model.dates import Edtf, Moment, Point
    from briefings.source import KeyPath, Source

REFERENCE = "en"
_UTC = ("", "Z", "+00:00", "-00:00")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code (BCP 47) and all its words."""

    code: str
    data: Mapping[str, Any]

    @property
    def direction(self) -> str:
        """``"ltr"`` or ``"rtl"``."""
        return str(self.data["direction"])

    @property
    def months(self) -> list[str]:
        """The names of the twelve months."""
        return list(self.data["dates"]["months"])

    def word(self, group: str, key: str) -> str:
        """Return one word of a group such as ``"stance"``."""
        return str(self.data[group][key])

    def date(self, date: Edtf) -> str:
        """Return a date or an interval as it is read aloud, with how sure it is."""
        dates = self.data["dates"]
        if not date.is_interval or (date.start and date.end and date.start == date.end):
            return self.point(date.start) if date.start else ""
        if date.start is None and date.end:
            return str(dates["until"]).format(end=self.point(date.end))
        if date.end is None and date.start:
            return str(dates["since"]).format(start=self.point(date.start))
        if within := _days_of_a_month(date, dates["months"]):
            return str(dates["days"]).format(**within)
        ends = {"start": date.start, "end": date.end}
        said = {name: self.point(point) for name, point in ends.items() if point}
        return str(dates["between"]).format(**said)

    def moment(self, moment: Moment) -> str:
        """Return a day, or a minute with its zone."""
        return self.point(moment.point)

    def point(self, point: Point) -> str:
        """Return one calendar date with its qualifiers."""
        dates = self.data["dates"]
        unit = "day" if point.clock else point.precision
        month = dates["months"][point.month - 1] if point.month else ""
        said = str(dates[unit]).format(day=point.day, month=month, year=point.year)
        if point.clock:
            zone = "UTC" if point.zone in _UTC else f"UTC{point.zone}"
            said = str(dates["minute"]).format(date=said, clock=point.clock, zone=zone)
        if point.approximate and point.uncertain:
            return str(dates["unsure"]).format(date=said)
        if point.approximate:
            return str(dates["approximate"]).format(date=said)
        return str(dates["uncertain"]).format(date=said) if point.uncertain else said

    def number(self, number: int) -> str:
        """Return a whole number with its thousands grouped."""
        return f"{number:,}".replace(",", str(self.data["group"]))


def _days_of_a_month(date: Edtf, months: Sequence[str]) -> dict[str, object] | None:
    """Return the days of an interval and its year, where it lies in one month and both are sure."""
    start, end = date.start, date.end
    if start is None or end is None or (start.year, start.month) != (end.year, end.month):
        return None
    for point in (start, end):
        unsure = point.approximate or point.uncertain
        if point.precision != "day" or point.clock or unsure:
            return None
    month = months[start.month - 1] if start.month else ""
    return {"first": start.day, "last": end.day, "month": month, "year": start.year}


def pieces(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a sentence with the placeholder after them, ``""`` at the end."""
    parts = _PLACEHOLDER.split(sentence)
    yield from zip(parts[::2], [*parts[1::2], ""], strict=True)


def load(code: str, shelf: Shelf) -> Language:
    """Read ``languages/<code>.yaml``.

    Raises:
        InvalidInput: there is none, or its keys are not those of our English.
    """
    path = shelf.find("languages", f"{code}.yaml")
    if path is None:
        raise InvalidInput.of(unknown("language", code, shelf.stems("languages")))
    source = yaml.read(path)
    problems = list(_differences(source, source.data, _reference(), ()))
    if problems:
        raise InvalidInput(sorted(problems, key=lambda p: (p.line, p.column)))
    return Language(code, source.data)


@cache
def _reference() -> dict[str, Any]:
    path = Shelf().find("languages", f"{REFERENCE}.yaml")
    assert path  # noqa: S101  # it ships with us
    return yaml.read(path).data


def _differences(
    source: Source,
    own: Any,  # noqa: ANN401
    reference: Any,  # noqa: ANN401
    path: KeyPath,
) -> Iterator[Problem]:
    """Yield a problem for each way in which *own* is not shaped as the *reference* is."""
    if isinstance(reference, dict):
        yield from _keys(source, own, reference, path)
    elif not isinstance(reference, list):
        if said := _unfit(own, reference, path):
            yield source.problem(path, said)
    elif not isinstance(own, list) or len(own) != len(reference):
        yield source.problem(path, f"a list of {len(reference)} words is expected")
    else:
        for index, value in enumerate(reference):
            yield from _differences(source, own[index], value, (*path, index))


def _keys(
    source: Source,
    own: Any,  # noqa: ANN401
    reference: dict[str, Any],
    path: KeyPath,
) -> Iterator[Problem]:
    if not isinstance(own, dict):
        yield source.problem(path, "a mapping of keys and words is expected")
        return
    for key in own:
        if key not in reference:
            hint = nearest(key, reference) or f"; known: {', '.join(reference)}"
            yield source.problem((*path, key), f'unknown key "{key}"{hint}', at_key=True)
    for key, value in reference.items():
        if key not in own:
            yield source.problem(path, f'the word "{key}" is missing')
        else:
            yield from _differences(source, own[key], value, (*path, key))


_SHAPES = (
    ("direction", r"ltr|rtl", 'the direction of writing is "ltr" or "rtl"'),
    ("labels", r"[A-Za-z]+", "a label begins with letters from A to Z"),
    ("", r"[^\n\r]+", "words are one line"),
)


def _unfit(own: Any, reference: str, path: KeyPath) -> str:  # noqa: ANN401
    """Say why *own* cannot stand for the *reference*, or nothing."""
    if not isinstance(own, str) or not own:
        return "a word or a sentence is expected"
    for group, pattern, said in _SHAPES:
        if group in ("", path[0]) and not re.fullmatch(pattern, own):
            return said
    wanted = _PLACEHOLDER.findall(reference)
    if set(_PLACEHOLDER.findall(own)) != set(wanted):
        expected = ", ".join(f"{{{name}}}" for name in wanted) or "none"
        return f"the placeholders do not fit; expected: {expected}"
    if re.search(r"[{}]", _PLACEHOLDER.sub("", own)):
        return 'a "{" or "}" stands outside a placeholder such as "{date}"'
    return ""
