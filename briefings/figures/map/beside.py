"""Symbols that would cover one another, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from math import dist
from typing import TYPE_CHECKING, Any

from briefings.figures.map.places import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.clip import Point, Window
    from briefings.figures.map.places import Place
    from briefings.figures.map.room import Room

HALF = 3.4  # points: half a symbol
APART = 8.0  # points from one symbol to the next in the same place
TOUCHING = 2.0  # points: symbols that are closer cover each other
ROW = 8  # symbols side by side at the most: of more, those of one kind are one


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the symbols of a place stand, one for each role, around ``at``.

    There may be more than it has roles: ``wide`` in all.
    """

    place: Place
    at: Point
    wide: int = 0

    @property
    def radius(self) -> Point:
        """Half the width and half the height."""
        further = max(self.wide, len(self.place.roles)) - 1
        return HALF + further * APART / 2, HALF

    @property
    def size(self) -> Point:
        """The width and the height."""
        return 2 * self.radius[0], 2 * self.radius[1]

    @property
    def box(self) -> Window:
        """The rectangle that is taken."""
        (x, y), (across, along) = self.at, self.radius
        return x - across, y - along, x + across, y + along

    def meets(self, other: Spot) -> bool:
        """Say whether two spots have any room in common."""
        (left, top, right, low), (le, t, r, lo) = self.box, other.box
        return left < r and right > le and top < lo and low > t

    def within(self, room: Room) -> Spot:
        """Return the spot moved into the frame."""
        (x, y), (across, along) = self.at, self.radius
        x = min(max(x, across), room.width - across)
        return Spot(self.place, (x, min(max(y, along), room.height - along)), self.wide)


def symbols(spot: Spot) -> list[dict[str, Any]]:
    """Return the symbols of a place, side by side, as the template gets them."""
    return _side_by_side(spot.place.roles, spot.at, filled=spot.place.is_point)


def aside(spot: Spot, room: Room) -> Spot:
    """Return a spot, moved to the side where it would cover what is there, if it can be."""
    x, y = spot.at
    for step in (0, 1, -1, 2, -2, 3, -3):
        moved = Spot(spot.place, (x + step * APART, y))
        if room.free(moved.box):
            return moved
    return spot


def apart(
    points: Sequence[tuple[Place, Point]], room: Room
) -> Iterator[tuple[list[Spot], list[dict[str, Any]]]]:
    """Yield the spots of the places that share a point, with their symbols; the room is taken."""
    for at, together in _together(points):
        if len(together) == 1:
            spots = [Spot(together[0], at)]
            drawn = symbols(spots[0])
        elif sum(len(place.roles) for place in together) <= ROW:
            spots = [spot.within(room) for spot in _row(at, together)]
            drawn = [one for spot in spots for one in symbols(spot)]
        else:
            spots, drawn = _shared(at, together)
        for box in dict.fromkeys(spot.box for spot in spots):
            room.take(box)
        yield spots, drawn


def _together(points: Sequence[tuple[Place, Point]]) -> list[tuple[Point, list[Place]]]:
    """Return the places by the point that they share, or nearly share."""
    groups: list[tuple[Point, list[Place]]] = []
    cells: dict[tuple[int, int], list[tuple[Point, list[Place]]]] = defaultdict(list)
    for place, (x, y) in points:
        column, row = int(x // TOUCHING), int(y // TOUCHING)
        near = (
            group
            for cell in product((column - 1, column, column + 1), (row - 1, row, row + 1))
            for group in cells.get(cell, ())
        )
        for at, together in near:
            if dist(at, (x, y)) < TOUCHING:
                together.append(place)
                break
        else:
            group = ((x, y), [place])
            groups.append(group)
            cells[column, row].append(group)
    return groups


def _row(at: Point, together: Sequence[Place]) -> Iterator[Spot]:
    """Yield the spots of a few places, one beside the other around the point that they share."""
    left = at[0] - sum(len(place.roles) for place in together) * APART / 2
    for place in together:
        width = len(place.roles) * APART
        yield Spot(place, (left + width / 2, at[1]))
        left += width


def _shared(at: Point, together: Sequence[Place]) -> tuple[list[Spot], list[dict[str, Any]]]:
    """Return the spots of many places, all around one symbol for each of their roles."""
    roles = sorted({role for place in together for role in place.roles}, key=ROLES.index)
    spots = [Spot(place, at, len(roles)) for place in together]
    return spots, _side_by_side(roles, at, filled=True)


def _side_by_side(roles: Sequence[str], at: Point, *, filled: bool) -> list[dict[str, Any]]:
    left = at[0] - (len(roles) - 1) * APART / 2
    return [
        {"role": role, "filled": filled, "x": round(left + n * APART, 1), "y": round(at[1], 1)}
        for n, role in enumerate(roles)
    ]
