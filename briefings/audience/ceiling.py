"""The one place where anything is withheld.

What ``cut`` returns holds nothing above the reader's ceiling and nothing that points at what is
gone, so whatever is derived from it later (statuses, numbers, the banner) cannot tell of it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from briefings.audience.effective import effective, items
from briefings.errors import NothingToSay, Refused
from briefings.model.base import Pointed, Portion, shape
from briefings.model.sections import REFERRED, SECTIONS, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from briefings.model import Briefing
    from briefings.model.base import Model
    from briefings.model.inline import Inline
    from briefings.model.marking import Marking

_Ids = set[tuple[str, str]]  # kinds with their ids

HEAD_TEXTS = ("title", "bluf", "series", "notice")


def cut(briefing: Briefing, ceiling: Marking) -> Briefing:
    """Return the briefing as if it held only what one who may see *ceiling* may see.

    - A portion above the ceiling goes, with all that stands in it.
    - What cannot stand without something that is gone goes with it: a claim without its speaker
      or one of its sources, a source without its origin, an actor without its side, an event
      without a claim, a judgement without anything that it rests on, a discrepancy without one of
      its points. Other references to it go alone.
    - Of the texts given for several markings, the highest that may be seen is taken.

    Every portion of the result carries its effective marking.

    Raises:
        NothingToSay: no title, no bottom line or nothing beside them may be seen.
        Refused: it is an extract that states what follows from all of it, and not all may be seen.
    """
    top = briefing.marking
    portions = {key: briefing.portions(key) for key in ("authors", *keys())}
    lists = {key: list(below(parts, top, ceiling)) for key, parts in portions.items()}
    marked = any(lists[key] for key in _BY_THEMSELVES)
    every = all_ids(portions)
    while True:
        gone = every - all_ids(lists)
        fewer = {key: list(_standing(parts, every, gone)) for key, parts in lists.items()}
        if fewer == lists:
            break
        lists = fewer
    lists = effective(lists, partial(meant, every=every))
    if briefing.extract and not briefing.extract.grades and every - all_ids(lists):
        raise Refused(_NOT_CUT.format(briefing.extract.audience, ceiling.value))
    texts = {name: _highest(getattr(briefing, name), top, ceiling) for name in HEAD_TEXTS}
    lacking = [what for name, what in _NEEDED if not texts[name]]
    # An extract of a brief that shows a title and a bottom line alone holds no more than these.
    empty = not briefing.extract and not any(lists[key] for key in _BY_THEMSELVES)
    if lacking or empty:
        raise NothingToSay(_nothing([*lacking, *(["portion"] if empty else [])], ceiling, marked))
    shown = briefing.model_copy(update={"marking": min(top, ceiling), **lists, **texts})
    shown.placed(briefing.name, briefing.folder)
    return shown


# The keys of what is shown by itself, and not because something else refers to it.
_BY_THEMSELVES = tuple(s.key for s in SECTIONS.values() if s.key not in REFERRED)


def _nothing(lacking: list[str], ceiling: Marking, marked: bool) -> str:  # noqa: FBT001
    """Say what is not there for a reader; *marked* is whether a portion is marked for them."""
    stands = marked and lacking[-1] == "portion"
    reasons = []
    if named := lacking[:-1] if stands else lacking:
        reasons.append(f"no {' and no '.join(named)} of it is marked {ceiling} or lower")
    if stands:
        reasons.append("each portion that is marked so stands on what is marked higher")
    return f"nothing to say: {', and '.join(reasons)}"


_NOT_CUT = (
    'this is an extract for "{}", whose statuses are those of all that is in it; '
    "some of it is marked higher than {}"
)
_NEEDED = (("title", "title"), ("bluf", "bottom line (bluf)"))


def _highest(
    texts: dict[Marking | None, Inline] | None, top: Marking, ceiling: Marking
) -> dict[Marking, Inline] | None:
    """Return the text of the highest marking that may be seen, alone."""
    marked = {marking or top: text for marking, text in (texts or {}).items()}
    allowed = [marking for marking in marked if marking <= ceiling]
    return {max(allowed): marked[max(allowed)]} if allowed else None


def below(parts: Iterable[Any], around: Marking, ceiling: Marking) -> Iterator[Model]:
    """Yield what may be seen of each part, with its effective marking written on it."""
    for part in parts:
        own = getattr(part, "marking", None) or around
        if own > ceiling:
            continue
        changed = {"marking": own} if isinstance(part, Portion) else {}
        left = _rebuilt(part, changed, partial(below, around=own, ceiling=ceiling))
        if left is not None:
            yield left


def _standing(parts: Iterable[Model], every: _Ids, gone: _Ids) -> Iterator[Model]:
    """Yield each part that can stand without what is gone, with no reference to that."""
    for part in parts:
        changed: dict[str, Any] = {}
        for name, link in shape(type(part)).links.items():
            named = items(getattr(part, name))
            left = [n for n in named if meant(n, link.kinds, every) not in gone]
            if left == named:
                continue
            if name in _stands_on(part) or (link.required and not left):
                break
            changed[name] = left if link.many else None
        else:
            rebuilt = _rebuilt(part, changed, partial(_standing, every=every, gone=gone))
            if rebuilt is not None:
                yield rebuilt


def _rebuilt(
    part: Model, changed: dict[str, Any], keep: Callable[[list[Any]], Iterable[Model]]
) -> Model | None:
    """Return *part* with what *keep* leaves in it, or ``None`` where it cannot do without."""
    for name, nested in shape(type(part)).nested.items():
        inner = items(getattr(part, name))
        left = list(keep(inner))
        if inner and not left and nested.required:
            return None
        changed[name] = left if nested.many else next(iter(left), None)
    return part.model_copy(update=changed)


def _stands_on(part: Model) -> tuple[str, ...]:
    return part.stands_on if isinstance(part, Portion) else ()


def meant(name: str, kinds: tuple[str, ...], every: _Ids) -> tuple[str, str]:
    """Return the part that a reference means, of several kinds that have this id the first.

    What is withheld counts too, or a reference to it would come to mean something else.
    """
    return next((kind, name) for kind in kinds if (kind, name) in every)


def all_ids(lists: Mapping[str, Iterable[Model]]) -> _Ids:
    """Return kind and id of every part that has one."""
    return {name for parts in lists.values() for name in _ids(parts)}


def _ids(parts: Iterable[Model]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if isinstance(part, Pointed):
            yield part.kind, part.id
        for name in shape(type(part)).nested:
            yield from _ids(items(getattr(part, name)))
