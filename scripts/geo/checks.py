"""Hold the countries of our areas against those of a second source, which has the UN's borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources import COUNTRIES, NAMES, Area, Ring, holds, member
from topology import MICRO, Vertex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Where the second source keeps apart what the United Nations do not, or has no country of its own.
APART = {
    *{("SO", "SOL"), ("CY", "CYN"), ("AU", "IOA"), ("CX", "IOA"), ("CC", "IOA")},
    *{("GF", "FR"), ("GP", "FR"), ("MQ", "FR"), ("RE", "FR"), ("YT", "FR")},
    *{("SJ", "NO"), ("BQ", "NL"), ("SY", "IL")},
}
# Too small for its scale of 1:50 million: a point of the one lies in its neighbour there.
MIN_SIDE = 0.5  # degrees


def check(folder: Path, known: list[Area], rings: list[tuple[int, list[Vertex]]]) -> None:
    """Stop where a point well inside one of our areas lies in another country.

    Raises:
        SystemExit: with every area that is elsewhere.
    """
    countries = list(_countries(folder))
    wrong = set()
    for number, ring in rings:
        degrees = [(x / MICRO, y / MICRO) for x, y in ring]
        west, south, east, north = _box(degrees)
        point = (sum(x for x, _ in degrees) / len(ring), sum(y for _, y in degrees) / len(ring))
        if min(east - west, north - south) < MIN_SIDE or not holds(degrees, point):
            continue
        found = {code for code, box, outline in countries if _in(point, box, outline)}
        ours = known[number].countries[0]
        if found and ours not in found and not any((ours, code) in APART for code in found):
            wrong.add(f"{known[number].regions[0]}: {ours} here, {', '.join(sorted(found))} there")
    if wrong:
        raise SystemExit("\n".join(sorted(wrong)))


def _countries(folder: Path) -> Iterator[tuple[str, tuple[float, ...], list[Ring]]]:
    topology = member(folder, COUNTRIES, "world/50m.json")
    codes = {numeric: alpha for alpha, _, numeric, *_ in member(folder, NAMES, "codes.json")}
    arcs = [_line(arc, topology["transform"]) for arc in topology["arcs"]]
    for country in topology["objects"]["countries"]["geometries"]:
        code = codes.get(country.get("id"), country["properties"]["a3"])
        polygons = country.get("arcs", [])
        polygons = polygons if country["type"] == "MultiPolygon" else [polygons]
        for polygon in polygons:
            outline = [
                [p for i in ring for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]
                for ring in polygon
            ]
            yield "XK" if code == "XKX" else code, _box(outline[0]), outline


def _line(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + from_x, y * scale_y + from_y))
    return points


def _box(ring: Ring) -> tuple[float, ...]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _in(point: tuple[float, float], box: tuple[float, ...], outline: list[Ring]) -> bool:
    west, south, east, north = box
    inside = west <= point[0] <= east and south <= point[1] <= north
    return inside and sum(holds(ring, point) for ring in outline) % 2 == 1
