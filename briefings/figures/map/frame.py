"""The part of the globe that a map shows: its projection, its scale, its window in degrees."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING

from briefings.figures.map.projection import Azimuthal, EqualEarth, Projection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.model.paper import Paper

# Points of 1/72 inch; the figure is as wide as the text of an A4 sheet, 176 mm, or a narrower one:
# made smaller to fit there, its type would be too small to read.
WIDTH = 499.0
POINTS = 72 / 25.4  # to a millimetre
LEAST_HEIGHT, GREATEST_HEIGHT = 200.0, 218.0
LEAST_SHARE, GREATEST_SHARE = 0.62, 0.9  # ... and no more than this part of the width
MARGIN = 30.0  # around what the map is of, for symbols and labels
MARGIN_SHARE = 0.14
BLEED = 4.0  # drawn beyond the frame, so that no cut edge shows
LONELY = 420.0  # kilometres across around a single place: enough to see where that is
CLOSE = 110.0  # kilometres across at the least: below, our outlines are too coarse
WORLD = 32.0  # kilometres to a point: on a coarser map, it is the whole world
POLAR, POLAR_FROM = 36.0, 60.0  # ... and that around a pole, from this latitude of its middle
# A sheet map of the world is cut in the Bering Strait, unless places lie near that meridian.
MERIDIAN, CUT, NEAR_CUT = 11.0, -169.0, 20.0
WORLD_SOUTH, WORLD_NORTH = -58.0, 84.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's rectangle of ``width`` by ``height`` points; ``scale`` is kilometres to a point.

    ``middle`` is its centre in kilometres of the projection. ``window`` holds all that it shows,
    in degrees; where ``round_pole``, every longitude.
    """

    projection: Projection
    scale: float
    height: float
    middle: tuple[float, float]
    window: Window
    round_pole: bool = False
    width: float = WIDTH

    @property
    def coarseness(self) -> float:
        """The scale of a map of the full width that shows as much from side to side."""
        return self.scale * self.width / WIDTH

    @property
    def edges(self) -> Window:
        """The rectangle that is drawn, in points, with its bleed."""
        return (-BLEED, -BLEED, self.width + BLEED, self.height + BLEED)

    @property
    def longest(self) -> float:
        """The longest straight line in degrees that the projection may be given."""
        west, south, east, north = self.window
        return max(0.5, min(4.0, max(east - west, north - south) / 30))

    def points(self, xs: Sequence[float], ys: Sequence[float]) -> list[Point]:
        """Return where points given in degrees are in the frame: right and down, in points."""
        left, top = self.width / 2 - self.middle[0] / self.scale, self.height / 2
        top += self.middle[1] / self.scale
        scale = self.scale
        return [(left + x / scale, top - y / scale) for x, y in self.projection.forward(xs, ys)]

    def place(self, lon: float, lat: float) -> Point | None:
        """Return where one place is in the frame, or nothing where it is out of it."""
        middle = self.projection.lon
        ((x, y),) = self.points([middle + (lon - middle + 180) % 360 - 180], [lat])
        return (x, y) if 0 <= x <= self.width and 0 <= y <= self.height else None

    def degrees(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the degrees of a point of the frame."""
        return self.projection.inverse(
            self.middle[0] + (x - self.width / 2) * self.scale,
            self.middle[1] + (self.height / 2 - y) * self.scale,
        )


def width_on(paper: Paper) -> float:
    """Return how wide a map is on a sheet, in points."""
    room = (paper.sides[0] - 2 * paper.margins["side"]) * POINTS
    return WIDTH if room > WIDTH - 1 else round(room, 1)


def tallest(width: float) -> float:
    """Return how high a map of a width may be, in points."""
    return min(GREATEST_HEIGHT, GREATEST_SHARE * width)


def around(places: Sequence[Point], full: float = WIDTH) -> Frame:
    """Return the frame around places, given in degrees east and north; one at the least.

    Args:
        places: what is to be in it.
        full: its width in points.
    """
    margin = min(MARGIN, MARGIN_SHARE * full)
    projection = _centred(places)
    left, low, right, high = _extent(projection, places)
    width, height = right - left, high - low
    least = CLOSE if max(width, height) > 1 else LONELY
    across = full - 2 * margin
    tall = height / max(width, least) * across
    lowest = min(LEAST_HEIGHT, LEAST_SHARE * full)
    tall = min(max(tall, lowest - 2 * margin), tallest(full) - 2 * margin)
    scale = max(width / across, height / tall, least / full)
    if scale * full / WIDTH > (POLAR if abs(projection.lat) > POLAR_FROM else WORLD):
        return world([x for x, _ in places], full)
    middle = (left + right) / 2, (low + high) / 2
    return _windowed(projection, scale, tall + 2 * margin, middle, full)


def wider(frame: Frame, times: float, size: tuple[float, float] | None = None) -> Frame:
    """Return a frame with the same middle whose scale is so many times coarser.

    Args:
        frame: which it is to be like.
        times: how often its kilometres to a point are taken.
        size: another width and height in points.
    """
    if isinstance(frame.projection, EqualEarth):
        return frame
    width, height = size or (frame.width, frame.height)
    scale = frame.scale * times
    return _windowed(frame.projection, scale, height, frame.middle, width)


def _centred(places: Sequence[Point]) -> Azimuthal:
    """Return a projection with the places about its middle."""
    projection = Azimuthal(*_mean(places))
    for _ in range(2):
        left, low, right, high = _extent(projection, places)
        middle = projection.inverse((left + right) / 2, (low + high) / 2)
        if middle is None:
            break
        projection = Azimuthal(round((middle[0] + 180) % 360 - 180, 3), round(middle[1], 3))
    return projection


def _extent(projection: Azimuthal, places: Sequence[Point]) -> Window:
    found = projection.forward(*zip(*places, strict=True))
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


def _mean(places: Sequence[Point]) -> Point:
    x = y = z = 0.0
    for lon, lat in places:
        x += cos(radians(lat)) * cos(radians(lon))
        y += cos(radians(lat)) * sin(radians(lon))
        z += sin(radians(lat))
    length = hypot(x, y, z)
    if length < 1e-6:  # noqa: PLR2004  # all around the globe: any centre will do
        return 0.0, 0.0
    return degrees(atan2(y, x)), degrees(asin(max(-1.0, min(1.0, z / length))))


def world(lons: Sequence[float], full: float = WIDTH) -> Frame:
    """Return the whole world, cut where no place is."""
    lon = MERIDIAN
    if any(abs((x - CUT + 180) % 360 - 180) < NEAR_CUT for x in lons):
        ordered = sorted(x % 360 for x in lons)
        gaps = zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)
        west, east = max(gaps, key=lambda gap: gap[1] - gap[0])
        lon = ((west + east) / 2 + 360) % 360 - 180
    projection = EqualEarth(round(lon, 3))
    (right, _), (_, low), (_, high) = projection.forward(
        [projection.lon + 180, projection.lon, projection.lon], [0, WORLD_SOUTH, WORLD_NORTH]
    )
    scale = 2 * right / full
    window = (projection.lon - 180, -90.0, projection.lon + 180, 90.0)
    return Frame(
        projection, scale, (high - low) / scale, (0.0, (high + low) / 2), window, width=full
    )


def _windowed(
    projection: Projection,
    scale: float,
    height: float,
    middle: tuple[float, float],
    width: float,
) -> Frame:
    """Return a frame with the window in degrees that its border encloses."""
    left, top, right, low = -2 * BLEED, -2 * BLEED, width + 2 * BLEED, height + 2 * BLEED
    steps = [number / 24 for number in range(24)]
    border = [
        *((left + (right - left) * s, top) for s in steps),
        *((right, top + (low - top) * s) for s in steps),
        *((right - (right - left) * s, low) for s in steps),
        *((left, low - (low - top) * s) for s in steps),
    ]
    whole = (-180.0, -90.0, 180.0, 90.0)
    bare = Frame(projection, scale, height, middle, whole, width=width)
    found = [place for x, y in border if (place := bare.degrees(x, y))]
    lons, lats = [found[0][0]], [lat for _, lat in found]
    for lon, _ in [*found[1:], found[0]]:
        lons.append(lon + 360 * round((lons[-1] - lon) / 360))
    pole = abs(lons[-1] - lons[0]) > 180  # noqa: PLR2004  # once round: a pole is inside
    south, north = min(lats) - 0.5, max(lats) + 0.5
    if pole:
        south, north = (south, 90.0) if sum(lats) > 0 else (-90.0, north)
        return Frame(
            projection,
            scale,
            height,
            middle,
            (-180.0, south, 180.0, north),
            round_pole=True,
            width=width,
        )
    west, east = min(lons) - 0.5, max(lons) + 0.5
    window = (west, max(south, -90.0), east, min(north, 90.0))
    return Frame(projection, scale, height, middle, window, width=width)
