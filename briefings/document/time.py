"""The order of events: that of time, and what answers another after it; that of versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.model.sections.events import Event
    from briefings.model.sections.history import Correction


def in_time(events: Iterable[Event]) -> list[Event]:
    """Return events by their first moments, but none before one that it answers or follows.

    What took several days may answer what happened within them.
    """
    ordered = sorted(events, key=_when)
    known = {event.id: event for event in ordered}
    placed: dict[str, Event] = {}
    waiting: set[str] = set()
    stack = ordered[::-1]
    while stack:
        event = stack[-1]
        names = (*event.responds_to, *event.enabled_by, *event.follows)
        before = [known[n] for n in names if n in known and n not in placed and n not in waiting]
        if event.id in placed or event.id in waiting or not before:
            placed.setdefault(event.id, stack.pop())
            continue
        waiting.add(event.id)  # of two that answer each other, one has to come first
        stack += sorted(before, key=_when, reverse=True)
    return list(placed.values())


def newest_first(history: Iterable[Correction]) -> list[Correction]:
    """Return the version history with the latest entry first, in whatever order it was written.

    Of one day the entries stay as they were among themselves.
    """
    return sorted(history, key=lambda entry: entry.date.point.first, reverse=True)


def _when(event: Event) -> tuple[Any, bool]:
    """Sort by the first moment; what was over by a date comes before what began on it."""
    start, end = event.date.start, event.date.end
    return (start.first, True) if start else (end.first if end else None, False)
