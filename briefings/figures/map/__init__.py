"""The locator map: what is where, as far as it is known.

``data`` returns numbers, texts and paths; ``templates/figures/map.svg.j2`` draws them, so another
template can draw them another way. Lengths are points of 1/72 inch from the top left corner of the
frame, except in paths, which count tenths of a point.

A place that is known exactly, or by its city, is a filled symbol; its shape says its role. Of one
that is known only by its region or its country the area is hatched, and its symbol hollow; islands
too small for that have a symbol each. A circle with a dashed edge stands for an outline that is not
known, and a country that is not known stands for nothing: it is told below. No line joins an origin
to a target: where something flew, no source has said.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from briefings.figures.map import extent, furniture
from briefings.figures.map.atlas import atlas
from briefings.figures.map.frame import width_on
from briefings.figures.map.inset import inset
from briefings.figures.map.labels import name
from briefings.figures.map.names import country_names
from briefings.figures.map.places import places
from briefings.figures.map.room import Room
from briefings.figures.map.shapes import Pen, path
from briefings.figures.map.symbols import hatches, marks

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.figures.map.places import Place
    from briefings.language import Language

__all__ = ["data"]

REGIONAL = 6.0  # kilometres to a point: on a coarser map, borders of regions are a tangle
MOST = 8  # maps that are kept


def data(document: Document) -> dict[str, Any] | None:
    """Return the map of a document, or nothing where no shown event names a place.

    - ``width``, ``height``: of the whole figure, which is as wide as the text of the sheet;
      ``frame``: the height of the map in it.
    - ``land``, ``borders``, ``unsettled``, ``regions``: paths: land as a whole with its coasts,
      borders of countries, those of them that are not settled, borders of first-level regions.
    - ``hatches``: areas known only as such: ``role``, ``precision``, ``outline`` and, as paths that
      may be empty, the ``lines`` in them, and the outlines of pieces that those ``missed``;
      ``circle`` where the outline stands for one that is not known.
    - ``marks``: symbols: ``role``, ``filled``, ``x``, ``y``; those of one place stand one above the
      other. ``stems``: lines that join them, and lead to the place's point where they stand off it
      (``x1``, ``y1``, ``x2``, ``y2``); ``points``: such points (``x``, ``y``).
    - ``labels``, ``countries``: ``lines`` of text, each with ``text``, ``x``, ``y``, and the
      ``width`` that it has in our font, or nothing where that lacks a letter; labels also with
      their ``box`` (``x``, ``y``, ``width``, ``height``) and a ``leader`` (``x1``, ``y1``,
      ``x2``, ``y2``) or nothing.
    - ``inset``: a small map that tells where a close one is, or nothing; see ``inset``.
    - ``legend``, ``scale``, ``notes``: what stands below the frame; see ``furniture``.
    - ``title``: the map in one sentence.
    """
    found = places(document)
    if not found:
        return None
    asked = _Asked(found, document.worldview, width_on(document.paper), document.language)
    made = next((made for other, made in tuple(_kept) if other == asked), None)
    if made is None:
        made = _drawn(asked._replace(places=deepcopy(found)))
        _kept.append((asked, made))
        del _kept[:-MOST]
    return deepcopy(made)


class _Asked(NamedTuple):
    """All that a map depends on."""

    places: list[Place]
    worldview: str
    width: float
    language: Language


# A page, a PDF and each change of a text most often have the map of before.
_kept: list[tuple[_Asked, dict[str, Any]]] = []


def _drawn(asked: _Asked) -> dict[str, Any]:
    found = asked.places
    world = atlas(asked.worldview)
    frame, held = extent.frame(world, found, asked.width)
    pen = Pen(world, frame)
    land = pen.land()
    room = Room(frame.width, frame.height)
    hatched = hatches(pen, found, held)
    drawn = marks(pen, found, room, hatched, held)
    ground = pen.areas(land.coasts)
    small = inset(pen, room, hatched, ground)
    unsettled = [arc for arc in land.borders if arc in world.unsettled]
    borders = pen.lines([arc for arc in land.borders if arc not in world.unsettled])
    for lines, weight in (
        ([line for hatch in hatched for line in hatch.edges], 1.5),
        ([*borders, *pen.lines(unsettled), *ground], 0.5),
    ):
        room.draw(lines, weight)
    name(drawn, room)
    named = country_names(pen, land, room, hatched, asked.language.code)
    involved = dict.fromkeys(place.region[:2] for place in found if place.region)
    inner = [
        arc for code in involved if code in land.countries for arc in world.inner(code, pen.level)
    ]
    return {
        "width": frame.width,
        "frame": round(frame.height, 1),
        "land": path(ground, closed=True),
        "borders": path(borders, closed=False),
        "unsettled": path(pen.lines(unsettled), closed=False),
        "regions": path(pen.lines(inner), closed=False) if frame.scale < REGIONAL else "",
        "hatches": [hatch.data for hatch in hatched],
        "marks": drawn.marks,
        "stems": drawn.stems,
        "points": drawn.points,
        "labels": drawn.labels,
        "countries": named,
        "inset": small,
        **furniture.below(asked.language, pen, found, hatched, drawn),
    }
