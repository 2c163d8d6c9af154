"""MediaWiki's own markup: headings, tables, lists, references (its extension Cite).

A text in which a sign would have a meaning stands in ``<nowiki>``, so that it starts no template,
no link, no table and no signature.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.templating.signs import PICTURE
from briefings.writers import Written
from briefings.writers.wiki import places
from briefings.writers.wiki.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.document import Document
    from briefings.resources import Shelf
    from briefings.writers.wiki.tree import Node

WIDTH = 800  # of a picture on the screen
_CONTENTS = "__TOC__"  # else they stand before the title
_MEANT = re.compile(
    r"[\[\]{}<>|~\x7f]|''|^'|'$|__|^_|_$|://|=$|\b(?:RFC|PMID|ISBN)\b"
    r"|(?i:\b(?:mailto|news|urn|geo|magnet|xmpp|sips?|sms|tel|bitcoin):)"
)
_NOTE = "<ref name="
_MEANT_FIRST = re.compile(r"[*#:;=!+-]")
_BOXES = {"notice": "#36c", "correction": "#d33"}
_BOX = '<div style="border: 1px solid {0}; border-left-width: 8px; padding: 0 1em;">'
_URL = re.compile(r"''|__|~~~|[\[\]{}|<>\"' ]")


class Mediawiki(Blocks):
    """Writes a brief as wikitext."""

    def __init__(self, marked: str) -> None:
        super().__init__(marked)
        self.notes = places.notes(self.root)
        self.placed = set(places.anchors([self.root])) - set(self.notes)
        self.seen: set[str] = set()

    # --- blocks

    def block(self, node: Node) -> str:  # noqa: PLR0911  # one return a kind
        """Return one block."""
        match node.kind:
            case "heading":
                signs = "=" * node.number
                lead = f"{_CONTENTS}\n\n" if node is self.first else ""
                return f"{lead}{signs} {self.line(node)} {signs}"
            case "paragraph":
                return self.line(node)
            case "list":
                return self.listed(node)
            case "quote":
                said = "\n\n".join(self.blocks(node.children))
                return f"<blockquote>\n{said}\n</blockquote>"
            case "rule":
                return "----"
            case "fence":
                return f"<pre>{_as_it_is(node.text)}</pre>"
            case "table":
                return self.table(node)
            case _ if node.text in _BOXES:
                said = "\n\n".join(self.blocks(node.said))
                return f"{_BOX.format(_BOXES[node.text])}\n{said}\n</div>"
            case _:
                return "\n\n".join(self.blocks(node.children))

    def listed(self, node: Node) -> str:
        """Return a list; the sources that are notes are these, where the list would be."""
        noted = {id(item): name for name, item in self.notes.items()}
        defined = [
            f'<ref name="{noted[id(item)]}">{self.inline(places.line(item)).strip()}</ref>'
            for item in node.children
            if id(item) in noted
        ]
        lines = self.items(node, "")
        parts = ["\n".join(["<references>", *defined, "</references>"])] if defined else []
        return "\n\n".join([*parts, *filter(None, ["\n".join(lines)])])

    def items(self, node: Node, outer: str) -> list[str]:
        """Return the lines of a list that stands in one with the signs *outer*."""
        signs = outer + ("#" if node.number else "*")
        lines: list[str] = []
        noted = {id(item) for item in self.notes.values()}
        expected = 1
        for number, item in enumerate(node.children, node.number):
            if id(item) in noted:
                continue
            start = f'<li value="{number}">' if node.number and number != expected else ""
            expected = number + 1
            paragraphs: list[str] = []
            inner: list[str] = []
            for said in self.said(item, signs):
                if not isinstance(said, str):
                    inner += said
                elif inner:  # as a line of its own it would read as one of the item above it
                    inner.append(f"{signs}* {said}")
                else:
                    paragraphs.append(said)
            lines += [f"{signs} {start}{'<br />'.join(paragraphs)}".rstrip(), *inner]
        return lines

    def said(self, item: Node, signs: str) -> Iterable[str | list[str]]:
        """Yield the paragraphs of an item, each as one line, and the lines of the lists in it."""
        for node in item.children:
            match node.kind:
                case "list":
                    yield self.items(node, signs)
                case "paragraph":
                    if line := self.line(node):
                        yield line
                case "heading":
                    yield f"'''{self.line(node)}'''"
                case "row":
                    yield " · ".join(self.line(cell) for cell in node.children)
                case "fence":
                    yield f"<code>{_as_it_is(node.text)}</code>".replace("\n", "<br />")
                case _:
                    yield from self.said(node, signs)

    def table(self, node: Node) -> str:
        """Return a table, a line a cell."""
        lines = ['{| class="wikitable"']
        for number, row in enumerate(node.every("row")):
            lines += ["|-"] if number else []
            for cell in row.children:
                other = cell.argument in ("right", "center")
                side = f'style="text-align: {cell.argument};" | ' if other else ""
                lines.append(f"{'|' if number else '!'} {side}{self.line(cell)}".rstrip())
        return "\n".join([*lines, "|}"])

    # --- lines

    def line(self, node: Node) -> str:
        """Return what a block says, in one line."""
        return self.inline(node.children).strip(" ")

    def inline(self, nodes: Iterable[Node], before: str = "") -> str:
        """Return pieces of a line, which stand after others."""
        said = ""
        for node in nodes:
            piece = self.piece(node, before + said)
            said = (said.rstrip(" ") if piece.startswith(_NOTE) else said) + piece
        return said

    def piece(self, node: Node, before: str) -> str:
        """Return one piece of a line, which stands after others."""
        match node.kind:
            case "text":
                return text(node.text, first=not before)
            case "code":
                return f"<code>{_as_it_is(node.text)}</code>"
            case "em" | "strong":
                inner = self.inline(node.children)
                signs = "'''" if node.kind == "strong" else "''"
                return f"{signs}{inner}{signs}" if inner else ""
            case "link":
                return self.link(node)
            case "break":
                return "<br />"
            case _:
                return self.mark(node, before)

    def link(self, node: Node) -> str:
        """Return a link: outside, or to a page or a file of this wiki."""
        inner = self.inline(node.children)
        for scheme, space in ((places.PAGE, ""), (places.FILE, "Media:")):
            if node.text.startswith(scheme):
                return f"[[{space}{node.text.removeprefix(scheme)}|{inner}]]"
        url = _URL.sub(lambda m: "".join(f"%{ord(c):02X}" for c in m.group()), node.text)
        return f"[{url.replace('&', '&amp;')} {inner}]"

    def mark(self, node: Node, before: str) -> str:
        """Return a piece that a template gave a name."""
        if node.text == PICTURE and node.argument:
            said = text(node.plain, first=False)
            return f"[[File:{node.argument}|frameless|{WIDTH}px|alt={said}]]"
        inner = self.inline(node.children, before)
        if node.text == "anchor" and node.argument in self.placed - self.seen:
            self.seen.add(node.argument)
            return f'<span id="{node.argument}"></span>{inner}'
        if node.text == "to" and node.argument in self.placed:
            return f"[[#{node.argument}|{inner}]]"
        if node.text == "note" and (names := places.cited(node)) and self.notes.keys() >= {*names}:
            return "".join(f'{_NOTE}"{name}" />' for name in names)
        return inner


def text(said: str, *, first: bool) -> str:
    """Return a text in which no character has a meaning; some have one only *first* in a line."""
    core = said.strip(" ")
    if not (_MEANT.search(core) or (first and _MEANT_FIRST.match(core))):
        return said.replace("&", "&amp;")
    before, _, after = said.partition(core)
    return f"{before}{_as_it_is(core)}{after}"


def _as_it_is(said: str) -> str:
    escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<nowiki>{escaped}</nowiki>"


def write(_document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Mediawiki(marked).whole().encode())
