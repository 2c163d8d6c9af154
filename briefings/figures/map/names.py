"""The names of the countries in view, in quiet letters, where there is room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.figures.map.atlas import TURN
from briefings.figures.map.inside import rows, spot
from briefings.figures.map.labels import lines
from briefings.figures.map.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.room import Room
    from briefings.figures.map.shapes import Land, Pen
    from briefings.figures.map.symbols import Hatch
    from briefings.figures.map.text import Words

SIZE = 6.8
SAMPLES = 5  # to a side of a bounding box
AIR = 5.0  # points that a name keeps from its country's borders


def country_names(
    pen: Pen, land: Land, room: Room, hatched: Sequence[Hatch], language: str
) -> list[dict[str, Any]]:
    """Return the names that fit into their countries, those of the places' own countries left out.

    Coarser outlines will do: a name keeps some distance from a border.
    """
    said = {hatch.place.region for hatch in hatched if hatch.drawn}
    made = []
    for code in land.countries:
        label = pen.atlas.name(code, language)
        if not label or code in said:
            continue
        ways = list(_ways(label))
        if not _has_room(pen, code, ways[-1]):
            continue
        rings = pen.areas(pen.atlas.outline(code, pen.coarse), pen.coarse)
        if not rings:
            continue
        # A hatched region is named by its own label: it is taken out by the even-odd rule.
        parts = [h.rings for h in hatched if (h.place.region or "")[:3] == f"{code}-"]
        rings += [ring for part in parts for ring in part]
        spans = rows(rings, room.width, room.height)
        for words in ways:
            if found := spot(spans, (words.width + AIR, words.height + AIR), room):
                box = (
                    found[0] - words.width / 2,
                    found[1] - words.height / 2,
                    found[0] + words.width / 2,
                    found[1] + words.height / 2,
                )
                room.take(box)
                made.append({"lines": lines(words, box, "middle")})
                break
    return made


def _has_room(pen: Pen, code: str, words: Words) -> bool:
    """Say whether a country may have room for its name, from its bounding box alone."""
    west, south, east, north = pen.atlas.index["extents"][code]
    low, high = max(south, pen.window[1]), min(north, pen.window[3])
    shift = TURN * round(((pen.window[0] + pen.window[2]) - (west + east)) / 2 / TURN)
    west, east = west + shift, east + shift
    if not pen.frame.round_pole:
        west, east = max(west, pen.window[0]), min(east, pen.window[2])
    shares = [number / SAMPLES for number in range(SAMPLES + 1)]
    xs = [west + (east - west) * share for share in shares for _ in shares]
    ys = [low + (high - low) * share for _ in shares for share in shares]
    placed = pen.frame.points(xs, ys)
    left, right = max(0.0, min(x for x, _ in placed)), min(pen.frame.width, max(placed)[0])
    top, bottom = min(y for _, y in placed), max(y for _, y in placed)
    tall = min(pen.frame.height, bottom) - max(0.0, top)
    return right - left >= words.width and tall >= words.height


def _ways(name: str) -> Iterator[Words]:
    """Yield a name in one line, then in two."""
    yield wrapped(name, SIZE, 1000.0)
    if " " in name:
        yield wrapped(name, SIZE, wrapped(name, SIZE, 1000.0).width * 0.75)
