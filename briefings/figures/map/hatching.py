"""Hatching: parallel lines cut to an area, as one path that every renderer draws alike."""

from __future__ import annotations

from math import ceil, cos, floor, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.clip import Point

# What is known of a place, its hatching says, and its role the symbol in it: each the same whatever
# the other is, in black and white too. Degrees, rising.
ANGLES = {"region": -45.0, "country": 45.0}
# Points from line to line: a country's, which may lie around its regions', is the lighter.
SPACINGS = {"region": 3.6, "country": 7.0}


def hatching(rings: Sequence[Sequence[Point]], precision: str) -> str:
    """Return lines within rings (by the even-odd rule) as the ``d`` of a path, in tenths."""
    angle = radians(ANGLES[precision])
    turned = [_turned(ring, angle) for ring in rings]
    back = -angle
    parts = []
    for y, left, right in _spans(turned, SPACINGS[precision]):
        (ax, ay), (bx, by) = _turned([(left, y), (right, y)], back)
        parts.append(f"M{round(ax * 10)} {round(ay * 10)}L{round(bx * 10)} {round(by * 10)}")
    return "".join(parts)


def covered(ring: Sequence[Point], precision: str) -> float:
    """Return how many square points of a ring its lines stand for; few where they miss it."""
    spacing = SPACINGS[precision]
    spans = _spans([_turned(ring, radians(ANGLES[precision]))], spacing)
    return sum(right - left for _, left, right in spans) * spacing


def _turned(points: Sequence[Point], angle: float) -> list[Point]:
    across, up = cos(angle), sin(angle)
    return [(x * across - y * up, x * up + y * across) for x, y in points]


def _spans(
    rings: Sequence[Sequence[Point]], spacing: float
) -> Iterator[tuple[float, float, float]]:
    """Yield the pieces of level lines that are within rings: their height, their two ends."""
    crossings: dict[int, list[float]] = {}
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            low, high = (ay, by) if ay < by else (by, ay)
            for row in range(ceil(low / spacing), floor(high / spacing) + 1):
                y = row * spacing
                if low <= y < high:
                    crossings.setdefault(row, []).append(ax + (y - ay) / (by - ay) * (bx - ax))
            ax, ay = bx, by
    for row in sorted(crossings):
        found = sorted(crossings[row])
        for left, right in zip(found[::2], found[1::2], strict=False):
            yield row * spacing, left, right
