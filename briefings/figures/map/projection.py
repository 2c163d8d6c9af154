"""From the globe to the plane and back, on a sphere.

Both projections keep areas true, so that no region looks larger than another of its size:

- Lambert azimuthal equal-area around any centre (Snyder, *Map Projections: A Working Manual*,
  USGS Professional Paper 1395, 1987, pages 182 to 190), for all that is not the whole world. It is
  right at the poles and across the 180th meridian, and nearly true to shape where maps are used.
- Equal Earth (Šavrič, Patterson and Jenny, *International Journal of Geographical Information
  Science*, 2018), for the world.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, atan2, cos, degrees, hypot, isfinite, radians, sin, sqrt
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

RADIUS = 6371.0072  # kilometres: the sphere with the surface of WGS 84
Planar = tuple[float, float]  # kilometres east and north of the centre


class Projection(Protocol):
    """A way to the plane, in degrees and kilometres."""

    @property
    def lon(self) -> float:
        """The meridian in the middle."""

    def forward(self, xs: Iterable[float], ys: Iterable[float]) -> list[Planar]:
        """Return where points given in degrees are, in kilometres."""

    def inverse(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the degrees of a point given in kilometres, or nothing off the globe."""


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert azimuthal equal-area around a centre in degrees."""

    lon: float
    lat: float
    _sin: float = field(init=False)
    _cos: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sin", sin(radians(self.lat)))
        object.__setattr__(self, "_cos", cos(radians(self.lat)))

    def forward(self, xs: Iterable[float], ys: Iterable[float]) -> list[Planar]:
        """Return where points are; the antipode, which is a whole circle, at one point of it."""
        made: list[Planar] = []
        sin0, cos0, lon = self._sin, self._cos, self.lon
        degree = radians(1)
        for x, y in zip(xs, ys, strict=True):
            east = (x - lon) * degree
            lat = y * degree
            sin1, cos1 = sin(lat), cos(lat)
            along = cos1 * cos(east)
            towards = 1 + sin0 * sin1 + cos0 * along
            k = RADIUS * sqrt(2 / towards) if towards > 1e-12 else 2e6 * RADIUS  # noqa: PLR2004
            made.append((k * cos1 * sin(east), k * (cos0 * sin1 - sin0 * along)))
        return made

    def inverse(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the degrees of a point, longitude within half a turn of the centre's."""
        rho = hypot(x, y)
        if rho > 2 * RADIUS:
            return None
        if rho < 1e-9:  # noqa: PLR2004
            return self.lon, self.lat
        c = 2 * asin(rho / (2 * RADIUS))
        sine = max(-1.0, min(1.0, cos(c) * self._sin + y * sin(c) * self._cos / rho))
        east = atan2(x * sin(c), rho * self._cos * cos(c) - y * self._sin * sin(c))
        return self.lon + degrees(east), degrees(asin(sine))


_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """Equal Earth around a central meridian in degrees."""

    lon: float

    def forward(self, xs: Iterable[float], ys: Iterable[float]) -> list[Planar]:
        """Return where points are; longitudes are not wrapped."""
        made: list[Planar] = []
        for x, y in zip(xs, ys, strict=True):
            theta = asin(_M * sin(radians(y)))
            t2 = theta * theta
            t6 = t2 * t2 * t2
            slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
            east = radians(x - self.lon) * cos(theta) / (_M * slope)
            made.append((RADIUS * east, RADIUS * theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))))
        return made

    def inverse(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the degrees of a point, by Newton's method."""
        theta = wanted = y / RADIUS
        for _ in range(12):
            t2 = theta * theta
            t6 = t2 * t2 * t2
            error = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2)) - wanted
            slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
            theta -= error / slope
        sine = sin(theta) / _M
        if not isfinite(sine) or abs(sine) > 1:
            return None
        east = degrees(_M * x / RADIUS * slope / cos(theta))
        return (self.lon + east, degrees(asin(sine))) if abs(east) <= 180 else None  # noqa: PLR2004
