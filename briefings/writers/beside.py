"""Pictures beside a page: the drawings of its figures as files, which a wiki shows.

A drawing that stands in a paragraph of its own becomes a picture; one within a line, such as the
likelihood scale, has nothing to say without it. The table or the list of a figure stays below.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from briefings.document.view import digest
from briefings.errors import InvalidInput
from briefings.model.escape import escape
from briefings.templating import signs
from briefings.writers.page import drawing
from briefings.writers.pictures import drawn
from briefings.writers.theme import paint, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefings.document import Document
    from briefings.resources import Shelf

MARGIN = 8.0  # points of paper around a drawing, which on a dark page is all its ground
_SVG = "{http://www.w3.org/2000/svg}"
_ALONE = re.compile(
    f"^([ \t]*){signs.MARK}{signs.DRAWN}{signs.ARGUMENT}([^{signs.MARK}{signs.TEXT}]*)"
    f"{signs.TEXT}{signs.UNMARK}[ \t]*$",
    re.MULTILINE,
)
_STRANGE = re.compile(r"[^\w.+-]+")
Drawn = tuple[str, bytes]  # a title and a file
_MADE: deque[tuple[Document, str, Drawn | None]] = deque(maxlen=4)


def beside(
    document: Document, marked: str, shelf: Shelf, kind: str
) -> tuple[str, dict[str, bytes]]:
    """Return the marked Markdown with its pictures in it, and their files by name.

    Args:
        document: the brief.
        marked: its Markdown, with the signs for the page.
        shelf: where templates and themes are looked up.
        kind: as what figures are drawn: ``svg``.

    Raises:
        InvalidInput: the theme or a figure's template is missing or wrong.
    """
    files: dict[str, bytes] = {}
    stem = _stem(document)

    def shown(found: re.Match[str]) -> str:
        name = "-".join(found[2].split())
        made = _kept(document, shelf, found[2])
        if made is None:
            return ""
        title, data = made
        file = f"{stem}.{name}.{kind}"
        files[file] = data
        return found[1] + signs.picture(file, escape(title))

    return _ALONE.sub(shown, marked), files


def _stem(document: Document) -> str:
    """Return how the names of the files begin: with signs alone that every wiki can link to."""
    plain = _STRANGE.sub("-", document.id)
    told = f"-{digest(document.id)[:6]}" if plain != document.id else ""
    return f"{plain}{told}.{document.audience}"


def _kept(document: Document, shelf: Shelf, said: str) -> Drawn | None:
    """Return a drawing, the same for each dialect in which a brief is written."""
    for of, name, made in _MADE:
        if of is document and name == said:
            return made
    made = _svg(document, shelf, said)
    _MADE.append((document, said, made))
    return made


def _svg(document: Document, shelf: Shelf, said: str) -> Drawn | None:
    """Return the title and the file of a drawing, or nothing where there is nothing to draw."""
    colours = paint(theme(document.theme, shelf))
    text = drawing(said, document, shelf, colours)
    if not text:
        return None
    try:
        root = drawn(text)
    except ValueError as error:
        name = said.split(maxsplit=1)[0]
        place = shelf.find("templates", f"figures/{name}.svg.j2")
        raise InvalidInput.of(f'the figure "{name}" {error}', str(place)) from None
    title = (root.findtext(f"{_SVG}title") or said).strip()
    _describe(root)
    _ground(root, colours)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    root.set("xmlns", _SVG[1:-1])
    return title, ET.tostring(root, "utf-8") + b"\n"


def _describe(root: ET.Element) -> None:
    """Say in the file what is written in it, for who cannot see it and for who looks for it."""
    written = [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{_SVG}text")]
    title = root.find(f"{_SVG}title")
    if written and title is not None:
        described = ET.Element(f"{_SVG}desc")
        described.text = "; ".join(filter(None, written))
        root.insert(list(root).index(title) + 1, described)


def _ground(root: ET.Element, colours: Mapping[str, str]) -> None:
    """Put the drawing on paper, with a margin: its ink is made for that and for no dark page."""
    sides = root.get("viewBox", "").split()
    if len(sides) != 4:  # noqa: PLR2004
        return
    left, top, width, height = map(float, sides)
    left, top, width, height = left - MARGIN, top - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN
    root.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    root.set("width", f"{width:g}pt")
    root.set("height", f"{height:g}pt")
    place = {"x": left, "y": top, "width": width, "height": height}
    paper = {name: f"{value:g}" for name, value in place.items()}
    said = (f"{_SVG}title", f"{_SVG}desc")
    first = sum(1 for child in root if child.tag in said)
    root.insert(first, ET.Element(f"{_SVG}rect", {**paper, "fill": colours.get("paper", "#fff")}))
