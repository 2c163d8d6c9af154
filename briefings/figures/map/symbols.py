"""The places on the map: their areas, their symbols, their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any

from briefings.figures.map.extent import UNKNOWN
from briefings.figures.map.hatching import hatching
from briefings.figures.map.inside import rows, spot
from briefings.figures.map.shapes import area, path
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

    @property
    def drawn(self) -> bool:
        """Whether it is hatched: not where its outline would be that of the whole map."""
        return bool(self.rings)

    @property
    def data(self) -> dict[str, Any]:
        """What the template gets."""
        return {
            "role": self.place.roles[0],
            "precision": self.place.precision,
            "outline": path(self.rings, closed=True),
            "lines": hatching(self.rings, self.place.roles[0], self.place.precision),
        }


@dataclass(slots=True)
class Drawn:
    """Symbols and labels as the template gets them, and the places that are out of the frame."""

    at: list[tuple[Place, Point]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    outside: list[Place] = field(default_factory=list)


def hatches(pen: Pen, places: Sequence[Place], held: Sequence[str]) -> list[Hatch]:
    """Return the areas of places that are known only by them, the largest first."""
    made = [Hatch(place, _rings(pen, place, held)) for place in places if not place.is_point]
    return sorted(made, key=lambda hatch: hatch.place.precision != "country")


def _rings(pen: Pen, place: Place, held: Sequence[str]) -> list[list[Point]]:
    """Return the area of a place in the frame; none of a country that is not whole in it."""
    code = place.region or ""
    if place.precision == "country" and code not in held:
        return []
    if code in pen.atlas.countries or code in pen.atlas.regions:
        return pen.areas(pen.atlas.outline(code, pen.level))
    return _circle(pen, place)


def _circle(pen: Pen, place: Place) -> list[list[Point]]:
    """Return a circle around a place whose region has no outline here."""
    middle = pen.frame.place(place.lon, place.lat)
    if middle is None:
        return []
    x, y = middle
    radius = max(UNKNOWN / pen.frame.scale, 2 * HALF)
    angles = [2 * pi * corner / ROUND for corner in range(ROUND)]
    return [[(x + radius * cos(a), y + radius * sin(a)) for a in angles]]


def marks(pen: Pen, places: Sequence[Place], room: Room, hatched: Sequence[Hatch]) -> Drawn:
    """Place the symbols: first what is known exactly, then what has some room to stand in."""
    drawn = Drawn()
    areas = {id(hatch.place): hatch.rings for hatch in hatched}
    parts = [hatch for hatch in hatched if hatch.drawn and hatch.place.precision == "region"]
    for place in sorted(places, key=lambda place: not place.is_point):
        # By the even-odd rule this takes the hatched regions out of their country.
        within = [ring for part in parts if _holds(place, part.place) for ring in part.rings]
        rings = areas.get(id(place), [])
        found = _where(pen, place, rings + within if rings else [], room)
        if found is None:
            drawn.outside.append(place)
            continue
        drawn.at.append((place, found))
        room.take(_box(place, found))
        drawn.marks += _symbols(place, found)
    return drawn


def name(drawn: Drawn, room: Room) -> None:
    """Place the names of the places: where symbols are close together first."""
    waiting = sorted(drawn.at, key=lambda one: -_company(one[1], drawn.at))
    for crossing in (False, True):  # a line across another is better than no name
        left = []
        for place, found in waiting:
            words = wrapped(place.name, SIZE, WIDEST, bold=True, lines=3)
            placed = room.label(found, (_half(place), HALF), words, crossing=crossing)
            if placed:
                drawn.labels.append(_label(placed, found))
            else:
                left.append((place, found))
        waiting = left


def _holds(country: Place, region: Place) -> bool:
    return country.precision == "country" and (region.region or "")[:3] == f"{country.region}-"


def _where(pen: Pen, place: Place, rings: list[list[Point]], room: Room) -> Point | None:
    """Return where the symbol of a place stands: on the point, or well inside the area.

    Where an area is too small to hold it, it stands in the middle of that; the point that is
    stated for a country stands for nothing.
    """
    size = (2 * _half(place) + 2, 2 * HALF + 2)
    if rings:
        return spot(rows(rings, room.width, room.height), size, room) or _middle(rings, room)
    if place.precision == "country" and place.region in pen.atlas.countries:
        return None  # anywhere in a country whose area is not hatched, it would pass for a point
    return pen.frame.place(place.lon, place.lat)


def _middle(rings: Sequence[Sequence[Point]], room: Room) -> Point:
    ring = max(rings, key=lambda ring: abs(area(ring)))
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return min(max(x, HALF), room.width - HALF), min(max(y, HALF), room.height - HALF)


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
