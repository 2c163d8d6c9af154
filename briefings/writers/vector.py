"""Drawings as SVG files that stand by themselves: with their own paper, marking and letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from briefings.errors import InvalidInput
from briefings.figures.map.text import measure
from briefings.model.paper import Paper
from briefings.writers.letters import FAMILY, faces
from briefings.writers.page import drawing
from briefings.writers.pictures import drawn
from briefings.writers.theme import paint, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefings.document import Document
    from briefings.model.marking import Marking
    from briefings.resources import Shelf

MARGIN = 8.0  # points of paper around a drawing, which on a dark page is all its ground
_SVG = "{http://www.w3.org/2000/svg}"
_PLATE, _SIZE, _PADDING = 16.0, 12.0, 6.0  # points: of the label on it, as a page has it
_BOLD = ("bold", "bolder", "600", "700", "800", "900")


class Drawing(NamedTuple):
    """A drawing: what it shows in words, and its file."""

    title: str
    data: bytes


def file(document: Document, shelf: Shelf, said: str) -> Drawing | None:
    """Return a drawing as a file, or nothing where there is nothing to draw.

    Args:
        document: the brief.
        shelf: where templates and themes are looked up.
        said: the figure's name and its arguments.

    Raises:
        InvalidInput: the theme or the figure's template is missing or wrong.
    """
    colours = paint(theme(document.theme, shelf))
    text = drawing(said, replace(document, paper=Paper.A4), shelf, colours)  # of full width
    if not text:
        return None
    name = said.split(maxsplit=1)[0]
    try:
        root = drawn(text)
    except ValueError as error:
        place = shelf.find("templates", f"figures/{name}.svg.j2")
        raise InvalidInput.of(f'the figure "{name}" {error}', str(place)) from None
    title = (root.findtext(f"{_SVG}title") or name).strip()
    _describe(root)
    _finish(root, document.marking, colours)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    root.set("xmlns", _SVG[1:-1])
    return Drawing(title, ET.tostring(root, "utf-8") + b"\n")


def _describe(root: ET.Element) -> None:
    """Say in the file what is written in it, for who cannot see it and for who looks for it."""
    written = [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{_SVG}text")]
    title = root.find(f"{_SVG}title")
    if written and title is not None:
        described = ET.Element(f"{_SVG}desc")
        described.text = "; ".join(filter(None, written))
        root.insert(list(root).index(title) + 1, described)


def _finish(root: ET.Element, marking: Marking, colours: Mapping[str, str]) -> None:
    """Put the drawing on paper, its label above it: its ink is made for that and no dark page."""
    sides = root.get("viewBox", "").split()
    if len(sides) != 4:  # noqa: PLR2004
        return
    left, top, width, height = map(float, sides)
    left, top = left - MARGIN, top - MARGIN - _PLATE
    width, height = width + 2 * MARGIN, height + 2 * MARGIN + _PLATE
    root.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    root.set("width", f"{width:g}pt")
    root.set("height", f"{height:g}pt")
    paper = colours.get("paper", "#fff")
    ground = _element("rect", x=left, y=top, width=width, height=height, fill=paper)
    said = (f"{_SVG}title", f"{_SVG}desc")
    first = sum(1 for child in root if child.tag in said)
    for number, child in enumerate([ground, *_label(marking, left + width - MARGIN, top + 5)]):
        root.insert(first + number, child)
    style = _element("style")
    style.text = faces(_written(root))
    root.insert(first, style)


def _label(marking: Marking, right: float, top: float) -> list[ET.Element]:
    """Return the label of TLP, as it stands on every page."""
    wide = measure(marking.value, _SIZE, bold=True) + 2 * _PADDING
    plate = _element("rect", x=right - wide, y=top, width=wide, height=_PLATE, fill="#000")
    font = {"font-family": f"'{FAMILY}', sans-serif", "font-weight": "bold"}
    font |= {"font-size": f"{_SIZE:g}", "text-anchor": "end"}
    text = _element("text", x=right - _PADDING, y=top + 12, fill=marking.colour, **font)
    text.text = marking.value
    return [plate, text]


def _element(name: str, **attributes: str | float) -> ET.Element:
    said = {k: v if isinstance(v, str) else f"{round(v, 1):g}" for k, v in attributes.items()}
    return ET.Element(f"{_SVG}{name}", said)


def _written(root: ET.Element) -> dict[str, str]:
    """Return what is written in a drawing, by the weight of the letters."""
    found = {"normal": "", "bold": ""}
    waiting = [(root, "normal")]
    while waiting:
        element, weight = waiting.pop()
        weight = "bold" if element.get("font-weight", weight) in _BOLD else "normal"
        if element.tag == f"{_SVG}text":
            found[weight] += "".join(element.itertext())
        waiting += [(child, weight) for child in element]
    return found
