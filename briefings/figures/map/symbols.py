"""The places on the map: their areas, their symbols, their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any

from briefings.figures.map.extent import UNKNOWN
from briefings.figures.map.hatching import hatching
from briefings.figures.map.inside import rows, spot
from briefings.figures.map.shapes import path
from briefings.figures.map.text import ASCENT, LINE, Words, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.places import Place
    from briefings.figures.map.room import Placed, Room
    from briefings.figures.map.shapes import Pen

HALF = 3.4  # points: half a symbol
APART = 8.0  # points from one role's symbol to the next at the same place
SIZE, WIDEST = 7.4, 104.0  # of the places' names, in points
CROWD = 50.0  # points: within this, symbols compete for room
ROUND = 36  # corners of a circle


@dataclass(frozen=True, slots=True)
class Hatch:
    """The area of one place in the frame."""

    place: Place
    rings: list[list[Point]]
    drawn: bool  # whether it is hatched: not where its outline would be that of the whole map

    @property
    def data(self) -> dict[str, Any]:
        """What the template gets."""
        return {
            "role": self.place.roles[0],
            "precision": self.place.precision,
            "outline": path(self.rings, closed=True) if self.drawn else "",
            "lines": hatching(self.rings, self.place.roles[0], self.place.precision)
            if self.drawn
            else "",
        }


@dataclass(slots=True)
class Drawn:
    """Symbols and labels as the template gets them, and the places that are out of the frame."""

    marks: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    outside: list[Place] = field(default_factory=list)


def hatches(pen: Pen, places: Sequence[Place], held: Sequence[str]) -> list[Hatch]:
    """Return the areas of places that are known only by them, the largest first."""
    made = []
    for place in places:
        if place.is_point:
            continue
        code = place.region or ""
        known = code in pen.atlas.countries or code in pen.atlas.regions
        drawn = place.precision == "region" or code in held
        if known:
            level = pen.level if drawn else pen.coarse
            rings = pen.areas(pen.atlas.outline(code, level), level)
        else:
            rings = _circle(pen, place) if place.precision == "region" else []
        made.append(Hatch(place, rings, drawn and bool(rings)))
    return sorted(made, key=lambda hatch: hatch.place.precision != "country")


def _circle(pen: Pen, place: Place) -> list[list[Point]]:
    """Return a circle around a place whose region has no outline here."""
    ((x, y),) = pen.frame.points([place.lon], [place.lat])
    radius = max(UNKNOWN / pen.frame.scale, 2 * HALF)
    angles = [2 * pi * corner / ROUND for corner in range(ROUND)]
    return [[(x + radius * cos(a), y + radius * sin(a)) for a in angles]]


def marks(pen: Pen, places: Sequence[Place], room: Room, hatched: Sequence[Hatch]) -> Drawn:
    """Place symbols, then their names: where symbols are close together first."""
    drawn = Drawn()
    areas = {id(hatch.place): hatch.rings for hatch in hatched}
    parts = [hatch for hatch in hatched if hatch.drawn and hatch.place.precision == "region"]
    at: list[tuple[Place, Point]] = []
    for place in sorted(places, key=lambda place: not place.is_point):
        # By the even-odd rule this takes the hatched regions out of their country.
        within = [ring for part in parts if _holds(place, part.place) for ring in part.rings]
        found = _where(pen, place, areas.get(id(place), []) + within, room)
        if found is None:
            drawn.outside.append(place)
            continue
        at.append((place, found))
        room.take(_box(place, found))
        drawn.marks += _symbols(place, found)
    for place, found in sorted(at, key=lambda one: -_company(one[1], at)):
        words = wrapped(place.name, SIZE, WIDEST, bold=True, lines=3)
        if placed := room.label(found, (_half(place), HALF), words):
            drawn.labels.append(_label(placed, found))
    return drawn


def _holds(country: Place, region: Place) -> bool:
    return country.precision == "country" and (region.region or "")[:3] == f"{country.region}-"


def _where(pen: Pen, place: Place, rings: list[list[Point]], room: Room) -> Point | None:
    """Return where the symbol of a place stands: on the point, or well inside the area."""
    size = (2 * _half(place) + 2, 2 * HALF + 2)
    if rings:
        spans = rows(rings, room.width, room.height)
        if found := spot(spans, size, room):
            return found
    if place.precision == "country" and place.region in pen.atlas.countries:
        return None
    ((x, y),) = pen.frame.points([place.lon], [place.lat])
    inside = 0 <= x <= room.width and 0 <= y <= room.height
    return (x, y) if inside and _seen(pen, place, (x, y)) else None


def _seen(pen: Pen, place: Place, at: Point) -> bool:
    """Say whether a point of the plane is this place, and not its antipode's."""
    back = pen.frame.degrees(*at)
    return back is not None and abs(back[1] - place.lat) < 1


def _half(place: Place) -> float:
    return HALF + (len(place.roles) - 1) * APART / 2


def _box(place: Place, at: Point) -> Window:
    half = _half(place)
    return at[0] - half, at[1] - HALF, at[0] + half, at[1] + HALF


def _symbols(place: Place, at: Point) -> list[dict[str, Any]]:
    left = at[0] - (len(place.roles) - 1) * APART / 2
    return [
        {
            "role": role,
            "filled": place.is_point,
            "x": round(left + number * APART, 1),
            "y": round(at[1], 1),
        }
        for number, role in enumerate(place.roles)
    ]


def _company(at: Point, others: Sequence[tuple[Place, Point]]) -> int:
    return sum(hypot(x - at[0], y - at[1]) < CROWD for _, (x, y) in others)


def _label(placed: Placed, at: Point) -> dict[str, Any]:
    left, top, right, low = placed.box
    leader = None
    if placed.leader:
        (ax, ay), (bx, by) = placed.leader
        ends = {"x1": ax, "y1": ay, "x2": bx, "y2": by}
        leader = {name: round(value, 1) for name, value in ends.items()}
    # A text begins next to its symbol, so it ends there where it stands to the left of it.
    side = "start" if left >= at[0] else "end" if right <= at[0] else "middle"
    return {
        "lines": lines(placed.words, placed.box, side),
        "side": side,
        "leader": leader,
        "box": {
            "x": round(left, 1),
            "y": round(top, 1),
            "width": round(right - left, 1),
            "height": round(low - top, 1),
        },
    }


def lines(words: Words, box: Window, side: str) -> list[dict[str, Any]]:
    """Return the lines of a text in its box, each with where it is set."""
    x = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[side]
    first = box[1] + ASCENT * words.size
    return [
        {"text": line, "x": round(x, 1), "y": round(first + number * LINE * words.size, 1)}
        for number, line in enumerate(words.lines)
    ]
