"""What a map must show: the places, and as much of their areas as helps a reader."""

from __future__ import annotations

from itertools import pairwise
from math import cos, dist, radians
from typing import TYPE_CHECKING

from briefings.figures.map import frame as frames
from briefings.figures.map.atlas import DEGREE
from briefings.figures.map.pieces import pieces, shown
from briefings.figures.map.shapes import Pen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.figures.map.atlas import Atlas
    from briefings.figures.map.clip import Point
    from briefings.figures.map.frame import Frame
    from briefings.figures.map.places import Place

UNKNOWN = 50.0  # kilometres: the radius drawn around a region whose outline is not known
# A country known only as a whole may make the map coarser so many times, and no more; up to 1,500
# km across (in kilometres to a point, of a map of full width) more often; around a single place, up
# to such a scale.
WIDENING, MORE, MODERATE, SINGLE = 1.5, 3.0, 3.0, 9.5
# A closer map of one place that shows no more points of coasts and borders is widened, and again.
NEAR, ENOUGH, WIDER = 2.5, 180.0, 4


def frame(
    atlas: Atlas, places: Sequence[Place], width: float = frames.WIDTH
) -> tuple[Frame, list[str]]:
    """Return the frame of a map of a width, and the countries that it was made to hold whole."""
    made, held = _frame(atlas, places, width)
    on_it = [place for place in places if place.precision != "country" or place.region in held]
    single = len({(place.lon, place.lat) for place in on_it}) == 1
    for _ in range(WIDER):
        if not single or made.coarseness > NEAR or _tells(Pen(atlas, made)):
            break
        made = frames.wider(made, 1.7)
    return made, held


def _tells(pen: Pen) -> bool:
    """Say whether enough of coasts and borders is in view to tell where this is."""
    land = pen.land()
    lines = pen.lines([*land.borders, *land.coasts])
    steps = (dist(a, b) for line in lines for a, b in pairwise(line))
    return sum(steps) > ENOUGH * pen.frame.width / frames.WIDTH


def _frame(atlas: Atlas, places: Sequence[Place], width: float) -> tuple[Frame, list[str]]:
    """Return the frame around places, and the countries that it was made to hold whole.

    Points and regions set it. A country that is known only as a whole comes in where it fits
    with little loss, so that no large one drowns what is known better; where nothing is known
    better, the countries set it.
    """
    points = [at for place in places for at in _around(atlas, place)]
    codes = dict.fromkeys(place.region for place in places if _is_country(atlas, place))
    wholes = {code: list(shown(atlas, code)) for code in codes if code}
    if not points and not wholes:  # only countries that are not known here: none can be placed
        return frames.world([], width), []
    if not points:
        return frames.around([at for ring in wholes.values() for at in ring], width), list(wholes)
    made, held = frames.around(points, width), []
    if len(points) == 1:
        most = SINGLE
    else:
        most = max(made.coarseness * WIDENING, min(MODERATE, made.coarseness * MORE))
    highest = most * frames.tallest(width) * frames.WIDTH / width  # kilometres
    for code, ring in sorted(wholes.items(), key=lambda item: len(item[1])):
        ys = [y for _, y in ring]
        if (max(ys) - min(ys)) * DEGREE > highest:
            continue  # which spares projecting what cannot fit
        wider = frames.around(points + ring, width)
        if wider.coarseness <= most:
            made, points = wider, points + ring
            held.append(code)
    return made, held


def outlined(atlas: Atlas, place: Place) -> bool:
    """Say whether the area as which a place is known has an outline here."""
    if place.precision == "country":
        return place.region in atlas.countries
    return place.region in atlas.regions or place.region in atlas.countries


def beyond(atlas: Atlas, made: Frame, code: str) -> bool:
    """Say whether any of a country or a region is out of a frame."""
    middle = made.projection.lon
    for piece in pieces(atlas, code):
        xs = [middle + (x - middle + 180) % 360 - 180 for x, _ in piece.points]
        for x, y in made.points(xs, [y for _, y in piece.points]):
            if not (0 <= x <= made.width and 0 <= y <= made.height):
                return True
    return False


def _is_country(atlas: Atlas, place: Place) -> bool:
    return place.precision == "country" and place.region in atlas.countries


def _around(atlas: Atlas, place: Place) -> list[Point]:
    """Return the points that a place needs on the map.

    A country needs none: with an outline it comes in where it fits, without one it is not placed.
    """
    if place.precision == "country":
        return []
    if place.precision == "region":
        if outlined(atlas, place):
            return list(shown(atlas, str(place.region)))
        north = UNKNOWN / DEGREE
        east = north / max(0.01, cos(radians(place.lat)))
        return [
            *[(place.lon - east, place.lat), (place.lon + east, place.lat)],
            *[(place.lon, max(-90, place.lat - north)), (place.lon, min(90, place.lat + north))],
        ]
    return [(place.lon, place.lat)]
