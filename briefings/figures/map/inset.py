"""A small map in a corner that tells where a close one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.figures.map import frame as frames
from briefings.figures.map.shapes import Pen, path, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.room import Room
    from briefings.figures.map.symbols import Hatch

CLOSE = 1.6  # kilometres to a point: a map of 800 km across, or less, has one
SIZE = (92.0, 64.0)
FULL = 330.0  # points: on a narrower map it is smaller
ACROSS = 2800.0  # kilometres that it shows from side to side, at the least
TIMES = 4.0  # ... and so often the whole map's, at the least
BARE = 60  # an inset whose coasts have fewer points tells nothing, and shows more of the world
EDGE = 4.0  # points from the frame's edge


def inset(
    pen: Pen, room: Room, hatched: Sequence[Hatch], land: Sequence[Sequence[Point]]
) -> dict[str, Any] | None:
    """Return the small map of a close one, in a corner where it hides no place; best on the sea.

    It has ``x``, ``y``, ``width``, ``height``; ``land``, ``borders`` and ``unsettled``, paths from
    its own corner; and ``here``, the rectangle that the large map shows.

    Args:
        pen: that of the large map.
        room: its room, with the symbols in it.
        hatched: its areas, over which no corner is taken.
        land: its land, in rings.
    """
    close = pen.frame
    if close.coarseness > CLOSE:
        return None
    corners = [box for box in _corners(room) if _hides_nothing(box, room, hatched)]
    if not corners:
        return None
    corner = min(corners, key=lambda box: _on_land(box, land))
    width, height = size = _size(room)
    # The large map's rectangle is never more than a part of the small one's.
    times = max(ACROSS / width / close.scale, TIMES * close.width / width)
    small = Pen(pen.atlas, frames.wider(close, times, size))
    land_there = small.areas(small.land().coasts)
    if sum(map(len, land_there)) < BARE:  # far out at sea
        times *= 2.5
        small = Pen(pen.atlas, frames.wider(close, times, size))
        land_there = small.areas(small.land().coasts)
    room.take(corner)
    shown = small.land()
    unsettled = pen.atlas.unsettled
    settled = [arc for arc in shown.borders if arc not in unsettled]
    here = close.width / times, close.height / times
    return {
        "x": round(corner[0], 1),
        "y": round(corner[1], 1),
        "width": width,
        "height": height,
        "land": path(land_there, closed=True),
        "borders": path(small.lines(settled), closed=False),
        "unsettled": path(small.lines(sorted(unsettled.intersection(shown.borders))), closed=False),
        "here": {
            "x": round((width - here[0]) / 2, 1),
            "y": round((height - here[1]) / 2, 1),
            "width": round(here[0], 1),
            "height": round(here[1], 1),
        },
    }


def _size(room: Room) -> tuple[float, float]:
    share = min(1.0, room.width / FULL)
    return round(SIZE[0] * share, 1), round(SIZE[1] * share, 1)


def _corners(room: Room) -> list[Window]:
    width, height = _size(room)
    right, low = room.width - EDGE, room.height - EDGE
    return [
        (right - width, EDGE, right, EDGE + height),
        (EDGE, EDGE, EDGE + width, EDGE + height),
        (EDGE, low - height, EDGE + width, low),
        (right - width, low - height, right, low),
    ]


def _hides_nothing(box: Window, room: Room, hatched: Sequence[Hatch]) -> bool:
    left, top, right, low = box
    areas = [ring for h in hatched if h.place.precision == "region" for ring in h.rings]
    return room.free(box) and not any(
        left < x < right and top < y < low for ring in areas for x, y in ring
    )


def _on_land(box: Window, land: Sequence[Sequence[Point]]) -> bool:
    """Say whether any of a box is land, from its corners and its middle."""
    left, top, right, low = box
    samples = [(x, y) for x in (left, (left + right) / 2, right) for y in (top, low)]
    samples.append(((left + right) / 2, (top + low) / 2))
    return any(within(land, at) for at in samples)
