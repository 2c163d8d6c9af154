"""The pieces that a country or a region is of, and which of them a map of it must show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, radians
from typing import TYPE_CHECKING

from briefings.figures.map.atlas import DEGREE, TURN
from briefings.figures.map.shapes import area, over_pole

if TYPE_CHECKING:
    from briefings.figures.map.atlas import Atlas
    from briefings.figures.map.clip import Point, Window

MOST = 0.95  # of the area: the largest pieces that make up so much of it are always shown
# ... and any that is off their rectangle by no more than this part of it: Corsica, not the Azores.
NEAR = 0.25
SCATTERED = 10_000.0  # square kilometres: of so little land every piece is shown, however far off


@dataclass(frozen=True, slots=True)
class Piece:
    """One outline, coarsely: its points in degrees, longitudes running on past 180."""

    points: tuple[Point, ...]
    area: float

    @property
    def box(self) -> Window:
        """West, south, east and north in degrees."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def middle(self) -> Point:
        """The middle of its box."""
        west, south, east, north = self.box
        return (west + east) / 2, (south + north) / 2


@cache
def pieces(atlas: Atlas, code: str) -> tuple[Piece, ...]:
    """Return the pieces of a country or a region, the largest first.

    They are those of the finest level, for an atoll is in no other; their points are coarse where
    there are coarse ones.
    """
    last = len(atlas.index["steps"]) - 1
    coarse = set(atlas.outline(code, last))
    made = []
    for ring in atlas.rings(atlas.outline(code, 0)):
        fine = _unrolled(atlas, ring, 0)
        known = all(arc in coarse for arc, _ in ring)
        points = _unrolled(atlas, ring, last) if known else fine
        made.append(Piece(tuple(points), _square_kilometres(fine)))
    return tuple(sorted(made, key=lambda piece: (-piece.area, piece.points[0])))


@cache
def shown(atlas: Atlas, code: str) -> tuple[Point, ...]:
    """Return the points that a map must hold to show a country or a region as what it is.

    A small island on the other side of the world is no part of that; see ``MOST`` and ``NEAR``.
    """
    found = pieces(atlas, code)
    total = sum(piece.area for piece in found)
    if total <= SCATTERED:
        return tuple(at for piece in found for at in piece.points)
    kept, sum_of = [], 0.0
    for piece in found:
        if sum_of >= MOST * total:
            break
        kept.append(piece)
        sum_of += piece.area
    around = _around(kept)
    kept += [piece for piece in found[len(kept) :] if _is_in(piece, around)]
    return tuple(at for piece in kept for at in piece.points)


def _around(kept: list[Piece]) -> Window:
    """Return the box of some pieces, each taken on the turn of the globe nearest the first one."""
    about = kept[0].middle[0]
    boxes = [_moved(piece.box, about) for piece in kept]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    across, along = (east - west) * NEAR, (north - south) * NEAR
    return west - across, south - along, east + across, north + along


def _is_in(piece: Piece, around: Window) -> bool:
    west, south, east, north = _moved(piece.box, (around[0] + around[2]) / 2)
    inside = around[0] <= west and east <= around[2]
    return inside and around[1] <= south and north <= around[3]


def _moved(box: Window, about: float) -> Window:
    west, south, east, north = box
    shift = TURN * round((about - (west + east) / 2) / TURN)
    return west + shift, south, east + shift, north


def _unrolled(atlas: Atlas, ring: list[tuple[int, bool]], level: int) -> list[Point]:
    made: list[Point] = []
    for arc, back in ring:
        xs, ys = atlas.line(arc, level)
        if back:
            xs.reverse()
            ys.reverse()
        shift = TURN * round((made[-1][0] - xs[0]) / TURN) if made else 0.0
        made += zip((x + shift for x in xs), ys, strict=True)
    return made


def _square_kilometres(points: list[Point]) -> float:
    """Return about how large an outline is: enough to tell a large one from a small one."""
    if abs(points[-1][0] - points[0][0]) > TURN / 2:
        points = over_pole(points)
    ys = [y for _, y in points]
    return abs(area(points)) * DEGREE**2 * cos(radians((min(ys) + max(ys)) / 2))
