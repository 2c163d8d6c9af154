"""What a map must show: the places, and as much of their areas as helps a reader."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import cos, dist, radians
from typing import TYPE_CHECKING

from briefings.figures.map import frame as frames
from briefings.figures.map.atlas import DEGREE
from briefings.figures.map.shapes import Pen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.figures.map.atlas import Atlas
    from briefings.figures.map.clip import Point
    from briefings.figures.map.frame import Frame
    from briefings.figures.map.places import Place

UNKNOWN = 50.0  # kilometres: the radius drawn around a region whose outline is not known
# A country known only as a whole may make the map coarser so many times, and no more; up to 1,500
# km across (in kilometres to a point) more often; around a single place, up to such a scale.
WIDENING, MORE, MODERATE, SINGLE = 1.5, 3.0, 3.0, 9.5
# A closer map that shows no more than so many points of coasts and borders is widened, and again.
NEAR, ENOUGH, WIDER = 2.5, 180.0, 4


def frame(atlas: Atlas, places: Sequence[Place]) -> tuple[Frame, list[str]]:
    """Return the frame of a map, and the countries that it was made to hold whole."""
    made, held = _frame(atlas, places)
    for _ in range(WIDER):
        if made.scale > NEAR or _outlined(Pen(atlas, made)):
            break
        made = frames.wider(made, 1.7)
    return made, held


def _outlined(pen: Pen) -> bool:
    """Say whether enough of coasts and borders is in view to tell where this is."""
    land = pen.land()
    lines = pen.lines([*land.borders, *land.coasts])
    steps = (dist(a, b) for line in lines for a, b in pairwise(line))
    return sum(steps) > ENOUGH


def _frame(atlas: Atlas, places: Sequence[Place]) -> tuple[Frame, list[str]]:
    """Return the frame around places, and the countries that it was made to hold whole.

    Points and regions set it. A country that is known only as a whole comes in where it fits
    with little loss, so that no large one drowns what is known better; where nothing is known
    better, the countries set it.
    """
    points = [at for place in places for at in _around(atlas, place)]
    countries = {place.region: place for place in places if _is_country(atlas, place)}
    wholes = {code: largest(atlas, code) for code in countries if code}
    if not points:
        return frames.around([at for ring in wholes.values() for at in ring]), list(wholes)
    made, held = frames.around(points), []
    if len(points) == 1:
        most = SINGLE
    else:
        most = max(made.scale * WIDENING, min(MODERATE, made.scale * MORE))
    for code, ring in sorted(wholes.items(), key=lambda item: len(item[1])):
        ys = [y for _, y in ring]
        if (max(ys) - min(ys)) * DEGREE > most * frames.GREATEST_HEIGHT:
            continue  # which spares projecting what cannot fit
        wider = frames.around(points + ring)
        if wider.scale <= most:
            made, points = wider, points + ring
            held.append(code)
    return made, held


def _is_country(atlas: Atlas, place: Place) -> bool:
    return place.precision == "country" and place.region in atlas.countries


def _around(atlas: Atlas, place: Place) -> list[Point]:
    """Return the points that a place needs on the map; none for a country with an outline."""
    if _is_country(atlas, place):
        return []
    if place.precision == "region":
        if place.region in atlas.regions or place.region in atlas.countries:
            return largest(atlas, str(place.region))
        north = UNKNOWN / DEGREE
        east = north / max(0.01, cos(radians(place.lat)))
        return [
            *[(place.lon - east, place.lat), (place.lon + east, place.lat)],
            *[(place.lon, max(-90, place.lat - north)), (place.lon, min(90, place.lat + north))],
        ]
    return [(place.lon, place.lat)]


@cache
def largest(atlas: Atlas, code: str) -> list[Point]:
    """Return the largest ring of a country or region, coarsely, in degrees.

    Islands on the other side of the world are no part of what a map of it must show.
    """
    level = len(atlas.index["steps"]) - 1
    rings = [
        [at for arc, _ in ring for at in zip(*atlas.line(arc, level), strict=True)]
        for ring in atlas.rings(atlas.outline(code, level))
    ]
    return max(rings, key=_spread)


def _spread(ring: Sequence[Point]) -> float:
    ys = [y for _, y in ring]
    xs = [(x - ring[0][0] + 180) % 360 for x, _ in ring]
    width = (max(xs) - min(xs)) * cos(radians((min(ys) + max(ys)) / 2))
    return width * (max(ys) - min(ys))
