"""Marked Markdown into the body of a page, through Python-Markdown.

Two things differ from its defaults: HTML in the text has no meaning, and the signs that templates
leave become elements.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from briefings.templating import signs
from briefings.writers.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What would read HTML, or reach for an image, a definition or an address nobody wrote as a link.
_PREPROCESSORS = ("html_block",)
_BLOCKS = ("reference", "code")
_INLINE = (
    "html",
    "reference",
    "short_reference",
    "image_link",
    "image_reference",
    "short_image_ref",
    "autolink",
    "automail",
)
_OPENING = re.compile(f"{signs.OPEN}([^{signs.CLOSE}]*){signs.CLOSE}")
_MARK = (
    f"{signs.MARK}([^{signs.MARK}{signs.ARGUMENT}{signs.TEXT}]*)"
    f"(?:{signs.ARGUMENT}([^{signs.MARK}{signs.TEXT}]*))?"
    f"{signs.TEXT}([^{signs.MARK}{signs.UNMARK}]*){signs.UNMARK}"
)

_DRAWING = (
    f"{signs.MARK}{signs.DRAWN}{signs.ARGUMENT}([^{signs.MARK}{signs.TEXT}]*)"
    f"{signs.TEXT}{signs.UNMARK}"
)
# What has no end for so long and is no word: a word has letters alone, or hyphens between them.
_RUN = re.compile(
    r"((?<!\S)(?![^\W\d_]+(?:[-\u2010\u2011'\u2019][^\W\d_]+)*[^\w\s]*(?!\S))\S{25,})"
)
_ITEM = re.compile(f"\\s*{signs.ITEM}([^{signs.ITEM}]*){signs.ITEM}")


def body(marked: str, draw: Callable[[str], str], months: Iterable[str] = ()) -> str:
    """Return marked Markdown as HTML.

    Args:
        marked: Markdown with the signs for the page.
        draw: is given a figure's name and arguments, and draws it.
        months: their names; no line ends between a day and one of them.
    """
    markdown = _markdown()
    _drawings(markdown).draw = draw
    _together(markdown).months = tuple(months)
    return str(markdown.reset().convert(marked))


def _together(markdown: Markdown) -> Together:
    found = markdown.treeprocessors["together"]
    assert isinstance(found, Together)  # noqa: S101  # registered below
    return found


def _drawings(markdown: Markdown) -> _Drawings:
    found = markdown.inlinePatterns["drawings"]
    assert isinstance(found, _Drawings)  # noqa: S101  # registered below
    return found


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=["tables", _Page()], output_format="html")


class _Page(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        for registry, names in (
            (md.preprocessors, _PREPROCESSORS),
            (md.parser.blockprocessors, _BLOCKS),
            (md.inlinePatterns, _INLINE),
        ):
            for name in names:
                registry.deregister(name)
        md.treeprocessors.register(_Blocks(md), "signs", 30)  # before the lines are looked at
        md.inlinePatterns.register(_Drawings(_DRAWING, md), "drawings", 310)
        # Marks may stand in marks, four deep; each pass takes the innermost.
        for depth in range(4):
            md.inlinePatterns.register(_Marks(_MARK, md), f"signs-{depth}", 300 - depth)
        md.treeprocessors.register(_Links(md), "links", -1)
        md.treeprocessors.register(_Tables(md), "tables", -2)
        md.treeprocessors.register(Together(md), "together", -3)


class _Blocks(Treeprocessor):
    """Makes a named element of what stands between two signs, each a paragraph of its own."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            self._wrap(parent)

    def _wrap(self, parent: Element) -> None:
        holders = [parent]
        children = list(parent)
        parent[:] = []
        for child in children:
            said = (child.text or "").strip() if child.tag == "p" and not len(child) else ""
            if opening := _OPENING.fullmatch(said):
                name = opening[1]
                tag = "section" if name.startswith("section-") else "div"
                holders.append(SubElement(holders[-1], tag, {"class": name}))
            elif said == signs.END and len(holders) > 1:
                holders.pop()
            else:
                holders[-1].append(child)
            if child.tag == "li":
                _name(child)


