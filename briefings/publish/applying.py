"""Doing what was planned, a step after the other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from briefings.errors import Refused
from briefings.publish.marker import telling
from briefings.publish.steps import CREATE, KEEP, REFUSE, REMOVE, RENAME, UPDATE, Step, file_stays
from briefings.publish.store import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from briefings.publish.steps import Want
    from briefings.publish.store import Store

WRITTEN = (CREATE, UPDATE, RENAME, REMOVE)
_NOTHING: Mapping[str, str] = {}
_SAID = {CREATE: "Publish", UPDATE: "Update", RENAME: "Rename", REMOVE: "Remove"}


def apply(store: Store, steps: Sequence[Step], tell: Callable[[int, int, str], None]) -> list[Step]:
    """Do what was planned, and return what was done, in the order of the plan.

    A step that came too late, or that the target does not take, is refused, and others go on. A
    file stays where its page does, and a page where a file of it does, which nobody would know
    of any more: one that had to go first is given back, and the next run goes on from there.

    Args:
        store: the target.
        steps: the plan.
        tell: is called before each step with its number, how many there are, and its name.

    Raises:
        InvalidInput: the target cannot be written to; what was written before stands, and the next
            run goes on from there.
        Unequipped: something that the target needs is not there.
    """
    order = list(range(len(steps)))
    if store.keeps_what_is_shown:
        order.sort(key=lambda one: steps[one].what == REMOVE and bool(steps[one].page))
    work = sum(1 for step in steps if step.what in WRITTEN)
    at = 0
    by_number: dict[int, Step] = {}
    stay: dict[str, str] = {}  # what stays of that which is to be removed, and why
    held: dict[str, dict[str, str]] = {}  # files that were to go and stay, by page and ending
    # A brief above the ceiling is refused, and its page that stands there removed: both are steps.
    going = {step.name for step in steps if step.what == REMOVE and not step.page}
    for number in order:
        step = steps[number]
        if step.what in WRITTEN:
            at += 1
            tell(at, work, step.name)
        by_number[number] = _tried(store, _telling(step, held), stay)
        if by_number[number].what == REFUSE:
            stay |= _staying(step, steps, going)
            if step.told:
                held.setdefault(step.page, {})[step.ending] = step.told
    if store.keeps_what_is_shown:
        by_number |= _given_back(store, by_number)
        _told_again(store, by_number.values(), held)
    done = [by_number[number] for number in range(len(steps))]
    stand = [s for s in done if s.want and s.what in (CREATE, UPDATE, RENAME, KEEP)]
    pages = [s.name for s in stand if not s.page] + [s.old for s in stand if s.old]
    store.finish(message(done), pages, {s.name: s.page for s in stand if s.page})
    return done


def _staying(step: Step, steps: Sequence[Step], going: Collection[str]) -> dict[str, str]:
    """Return what is not to be removed, since a step was refused, and why."""
    if step.page:
        return {step.page: file_stays(step.name)} if step.page in going else {}
    pages = {step.name, step.old} - {"", *going}
    return {one.name: "its page stays" for one in steps if one.page in pages}


def _given_back(store: Store, done: Mapping[int, Step]) -> dict[int, Step]:
    """Write those removed pages again of which a file could not be removed, by their numbers."""
    held = {step.page: step.name for step in done.values() if step.what == REFUSE and step.page}
    back = {}
    for number, step in done.items():
        if step.what == REMOVE and step.over and step.name in held and not step.page:
            reason = file_stays(held[step.name])
            with suppress(Refused):  # it is gone then
                store.write(Wanted(step.name, step.over.load(), summary=reason), None)
                back[number] = replace(step, what=REFUSE, reason=reason)
    return back


def _telling(step: Step, held: Mapping[str, Mapping[str, str]]) -> Step:
    """Return the step of a page that goes on telling of files which could not be removed."""
    if step.page or step.what not in (CREATE, UPDATE, RENAME) or step.name not in held:
        return step
    return replace(step, tells={**step.tells, **held[step.name]})


def _told_again(store: Store, done: Iterable[Step], held: Mapping[str, Mapping[str, str]]) -> None:
    """Let those pages tell of their files again that were written before these were to go."""
    for step in done:
        again = _telling(step, held)
        if again is not step and step.want:
            with suppress(Refused):  # the file says for itself whose it is
                over = store.pages([step.name]).get(step.name)
                store.write(_wanted(step.want, UPDATE, again.tells), over)


def _tried(store: Store, step: Step, stay: Mapping[str, str]) -> Step:
    if step.what == REMOVE and step.name in stay:
        return replace(step, what=REFUSE, reason=stay[step.name])
    try:
        _do(store, step)
    except Refused as error:
        return replace(step, what=REFUSE, reason=str(error))
    return step


def _do(store: Store, step: Step) -> None:
    if step.what == REMOVE and step.over:
        store.remove(step.over)
    elif step.what == RENAME:
        _rename(store, step)
    elif step.what in (CREATE, UPDATE) and step.want:
        store.write(_wanted(step.want, step.what, step.tells), step.over)


def _rename(store: Store, step: Step) -> None:
    assert step.want and step.left and step.source  # noqa: S101, PT018  # a renamed page has all
    left, over = _wanted(step.left, RENAME), step.over
    want = _wanted(step.want, RENAME, step.tells)
    if over:
        store.write(left, step.source)
    else:
        store.move(step.source, step.name, left)
        over = store.pages([step.name]).get(step.name)
    if over is None or over.load() != want.data:
        store.write(want, over)


def _wanted(want: Want, what: str, tells: Mapping[str, str] = _NOTHING) -> Wanted:
    data = telling(want.load(), tells)
    return Wanted(want.name, data, want.page, f"{_SAID[what]} {want.name}")


def message(steps: Sequence[Step]) -> str:
    """Return what a run did, in a line and then a line for each page; all of it names of pages."""
    done = [step for step in steps if step.what in WRITTEN]
    if not done:
        return "Publish what an earlier run wrote"
    briefs = [s for s in done if not s.page and s.want and s.want.kind in ("brief", "")]
    first = (briefs or done)[0]
    more = len(done) - 1
    head = f"{_SAID[first.what]} {first.name}"
    if more:
        head += f" and {more} more"
    lines = [f"{s.what} {f'{s.old} -> ' if s.old else ''}{s.name}" for s in done]
    return "\n".join([head, "", *lines]) if more else head
