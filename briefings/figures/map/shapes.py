"""Outlines as a map draws them: joined, cut to the frame, projected, written as SVG paths."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefings.figures.map import clip
from briefings.figures.map.atlas import DEGREE, TURN, Atlas, meets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefings.figures.map.clip import Point
    from briefings.figures.map.frame import Frame

FINENESS = 1.2  # points: the tolerance at which outlines are taken
NEAREST = 4  # tenths of a point: what lies nearer to the point before is not drawn
SPECK = 0.4  # square points: an island that is smaller is not drawn
ISLAND = 0.8  # points: an island that is less from north to south is not drawn
POLE = 90.0


@dataclass(frozen=True, slots=True)
class Land:
    """What lies in the frame: the arcs of its coasts and of its borders."""

    countries: list[str]
    coasts: list[int]
    borders: list[int]


class Pen:
    """Draws the outlines of an atlas in a frame, at the level of detail that shows there."""

    def __init__(self, atlas: Atlas, frame: Frame) -> None:
        self.atlas = atlas
        self.frame = frame
        self.level = atlas.level(FINENESS * frame.scale)
        # Where a name or a symbol goes can be told from coarser outlines.
        self.coarse = min(self.level + 2, len(atlas.index["steps"]) - 1)
        self.window = frame.window
        self._shown: dict[int, bool] = {}

    def land(self) -> Land:
        """Return the land in the frame. A border is what is around two of its countries."""
        codes = self.atlas.countries_in(*self.window)
        found = Counter(a for code in codes for a in self.atlas.outline(code, self.level))
        return Land(
            codes,
            [arc for arc, times in found.items() if times == 1],
            [arc for arc, times in found.items() if times > 1],
        )

    def areas(self, arcs: Iterable[int], level: int | None = None) -> list[list[Point]]:
        """Return the rings that arcs enclose, cut to the frame, in points."""
        level = self.level if level is None else level
        rings: list[list[Point]] = []
        for ring in self.atlas.rings(arcs):
            if len(ring) > 1 or (self.shows(ring[0][0]) and self._visible(ring[0][0])):
                rings += self._cut(self._unrolled(ring, level))
        return rings

    def lines(self, arcs: Iterable[int]) -> list[list[Point]]:
        """Return lines as far as they are in the frame, in points."""
        made: list[list[Point]] = []
        middle = (self.window[0] + self.window[2]) / 2
        whole = self.window[2] - self.window[0] > TURN / 2 and not self.frame.round_pole
        for arc in arcs:
            if not self.shows(arc):
                continue
            xs, ys = self.atlas.line(arc, self.level)
            turn = TURN * round((middle - xs[0]) / TURN)
            for shift in (turn - TURN, turn, turn + TURN) if whole else (turn,):
                moved = [x + shift for x in xs] if shift else xs
                made += self._line(moved, ys)
        return made

    def _line(self, xs: list[float], ys: list[float]) -> Iterator[list[Point]]:
        frame = self.frame
        west, south, east, north = self.window
        within = west <= min(xs) and max(xs) <= east and south <= min(ys) and max(ys) <= north
        if frame.round_pole or within:
            yield from clip.lines(frame.points(xs, ys), frame.edges)
            return
        for piece in clip.lines(list(zip(xs, ys, strict=True)), self.window):
            placed = frame.points([x for x, _ in piece], [y for _, y in piece])
            yield from clip.lines(placed, frame.edges)

    def shows(self, arc: int) -> bool:
        """Say whether any of an arc may be in the frame."""
        if arc not in self._shown:
            self._shown[arc] = meets(self.atlas.boxes[arc], self.window)
        return self._shown[arc]

    def _visible(self, arc: int) -> bool:
        """Say whether an island is large enough to be seen."""
        _, south, _, north = self.atlas.boxes[arc]
        return (north - south) * DEGREE > ISLAND * self.frame.scale

    def _unrolled(self, ring: list[tuple[int, bool]], level: int) -> list[Point]:
        """Return the points of a ring in degrees, longitudes running on past 180.

        Of an arc outside the window its ends are enough: the line between them is outside too.
        """
        made: list[Point] = []
        for arc, back in ring:
            if self.shows(arc):
                xs, ys = self.atlas.line(arc, level)
            else:
                first, last = self.atlas.ends(arc)
                ends = (self.atlas.node(first, level), self.atlas.node(last, level))
                xs, ys = [x for x, _ in ends], [y for _, y in ends]
                xs[1] += TURN * round((xs[0] - xs[1]) / TURN)
            if back:
                xs.reverse()
                ys.reverse()
            shift = TURN * round((made[-1][0] - xs[0]) / TURN) if made else 0.0
            made += zip([x + shift for x in xs] if shift else xs, ys, strict=True)
        return made

    def _cut(self, points: list[Point]) -> Iterator[list[Point]]:
        """Yield a ring as it shows in the frame, on every turn of the globe on which it does."""
        frame = self.frame
        west, _, east, _ = self.window
        turns = points[-1][0] - points[0][0]
        round_pole = abs(turns) > TURN / 2
        if frame.round_pole:  # where a ring round the pole is a ring in the plane too
            yield from self._placed(points, axes=(1,), closed=not round_pole)
            return
        if round_pole:
            points = over_pole(points)
        xs = [x for x, _ in points]
        low, high = min(xs), max(xs)
        first = -int((high - west) // TURN)
        for turn in range(first, int((east - low) // TURN) + 1):
            shift = turn * TURN
            moved = [(x + shift, y) for x, y in points] if shift else points
            yield from self._placed(moved)

    def _placed(
        self, points: list[Point], *, axes: Sequence[int] = (0, 1), closed: bool = True
    ) -> Iterator[list[Point]]:
        cut = clip.polygon(points, self.window, axes)
        if len(cut) < 3:  # noqa: PLR2004
            return
        if cut is not points:  # along the window's edges it has long straight pieces
            cut = clip.dense(cut, self.frame.longest, closed=closed)
        placed = self.frame.points([x for x, _ in cut], [y for _, y in cut])
        shown = clip.polygon(placed, self.frame.edges)
        if len(shown) > 2 and abs(area(shown)) > SPECK:  # noqa: PLR2004
            yield shown


def over_pole(points: list[Point]) -> list[Point]:
    """Close the outline of land that lies round a pole, by way of the pole."""
    pole = POLE if points[0][1] > 0 else -POLE
    return [*points, (points[-1][0], pole), (points[0][0], pole)]


def area(ring: Sequence[Point]) -> float:
    """Return the area of a ring in square points, negative one way round."""
    total = 0.0
    ax, ay = ring[-1]
    for bx, by in ring:
        total += ax * by - bx * ay
        ax, ay = bx, by
    return total / 2


def within(rings: Iterable[Sequence[Point]], at: Point) -> bool:
    """Say whether rings hold a point, by the even-odd rule."""
    x, y = at
    inside = False
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                inside = not inside
            ax, ay = bx, by
    return inside


def path(lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """Return lines as the ``d`` of an SVG path, in whole tenths of a point.

    Tenths are 0.035 mm, and whole numbers are the same on every machine.
    """
    parts = []
    for line in lines:
        x, y = round(line[0][0] * 10), round(line[0][1] * 10)
        steps = []
        start = f"M{x} {y}l"
        last = line[-1]
        for point in line[1:]:
            dx, dy = round(point[0] * 10) - x, round(point[1] * 10) - y
            if abs(dx) + abs(dy) >= NEAREST or (point is last and (dx or dy)):
                steps.append(f"{dx} {dy}")
                x, y = x + dx, y + dy
        if len(steps) > closed:
            parts.append(start + " ".join(steps).replace(" -", "-") + ("z" if closed else ""))
    return "".join(parts)