def _name(item: Element) -> None:
    """Give a list item the name that stands at its beginning."""
    first = item if (item.text or "").strip() else next(iter(item), item)
    if named := _ITEM.match(first.text or ""):
        item.set("class", named[1])
        first.text = (first.text or "")[named.end() :]
        if first is item:  # the only item of a list: its text is a paragraph as that of others is
            item.insert(0, Element("p"))
            item[0].text, item.text = item.text, None


class _Drawings(InlineProcessor):
    """Puts a drawing in the place that was kept for it."""

    draw: Callable[[str], str]

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        del data
        assert self.md  # noqa: S101  # it is part of one
        return self.md.htmlStash.store(self.draw(m[1])), m.start(0), m.end(0)


class _Marks(InlineProcessor):
    """Makes a named piece, an anchor or a link of what stands between two signs."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        kind, argument, text = m[1], m[2], m[3]
        element = Element("a" if kind == "to" else "span")
        if kind == "to":
            element.set("href", f"#{argument}")
        elif kind == signs.APART:
            element = Element("bdi", {"dir": argument})
        elif kind == "lang":
            element.set("lang", argument)
        elif kind == "anchor":
            element.set("id", argument)
        else:
            element.set("class", kind)
        element.text = text
        return element, m.start(0), m.end(0)


class _Tables(Treeprocessor):
    """Says what each table's cells stand under, and lets a wide one be moved in a box of its own.

    The box can be reached with the keyboard and has the name of the heading above it. What stands
    first in a row of a matrix heads that row.
    """

    def run(self, root: Element) -> None:
        headings: list[Element] = []
        # In the order of the page: a table is named by the heading above it.
        around = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag in ("h2", "h3"):
                headings.append(element)
            elif element.tag == "table":
                parent = around[element]
                parent[list(parent).index(element)] = self._boxed(element, headings)
                self._name_cells(element, rows=parent.get("class") == "matrix")

    def _boxed(self, table: Element, headings: list[Element]) -> Element:
        box = Element("div", {"class": "scroll", "tabindex": "0", "role": "group"})
        if headings:
            label = headings[-1].get("id") or f"heading-{len(headings)}"
            headings[-1].set("id", label)
            box.set("aria-labelledby", label)
        box.append(table)
        return box

    def _name_cells(self, table: Element, *, rows: bool) -> None:
        for cell in (*table.iter("td"), *table.iter("th")):
            _let_break(cell)
        for cell in table.iter("th"):
            cell.set("scope", "col")
        for row in table.iterfind("tbody/tr") if rows else ():
            row[0].tag = "th"
            row[0].set("scope", "row")


def _let_break(element: Element) -> None:
    """Name what may be broken anywhere, such as an address or a digest; words are not."""
    holders = [] if element.tag == "code" else [(element, None), *((element, c) for c in element)]
    for child in list(element):
        _let_break(child)
    for holder, before in reversed(holders):
        text = (holder.text if before is None else before.tail) or ""
        first, *pieces = _RUN.split(text)
        if not pieces:
            continue
        if before is None:
            holder.text = first
        else:
            before.tail = first
        at = 0 if before is None else list(holder).index(before) + 1
        for number, (run, after) in enumerate(zip(pieces[::2], pieces[1::2], strict=True)):
            span = Element("span", {"class": "run"})
            span.text, span.tail = run, after
            holder.insert(at + number, span)


class _Links(Treeprocessor):
    """Leaves no link to a place that is not on the page."""

    def run(self, root: Element) -> None:
        elements = list(root.iter())
        places = {element.get("id") for element in elements}
        for link in _links(elements):
            if link.get("href", "")[1:] not in places:
                link.tag = "span"
                del link.attrib["href"]


def _links(elements: Iterable[Element]) -> Iterable[Element]:
    return (e for e in elements if e.tag == "a" and e.get("href", "").startswith("#"))
