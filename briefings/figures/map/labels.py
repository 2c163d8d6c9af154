"""The names of the places, each beside its symbol or joined to it by a line."""

from __future__ import annotations

from collections import Counter
from math import hypot
from typing import TYPE_CHECKING, Any

from briefings.figures.map.text import ASCENT, LINE, Words, length, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.room import Placed, Room
    from briefings.figures.map.symbols import Drawn

SIZE, WIDEST = 7.4, 104.0  # of the places' names, in points
SHARE = 0.45  # ... and no wider than this part of the map
CROWD = 50.0  # points: within this, symbols compete for room


def name(drawn: Drawn, room: Room) -> None:
    """Place the names of the places: where symbols are close together first."""
    crowd = Counter(spot.at for spot in drawn.spots)
    widest = min(WIDEST, SHARE * room.width)
    company = {at: _company(at, crowd) for at in crowd}
    waiting = sorted(drawn.spots, key=lambda spot: -company[spot.at])
    for crossing in (False, True):  # a line across another is better than no name
        left = []
        for spot in waiting:
            words = wrapped(spot.place.name, SIZE, widest, bold=True, lines=3)
            placed = room.label(spot.middle, spot.radius, words, crossing=crossing)
            if placed:
                drawn.labels.append(_label(placed, spot.middle))
            else:
                left.append(spot)
        waiting = left
    drawn.unnamed = len(waiting)


def _company(at: Point, crowd: Mapping[Point, int]) -> int:
    return sum(many for (x, y), many in crowd.items() if hypot(x - at[0], y - at[1]) < CROWD)


def _label(placed: Placed, at: Point) -> dict[str, Any]:
    left, top, right, low = placed.box
    leader = None
    if placed.leader:
        (ax, ay), (bx, by) = placed.leader
        ends = {"x1": ax, "y1": ay, "x2": bx, "y2": by}
        leader = {name: round(value, 1) for name, value in ends.items()}
    # A text begins next to its symbol, so it ends there where it stands to the left of it.
    side = "start" if left >= at[0] else "end" if right <= at[0] else "middle"
    return {
        "lines": lines(placed.words, placed.box, side, bold=True),
        "side": side,
        "leader": leader,
        "box": {
            "x": round(left, 1),
            "y": round(top, 1),
            "width": round(right - left, 1),
            "height": round(low - top, 1),
        },
    }


def lines(words: Words, box: Window, side: str, *, bold: bool = False) -> list[dict[str, Any]]:
    """Return the lines of a text in its box, each with where it is set and how long it is."""
    x = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[side]
    first = box[1] + ASCENT * words.size
    return [
        {
            "text": line,
            "x": round(x, 1),
            "y": round(first + number * LINE * words.size, 1),
            "width": length(line, words.size, bold=bold),
        }
        for number, line in enumerate(words.lines)
    ]
