"""Outlines of areas as shared arcs: each border once, simplified once, the same for both sides.

An *arc* is a line between two *nodes*, with the same areas on its two sides all along. An area, or
any union of areas, is what the arcs enclose that have it on one side only, so a border that two of
them share can never gape.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from math import cos, inf, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Vertex = tuple[int, int]  # microdegrees east and north
Edge = tuple[Vertex, Vertex]

MICRO = 1_000_000
HALF_TURN = 180 * MICRO
SOUTH = -89_990_000  # what lies below it is the pole, which sources draw as a line
SEAM = 10_000  # microdegrees
KM = 111.195  # kilometres in one degree of latitude, on a sphere of 6,371 km


@dataclass(slots=True)
class Arc:
    """A line of ``points`` with the areas ``sides`` beside it (one only where the sea begins).

    ``weights`` holds for each point the area in square kilometres that the line loses without
    it (Visvalingam and Whyatt 1993); ``inf`` at both ends. Longitudes run on past 180 degrees.
    """

    points: list[Vertex]
    sides: frozenset[int]
    weights: list[float]

    @property
    def closed(self) -> bool:
        """Whether it is a whole ring, such as an island's."""
        return on_globe(self.points[0]) == on_globe(self.points[-1])

    @property
    def size(self) -> float:
        """The extent in kilometres, which decides from which scale on a ring is seen."""
        xs = [x for x, _ in self.points]
        ys = [y for _, y in self.points]
        width = (max(xs) - min(xs)) * cos(radians((min(ys) + max(ys)) / 2 / MICRO))
        return max(width, max(ys) - min(ys)) / MICRO * KM


def arcs_of(rings: Iterable[tuple[int, list[Vertex]]]) -> list[Arc]:
    """Return the arcs of rings, each with the number of the area that it bounds."""
    sides: dict[Edge, frozenset[int]] = {}
    for area, ring in rings:
        for edge in _edges(ring):
            # Two rings of one area that touch are one: what lies between them is no border.
            sides[edge] = sides.get(edge, frozenset()) ^ {area}
    around: dict[Vertex, list[Vertex]] = defaultdict(list)
    for (a, b), areas in sides.items():
        if areas:
            around[a].append(b)
            around[b].append(a)
    if loose := [vertex for vertex, others in around.items() if len(others) < 2]:  # noqa: PLR2004
        raise SystemExit(f"outlines do not close at {loose}")
    lines = sorted(_lines(around, sides), key=lambda line: (line[0], sorted(line[1])))
    return [Arc(points, areas, weigh(points)) for points, areas in lines]


def on_globe(vertex: Vertex) -> Vertex:
    """Return a vertex with its one name.

    Both sides of the 180th meridian are the same line, on which outlines that were cut there meet
    again, though the sources have the two ends of a cut up to 150 m apart.
    """
    x, y = vertex
    if abs(x) == HALF_TURN:
        return HALF_TURN, round(y / SEAM) * SEAM
    return (x + HALF_TURN - 1) % (2 * HALF_TURN) - HALF_TURN + 1, y


def _edges(ring: list[Vertex]) -> Iterator[Edge]:
    named = [on_globe(vertex) for vertex in ring]
    for a, b in zip(named, named[1:] + named[:1], strict=True):
        seam = a[0] == b[0] == HALF_TURN  # where a sheet map is cut, there is no border
        if a != b and not seam and (a[1] > SOUTH or b[1] > SOUTH):
            yield (a, b) if a < b else (b, a)


def _lines(
    around: dict[Vertex, list[Vertex]], sides: dict[Edge, frozenset[int]]
) -> Iterator[tuple[list[Vertex], frozenset[int]]]:
    """Yield maximal lines with the same areas beside them, first those between nodes."""

    def beside(a: Vertex, b: Vertex) -> frozenset[int]:
        return sides[(a, b) if a < b else (b, a)]

    def is_node(v: Vertex) -> bool:
        ends = around[v]
        return len(ends) != 2 or beside(v, ends[0]) != beside(v, ends[1])  # noqa: PLR2004

    done: set[Edge] = set()
    starts = [v for v in sorted(around) if is_node(v)]
    for v in [*starts, *sorted(around)]:
        for w in sorted(around[v]):
            if ((v, w) if v < w else (w, v)) in done:
                continue
            line = [v]
            here, following = v, w
            while True:
                done.add((here, following) if here < following else (following, here))
                line.append(following)
                if following == v or is_node(following):
                    break
                first, second = around[following]
                here, following = following, second if first == here else first
            yield _unrolled(line), beside(v, w)


def _unrolled(line: list[Vertex]) -> list[Vertex]:
    """Let longitudes run on where the line crosses the 180th meridian."""
    points = [line[0]]
    for x, y in line[1:]:
        turns = round((points[-1][0] - x) / (2 * HALF_TURN))
        points.append((x + turns * 2 * HALF_TURN, y))
    return points


def weigh(points: list[Vertex]) -> list[float]:
    """Return the effective area of each point in square kilometres, ``inf`` at both ends."""
    last = len(points) - 1
    weights = [inf] * len(points)
    before = list(range(-1, last))
    after = list(range(1, last + 2))
    areas = [inf] * len(points)

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        twice = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / MICRO**2
        return twice / 2 * cos(radians(by / MICRO)) * KM**2

    for i in range(1, last):
        areas[i] = area(i)
    heap = [(areas[i], i) for i in range(1, last)]
    heapq.heapify(heap)
    most = 0.0
    while heap:
        found, i = heapq.heappop(heap)
        if found != areas[i]:
            continue
        most = max(most, found)  # a point is never dropped before those that it rests on
        weights[i] = most
        areas[i] = -1.0
        for j in (before[i], after[i]):
            if j == before[i]:
                after[j] = after[i]
            else:
                before[j] = before[i]
        for j in (before[i], after[i]):
            if 0 < j < last:
                areas[j] = area(j)
                heapq.heappush(heap, (areas[j], j))
    return weights


def simplified(arc: Arc, tolerance: float) -> list[Vertex]:
    """Return the points of an arc that show at a tolerance in kilometres."""
    least = tolerance**2
    if arc.closed:  # three points at the least, or there would be no ring
        third = sorted(arc.weights, reverse=True)[: min(5, len(arc.weights))][-1]
        least = min(least, third)
    return [p for p, weight in zip(arc.points, arc.weights, strict=True) if weight >= least]
