"""Markdown from the tree: what all its dialects have in common.

A dialect is a class that says how it is otherwise. What it leaves as it is here, every renderer of
Markdown reads alike; so a piece of text is escaped as everywhere, and then as the dialect needs.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefings.model.addresses import link_target
from briefings.model.escape import escape, escape_after, escape_line
from briefings.templating.signs import PICTURE
from briefings.writers.wiki import places
from briefings.writers.wiki.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefings.document import Document
    from briefings.writers.wiki.tree import Node

CALLOUTS = ("notice", "correction")
_NOTE = "[^"  # which no text begins with
_MARKING = "marking"  # the note that is none of a source: those have numbers
# A line to whose last word a note can be put: none that ends in markup, and no address, which some
# renderers would take the note for a part of.
_BEFORE_NOTE = re.compile(
    r"(?:^|\s)(?!\S*www\.)[\w.,'\u2010-\u201d\u00ab\u00bb()+-]*[\w.\u2019\u201d\u2026\u00bb)] $",
    re.IGNORECASE,
)
_ALIGNMENTS = {"": ":---", "left": ":---", "right": "---:", "center": ":---:"}


class Markdown(Blocks):
    """Writes a brief as Markdown that links its parts by anchors of HTML."""

    notes_below = False  # whether a source is a footnote
    marked_below = False  # whether notes end below all else, so that the marking must be one
    anchored = True  # whether a place can be led to
    timeline = False  # whether Mermaid draws
    alerts: Mapping[str, str] = MappingProxyType({})  # how a quotation says that it is one
    own: re.Pattern[str] | None = None  # the signs that only this dialect reads in a text

    def __init__(self, document: Document, marked: str) -> None:
        self.document = document
        super().__init__(marked)
        self.notes = places.notes(self.root) if self.notes_below else {}
        banners = [block for block in self.root.every("block") if block.text == "banner"]
        below = self.marked_below and self.notes and len(banners) > 1
        self.closing = banners[-1] if below else None
        self.placed = self.places() - set(self.notes) if self.anchored else set()
        self.seen: set[str] = set()  # places that are there already: each stands once
        self.in_cell = False

    def places(self) -> set[str]:
        """Return the places that a link of this dialect can lead to."""
        return set(places.anchors([self.root]))

    # --- blocks

    def block(self, node: Node) -> str:  # noqa: PLR0911  # one return a kind
        """Return one block."""
        match node.kind:
            case "heading":
                return f"{'#' * node.number} {self.line(node.children)}"
            case "paragraph":
                return self.paragraph(node)
            case "list":
                return self.list(node)
            case "quote":
                return _prefixed("> ", self.blocks(node.children))
            case "rule":
                return "---"
            case "fence":
                return self.fence(node.text)
            case "table":
                return self.table(node)
            case _:
                return self.named(node)

    def named(self, node: Node) -> str:
        """Return what stands in a block with a name: of most, it is all that there is to say."""
        if node.text in CALLOUTS:
            return self.callout(node.text, self.blocks(node.said))
        drawn = timeline(node) if self.timeline and node.text.split()[:1] == ["chain"] else ""
        said = "\n\n".join([*filter(None, [drawn]), *self.blocks(node.children)])
        if node is self.closing:  # cited last, so it is shown below the notes of the sources
            # A note of one word would be read as the address of a link.
            told = f"{self.text(self.document.id, '')} · **{self.document.marking.value}**"
            said += f"[^{_MARKING}]\n\n[^{_MARKING}]: {told}"
        return said

    def callout(self, name: str, blocks: Sequence[str]) -> str:
        """Return what the reader has to be told before all else."""
        alert = [f"> [!{self.alerts[name]}]"] if name in self.alerts else []
        return "\n".join([*alert, _prefixed("> ", blocks)])

    def paragraph(self, node: Node) -> str:
        """Return a paragraph."""
        return self.line(node.children)

    def fence(self, text: str) -> str:
        """Return a text that stands as it is."""
        marks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
        return f"{marks}\n{text.rstrip(chr(10))}\n{marks}"

    def list(self, node: Node) -> str:
        """Return a list; the sources that are notes are these, and in no list."""
        items: list[str] = []
        notes: list[str] = []
        noted = {id(item): name for name, item in self.notes.items()}
        for number, item in enumerate(node.children, node.number):
            if id(item) in noted:
                said = self.line(places.line(item))
                notes.append(self.note(noted[id(item)], said))
                continue
            lead = f"{number}. ".ljust(4) if node.number else "-   "
            between = "\n\n" if node.loose else "\n"
            items.append(lead + _indented(between.join(self.blocks(item.children)), len(lead)))
        listed = ("\n\n" if node.loose else "\n").join(items)
        return "\n\n".join([*notes, *filter(None, [listed])])

    def note(self, name: str, said: str) -> str:
        """Return a footnote."""
        return f"[^{self.label(name)}]: {said}"

    def table(self, node: Node) -> str:
        """Return a table."""
        rows = list(node.every("row"))
        self.in_cell = True
        lines = [[self.line(cell.children) for cell in row.children] for row in rows]
        self.in_cell = False
        lines.insert(1, [_ALIGNMENTS[cell.argument] for cell in rows[0].children])
        return "\n".join("|".join(["", *map(_cell, cells), ""]) for cells in lines)

    # --- lines

    def line(self, nodes: Sequence[Node]) -> str:
        """Return a line that is nothing but what it says."""
        return escape_line(self.inline(nodes).strip(" "))

    def inline(self, nodes: Iterable[Node], before: str = "") -> str:
        """Return pieces of a line, which stand after a character."""
        said = ""
        for node in nodes:
            last = (before + said)[-1:]
            match node.kind:
                case "text":
                    said += self.text(node.text, last)
                case "code":
                    said += self.code(node.text)
                case "em" | "strong":
                    mark = "**" if node.kind == "strong" else "*"
                    inner = self.inline(node.children)
                    said += f"{mark}{inner}{mark}" if inner else ""
                case "link":
                    said = f"{said[:-1]}\\!" if said.endswith("!") else said
                    said += self.link(node)
                case "break":
                    said = said.rstrip(" ") + (" " if self.in_cell else "  \n")
                case _:
                    piece = self.mark(node, last)
                    noted = piece.startswith(_NOTE) and _BEFORE_NOTE.search(said)
                    said = (said[:-1] if noted else said) + piece
        return said

    def link(self, node: Node) -> str:
        """Return a link."""
        return f"[{self.inline(node.children)}]({link_target(node.text)})"

    def text(self, text: str, before: str) -> str:
        """Return a piece of text in which no character has a meaning."""
        said, start = "", 0
        for found in self.own.finditer(text) if self.own else ():
            said += escape_after(text[start : found.start()], (before + said)[-1:])
            said += self.guarded(found.group())
            start = found.end()
        return said + escape_after(text[start:], (before + said)[-1:])

    def guarded(self, sign: str) -> str:
        """Return a sign that only this dialect reads, so that it does not."""
        return f"&#{ord(sign)};"

    def code(self, text: str) -> str:
        """Return a piece of code; what it cannot hold, it says as text."""
        held = text and not re.search(r"[|`\\<]|&#?\w", text)
        return f"`{text}`" if held else self.text(text, "")

    def mark(self, node: Node, before: str) -> str:
        """Return a piece that a template gave a name."""
        if node.text == PICTURE and node.argument:
            return self.picture(node.argument, node.plain)
        inner = self.inline(node.children, before)
        if node.text == "anchor" and node.argument in self.placed - self.seen:
            self.seen.add(node.argument)
            return self.anchor(node.argument) + inner
        if node.text == "to" and node.argument in self.placed:
            return self.to(node.argument, inner)
        if node.text == "note" and (names := places.cited(node)) and self.notes.keys() >= {*names}:
            return " ".join(f"[^{self.label(name)}]" for name in names)
        return inner

    def picture(self, file: str, text: str) -> str:
        """Return a picture that lies beside the page."""
        return f"![{escape(text)}]({file})"

    def label(self, name: str) -> str:
        """Return the label of a note."""
        return name.removeprefix(places.SOURCE)

    def anchor(self, name: str) -> str:
        """Return a place that can be led to."""
        return f'<a id="{name}"></a>'

    def to(self, name: str, text: str) -> str:
        """Return a link to a place."""
        return f"[{text}](#{name})"


class Portable(Markdown):
    """Markdown that no place in it is led to: what every renderer reads."""

    anchored = False


def timeline(chain: Node) -> str:
    """Return the chain as a Mermaid timeline, or nothing where it has no moments.

    It has no way to hold every character, and stands beside the list, which does.
    """
    lines = []
    for moment in (block for block in chain.every("block") if block.text == "moment"):
        period = next((_drawn(n.plain) for n in moment.children if n.kind == "heading"), "")
        titles = [
            _drawn(next((s.plain for s in item.every("strong")), ""))
            for part in moment.children
            if part.kind == "list"
            for item in part.children
        ]
        if period and any(titles):
            lines.append("    " + " : ".join([period, *filter(None, titles)]))
    return "\n".join(["```mermaid", "timeline", *lines, "```"]) if lines else ""


def _drawn(text: str) -> str:
    """Return a text without what the language of the drawing reads."""
    kept = re.sub(r"(?<=\d):(?=\d)", ".", text)
    return " ".join(
        re.sub(r"[^\w\s.,()/+'\u2019\u201c\u201d\u2013\u2014%-]|%%+|--+", " ", kept).split()
    )


def _cell(said: str) -> str:
    return f" {said} " if said else " "


def _prefixed(prefix: str, blocks: Sequence[str]) -> str:
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join((prefix + line).rstrip(" ") for line in lines)


def _indented(text: str, width: int) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(" " * width + line if line else "" for line in others)])


def indented(first: str, blocks: Sequence[str]) -> str:
    """Return blocks that stand under a line, four spaces in."""
    return f"{first}\n    " + _indented("\n\n".join(blocks), 4)
