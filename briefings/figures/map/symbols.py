"""The places on the map: their areas and their symbols."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, cos, pi, sin
from typing import TYPE_CHECKING, Any

from briefings.figures.map.beside import HALF, Spot, apart, aside, symbols
from briefings.figures.map.extent import UNKNOWN, outlined
from briefings.figures.map.hatching import covered, hatching
from briefings.figures.map.inside import rows, spot
from briefings.figures.map.pieces import pieces
from briefings.figures.map.shapes import area, path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.clip import Point
    from briefings.figures.map.places import Place
    from briefings.figures.map.room import Room
    from briefings.figures.map.shapes import Pen

ROUND = 36  # corners of a circle
HATCHED = 0.5  # of a piece's area: where its lines stand for less, its edge is drawn besides


@dataclass(frozen=True, slots=True)
class Hatch:
    """The area of one place in the frame.

    ``radius`` is that of the circle in kilometres which stands for an outline that is not known.
    """

    place: Place
    rings: list[list[Point]]
    radius: float | None = None

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
            "circle": self.radius is not None,
            "missed": path(self._missed(), closed=True),
            "outline": path(self.rings, closed=True),
            "lines": hatching(self.rings, self.place.roles[0], self.place.precision),
        }

    def _missed(self) -> Iterator[list[Point]]:
        """Yield the pieces that would not look hatched: those between two lines, or along one."""
        for ring in self.rings:
            lines = covered(ring, self.place.roles[0], self.place.precision)
            if lines < HATCHED * abs(area(ring)):
                yield ring


@dataclass(slots=True)
class Drawn:
    """Symbols and labels as the template gets them, and what is not there.

    ``outside`` are the places out of the frame, ``unnamed`` says how many found no room for a
    label.
    """

    spots: list[Spot] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    outside: list[Place] = field(default_factory=list)
    unnamed: int = 0


def hatches(pen: Pen, places: Sequence[Place], held: Sequence[str]) -> list[Hatch]:
    """Return the areas of places that are known only by them, the largest first."""
    made = [_hatch(pen, place, held) for place in places if not place.is_point]
    return sorted(made, key=lambda hatch: hatch.place.precision != "country")


def _hatch(pen: Pen, place: Place, held: Sequence[str]) -> Hatch:
    """Return the area of a place in the frame; none of a country that is not whole in it."""
    code = place.region or ""
    if place.precision == "country" and code not in held:
        return Hatch(place, [])
    if outlined(pen.atlas, place):
        return Hatch(place, pen.areas(pen.atlas.outline(code, pen.level)))
    # A smaller one its own symbol would hide: 50, 100, 150 kilometres, ...
    kilometres = UNKNOWN * max(1, ceil(2 * HALF * pen.frame.scale / UNKNOWN))
    return Hatch(place, _circle(pen, place, kilometres / pen.frame.scale), kilometres)


def _circle(pen: Pen, place: Place, radius: float) -> list[list[Point]]:
    """Return a circle around a place whose region has no outline here."""
    middle = pen.frame.place(place.lon, place.lat)
    if middle is None:
        return []
    x, y = middle
    angles = [2 * pi * corner / ROUND for corner in range(ROUND)]
    return [[(x + radius * cos(a), y + radius * sin(a)) for a in angles]]


def marks(
    pen: Pen, places: Sequence[Place], room: Room, hatched: Sequence[Hatch], held: Sequence[str]
) -> Drawn:
    """Place the symbols: first what is known exactly, then what has some room to stand in."""
    drawn = Drawn()
    points = []
    for place in places:
        if place.is_point:
            at = pen.frame.place(place.lon, place.lat)
            points += [(place, at)] if at else []
            drawn.outside += [] if at else [place]
    for found, drawings in apart(points, room):
        drawn.spots += found
        drawn.marks += drawings
    parts = [hatch for hatch in hatched if hatch.drawn and hatch.place.precision == "region"]
    areas = {id(hatch.place): hatch.rings for hatch in hatched}
    for place in places:
        if place.is_point:
            continue
        # By the even-odd rule this takes the hatched regions out of their country.
        within = [ring for part in parts if _holds(place, part.place) for ring in part.rings]
        rings = areas[id(place)]
        stands = list(_where(pen, place, rings + within if rings else [], room, held))
        if not stands:
            drawn.outside.append(place)
            continue
        for one in stands:
            room.take(one.box)
            drawn.marks += symbols(one)
        drawn.spots.append(stands[len(stands) // 2])
    return drawn


def _holds(country: Place, region: Place) -> bool:
    return country.precision == "country" and (region.region or "")[:3] == f"{country.region}-"


def _where(
    pen: Pen, place: Place, rings: list[list[Point]], room: Room, held: Sequence[str]
) -> Iterator[Spot]:
    """Yield where the symbol of a place that is an area stands: well inside it.

    Where no piece of it can hold the symbol, each has one, so that none passes for the place. The
    point that is stated for an area with an outline stands for nothing.
    """
    width, height = Spot(place, (0, 0)).size
    if rings and (
        inside := spot(rows(rings, room.width, room.height), (width + 2, height + 2), room)
    ):
        yield Spot(place, inside)
    elif place.precision == "country" and place.region not in held:
        return  # anywhere in a country whose area is not hatched, it would pass for a point
    elif outlined(pen.atlas, place):
        yield from _scattered(pen, place, rings, room)
    elif at := pen.frame.place(place.lon, place.lat):
        yield aside(Spot(place, at), room)


def _scattered(pen: Pen, place: Place, rings: list[list[Point]], room: Room) -> Iterator[Spot]:
    """Yield a spot at each piece of an area, from west to east; one where they are close."""
    found = [pen.frame.place(*piece.middle) for piece in pieces(pen.atlas, str(place.region))]
    kept: list[Spot] = []
    for at in found:
        one = at and Spot(place, at).within(room)
        if one and not any(one.meets(other) for other in kept):
            kept.append(one)
    if len(kept) < 2 and rings:  # noqa: PLR2004  # in the middle of what is seen of it
        kept = [Spot(place, _middle(rings)).within(room)]
    for one in sorted(kept, key=lambda one: one.at):
        yield aside(one, room)


def _middle(rings: Sequence[Sequence[Point]]) -> Point:
    ring = max(rings, key=lambda ring: abs(area(ring)))
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
