"""The outlines of the world, read as far as one map needs them.

``data/geo/README.md`` tells what the files hold: lines between nodes (*arcs*), each stored once at
several levels of detail, and for each country and region the arcs around it. An area is what its
arcs enclose by the even-odd rule.
"""

from __future__ import annotations

import json
import sys
from array import array
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from briefings.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TURN = 360.0
DEGREE = 111.195  # kilometres of latitude, on a sphere of 6,371 km
Box = tuple[float, float, float, float]  # west, south, east, north in degrees; east may pass 180
Line = tuple[list[float], list[float]]  # degrees east and north
FALLBACK = "en"


class Atlas:
    """All arcs, countries and regions in one worldview."""

    def __init__(self, worldview: str) -> None:
        self.index, self._arrays = _read()
        self._view: dict[str, Any] = self.index[worldview]
        self.countries: dict[str, list[int]] = self._view["countries"]
        self.regions: dict[str, list[int]] = self._view["regions"]
        self.unsettled = frozenset(self._listed(self._view["unsettled"]))
        self.boxes = _boxes()
        self._first, self._last = self._arrays["first"], self._arrays["last"]

    def level(self, kilometres: float) -> int:
        """Return the coarsest level whose tolerance is at most so many kilometres."""
        fit = [n for n, km in enumerate(self.index["tolerances"]) if km <= kilometres]
        return max(fit, default=0)

    def name(self, code: str, language: str) -> str:
        """Return a country's name, ``""`` where it has none."""
        names = self.index["names"]
        return str(names.get(language, names[FALLBACK])[code])

    def outline(self, code: str, level: int) -> list[int]:
        """Return the arcs around a country or a region, those seen at a level."""
        found = self.countries[code][:2] if code in self.countries else self.regions[code]
        return self._seen(found, level)

    def inner(self, code: str, level: int) -> list[int]:
        """Return the borders between the regions of a country."""
        return self._seen(self.countries[code][2:], level)

    def countries_in(self, west: float, south: float, east: float, north: float) -> list[str]:
        """Return the countries whose bounding box meets a window."""
        extents = self.index["extents"]
        window = (west, south, east, north)
        return [code for code in self.countries if meets(extents[code], window)]

    def height(self, code: str) -> float:
        """Return how many kilometres a country is from north to south."""
        _, south, _, north = self.index["extents"][code]
        return float((north - south) * DEGREE)

    def ends(self, arc: int) -> tuple[int, int]:
        """Return the nodes at which an arc begins and ends."""
        return self._first[arc], self._last[arc]

    def node(self, number: int, level: int) -> tuple[float, float]:
        """Return where a node is, in degrees."""
        step = self.index["steps"][level]
        x, y = _nodes(level)[number]
        return x / step, y / step

    def line(self, arc: int, level: int) -> Line:
        """Return the points of an arc in degrees; longitudes run on past 180."""
        step, offsets = self.index["steps"][level], _offsets(level)
        deltas = self._arrays[f"deltas_{level}"][2 * offsets[arc] : 2 * offsets[arc + 1]]
        x, y = _nodes(level)[self._first[arc]]
        return (
            [v / step for v in accumulate(deltas[0::2], initial=x)],
            [v / step for v in accumulate(deltas[1::2], initial=y)],
        )

    def rings(self, arcs: Iterable[int]) -> Iterator[list[tuple[int, bool]]]:
        """Join arcs to rings: each arc with whether it is gone along from its end to its start."""
        at: dict[int, list[int]] = {}
        first, last = self._first, self._last
        left = []
        for arc in arcs:
            if first[arc] == last[arc]:
                yield [(arc, False)]
                continue
            left.append(arc)
            at.setdefault(first[arc], []).append(arc)
            at.setdefault(last[arc], []).append(arc)
        done: set[int] = set()
        for start in left:
            if start in done:
                continue
            ring, arc, node = [], start, first[start]
            while True:
                done.add(arc)
                back = first[arc] != node
                ring.append((arc, back))
                node = first[arc] if back else last[arc]
                two = at[node]
                arc = two[0] if two[0] != arc else two[-1]
                if arc in done:  # back at the start, or at a node where further rings meet
                    left_over = [other for other in two if other not in done]
                    if not left_over:
                        break
                    arc = left_over[0]
            yield ring

    def _listed(self, where: Sequence[int]) -> list[int]:
        start, count = where
        return list(self._arrays["lists"][start : start + count])

    def _seen(self, where: Sequence[int], level: int) -> list[int]:
        seen = self.index["seen"][level]
        return [arc for arc in self._listed(where) if arc < seen]


def meets(box: Sequence[float], window: Sequence[float]) -> bool:
    """Say whether two boxes have a point in common, on whichever turn of the globe."""
    if box[1] > window[3] or box[3] < window[1]:
        return False
    ahead = (box[0] - window[0]) % TURN
    return ahead <= window[2] - window[0] or ahead + box[2] - box[0] >= TURN


@cache
def atlas(worldview: str) -> Atlas:
    """Return the one atlas of a worldview."""
    return Atlas(worldview)


@cache
def _nodes(level: int) -> list[tuple[int, int]]:
    """Return the nodes in the steps of a level, rounded as ``scripts/geo.py`` rounds."""
    index, arrays = _read()
    step, fine = index["steps"][level], index["steps"][0]
    rounded = [
        [(2 * at * step + fine) // (2 * fine) for at in arrays[name]]
        for name in ("node_x", "node_y")
    ]
    return list(zip(*rounded, strict=True))


@cache
def _read() -> tuple[dict[str, Any], dict[str, Any]]:
    folder = shipped("data") / "geo"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    data = memoryview((folder / "arcs.bin").read_bytes())
    arrays: dict[str, Any] = {}
    for name, kind, count in index["arrays"]:
        made = array(kind)
        size = count * made.itemsize
        made.frombytes(data[:size])
        data = data[size:]
        if sys.byteorder == "big":
            made.byteswap()
        arrays[name] = made
    return index, arrays


@cache
def _boxes() -> list[Box]:
    index, arrays = _read()
    edges = (edge / index["box"] for edge in arrays["boxes"])
    return list(zip(edges, edges, edges, edges, strict=True))


@cache
def _offsets(level: int) -> array[int]:
    return array("I", accumulate(_read()[1][f"lengths_{level}"], initial=0))
