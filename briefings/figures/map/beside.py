"""Where symbols stand: at their point, one above the other, or off it, clear of others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from math import atan2, cos, dist, pi, sin
from typing import TYPE_CHECKING, Any

from briefings.figures.map.places import ROLES
from briefings.figures.map.room import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.places import Place
    from briefings.figures.map.room import Room

HALF = 3.4  # points: half a symbol
ABOVE = 8.4  # points from one symbol up to the next of the same place
TOUCHING = 2.0  # points: places that are closer share their point
CLEAR = 1.4  # points that a symbol keeps from another, and from the point of another
MANY = 8  # symbols around one point at the most: of more, those of one kind are one
OFF = (9.0, 12.0, 15.5, 20.0, 26.0, 34.0)  # points from a point to a symbol that is off it
WAYS = 16  # directions
LEAN = pi / 4  # by which a line leads off the way straight from a neighbour


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the symbols of a place stand, one for each role: the lowest at ``at``.

    Those of a place that is ``down`` hang from it instead. ``point`` is the place's own, where the
    symbols are off it. There may be more than it has roles: ``tall`` in all.
    """

    place: Place
    at: Point
    tall: int = 0
    point: Point | None = None
    down: bool = False

    @property
    def far(self) -> Point:
        """The middle of the symbol at the other end."""
        up = (max(self.tall, len(self.place.roles)) - 1) * ABOVE
        return self.at[0], self.at[1] + (up if self.down else -up)

    @property
    def middle(self) -> Point:
        """The middle of them all."""
        return self.at[0], (self.at[1] + self.far[1]) / 2

    @property
    def radius(self) -> Point:
        """Half the width and half the height."""
        return HALF, HALF + abs(self.far[1] - self.at[1]) / 2

    @property
    def size(self) -> Point:
        """The width and the height."""
        return 2 * self.radius[0], 2 * self.radius[1]

    @property
    def box(self) -> Window:
        """The rectangle that is taken."""
        (x, y), (across, along) = self.middle, self.radius
        return x - across, y - along, x + across, y + along

    def around(self, middle: Point) -> Spot:
        """Return the spot with the middle of its symbols there."""
        return replace(self, at=(middle[0], middle[1] + self.at[1] - self.middle[1]))

    def meets(self, other: Spot) -> bool:
        """Say whether two spots have any room in common."""
        (left, top, right, low), (le, t, r, lo) = self.box, other.box
        return left < r and right > le and top < lo and low > t

    def hides(self, point: Point) -> bool:
        """Say whether a point is under it, or too close by."""
        (x, y), (left, top, right, low) = point, self.box
        return left - CLEAR < x < right + CLEAR and top - CLEAR < y < low + CLEAR

    def within(self, room: Room) -> Spot:
        """Return the spot moved into the frame."""
        (x, y), (across, along) = self.middle, self.radius
        x = min(max(x, across), room.width - across)
        return self.around((x, min(max(y, along), room.height - along)))


