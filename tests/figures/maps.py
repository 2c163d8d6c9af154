"""Maps made in a test of places alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, fromstring

from briefings.figures import map as locator
from briefings.resources import Shelf
from briefings.writers.page import drawing
from briefings.writers.theme import paint, theme
from tests import made

if TYPE_CHECKING:
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
