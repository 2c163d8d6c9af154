"""What stands below the map: the legend of what occurs, the scale, what must be said of borders."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any

from briefings.figures.map.beside import HALF
from briefings.figures.map.hatching import hatching
from briefings.figures.map.notes import NOTE, notes, told
from briefings.figures.map.places import ROLES, Place
from briefings.figures.map.projection import EqualEarth
from briefings.figures.map.text import length, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.figures.map.frame import Frame
    from briefings.figures.map.shapes import Pen
    from briefings.figures.map.symbols import Drawn, Hatch
    from briefings.language import Language

SIZE = 7.2
ROW, LINE = 14.0, 8.0  # points from one line to the next: of the legend, of the notes
SWATCH = 13.0  # points: the width of a piece of hatching in the legend
BAR, BAR_SHARE = 95.0, 0.4  # points: the scale bar is at most so long, and such a part of the map


def below(
    language: Language,
    pen: Pen,
    places: Sequence[Place],
    hatched: Sequence[Hatch],
    drawn: Drawn,
) -> dict[str, Any]:
    """Return the strip below the frame.

    - ``legend``: what each shape stands for (``role``, and whether it is ``filled``), then what
      each hatching does (``precision``, with ``cells``: see ``_areas``); each with ``x``, ``y`` and
      its ``text`` at ``text_x``. It has what is on the map, and nothing else.
    - ``scale``: ``x``, ``y``, ``length`` and ``text``, which ends at the edge of the map; nothing
      for the whole world, where it is not the same all over.
    - ``notes``: small lines: ``text``, ``x``, ``y``.

    Each text has its ``width``; see ``length``.
    - ``height``, ``title``.
    """
    frame = pen.frame
    y = frame.height + ROW - 3
    legend, right, low = _legend(places, hatched, drawn, (frame.width, y))
    scale = _scale(frame, language, low)
    if scale and right > scale["x"]:  # no room beside the legend
        low += ROW
        scale["y"] = round(low, 1)
    lines = notes(pen, hatched, drawn, language, frame.width - 4)
    first = low + ROW - 1
    return {
        "legend": legend,
        "scale": scale,
        "notes": [
            {
                "text": line,
                "x": 0.0,
                "y": round(first + number * LINE, 1),
                "width": length(line, NOTE),
            }
            for number, line in enumerate(lines)
        ],
        "height": round(first + (len(lines) - 1) * LINE + 3, 1),
        "title": _title(places, language),
    }


def _legend(
    places: Sequence[Place], hatched: Sequence[Hatch], drawn: Drawn, at: tuple[float, float]
) -> tuple[list[dict[str, Any]], float, float]:
    """Return the items, in as many rows as they need, and where the last row ends.

    Args:
        places: those of the map.
        hatched: its areas.
        drawn: its symbols.
        at: where the first row ends at the latest, and how far down it stands.
    """
    shown: dict[str, bool] = {}
    for mark in drawn.marks:
        shown[mark["role"]] = shown.get(mark["role"], False) or mark["filled"]
    words = {role: word for p in places for role, word in zip(p.roles, p.words, strict=True)}
    items: list[dict[str, Any]] = [
        {"role": role, "filled": shown[role], "precision": "", "cells": [], "text": words[role]}
        for role in ROLES
        if role in shown
    ]
    items += _areas(hatched, drawn)
    x, (width, y) = 0.0, at
    for item in items:
        room = SWATCH * len(item["cells"]) if item["precision"] else 2 * HALF
        wide = room + 3 + measure(item["text"], SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + ROW
        item |= {"x": round(x, 1), "y": round(y, 1), "text_x": round(x + room + 3, 1)}
        item["width"] = length(item["text"], SIZE)
        for number, cell in enumerate(item["cells"]):
            left = x + number * SWATCH
            right, top, low = left + SWATCH, y - 7, y + 1.5
            cell["x"] = round(left, 1)
            if cell["hatch"]:
                ring = [(left, top), (right, top), (right, low), (left, low)]
                cell["lines"] = hatching([ring], item["precision"])
        x += wide + 12
    return items, x, y


def _areas(hatched: Sequence[Hatch], drawn: Drawn) -> list[dict[str, Any]]:
    """Return an item for each precision of which an area is on the map, regions first.

    Its ``cells`` are what such areas look like: the ``role`` of the symbol, and that whose colour
    the ``hatch`` has, with its ``lines``; ``""`` where the map has the symbol alone.
    """
    outside = {id(place) for place in drawn.outside}
    shown = [h for h in hatched if id(h.place) not in outside]
    made = []
    for precision in ("region", "country"):
        areas = [h for h in shown if h.place.precision == precision]
        cells = [
            {"role": role, "hatch": _hatch_of(role, areas)}
            for role in ROLES
            if any(role in h.place.roles for h in areas)
        ]
        if cells:
            made.append({"precision": precision, "text": areas[0].place.said, "cells": cells})
    return made


def _hatch_of(role: str, areas: Sequence[Hatch]) -> str:
    """Return in the colour of which role an area with a symbol is hatched; its own, if any is."""
    found = [h.place.roles[0] for h in areas if role in h.place.roles and h.drawn]
    return min(found, key=lambda other: other != role, default="")


def _scale(frame: Frame, language: Language, y: float) -> dict[str, Any] | None:
    """Return a bar of 1, 2 or 5 times a power of ten kilometres; none on a map of the world."""
    if isinstance(frame.projection, EqualEarth):
        return None
    most = min(BAR, BAR_SHARE * frame.width) * frame.scale
    power = 10 ** floor(log10(most))
    kilometres = max(times * power for times in (1, 2, 5) if times * power <= most)
    text = language.word("words", "map_scale").format(number=language.number(int(kilometres)))
    bar = kilometres / frame.scale
    x = frame.width - measure(text, SIZE) - 3 - bar
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "length": round(bar, 1),
        "text": text,
        "width": length(text, SIZE),
    }


def _title(places: Sequence[Place], language: Language) -> str:
    said = "; ".join(told(place, language) for place in places)
    return language.word("words", "map_title").format(places=said)
