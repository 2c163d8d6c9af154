"""Whether a place lies where its region does: one slip in a number puts it into another country.

Only ``check`` asks. A place near the edge of its region, or on the sea off it, is in order:
outlines are simplified, and coasts and borders are where people measure them to be.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, atan2, hypot, inf, pi
from typing import TYPE_CHECKING

from briefings.figures.map.atlas import atlas
from briefings.figures.map.clip import dense
from briefings.figures.map.projection import RADIUS, Azimuthal
from briefings.model.vocabulary import Worldview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.figures.map.atlas import Atlas
    from briefings.figures.map.clip import Point
    from briefings.figures.map.projection import Planar

TOLERANCE = 25.0  # kilometres off the outline
# Kilometres: the tolerance of the outlines by which most places are seen to be right, and of those
# by which it is said how far off one is.
COARSE, FINE = 13.0, 3.5
SHORT = 1.0  # degrees
# Kilometres in the plane: nothing is so deep inside of a country; and what is so far off, about the
# point opposite on the globe, is torn apart and inside out.
FAR, ASUNDER = 5000.0, 1.9 * RADIUS
MANY = 4096  # places and lines that are remembered: those of a series recur from brief to brief


@lru_cache(MANY)
def astray(region: str, lat: float, lon: float, *, whole: bool) -> str:
    """Return how far a place lies outside of its region, as a sentence; nothing where it does not.

    Where no outline of the region is known, nothing can be said. Of several views of whose a region
    is, the one that suits the place holds.

    Args:
        region: its ISO 3166-1 or 3166-2 code.
        lat: degrees north.
        lon: degrees east.
        whole: whether the point stands for all of the region. The middle of a group of islands
            may be out at sea, so anywhere between its parts is in order.
    """
    away = _away(region, lat, lon, whole=whole)
    if away <= TOLERANCE:
        return ""
    said = f"{lat:g}, {lon:g} is {away:,.0f} km outside {region}"
    if there := _holder(lat, lon):
        said += f", in {there}"
    for other, slip in _slips(lat, lon):
        if _away(region, *other, whole=whole) <= TOLERANCE:
            return f"{said}; {slip}"
    return said


def _slips(lat: float, lon: float) -> Iterator[tuple[Point, str]]:
    """Yield what may have been meant, with what it was taken for."""
    if abs(lon) <= 90:  # noqa: PLR2004  # else it is no latitude
        yield (lon, lat), "lat and lon seem to be changed over"
    yield (lat, -lon), f"lon {-lon:g} would be in it"
    yield (-lat, lon), f"lat {-lat:g} would be in it"


def _away(region: str, lat: float, lon: float, *, whole: bool) -> float:
    """Return how many kilometres off its region a place is in the view that suits it best."""
    worlds = [atlas(view.value) for view in Worldview]
    known = [world for world in worlds if region in world.countries or region in world.regions]
    return min((_off(world, region, lat, lon, whole=whole) for world in known), default=0.0)


def _off(world: Atlas, region: str, lat: float, lon: float, *, whole: bool) -> float:
    coarse = world.level(COARSE)
    about = world.index["tolerances"][coarse]
    if _distance(_lines(world, region, lat, lon, coarse), whole=whole) + about <= TOLERANCE:
        return 0.0
    return _distance(_lines(world, region, lat, lon, world.level(FINE)), whole=whole)


def _lines(world: Atlas, code: str, lat: float, lon: float, level: int) -> list[list[Planar]]:
    """Return the outline of an area in kilometres, with the place in the middle."""
    around = Azimuthal(lon, lat)
    seen = world.outline(code, level)
    arcs = [(arc, level) for arc in seen]
    if level <= world.level(FINE):  # the islands too that are too small for it
        arcs += [(arc, 0) for arc in set(world.outline(code, 0)).difference(seen)]
    return [around.forward(*_dense(world, *arc)) for arc in arcs]


@lru_cache(MANY)
def _dense(world: Atlas, arc: int, level: int) -> tuple[list[float], list[float]]:
    """Return an arc in short pieces, so that a border along a parallel is no straight line."""
    xs, ys = world.line(arc, level)
    points = dense(zip(xs, ys, strict=True), SHORT, closed=False)
    return [x for x, _ in points], [y for _, y in points]


def _distance(lines: Iterable[list[Planar]], *, whole: bool) -> float:
    """Return how many kilometres an area is from the middle, 0 where the middle is inside."""
    lines = list(lines)
    nearest, inside = inf, False
    for line in lines:
        ax, ay = line[0]
        for bx, by in line[1:]:
            if hypot(ax, ay) > ASUNDER:
                nearest = min(nearest, hypot(ax, ay))
            else:
                nearest = min(nearest, _to_the_middle(ax, ay, bx, by))
                if (ay > 0) != (by > 0) and ax - ay / (by - ay) * (bx - ax) > 0:
                    inside = not inside
            ax, ay = bx, by
    if nearest < FAR and (inside or (whole and _surround(lines))):
        return 0.0
    return 2 * RADIUS * asin(min(1.0, nearest / (2 * RADIUS)))  # from the plane to the globe


def _to_the_middle(ax: float, ay: float, bx: float, by: float) -> float:
    """Return how far the middle is from a straight line between two points."""
    east, north = bx - ax, by - ay
    length = east * east + north * north
    share = min(1.0, max(0.0, -(ax * east + ay * north) / length)) if length else 0.0
    return hypot(ax + share * east, ay + share * north)


def _surround(lines: Iterable[list[Planar]]) -> bool:
    """Say whether the points of lines have the middle between them."""
    found = sorted(atan2(y, x) for line in lines for x, y in line)
    gaps = (b - a for a, b in zip(found, [*found[1:], found[0] + 2 * pi], strict=True))
    return max(gaps) < pi


def _holder(lat: float, lon: float) -> str:
    """Return the code of the smallest area that holds a place, ``""`` at sea."""
    world = atlas(Worldview.UN.value)
    level = world.level(FINE)

    def holds(code: str) -> bool:
        return _distance(_lines(world, code, lat, lon, level), whole=False) == 0

    country = next(filter(holds, world.countries_in(lon, lat, lon, lat)), "")
    parts = (code for code in world.regions if code.startswith(f"{country}-"))
    return next(filter(holds, parts), country) if country else ""
