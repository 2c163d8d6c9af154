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

    from briefings.document import Document
    from briefings.figures.map.frame import Frame
    from briefings.figures.map.shapes import Pen
    from briefings.figures.map.symbols import Drawn, Hatch
    from briefings.language import Language

SIZE = 7.2
ROW, LINE = 14.0, 8.0  # points from one line to the next: of the legend, of the notes
SWATCH = 13.0  # points: the width of a piece of hatching in the legend
BAR, BAR_SHARE = 95.0, 0.4  # points: the scale bar is at most so long, and such a part of the map


def below(
    document: Document,
    pen: Pen,
    places: Sequence[Place],
    hatched: Sequence[Hatch],
    drawn: Drawn,
) -> dict[str, Any]:
    """Return the strip below the frame.

    - ``legend``: symbols (``role``), then areas (``precision``, with a role for its colour and,
      where they are ``hatched``, ``lines``), each with ``x``, ``y`` and its ``text`` at ``text_x``.
    - ``scale``: ``x``, ``y``, ``length`` and ``text``, which ends at the edge of the map; nothing
      for the whole world, where it is not the same all over.
    - ``notes``: small lines: ``text``, ``x``, ``y``.

    Each text has its ``width``; see ``length``.
    - ``height``, ``title``.
    """
    language, frame = document.language, pen.frame
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
    shown = {mark["role"] for mark in drawn.marks}
    words = {role: word for p in places for role, word in zip(p.roles, p.words, strict=True)}
    items: list[dict[str, Any]] = [
        {"role": role, "precision": "", "text": words[role]} for role in ROLES if role in shown
    ]
    items += _areas(hatched, drawn)
    x, (width, y) = 0.0, at
    for item in items:
        room = SWATCH if item["precision"] else 2 * HALF
        wide = room + 3 + measure(item["text"], SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + ROW
        item |= {"x": round(x, 1), "y": round(y, 1), "text_x": round(x + room + 3, 1)}
        item["width"] = length(item["text"], SIZE)
        if item.get("hatched"):
            ring = [(x, y - 7), (x + room, y - 7), (x + room, y + 1.5), (x, y + 1.5)]
            item["lines"] = hatching([ring], item["role"], item["precision"])
        x += wide + 12
    return items, x, y


def _areas(hatched: Sequence[Hatch], drawn: Drawn) -> list[dict[str, Any]]:
    """Return an item for each precision of which an area is on the map."""
    outside = {id(place) for place in drawn.outside}
    shown = [h for h in hatched if id(h.place) not in outside]
    made: dict[str, dict[str, Any]] = {}
    for hatch in sorted(shown, key=lambda h: (h.place.precision != "region", not h.drawn)):
        place = hatch.place
        item = {"role": place.roles[0], "precision": place.precision, "text": place.said}
        made.setdefault(place.precision, item | {"hatched": hatch.drawn})
    return list(made.values())


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