def symbols(spot: Spot, roles: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the symbols of a place as the template gets them, or those of several places' roles.

    A site, which most often is what is there, is the one at the point itself.
    """
    (x, y), step = spot.at, ABOVE if spot.down else -ABOVE
    return [
        {
            "role": role,
            "filled": spot.place.is_point,
            "x": round(x, 1),
            "y": round(y + number * step, 1),
        }
        for number, role in reversed(list(enumerate(reversed(roles or spot.place.roles))))
    ]


def stems(spot: Spot) -> Iterator[dict[str, float]]:
    """Yield the lines that join its symbols to one another, and to the place's point."""
    for (ax, ay), (bx, by) in ((spot.at, spot.far), (spot.point or spot.at, spot.at)):
        if (ax, ay) != (bx, by):
            ends = {"x1": ax, "y1": ay, "x2": bx, "y2": by}
            yield {name: round(value, 1) for name, value in ends.items()}


def aside(spot: Spot, room: Room) -> Spot:
    """Return a spot, moved to the side where it would cover what is there, if it can be."""
    x, y = spot.at
    for step in (0, 1, -1, 2, -2, 3, -3):
        moved = replace(spot, at=(x + step * ABOVE, y))
        if room.free(moved.box):
            return moved
    return spot


def apart(
    points: Sequence[tuple[Place, Point]], room: Room
) -> Iterator[tuple[list[Spot], list[dict[str, Any]]]]:
    """Yield spots, each with its symbols; of more than ``MANY`` symbols at one point, all at once.

    None covers another's symbols or point: where they are close, they stand off their points.
    """
    single = []
    for at, together in _together(points):
        if sum(len(place.roles) for place, _ in together) > MANY:
            spots, drawn = _shared(at, [place for place, _ in together], room)
            room.take(spots[0].box, symbol=True)
            yield spots, drawn
        else:
            single += [_standing(place, own, room) for place, own in together]
    crowded = _crowded(single)
    dots = []
    for spot in sorted(single, key=lambda spot: id(spot.place) in crowded):
        near = crowded.get(id(spot.place), [])
        stands = _off(spot, near, room) if near else spot
        room.take(stands.box, symbol=True)
        if stands.point:
            for box in dotted((stands.point, stands.at)):
                room.take(box)
            dots += [stands.point]
        yield [stands], symbols(stands)
    for point in dots:  # no label stands on its dot; two symbols may be led to one
        room.take(_around(point))


def _around(point: Point) -> Window:
    """Return the rectangle that the dot of a point takes, whose symbols stand off it."""
    x, y = point
    return x - CLEAR, y - CLEAR, x + CLEAR, y + CLEAR


def _standing(place: Place, at: Point, room: Room) -> Spot:
    """Return a spot at its point, down from it where above there is no room."""
    spot = Spot(place, at)
    return spot.within(room) if spot.box[1] >= 0 else replace(spot, down=True).within(room)


def _crowded(spots: Sequence[Spot]) -> dict[int, list[Spot]]:
    """Return the spots that others are in the way of, those others with each."""
    found: dict[int, list[Spot]] = defaultdict(list)
    ordered = sorted(spots, key=lambda spot: spot.at[0])
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.at[0] - one.at[0] > 2 * HALF + CLEAR:
                break
            if one.meets(other) or one.hides(other.at) or other.hides(one.at):
                found[id(one.place)].append(other)
                found[id(other.place)].append(one)
    return found


def _off(spot: Spot, near: Sequence[Spot], room: Room) -> Spot:
    """Return a spot off its point, away from those nearby; at it where it hides none of them."""
    if room.free(spot.box) and not any(spot.hides(other.at) for other in near):
        return spot
    x, y = spot.at
    away = [(x - other.at[0], y - other.at[1]) for other in near]
    east, south = sum(a for a, _ in away), sum(b for _, b in away)
    known = abs(east) + abs(south) > TOUCHING / 2
    first = atan2(south, east) + _lean(east, south) if known else 0.0
    # Of places at one point the first goes to the right, the next to the left.
    half = pi / WAYS if known else 2 * pi / WAYS
    turns = sorted(range(WAYS), key=lambda turn: (-round(abs(cos(half * turn)), 3), turn))
    for distance in OFF:
        for turn in turns:
            angle = first + 2 * pi * turn / WAYS
            moved = replace(
                spot, at=(x + distance * cos(angle), y + distance * sin(angle)), point=spot.at
            )
            if not moved.hides(spot.at) and _fits(moved, near, room):
                return moved
    return spot


def _lean(east: float, south: float) -> float:
    """Return by how much a line leads off the way straight from its neighbours.

    Two that led straight from each other would look like one line, which joins two symbols. Both
    lean up, or to the east where one point is above the other.
    """
    away = south if abs(east) < abs(south) / 2 else east
    return LEAN if away < 0 else -LEAN


def _fits(spot: Spot, near: Sequence[Spot], room: Room) -> bool:
    left, top, right, low = spot.box
    if not room.free((left - CLEAR, top - CLEAR, right + CLEAR, low + CLEAR)):
        return False
    line = (spot.point or spot.at, spot.at)
    hidden = any(spot.hides(other.at) for other in near)
    return not hidden and all(room.free(box) for box in dotted(line))


def _together(
    points: Sequence[tuple[Place, Point]],
) -> list[tuple[Point, list[tuple[Place, Point]]]]:
    """Return the places by the point that they share, or nearly share, each with its own."""
    groups: list[tuple[Point, list[tuple[Place, Point]]]] = []
    cells: dict[tuple[int, int], list[tuple[Point, list[tuple[Place, Point]]]]] = defaultdict(list)
    for place, (x, y) in points:
        column, row = int(x // TOUCHING), int(y // TOUCHING)
        near = (
            group
            for cell in product((column - 1, column, column + 1), (row - 1, row, row + 1))
            for group in cells.get(cell, ())
        )
        for at, together in near:
            if dist(at, (x, y)) < TOUCHING:
                together.append((place, (x, y)))
                break
        else:
            group = ((x, y), [(place, (x, y))])
            groups.append(group)
            cells[column, row].append(group)
    return groups


def _shared(
    at: Point, together: Sequence[Place], room: Room
) -> tuple[list[Spot], list[dict[str, Any]]]:
    """Return the spots of many places, all around one symbol for each of their roles."""
    roles = sorted({role for place in together for role in place.roles}, key=ROLES.index)
    spots = [Spot(place, at, len(roles)) for place in together]
    down = spots[0].box[1] < 0
    spots = [replace(spot, down=down).within(room) for spot in spots]
    return spots, symbols(spots[0], roles)
