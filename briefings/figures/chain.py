"""The escalation chain: moments on a spine, one side left of it, the other right.

The first two declared sides that act alone in some event have the left and the right. What a third
side does, what several do together and what no side does stands across the spine. With fewer than
two such sides there is nothing to set against one another, and every card has the full width.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.document import Document, View

# In characters, as one column of a printed page holds some 50 a line and 65 lines. What is longer
# than the first is not set beside another card; what is longer than the second may be divided.
MOST_BESIDE = 800
MOST_WHOLE = 1200
MOST_PAIRED = 300  # of a claim that stands beside another in a card of full width
LEFT, RIGHT, ACROSS = "left", "right", "across"


def data(document: Document) -> dict[str, Any] | None:
    """Return the moments in order, each with its date and the cards of its events.

    A card has its ``event``, the ``side`` that acts (or ``None``), the cards of its ``parts``, and
    ``name``, its names for CSS: ``left``, ``right`` or ``across``; ``beside`` where it shares a
    row; ``whole`` where it takes the full width, and then ``paired`` where its claims stand two in
    a row; ``long`` where it may be divided between pages. That of a part has a ``side`` only where
    another acts in it than in the whole, and ``of-left``, ``of-right`` or nothing as ``own``.
    """
    events = document["events"]
    if not events:
        return None
    acting = [side for event in events if (side := _side(event))]
    sides = [side for side in document.held.get("sides", ()) if side in acting][:2]
    moments = [
        {"date": date, "cards": _cards(group, sides if len(sides) > 1 else [])}
        for date, group in groupby(events, key=lambda event: event.date)
    ]
    return {"moments": moments, "two": len(sides) > 1}


def _cards(events: Iterable[View], sides: list[View]) -> list[dict[str, Any]]:
    cards = [_card(event, sides) for event in events]
    for pair in _rows(cards):
        if [card["column"] for card in pair] == [LEFT, RIGHT]:
            for card in pair:
                card["name"] += " beside"
    return cards


def _rows(cards: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield each two neighbours that may share a row: short, and neither yet in another row.

    Whoever takes a pair renames its cards; one that was left may be the first of the next pair.
    """
    number = 0
    while number + 1 < len(cards):
        pair = cards[number : number + 2]
        names = [card["name"] for card in pair]
        if all(card["length"] <= MOST_BESIDE and not card["parts"] for card in pair):
            yield pair
        number += 1 if names == [card["name"] for card in pair] else 2


def _card(event: View, sides: list[View]) -> dict[str, Any]:
    side = _side(event)
    column = (LEFT, RIGHT)[sides.index(side)] if side in sides else ACROSS
    length = _length(event)
    names = ["card", column]
    names += _whole(event) if event.parts or not sides else []
    names += ["long"] if length > MOST_WHOLE else []
    return {
        "event": event,
        "side": side,
        "parts": _parts(event, sides),
        "column": column,
        "name": " ".join(names),
        "length": length,
    }


def _parts(event: View, sides: list[View]) -> list[dict[str, Any]]:
    """Return the cards of the events within another, two in a row where they fit."""
    cards = [_part(part, _side(event), sides) for part in event.parts]
    for pair in _rows(cards):
        for card in pair:
            card["name"] = " ".join(["part", card["own"]]).rstrip()
    return cards


def _part(part: View, acting: View | None, sides: list[View]) -> dict[str, Any]:
    side = _side(part)
    if not sides or side == acting:  # it is said of the whole
        side = None
    own = f"of-{(LEFT, RIGHT)[sides.index(side)]}" if side in sides else ""
    return {
        "event": part,
        "side": side,
        "own": own,
        "parts": _parts(part, sides),
        "name": " ".join(["part", *filter(None, [own]), *_whole(part)]),
        "length": _length(part),
    }


def _whole(event: View) -> list[str]:
    """Return the names of a card of full width: a claim and its answer are seen at once."""
    claims = event.claims
    paired = len(claims) > 1 and all(len(claim.text) <= MOST_PAIRED for claim in claims)
    return ["whole", "paired"] if paired else ["whole"]


def _side(event: View) -> View | None:
    """Return the one side whose actors act in an event."""
    found = {id(actor.side): actor.side for actor in event.actors if actor.side}
    return next(iter(found.values())) if len(found) == 1 else None


def _length(event: View) -> int:
    """Return about how many characters a card holds."""
    texts = [event.title, event.text or "", *(claim.text for claim in event.claims)]
    texts += [event.inferred.what, event.inferred.basis] if event.inferred else []
    named = [*event.actors, *(at.place for at in event.places), *event.systems]
    texts += [each.name for each in named]
    around = 50 * len(event.claims) + 15 * len(named)
    return sum(map(len, texts)) + around + sum(map(_length, event.parts))
