"""Portions whose author marked them lower than what they stand on, so that they count as higher.

Nothing leaks by that: each counts as what it stands on. But who marked a claim TLP:CLEAR expects
the public to get it, and would look for it in vain.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.audience.ceiling import all_ids, below, meant
from briefings.audience.effective import effective, items, marks_of
from briefings.model.base import Pointed, Portion, shape
from briefings.model.marking import Marking
from briefings.model.sections import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from briefings.model import Briefing
    from briefings.model.base import Model
    from briefings.source import KeyPath

    Meant = Callable[[str, tuple[str, ...]], tuple[str, str]]
    Marks = Mapping[tuple[str, str], Marking]


def raised(briefing: Briefing) -> Iterator[tuple[KeyPath, str]]:
    """Yield where a marking is stated that is lower than the one that holds, with the reason."""
    if briefing.extract:
        return  # what it states is what holds
    portions = {key: briefing.portions(key) for key in keys()}
    named = partial(meant, every=all_ids(portions))
    lists = {key: list(below(p, briefing.marking, Marking.RED)) for key, p in portions.items()}
    holding = effective(lists, named)
    marks = {name: mark for parts in holding.values() for name, mark in marks_of(parts)}
    for key, parts in portions.items():
        for index, (part, held) in enumerate(zip(parts, holding[key], strict=True)):
            yield from _of_part((key, index), part, held, partial(_why, named, marks))


def _of_part(
    path: KeyPath,
    part: Model,
    held: Model,
    why: Callable[[Portion, Marking], str],
    around: str = "",
) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(part, Portion) and isinstance(held, Portion):
        stated, holds = part.marking, held.marking
        if stated and holds and stated < holds:
            reason = why(held, holds) or f"stands in {around}, {holds}"
            said = f"marked {stated} but {reason}: it will be treated as {holds}"
            yield (*path, "marking"), said
        around = f"{part.kind} {part.id}" if isinstance(part, Pointed) else "what is around it"
    for name, nested in shape(type(part)).nested.items():
        pairs = zip(items(getattr(part, name)), items(getattr(held, name)), strict=True)
        for index, (inner, inner_held) in enumerate(pairs):
            place = (*path, name, index) if nested.many else (*path, name)
            yield from _of_part(place, inner, inner_held, why, around)


def _why(named: Meant, marks: Marks, held: Portion, holds: Marking) -> str:
    """Return what raises a part to the marking that holds for it, or nothing: what it stands in."""
    for name, link in shape(type(held)).links.items():
        found = [named(n, link.kinds) for n in items(getattr(held, name))]
        high = next((one for one in found if marks.get(one) == holds), None)
        if high and (name in held.stands_on or (link.required and len(found) == 1)):
            return f"stands on {' '.join(high)}, {holds}"
        if high and link.required and min(marks.get(one, holds) for one in found) == holds:
            return f"all that it rests on is {holds} or higher"
    for name, nested in shape(type(held)).nested.items():
        inner = [one for one in items(getattr(held, name)) if isinstance(one, Portion)]
        if nested.required and inner and min(one.marking or holds for one in inner) == holds:
            return f"all its {name} are {holds} or higher"
    return ""
