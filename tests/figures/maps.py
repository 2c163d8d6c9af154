"""Maps made in a test of places alone."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, fromstring

from briefings.figures import map as locator
from briefings.figures.map.frame import WIDTH
from briefings.resources import Shelf
from briefings.writers.page import drawing
from briefings.writers.theme import paint, theme
from tests import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.document import Document

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class At:
    """A place with its roles, as a YAML file would have it."""

    name: str
    lat: float
    lon: float
    precision: str = "city"
    region: str | None = None
    roles: str = "site"

    def data(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = {"id": f"p{number}", "name": self.name, "precision": self.precision}
        found |= {"lat": float(self.lat), "lon": float(self.lon)}
        return found | ({"region": self.region} if self.region else {})


KYIV = At("Kyiv", 50.45, 30.52, "city", "UA-30")
WORLD = (
    At("Geneva", 46.2, 6.15),
    At("New York", 40.7, -74),
    At("Nairobi", -1.28, 36.8),
    At("Santiago", -33.45, -70.66, roles="origin"),
    At("Tokyo", 35.7, 139.7, roles="target"),
    At("Wellington", -41.3, 174.8),
)
FIJI = (At("Suva", -18.14, 178.44), At("Apia", -13.83, -171.77))
BERING = (At("Provideniya", 64.42, -173.23), At("Chukotka", 66, 171, "region", "RU-CHU"))
POLAR = (At("Alert", 82.5, -62.35), At("North Pole", 90, 0, "exact"), At("Tiksi", 71.64, 128.87))
SOUTH = (At("Vostok", -78.46, 106.8), At("South Pole", -90, 0, "exact"))
UNKNOWN = (At("Somewhere", 14.0, 37.2, "region", "ET-ZZZ"), At("Gondar", 12.6, 37.47))
CASES = {
    "world": WORLD,
    "fiji": FIJI,
    "bering": BERING,
    "polar": POLAR,
    "south": SOUTH,
    "city": (KYIV,),
    "exact": (At("Here", 10.0, 20.0, "exact"),),
    "unknown": UNKNOWN,
    "country": (At("Sudan", 15, 30, "country", "SD"),),
    "no code": (At("Some town", 15, 30), At("Some region", 16, 31, "region")),
    "ocean": (At("Point Nemo", -48.9, -123.4, "exact"),),
}
KURSK = At("Kursk region", 51.73, 36.19, "region", "RU-KRS", "target")
UKRAINE = At("Ukraine", 48.4, 31.2, "country", "UA", "target")
TAMBOV = At("Tambov region", 52.72, 41.45, "region", "RU-TAM", "origin site")
ASTRAKHAN = At("Astrakhan region", 46.35, 48.04, "region", "RU-AST", "origin")
MIXED = (KYIV, KURSK, UKRAINE, TAMBOV, ASTRAKHAN)


def document(*places: At, **reader: object) -> Document:
    named = [
        {"place": f"p{number}", "role": role}
        for number, at in enumerate(places)
        for role in at.roles.split()
    ]
    data = {
        "actors": [made.actor("somebody")],
        "places": [at.data(number) for number, at in enumerate(places)],
        "events": [made.event("e", made.claim("c"), places=named)],
    }
    return made.document(made.briefing(data), made.reader(made.CLEAR, **reader))


def figure(*places: At, **reader: object) -> dict[str, Any]:
    found = locator.data(document(*places, **reader))
    assert found is not None
    return found


def svg(*places: At, screen: bool = False, **reader: object) -> str:
    of = document(*places, **reader)
    colours = paint(theme(of.theme, Shelf()))
    return drawing("map", of, Shelf(), colours, screen=screen)


def tree(*places: At, screen: bool = False, **reader: object) -> Element:
    return fromstring(svg(*places, screen=screen, **reader))  # noqa: S314  # our own SVG


def numbers(path: str) -> list[tuple[int, int]]:
    """Return the absolute points of a path of ``M x y l dx dy ...``, in tenths of a point."""
    points = []
    for part in path.replace("z", "").split("M")[1:]:
        start, _, rest = part.partition("l")
        x, y = map(int, start.split())
        points.append((x, y))
        steps = list(map(int, rest.replace("-", " -").split()))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
    return points


def notes(found: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in found["notes"])


def boxes(found: dict[str, Any]) -> Iterator[tuple[float, float, float, float]]:
    for label in found["labels"]:
        box = label["box"]
        yield box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def assert_sound(found: dict[str, Any]) -> None:
    """Nothing collides, nothing is outside the frame."""
    rectangles = list(boxes(found))
    for mark in found["marks"]:
        rectangles.append((mark["x"] - 2, mark["y"] - 2, mark["x"] + 2, mark["y"] + 2))
        assert 0 <= mark["x"] <= WIDTH
        assert 0 <= mark["y"] <= found["frame"]
    labels = len(found["labels"])
    for number, (left, top, right, low) in enumerate(rectangles[:labels]):
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert low <= found["frame"]
        for a, b, c, d in itertools.islice(rectangles, number + 1, None):
            assert not (left + 0.2 < c and right - 0.2 > a and top + 0.2 < d and low - 0.2 > b)
