"""Markings as they hold: a part is marked at least as high as what it cannot stand without.

A CLEAR claim of an AMBER speaker is withheld from whoever may see no AMBER; so what a brief prints
beside it must be AMBER too, or a careful reader would pass on a line that was never to leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from briefings.model.base import Model, Pointed, Portion, shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefings.model.marking import Marking

    Marks = Mapping[tuple[str, str], Marking]

Part = TypeVar("Part", bound=Model)


def effective(
    lists: Mapping[str, Sequence[Part]], meant: Callable[[str, tuple[str, ...]], tuple[str, str]]
) -> dict[str, list[Part]]:
    """Return the parts, each with its effective marking.

    Args:
        lists: the parts under each key, with the marking that each has of its own or inherits.
        meant: gives kind and id of what a reference means, of the kinds that it may name.
    """
    found = {key: list(parts) for key, parts in lists.items()}
    while True:
        marks = {name: mark for parts in found.values() for name, mark in marks_of(parts)}
        raised = {key: [_raised(p, marks, meant) for p in parts] for key, parts in found.items()}
        if raised == found:
            return found
        found = raised


def _raised(
    part: Part,
    marks: Marks,
    meant: Callable[[str, tuple[str, ...]], tuple[str, str]],
    around: Marking | None = None,
) -> Part:
    """Return a part with the marking that it must have at least, and so all that stands in it."""
    changed: dict[str, Any] = {}
    if isinstance(part, Portion) and part.marking is not None:
        least = [part.marking, *([around] if around else []), *_needed(part, marks, meant)]
        around = changed["marking"] = max(least)
    for name, nested in shape(type(part)).nested.items():
        inner = [_raised(p, marks, meant, around) for p in items(getattr(part, name))]
        if inner:
            changed[name] = inner if nested.many else inner[0]
    return part.model_copy(update=changed)


def _needed(
    part: Portion, marks: Marks, meant: Callable[[str, tuple[str, ...]], tuple[str, str]]
) -> Iterator[Marking]:
    """Yield the marking of each thing that a part does not stand without."""
    for name, link in shape(type(part)).links.items():
        named = [meant(n, link.kinds) for n in items(getattr(part, name))]
        found = [marks[name] for name in named if name in marks]
        if found and name in part.stands_on:
            yield max(found)
        elif found and link.required:
            yield min(found)  # any of them is enough
    for name, nested in shape(type(part)).nested.items():
        inner = [p.marking for p in items(getattr(part, name)) if isinstance(p, Portion)]
        if nested.required and (least := [mark for mark in inner if mark is not None]):
            yield min(least)


def items(value: Any) -> list[Any]:  # noqa: ANN401
    """Return a field's value as a list, whether it is one, a single thing or nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def marks_of(parts: Iterable[Model]) -> Iterator[tuple[tuple[str, str], Marking]]:
    """Yield kind and id of each part that has a marking, with that."""
    for part in parts:
        if isinstance(part, Pointed) and part.marking is not None:
            yield (part.kind, part.id), part.marking
        for name in shape(type(part)).nested:
            yield from marks_of(items(getattr(part, name)))
