"""Confluence's storage format: XHTML, with macros for anchors, contents and notices.

The tree becomes XHTML in which each character stands for itself, and the library
markdown-to-confluence makes Confluence's of that; its own reader of Markdown is not asked.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from briefings.errors import Unequipped
from briefings.templating.signs import PICTURE
from briefings.writers import Written
from briefings.writers.wiki import places
from briefings.writers.wiki.blocks import Blocks
from briefings.writers.wiki.markdown import CALLOUTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.document import Document
    from briefings.resources import Shelf
    from briefings.writers.wiki.tree import Node

INSTALL = 'pip install "briefings[confluence]"'
WIDTH = 800  # of a picture on the screen
PANELS = {"notice": "info", "correction": "warning"}  # as the library calls them
NAMES = {"ac": "http://atlassian.com/content", "ri": "http://atlassian.com/resource/identifier"}
_CONTENTS = "<p>[[<em>TOC</em>]]</p>"  # what the library takes for the place of the contents
# A paragraph that begins so is another thing to the library.
_MEANT = re.compile(r"\[|(?:FLAG|NOTE|WARNING|DISCLAIMER):")
_CLOSED = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Confluence(Blocks):
    """Writes a brief as XHTML that the library reads."""

    def __init__(self, marked: str) -> None:
        super().__init__(marked)
        self.placed = set(places.anchors([self.root]))
        self.seen: set[str] = set()  # places that are there already: each stands once

    def whole(self) -> str:
        """Return the page."""
        return "\n".join(self.blocks(self.root.children)) + "\n"

    # --- blocks

    def block(self, node: Node) -> str:  # noqa: PLR0911  # one return a kind
        """Return one block."""
        match node.kind:
            case "heading":
                lead = _CONTENTS if node is self.first else ""
                return f"{lead}<h{node.number}>{self.inline(node.children)}</h{node.number}>"
            case "paragraph":
                return self.paragraph(node)
            case "list":
                return self.list(node)
            case "quote":
                return f"<blockquote>{''.join(self.blocks(node.children))}</blockquote>"
            case "rule":
                return "<hr/>"
            case "fence":
                return f"<pre>{said(node.text)}</pre>"
            case "table":
                return self.table(node)
            case _ if node.text in CALLOUTS:
                panel = PANELS[node.text]
                return f'<div class="admonition {panel}">{"".join(self.blocks(node.said))}</div>'
            case _:
                return "".join(self.blocks(node.children))

    def paragraph(self, node: Node) -> str:
        """Return a paragraph that is one to the library too."""
        line = self.inline(node.children)
        if not line:
            return ""
        alone = len(node.children) == 1 and node.children[0].kind == "link"
        return (
            f"<p><span>{line}</span></p>" if alone or _MEANT.match(node.plain) else f"<p>{line}</p>"
        )

    def list(self, node: Node) -> str:
        """Return a list."""
        tag = "ol" if node.number else "ul"
        start = f' start="{node.number}"' if node.number > 1 else ""
        items = "".join(f"<li>{''.join(self.blocks(item.children))}</li>" for item in node.children)
        return f"<{tag}{start}>{items}</{tag}>"

    def table(self, node: Node) -> str:
        """Return a table; its first row heads it."""
        head, *others = (
            self.row(row, "td" if n else "th") for n, row in enumerate(node.every("row"))
        )
        return f"<table><thead>{head}</thead><tbody>{''.join(others)}</tbody></table>"

    def row(self, node: Node, tag: str) -> str:
        """Return a row of cells of one kind."""
        cells = ""
        for cell in node.children:
            side = f' style="text-align: {cell.argument};"' if cell.argument else ""
            cells += f"<{tag}><p{side}>{self.inline(cell.children)}</p></{tag}>"
        return f"<tr>{cells}</tr>"

    # --- lines

    def inline(self, nodes: Iterable[Node]) -> str:
        """Return pieces of a line."""
        return "".join(map(self.piece, nodes))

    def piece(self, node: Node) -> str:
        """Return a piece of a line."""
        match node.kind:
            case "text":
                return said(node.text)
            case "code":
                return f"<code>{said(node.text)}</code>"
            case "em" | "strong":
                inner = self.inline(node.children)
                return f"<{node.kind}>{inner}</{node.kind}>" if inner else ""
            case "link":
                return f"<a href={_quoted(node.text)}>{self.inline(node.children)}</a>"
            case "break":
                return "<br/>"
            case _:
                return self.mark(node)

    def mark(self, node: Node) -> str:
        """Return a piece that a template gave a name."""
        name = node.argument
        if node.text == PICTURE and name:
            shown = f"ac:width={_quoted(str(WIDTH))} ac:alt={_quoted(node.plain)}"
            return f"<ac:image {shown}><ri:attachment ri:filename={_quoted(name)}/></ac:image>"
        inner = self.inline(node.children)
        if node.text == "anchor" and name in self.placed - self.seen:
            self.seen.add(name)
            macro = f'<ac:parameter ac:name="">{said(name)}</ac:parameter>'
            kind = 'ac:name="anchor" ac:schema-version="1"'
            return f"<ac:structured-macro {kind}>{macro}</ac:structured-macro>{inner}"
        if node.text == "to" and name in self.placed:
            return (
                f"<ac:link ac:anchor={_quoted(name)}><ac:link-body>{inner}</ac:link-body></ac:link>"
            )
        return inner


def said(text: str) -> str:
    """Return a text in which no character has a meaning; what XML cannot hold is not there."""
    return escape(_CLOSED.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(_CLOSED.sub("", text))


def _converted(xhtml: str) -> str:
    """Return what the library makes of XHTML.

    Raises:
        Unequipped: it is not there.
    """
    try:
        from lxml import etree  # noqa: PLC0415  # an extra, for this dialect alone
        from md2conf.converter import ConfluenceStorageFormatConverter  # noqa: PLC0415
        from md2conf.csf import elements_to_string  # noqa: PLC0415
        from md2conf.metadata import ConfluenceSiteMetadata  # noqa: PLC0415
        from md2conf.options_converter import ConverterOptions  # noqa: PLC0415
    except ModuleNotFoundError:
        raise Unequipped(
            f"Confluence needs markdown-to-confluence; install it: {INSTALL}"
        ) from None
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMES.items())
    root = etree.fromstring(
        f"<root {names}>{xhtml}</root>", etree.XMLParser(resolve_entities=False)
    )
    options = ConverterOptions(task_lists=False, user_mentions=False)
    site = ConfluenceSiteMetadata(domain="", base_path="/", space_key=None)
    starts = [first.get("start", "1") for first in root.iter("ol")]
    # It wants to know where relative links begin, of which there is none: nothing lies there.
    with tempfile.TemporaryDirectory(prefix="briefings-") as empty:
        page = Path(empty, "page.md")
        page.touch()
        ConfluenceStorageFormatConverter(options, page, page.parent, site).visit(root)
    for numbered, start in zip(root.iter("ol"), starts, strict=True):  # it begins all with 1
        numbered.set("start", start)
    for block in root:  # a line for each, by which two versions of a page can be compared
        block.tail = "\n"
    return str(elements_to_string(root))


def write(_document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the body of the page as UTF-8.

    Raises:
        Unequipped: the library is not there.
    """
    return Written(_converted(Confluence(marked).whole()).encode())
