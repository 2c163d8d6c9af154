"""Where in an area there is room: its rows are looked through, as a reader's eye would."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.room import Room

ROW = 4.0  # points between the rows
Spans = list[tuple[float, float]]  # where a row is within the area, from left to right


def rows(rings: Sequence[Sequence[Point]], width: float, height: float) -> list[Spans]:
    """Return for each row of a frame where it is within the rings, by the even-odd rule."""
    count = int(height / ROW)
    crossings: list[list[float]] = [[] for _ in range(count)]
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            if ay != by:
                low, high = (ay, by) if ay < by else (by, ay)
                slope = (bx - ax) / (by - ay)
                first, last = max(0, ceil(low / ROW)), min(count - 1, ceil(high / ROW) - 1)
                for row in range(first, last + 1):
                    crossings[row].append(ax + (row * ROW - ay) * slope)
            ax, ay = bx, by
    made = []
    for found in crossings:
        found.sort()
        pairs = zip(found[::2], found[1::2], strict=False)
        made.append([(max(a, 0.0), min(b, width)) for a, b in pairs if b > 0 and a < width])
    return made


def spot(
    spans: Sequence[Spans], size: tuple[float, float], room: Room
) -> tuple[float, float] | None:
    """Return the middle of a free box of a size that is well inside; ``None`` where none is."""
    width, height = size
    reach = ceil(height / 2 / ROW)
    best, chosen = 0.0, None
    for row in range(reach, len(spans) - reach):
        for x, aside in _across(spans[row], width):
            if aside <= best:  # no better, however far it reaches up and down
                continue
            tall = _reach(spans, row, x, width)
            score = round(min(aside, (tall + 1) * ROW * 1.5), 2)
            if tall >= reach and score > best and room.free(_box(x, row * ROW, size)):
                best, chosen = score, (x, row * ROW)
    return chosen


def _across(spans: Spans, width: float) -> Iterator[tuple[float, float]]:
    """Yield the middles of boxes in a row, each with how far it is from the nearer side."""
    for left, right in spans:
        slack = (right - left - width) / 2
        if slack >= 0:
            middle = (left + right) / 2
            yield middle, slack + width / 2
            yield middle - slack / 2, (slack + width) / 2
            yield middle + slack / 2, (slack + width) / 2


def _reach(spans: Sequence[Spans], row: int, x: float, width: float) -> int:
    """Return how many rows up and down a piece of this width stays inside."""
    left, right = x - width / 2, x + width / 2
    reached = 0
    while reached < 16:  # noqa: PLR2004  # farther makes no place better
        further = reached + 1
        for at in (row - further, row + further):
            if not 0 <= at < len(spans):
                return reached
            if not any(a <= left and right <= b for a, b in spans[at]):
                return reached
        reached = further
    return reached


def _box(x: float, y: float, size: tuple[float, float]) -> Window:
    width, height = size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2
