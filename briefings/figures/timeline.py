"""The timeline: the escalation chain in a line for each event, for who has a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.figures import chain

if TYPE_CHECKING:
    from briefings.document import Document


def data(document: Document) -> dict[str, Any] | None:
    """Return the lines in order: ``event``, ``side``, ``parts``, and ``name`` for CSS.

    The name is that of the chain's column, with ``again`` where the line before has the same date.
    """
    found = chain.data(document)
    if found is None:
        return None
    lines = []
    for moment in found["moments"]:
        for number, card in enumerate(moment["cards"]):
            again = " again" if number else ""
            lines.append(card | {"name": f"line {card['column']}{again}"})
    return {"lines": lines, "two": found["two"]}
