"""What is taken in a frame, and where there is room left for a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise, product
from math import hypot, inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.text import Words

GAP = 2.3  # points between a symbol and its label: a diamond is a little wider than a circle
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
# What speaks against a label, in points of a line that it runs across: each next place beside its
# symbol, to stand farther off, each point farther and each next way, and another symbol so close by
# that the label may pass for that one's.
NEXT, FARTHER_OFF, EACH, WAY, AMBIGUOUS = 0.5, 5.0, 0.2, 0.08, 12.0
NEARER = 1.5  # points that its own symbol is nearer than any other
LED = 4.0  # points from any other's of a label that a line leads to
BETWEEN = 4.0  # points between two labels in a row, which else would read as one
DOT = 2.0  # points: what a line takes along it
STEP = 1.5  # points from one to the next of those that stand for a line
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
    symbols: dict[tuple[int, int], list[Window]] = field(default_factory=dict)
    lines: dict[tuple[int, int], list[tuple[float, float, float]]] = field(default_factory=dict)

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

    def take(self, box: Window, *, symbol: bool = False) -> None:
        """Let nothing else stand there."""
        for square in _squares(box):
            self.taken.setdefault(square, []).append(box)
            if symbol:
                self.symbols.setdefault(square, []).append(box)

    def draw(self, lines: Iterable[Sequence[Point]], weight: float) -> None:
        """Keep labels off lines, the more the greater their weight is."""
        for line in lines:
            for (ax, ay), (bx, by) in pairwise(line):
                steps = max(1, round(hypot(bx - ax, by - ay) / STEP))
                for step in range(steps):
                    x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
                    square = int(x // SQUARE), int(y // SQUARE)
                    self.lines.setdefault(square, []).append((x, y, weight))

    def label(
        self, at: Point, radius: tuple[float, float], words: Words, *, crossing: bool = False
    ) -> Placed | None:
        """Find room for a label near a symbol, whose half width and half height are *radius*.

        It is the room that least speaks against. Returns nothing where there is none; else the
        room is taken. With *crossing*, the line to one that stands farther off may cross what is
        there.
        """
        own = _box(*at, 2 * radius[0], 2 * radius[1])
        least, best = inf, None
        for against, box, leader in _candidates(at, radius, words):
            if against >= least:
                break
            if not self.free(box):
                continue
            if leader and not crossing and not all(map(self._crosses_nothing, dotted(leader))):
                continue
            over = self._crossed(box) + sum(map(self._crossed, dotted(leader) if leader else ()))
            against += over + self._ambiguous(box, own, led=leader is not None)  # noqa: PLW2901
            if against < least:
                least, best = against, Placed(words, box, leader)
        if best:
            left, top, right, low = best.box
            self.take((left - BETWEEN, top, right + BETWEEN, low))
            for one in dotted(best.leader) if best.leader else ():
                self.take(one)
        return best

    def _crossed(self, box: Window) -> float:
        """Return how much of lines a box covers, in points by their weight."""
        left, top, right, low = box
        return STEP * sum(
            weight
            for square in _squares(box)
            for x, y, weight in self.lines.get(square, ())
            if left < x < right and top < y < low
        )

    def _ambiguous(self, box: Window, own: Window, *, led: bool) -> float:
        """Return what speaks against a label for its being close to another symbol than its own."""
        near = LED if led else NEARER + _gap(box, own)
        left, top, right, low = box
        around = (left - near, top - near, right + near, low + near)
        mine = _box((own[0] + own[2]) / 2, (own[1] + own[3]) / 2, 1, 1)
        others = (
            other
            for square in _squares(around)
            for other in self.symbols.get(square, ())
            if _gap(other, mine) > 0 and _gap(other, box) < near
        )
        return AMBIGUOUS if any(True for _ in others) else 0.0

    def _crosses_nothing(self, dot: Window) -> bool:
        x, y = (dot[0] + dot[2]) / 2, (dot[1] + dot[3]) / 2
        there = self.taken.get((int(x // SQUARE), int(y // SQUARE)), ())
        return not any(le < x < r and t < y < lo for le, t, r, lo in there)


def _squares(box: Window) -> Iterator[tuple[int, int]]:
    left, top, right, low = (int(edge // SQUARE) for edge in box)
    return product(range(left, right + 1), range(top, low + 1))


def _gap(one: Window, other: Window) -> float:
    """Return how far two boxes are from each other; 0 where they meet."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    along = max(one[1] - other[3], other[1] - one[3], 0.0)
    return hypot(across, along)


def _candidates(
    at: Point, radius: tuple[float, float], words: Words
) -> Iterator[tuple[float, Window, tuple[Point, Point] | None]]:
    """Yield where a label may stand, with what speaks against it, the least first."""
    x, y = at
    width, height = words.width, words.height
    for number, (east, south) in enumerate(BESIDE):
        # In the corner of one symbol a label may come nearer than beside; not of one above another.
        corner = east and south and radius[0] == radius[1]
        off_x = (radius[0] + GAP) * (0.75 if corner else 1) + width / 2
        off_y = radius[1] * 0.6 + height / 2 if east else radius[1] + GAP / 2 + height / 2
        box = _box(x + east * off_x, y + south * off_y, width, height)
        yield number * NEXT, box, None
    for distance in FARTHER:
        for number, (east, south) in enumerate(SIXTEEN):
            middle_x = x + east * (distance + radius[0]) + _sign(east) * width / 2
            middle_y = y + south * (distance + radius[1]) + _sign(south) * height / 2 * abs(south)
            box = _box(middle_x, middle_y, width, height)
            against = FARTHER_OFF + distance * EACH + number * WAY
            yield against, box, _leader(at, radius, box)


def _leader(at: Point, radius: tuple[float, float], box: Window) -> tuple[Point, Point] | None:
    """Return the line from a symbol's edge to the nearest point of a label's box."""
    x, y = at
    end = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    east, south = end[0] - x, end[1] - y
    length = hypot(east, south)
    if length <= radius[0] + 1:
        return None
    if radius[0] == radius[1]:  # one symbol, about as round as a circle
        share = (radius[0] + 0.5) / length
    else:
        share = 1 / max(abs(east) / (radius[0] + 0.5), abs(south) / (radius[1] + 0.5))
    if share >= 1:
        return None
    return (x + east * share, y + south * share), end


def dotted(line: tuple[Point, Point]) -> Iterator[Window]:
    """Yield small boxes along a line, its ends left out."""
    (ax, ay), (bx, by) = line
    steps = max(2, int(hypot(bx - ax, by - ay) / 2))
    for step in range(1, steps):
        share = step / steps
        yield _box(ax + (bx - ax) * share, ay + (by - ay) * share, DOT, DOT)


def _box(x: float, y: float, width: float, height: float) -> Window:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
