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

    A row has the system's ``name``; for each of ``launched``, ``intercepted`` and ``remaining``
    the numbers that are stated, each once; the ``speakers`` who are known to state them; ``left``,
    launched less intercepted where one number of each is stated; and ``problem``: ``several`` where
    one of the counts is stated in several ways, ``more`` where more was intercepted than launched,
    ``other`` where what is stated to remain is not what is left, else ``None``.
    """
    rows: dict[str, dict[str, Any]] = {}
    for event, system in _systems(document):
        stated = {name: getattr(system, name) for name in COUNTS}
        if all(number is None for number in stated.values()):
            continue
        row = rows.setdefault(
            system.name.plain,
            {"name": system.name, "speakers": [], **{name: [] for name in COUNTS}},
        )
        row["speakers"] += [who for who in _stating(event, system) if who not in row["speakers"]]
        for name, number in stated.items():
            if number is not None and number not in row[name]:
                row[name].append(number)
    if not any(row["intercepted"] or row["remaining"] for row in rows.values()):
        return None  # nothing but what was sent out: the chain says that already
    return [row | _worked_out(row) for row in rows.values()]


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


def _systems(document: Document) -> Iterator[tuple[View, View]]:
    def within(event: View) -> Iterator[tuple[View, View]]:
        yield from ((event, system) for system in event.systems)
        for part in event.parts:
            yield from within(part)

    for event in document["events"]:
        yield from within(event)
