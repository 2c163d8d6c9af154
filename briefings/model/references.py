"""Names that point at other parts: every one must lead somewhere, and every id be its own.

This walks the data as it was read, not the finished model, so that a wrong name is reported in the
same pass as a wrong type beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefings.errors import nearest
from briefings.model.base import Pointed, shape
from briefings.model.dates import BadDate, Edtf, surely_before
from briefings.model.sections.events import LINKS
from briefings.source import WrittenFloat, WrittenInt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefings.errors import Problem
    from briefings.model.base import Model
    from briefings.source import KeyPath, Source

MAX_HINTS, MAX_NAMES = 50, 8
MAX_PARTS, MAX_ORIGINS, MAX_ANSWERS = 5, 10, 50  # no page shows more, no reader follows them


@dataclass(slots=True)
class Names:
    """The ids that a part of a briefing gives, by kind, and the names by which it refers to some.

    ``twice`` holds each id that is given again, with the place of the first; ``names`` where each
    reference stands, of which kinds it may be, and the id.
    """

    ids: dict[str, dict[str, KeyPath]] = field(default_factory=lambda: defaultdict(dict))
    twice: list[tuple[KeyPath, str, KeyPath]] = field(default_factory=list)
    names: list[tuple[KeyPath, tuple[str, ...], str]] = field(default_factory=list)

    @classmethod
    def of(cls, data: dict[str, Any], model: type[Model]) -> Names:
        """Return those of data that a class of the model is to be made of."""
        found = cls()
        _walk(data, model, (), found)
        return found

    def nowhere(self, source: Source, further: Mapping[str, Iterable[str]]) -> list[Problem]:
        """Return a problem for each reference that leads nowhere.

        Args:
            source: where they stand.
            further: ids that could be used, by kind.
        """
        every = {kind: [*ids] for kind, ids in self.ids.items()}
        for kind, ids in further.items():
            every[kind] = list(dict.fromkeys((*every.get(kind, ()), *ids)))
        problems: list[Problem] = []
        for path, kinds, name in self.names:
            if not any(name in self.ids[kind] or name in further.get(kind, ()) for kind in kinds):
                # Looking for the nearest name takes long; nobody reads it a hundred times.
                known = [id_ for kind in kinds for id_ in every.get(kind, ())]
                near = known if len(problems) < MAX_HINTS else known[:MAX_NAMES]
                problems.append(source.problem(path, _nowhere(kinds, name, near, every)))
        return problems


def check(
    source: Source, model: type[Model], further: Mapping[str, Iterable[str]] | None = None
) -> list[Problem]:
    """Return a problem for each reference that leads nowhere and each id that stands twice.

    Args:
        source: what was read.
        model: what is to be made of it.
        further: ids of the register, by kind; what is used of them stands in the source already.
    """
    found = Names.of(source.data, model)
    problems = [
        source.problem(
            path, f'the id "{name}" stands twice; the first is in line {_line(source, first)}'
        )
        for path, name, first in found.twice
    ]
    problems += found.nowhere(source, further or {})
    return problems + list(_events(source)) + list(_loops(source))


def _line(source: Source, path: KeyPath) -> int:
    return source.values[path].line if path in source.values else 0


def _nowhere(
    kinds: tuple[str, ...], name: str, known: list[str], every: Mapping[str, list[str]]
) -> str:
    what = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    other = next((kind for kind, ids in every.items() if name in ids), None)
    article = "an" if (other or "")[:1] in "aeiou" else "a"
    hint = f"; that is {article} {other}" if other else nearest(name, known)
    if not hint:
        hint = f"; known: {', '.join(known[:8])}" if known else "; there are none at all"
    return f'there is no {what} "{name}"{hint}'


def _walk(data: Any, model: type[Model], path: KeyPath, found: Names) -> None:  # noqa: ANN401
    if not isinstance(data, dict):
        return
    if issubclass(model, Pointed) and (name := name_of(data.get("id"))) is not None:
        known = found.ids[model.kind]
        if name in known:
            found.twice.append(((*path, "id"), name, known[name]))
        known.setdefault(name, (*path, "id"))
    parts = shape(model)
    for key, link in parts.links.items():
        for place, value in _items(data.get(key), (*path, key)):
            if (name := name_of(value)) is not None:
                found.names.append((place, link.kinds, name))
    for key, nested in parts.nested.items():
        for place, part in _items(data.get(key), (*path, key)):
            _walk(part, nested.model, place, found)


def name_of(value: object) -> str | None:
    """Return an id as it was written, so that ``7`` and ``1.10`` are names too."""
    if isinstance(value, (WrittenInt, WrittenFloat)):
        return value.written
    return value if isinstance(value, str) else None


def _items(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:  # noqa: ANN401
    if isinstance(value, list):
        yield from (((*path, index), item) for index, item in enumerate(value))
    elif value is not None:
        yield path, value


def _events(source: Source) -> Iterator[Problem]:
    """Events answer what was there before them."""
    events = {name: data for _, name, data in _named(source.data.get("events"))}
    for index, name, event in _named(source.data.get("events")):
        for key in LINKS:
            for path, value in _items(event.get(key), ("events", index, key)):
                other = name_of(value)
                if other == name:
                    yield source.problem(path, f'"{name}" cannot point at itself')
                elif key != "part_of" and other in events and _after(events[other], event):
                    message = f'"{other}" is later than "{name}"; "{key}" names earlier events'
                    yield source.problem(path, message)


def _named(items: Any) -> Iterator[tuple[int, str, dict[str, Any]]]:  # noqa: ANN401
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict) and (name := name_of(item.get("id"))) is not None:
            yield index, name, item


def _after(other: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether *other* can only have begun after *event* was over."""
    try:
        end = Edtf.parse(str(event.get("date"))).end
        start = Edtf.parse(str(other.get("date"))).start
        return bool(end and start and surely_before(end, start))
    except BadDate:
        return False


def _loops(source: Source) -> Iterator[Problem]:
    """Parts of parts, answers to answers and origins of origins come to an end."""
    parts = [
        (("events", index, "part_of"), name, name_of(item.get("part_of")))
        for index, name, item in _named(source.data.get("events"))
    ]
    origins = [
        (("sources", index, "origin"), name, name_of(item.get("origin")))
        for index, name, item in _named(source.data.get("sources"))
    ]
    answers = [
        ((key, index, "claims", number, "answers"), name, name_of(claim.get("answers")))
        for key in ("events", "context")
        for index, _, item in _named(source.data.get(key))
        for number, name, claim in _named(item.get("claims"))
    ]
    for links, most in ((parts, MAX_PARTS), (origins, MAX_ORIGINS), (answers, MAX_ANSWERS)):
        up = {name: further for _, name, further in links}
        for path, name, further in links:
            seen: set[str] = set()
            at = further
            while at is not None and at != name and at not in seen and len(seen) <= most:
                seen.add(at)
                at = up.get(at)
            if len(seen) > most:
                yield source.problem(path, f'"{path[-1]}" leads on more than {most} times')
            elif at == name and seen:
                message = f'this leads back to "{name}": "{path[-1]}" must come to an end'
                yield source.problem(path, message)
            elif at == name and path[-1] != "part_of":  # events are looked at above
                yield source.problem(path, f'"{name}" cannot point at itself')
