"""Cutting outlines to a window: in degrees before the projection, in points after it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Window = tuple[float, float, float, float]  # least x, least y, greatest x, greatest y


def polygon(points: list[Point], window: Window, axes: Sequence[int] = (0, 1)) -> list[Point]:
    """Return a ring cut to a window (Sutherland and Hodgman 1974), along both axes or one.

    What lies outside runs along the window's edge, so a ring stays a ring.
    """
    for axis in axes:
        values = [point[axis] for point in points]
        low, high = window[axis], window[axis + 2]
        if not values or max(values) < low or min(values) > high:
            return []
        if min(values) < low:
            points = _cut(points, axis, low, 1)
        if max(values) > high:
            points = _cut(points, axis, high, -1)
    return points


def _cut(points: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    made: list[Point] = []
    before = points[-1]
    was_inside = sign * (before[axis] - edge) >= 0
    for point in points:
        inside = sign * (point[axis] - edge) >= 0
        if inside != was_inside:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            made.append((edge, other) if axis == 0 else (other, edge))
        if inside:
            made.append(point)
        before, was_inside = point, inside
    return made


def lines(points: Sequence[Point], window: Window) -> Iterator[list[Point]]:
    """Yield the parts of a line that are in a window, each with a point beyond it at either end."""
    left, low, right, high = window
    part: list[Point] = []
    before = points[0]
    for point in points[1:]:
        (ax, ay), (bx, by) = before, point
        outside = (
            (ax < left and bx < left)
            or (ax > right and bx > right)
            or (ay < low and by < low)
            or (ay > high and by > high)
        )
        if not outside:
            if not part:
                part.append(before)
            part.append(point)
        elif part:
            yield part
            part = []
        before = point
    if part:
        yield part


def dense(points: Iterable[Point], longest: float, *, closed: bool) -> list[Point]:
    """Return a line with further points in it, so that none of its pieces is longer than that."""
    given = list(points)
    made = given[:1]
    for x, y in [*given[1:], *(given[:1] if closed else [])]:
        from_x, from_y = made[-1]
        span = max(abs(x - from_x), abs(y - from_y))
        if span > longest:
            pieces = ceil(span / longest)
            for piece in range(1, pieces):
                share = piece / pieces
                made.append((from_x + (x - from_x) * share, from_y + (y - from_y) * share))
        made.append((x, y))
    return made[:-1] if closed and len(made) > 1 else made
