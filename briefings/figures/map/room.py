"""What is taken in a frame, and where there is room left for a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import product
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.text import Words

GAP = 1.6  # points between a symbol and its label
# Beside the symbol first, right before left, as readers expect; then farther off, with a line.
BESIDE: tuple[tuple[float, float], ...] = (
    *((1, 0), (-1, 0), (1, -1), (1, 1)),
    *((-1, -1), (-1, 1), (0, -1), (0, 1)),
)
SIXTEEN = (
    *((1.0, -0.4), (1.0, 0.4), (-1.0, -0.4), (-1.0, 0.4), (0.7, -0.7), (0.7, 0.7)),
    *((-0.7, -0.7), (-0.7, 0.7), (0.0, -1.0), (0.0, 1.0), (0.4, -1.0), (0.4, 1.0)),
    *((-0.4, -1.0), (-0.4, 1.0), (1.0, 0.0), (-1.0, 0.0)),
)
FARTHER = (9.0, 16.0, 24.0, 34.0, 46.0, 60.0, 80.0, 105.0, 135.0, 170.0)
INSET = 2.0  # points that a label keeps from the frame's edge
SQUARE = 12.0  # points: what is taken is looked up by such squares


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: its box, and the line that leads to it where it stands farther off."""

    words: Words
    box: Window
    leader: tuple[Point, Point] | None = None


@dataclass(slots=True)
class Room:
    """A frame's rectangle and the boxes that are taken in it, by the squares that they touch."""

    width: float
    height: float
    taken: dict[tuple[int, int], list[Window]] = field(default_factory=dict)

    def free(self, box: Window) -> bool:
        """Say whether a box is within the frame and meets nothing."""
        left, top, right, low = box
        if left < INSET or top < INSET:
            return False
        if right > self.width - INSET or low > self.height - INSET:
            return False
        for square in _squares(box):
            for le, t, r, lo in self.taken.get(square, ()):
                if left < r and right > le and top < lo and low > t:
                    return False
        return True

    def take(self, box: Window) -> None:
        """Let nothing else stand there."""
        for square in _squares(box):
            self.taken.setdefault(square, []).append(box)

    def label(
        self, at: Point, radius: tuple[float, float], words: Words, *, crossing: bool = False
    ) -> Placed | None:
        """Find room for a label near a symbol, whose half width and half height are *radius*.

        Returns nothing where there is none; else the room is taken. With *crossing*, the line to
        one that stands farther off may cross what is there.
        """
        for box, leader in _candidates(at, radius, words):
            if not self.free(box):
                continue
            dots = partial(_dotted, leader) if leader else tuple
            if crossing or all(self._crosses_nothing(dot) for dot in dots()):
                for one in (box, *dots()):
                    self.take(one)
                return Placed(words, box, leader)
        return None

    def _crosses_nothing(self, dot: Window) -> bool:
        x, y = (dot[0] + dot[2]) / 2, (dot[1] + dot[3]) / 2
        there = self.taken.get((int(x // SQUARE), int(y // SQUARE)), ())
        return not any(le < x < r and t < y < lo for le, t, r, lo in there)


def _squares(box: Window) -> Iterator[tuple[int, int]]:
    left, top, right, low = (int(edge // SQUARE) for edge in box)
    return product(range(left, right + 1), range(top, low + 1))


def _candidates(
    at: Point, radius: tuple[float, float], words: Words
) -> Iterator[tuple[Window, tuple[Point, Point] | None]]:
    x, y = at
    width, height = words.width, words.height
    for east, south in BESIDE:
        # In a corner a label may come nearer than beside.
        off_x = (radius[0] + GAP) * (0.75 if east and south else 1) + width / 2
        off_y = radius[1] * 0.6 + height / 2 if east else radius[1] + GAP / 2 + height / 2
        yield _box(x + east * off_x, y + south * off_y, width, height), None
    for distance in FARTHER:
        for east, south in SIXTEEN:
            middle_x = x + east * (distance + radius[0]) + _sign(east) * width / 2
            middle_y = y + south * (distance + radius[1]) + _sign(south) * height / 2 * abs(south)
            box = _box(middle_x, middle_y, width, height)
            yield box, _leader(at, radius, box)


def _leader(at: Point, radius: tuple[float, float], box: Window) -> tuple[Point, Point] | None:
    """Return the line from a symbol's edge to the nearest point of a label's box."""
    x, y = at
    end = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    length = hypot(end[0] - x, end[1] - y)
    if length <= radius[0] + 1:
        return None
    share = (max(radius) + 0.5) / length
    if share >= 1:
        return None
    return (x + (end[0] - x) * share, y + (end[1] - y) * share), end


def _dotted(leader: tuple[Point, Point]) -> Iterator[Window]:
    (ax, ay), (bx, by) = leader
    steps = max(2, int(hypot(bx - ax, by - ay) / 2))
    for step in range(1, steps):
        share = step / steps
        yield _box(ax + (bx - ax) * share, ay + (by - ay) * share, 1.0, 1.0)


def _box(x: float, y: float, width: float, height: float) -> Window:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
