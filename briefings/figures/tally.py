"""The tally: what was launched, what was intercepted and what is left, as stated.

Nothing is added up across systems, for nobody states such a sum. What remains of one system is the
one thing worked out here, and it is said to be; where the stated numbers contradict each other,
that is said instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.document import Document, View

COUNTS = ("launched", "intercepted", "remaining")


def data(document: Document) -> list[dict[str, Any]] | None:
    """Return a row for each system of which somebody counts something; ``None`` without a result.

    What is counted in one event and in its parts stands in one row, and nothing of another event:
    two attacks with one weapon are two rows. A row has the ``event``, which is ``None`` where there
    is only one; the system's ``name``; for each of ``launched``, ``intercepted`` and ``remaining``
    the numbers that are stated, each once; the ``speakers`` who are known to state them, and the
    numbers ``by`` each of these; ``left``, launched less intercepted where one number of each is
    stated; and ``problem``: ``several`` where one of the counts is stated in several ways, ``more``
    where more was intercepted than launched, ``other`` where what is stated to remain is not what
    is left, else ``None``.
    """
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    for whole, event, system in _systems(document):
        stated = {name: getattr(system, name) for name in COUNTS}
        if all(number is None for number in stated.values()):
            continue
        row = rows.setdefault(
            (id(whole), system.name.plain),
            {"event": whole, "name": system.name, "speakers": [], "by": []}
            | {name: [] for name in COUNTS},
        )
        for who in _stating(event, system):
            if who not in row["speakers"]:
                row["speakers"].append(who)
                row["by"].append([])
            own = row["by"][row["speakers"].index(who)]
            own += [number for number in stated.values() if number not in (None, *own)]
        for name, number in stated.items():
            if number is not None and number not in row[name]:
                row[name].append(number)
    if not any(row["intercepted"] or row["remaining"] for row in rows.values()):
        return None  # nothing but what was sent out: the chain says that already
    several = len({id(row["event"]) for row in rows.values()}) > 1
    alone = {} if several else {"event": None}
    return [row | alone | _worked_out(row) for row in rows.values()]


def _stating(event: View, system: View) -> list[View]:
    """Return who states a system's numbers; nobody where several speak and none is named."""
    if system.claim:
        return [system.claim.speaker]
    speaking = {id(claim.speaker): claim.speaker for claim in event.claims}
    return list(speaking.values()) if len(speaking) == 1 else []


def _worked_out(row: dict[str, Any]) -> dict[str, Any]:
    launched, intercepted, remaining = (row[name] for name in COUNTS)
    if any(len(row[name]) > 1 for name in COUNTS):
        return {"left": None, "problem": "several"}
    if not launched or not intercepted:
        return {"left": None, "problem": None}
    left = launched[0] - intercepted[0]
    if left < 0:
        return {"left": None, "problem": "more"}
    problem = "other" if remaining and remaining[0] != left else None
    return {"left": left, "problem": problem}


def _systems(document: Document) -> Iterator[tuple[View, View, View]]:
    """Yield the event of the chain, the event within it, and a system of that."""

    def within(whole: View, event: View) -> Iterator[tuple[View, View, View]]:
        yield from ((whole, event, system) for system in event.systems)
        for part in event.parts:
            yield from within(whole, part)

    for event in document["events"]:
        yield from within(event, event)
