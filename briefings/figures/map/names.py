"""The names of the countries in view, in quiet letters, where there is room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.figures.map.inside import rows, spot
from briefings.figures.map.symbols import lines
from briefings.figures.map.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.room import Room
    from briefings.figures.map.shapes import Land, Pen
    from briefings.figures.map.symbols import Hatch
    from briefings.figures.map.text import Words

SIZE = 6.8
LEAST = 12.0  # points: a country that is less from north to south has no room for a name
AIR = 5.0  # points that a name keeps from its country's borders


def country_names(
    pen: Pen, land: Land, room: Room, hatched: Sequence[Hatch], language: str
) -> list[dict[str, Any]]:
    """Return the names that fit into their countries, those of the places' own countries left out.

    Coarser outlines will do: a name keeps some distance from a border.
    """
    said = {hatch.place.region for hatch in hatched if hatch.place.precision == "country"}
    made = []
    for code in land.countries:
        name = pen.atlas.name(code, language)
        if not name or code in said or pen.atlas.height(code) < LEAST * pen.frame.scale:
            continue
        rings = pen.areas(pen.atlas.outline(code, pen.coarse), pen.coarse)
        if not rings:
            continue
        # A hatched region is named by its own label: it is taken out by the even-odd rule.
        parts = [h.rings for h in hatched if (h.place.region or "")[:3] == f"{code}-"]
        rings += [ring for part in parts for ring in part]
        spans = rows(rings, room.width, room.height)
        for words in _ways(name):
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


def _ways(name: str) -> Iterator[Words]:
    """Yield a name in one line, then in two."""
    yield wrapped(name, SIZE, 1000.0)
    if " " in name:
        yield wrapped(name, SIZE, wrapped(name, SIZE, 1000.0).width * 0.75)
