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
from briefings.model.dates import BadDate, Edtf
from briefings.model.sections.events import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.errors import Problem
    from briefings.model.base import Model
    from briefings.source import KeyPath, Source


@dataclass(slots=True)
class _Found:
    ids: dict[str, dict[str, KeyPath]] = field(default_factory=lambda: defaultdict(dict))
    twice: list[tuple[KeyPath, str, KeyPath]] = field(default_factory=list)
    names: list[tuple[KeyPath, tuple[str, ...], str]] = field(default_factory=list)


def check(source: Source, model: type[Model]) -> list[Problem]:
    """Return a problem for each reference that leads nowhere and each id that stands twice."""
    found = _Found()
    _walk(source.data, model, (), found)
    problems = [
        source.problem(path, f'the id "{name}" stands twice; the first is in line {_line(source, first)}')
        for path, name, first in found.twice
    ]
    for path, kinds, name in found.names:
        known = [id_ for kind in kinds for id_ in found.ids[kind]]
        if name not in known:
            problems.append(source.problem(path, _nowhere(kinds, name, known)))
    return problems + list(_events(source)) + list(_loops(source))


def _line(source: Source, path: KeyPath) -> int:
    return source.values[path].line if path in source.values else 0


def _nowhere(kinds: tuple[str, ...], name: str, known: list[str]) -> str:
    what = kinds[0] if len(kinds) == 1 else " or ".join(kinds) if len(kinds) == 2 else "part"  # noqa: PLR2004
    hint = nearest(name, known)
    if not hint:
        hint = f"; known: {', '.join(known[:8])}" if known else f"; there is no {what} at all"
    return f'there is no {what} "{name}"{hint}'


def _walk(data: Any, model: type[Model], path: KeyPath, found: _Found) -> None:  # noqa: ANN401
    if not isinstance(data, dict):
        return
    if issubclass(model, Pointed) and isinstance(name := data.get("id"), str):
        known = found.ids[model.kind]
        if name in known:
            found.twice.append(((*path, "id"), name, known[name]))
        known.setdefault(name, (*path, "id"))
    parts = shape(model)
    for key, link in parts.links.items():
        for place, name in _items(data.get(key), (*path, key)):
            if isinstance(name, str):
                found.names.append((place, link.kinds, name))
    for key, nested in parts.nested.items():
        for place, part in _items(data.get(key), (*path, key)):
            _walk(part, nested.model, place, found)


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
            for path, other in _items(event.get(key), ("events", index, key)):
                if other == name:
                    yield source.problem(path, f'"{name}" cannot point at itself')
                elif key != "part_of" and other in events and _after(events[other], event):
                    message = f'"{other}" is later than "{name}", which cannot come of it'
                    yield source.problem(path, message)


def _named(items: Any) -> Iterator[tuple[int, str, dict[str, Any]]]:  # noqa: ANN401
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield index, item["id"], item


def _after(other: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether *other* can only have begun after *event* was over."""
    try:
        return Edtf.parse(str(other.get("date"))).earliest > Edtf.parse(str(event.get("date"))).latest
    except BadDate:
        return False


def _loops(source: Source) -> Iterator[Problem]:
    """Parts of parts, answers to answers and origins of origins come to an end."""
    for key, link in (("events", "part_of"), ("sources", "origin")):
        items = list(_named(source.data.get(key)))
        up = {name: item.get(link) for _, name, item in items}
        for index, name, _ in items:
            seen, at = {name}, up.get(name)
            while isinstance(at, str) and at in up and at not in seen:
                seen.add(at)
                at = up.get(at)
            if at == name and len(seen) > 1:
                yield source.problem((key, index, link), f'"{name}" comes back to itself over "{link}"')
