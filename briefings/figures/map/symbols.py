"""The places on the map: their areas and their symbols."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil, cos, dist, pi, sin
from typing import TYPE_CHECKING, Any

from briefings.figures.map.beside import HALF, Spot, apart, aside, stems, symbols
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
# Square points and points: the edge of an islet that is smaller or narrower is a blot, which passes
# for a symbol. It is left out where the islet is no more than such a part of its area.
SMALL, NARROW, PART = 6.0, 1.6, 0.003


@dataclass(frozen=True, slots=True)
class Hatch:
    """The area of one place in the frame.

    ``radius`` is that of the circle in kilometres which stands for an outline that is not known.
    ``parts`` are the regions of a country that have a hatching of their own.
    """

    place: Place
    rings: list[list[Point]]
    radius: float | None = None
    parts: tuple[Hatch, ...] = ()

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
            "outline": path(_seen(self.rings), closed=True),
            "lines": hatching(self.bare, self.place.precision) if self.rings else "",
        }

    @property
    def bare(self) -> list[list[Point]]:
        """Its rings and, by the even-odd rule taken out of them, those of its parts."""
        return self.rings + [ring for part in self.parts for ring in part.rings]

    @property
    def edges(self) -> list[list[Point]]:
        """The outlines that are to be seen, closed."""
        return [[*ring, ring[0]] for ring in _seen(self.rings)]

    def _missed(self) -> Iterator[list[Point]]:
        """Yield the pieces that would not look hatched: those between two lines, or along one."""
        for ring in _seen(self.rings):
            if covered(ring, self.place.precision) < HATCHED * abs(area(ring)):
                yield ring


def _seen(rings: Sequence[list[Point]]) -> list[list[Point]]:
    """Return the rings of an area without its islets; see ``SMALL``."""
    sizes = [abs(area(ring)) for ring in rings]
    little = PART * sum(sizes)
    return [
        ring
        for ring, size in zip(rings, sizes, strict=True)
        if size >= little or (size >= SMALL and 2 * size >= NARROW * _around(ring))
    ]


def _around(ring: Sequence[Point]) -> float:
    return sum(dist(a, b) for a, b in pairwise([*ring, ring[0]]))


@dataclass(slots=True)
class Drawn:
    """Symbols and labels as the template gets them, and what is not there.

    ``stems`` are lines between symbols of one place, and to its point where they stand off it;
    ``points`` are such points. ``outside`` are the places out of the frame, ``unnamed`` says how
    many found no room for a label.
    """

    spots: list[Spot] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    stems: list[dict[str, float]] = field(default_factory=list)
    points: list[dict[str, float]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    outside: list[Place] = field(default_factory=list)
    unnamed: int = 0

    @property
    def stacked(self) -> bool:
        """Whether a place has several symbols, one above another, the lowest of them its own."""
        stacks = [spot for spot in self.spots if spot.place.is_point and len(spot.place.roles) > 1]
        return bool(stacks) and not any(spot.down for spot in stacks)

    def add(self, spot: Spot, drawings: list[dict[str, Any]]) -> None:
        """Draw the symbols of a spot."""
        self.marks += drawings
        self.stems += stems(spot)
        if spot.point:
            x, y = spot.point
            self.points.append({"x": round(x, 1), "y": round(y, 1)})


def hatches(pen: Pen, places: Sequence[Place], held: Sequence[str]) -> list[Hatch]:
    """Return the areas of places that are known only by them, the largest first."""
    made = [_hatch(pen, place, held) for place in places if not place.is_point]
    regions = [hatch for hatch in made if hatch.drawn and hatch.place.precision == "region"]
    whole = [
        replace(one, parts=tuple(part for part in regions if _holds(one.place, part.place)))
        for one in made
    ]
    return sorted(whole, key=lambda hatch: hatch.place.precision != "country")


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
        drawn.add(found[0], drawings)
    areas = {id(hatch.place): hatch.bare if hatch.rings else [] for hatch in hatched}
    for place in places:
        if place.is_point:
            continue
        stands = list(_where(pen, place, areas[id(place)], room, held))
        if not stands:
            drawn.outside.append(place)
            continue
        for one in stands:
            room.take(one.box, symbol=True)
            drawn.add(one, symbols(one))
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
    stands = Spot(place, (0, 0))
    width, height = stands.size
    if rings and (
        inside := spot(rows(rings, room.width, room.height), (width + 2, height + 2), room)
    ):
        yield stands.around(inside)
    elif place.precision == "country" and place.region not in held:
        return  # anywhere in a country whose area is not hatched, it would pass for a point
    elif outlined(pen.atlas, place):
        yield from _scattered(pen, place, rings, room)
    elif at := pen.frame.place(place.lon, place.lat):
        yield aside(Spot(place, at).within(room), room)


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
