"""DokuWiki's own markup. A place in a page is a heading there, so a link between parts is its text.

A word in which a sign would have a meaning, or would become another sign (``--``, quotation marks,
faces), stands in ``%%``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.templating.signs import PICTURE
from briefings.writers import Written
from briefings.writers.wiki import places
from briefings.writers.wiki.blocks import Blocks
from briefings.writers.wiki.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.document import Document
    from briefings.resources import Shelf

# Words that mean nothing but themselves: letters and digits, with a sign between or around them.
_PLAIN = re.compile(
    r"[(\[\u201c\u00ab]?[^\W_]+(?:[-./+'\u2019,:][^\W_]+)*%?[\u201d\u00bb\u2019]?\]?\)?[.,;:!?]?[\u201d\u00bb]?|[(),.;:\[\]\u00b7\u2013\u2014]"
)
_MEANT = re.compile(
    r"\d[xX]\d|\((?:c|r|tm)\)|^\W*(?:FIXME|DELETEME|LOL)\W*$|^\W*(?:www|ftp)\.", re.IGNORECASE
)
_TITLE_END = re.compile(r"[{}|\n]+")  # what no title of a picture can hold
_IN_LINK = re.compile(r"\[|\]\]|\]$|^\{\{|\|$")
WIDTH = 800  # of a picture on the screen
_HIGHEST = 6  # signs of a heading of the first level


class Dokuwiki(Blocks):
    """Writes a brief as a page of DokuWiki."""

    # --- blocks

    def block(self, node: Node) -> str:  # noqa: PLR0911  # one return a kind
        """Return one block."""
        match node.kind:
            case "heading":
                signs = "=" * max(_HIGHEST + 1 - node.number, 2)
                links = " ".join(self.link(link) for link in node.every("link"))
                heading = f"{signs} {node.plain} {signs}"  # it holds nothing but its text
                return f"{heading}\n\n{links}" if links else heading
            case "paragraph":
                return self.line(node)
            case "list":
                return "\n".join(self.items(node, 1))
            case "quote":
                return "\n".join(f"> {said}" for said in self.said(node) if isinstance(said, str))
            case "rule":
                return "----"
            case "fence":
                return "\n".join(text(line) + r" \\ " for line in node.text.splitlines())
            case "table":
                return self.table(node)
            case _:
                return "\n\n".join(self.blocks(node.children))

    def items(self, node: Node, depth: int) -> list[str]:
        """Return the lines of a list. A paragraph after a list in an item is one of that list."""
        lines: list[str] = []
        sign = "-" if node.number else "*"
        for item in node.children:
            paragraphs: list[str] = []
            inner: list[str] = []
            for said in self.said(item):
                if isinstance(said, str):
                    (inner or paragraphs).append(f"{'  ' * (depth + 1)}* {said}" if inner else said)
                else:
                    inner += self.items(said, depth + 1)
            lines += [f"{'  ' * depth}{sign} " + r" \\ ".join(paragraphs), *inner]
        return lines

    def said(self, item: Node) -> Iterable[str | Node]:
        """Yield the paragraphs of an item, each as one line, and the lists in it."""
        for node in item.children:
            match node.kind:
                case "list":
                    yield node
                case "paragraph":
                    if line := self.line(node):
                        yield line
                case "heading":
                    yield f"**{self.line(node)}**"
                case "row":
                    yield " · ".join(self.line(cell) for cell in node.children)
                case "fence":
                    yield from (text(line) for line in node.text.splitlines())
                case _:
                    yield from self.said(node)

    def table(self, node: Node) -> str:
        """Return a table; the side of a cell is the one with fewer spaces."""
        lines = []
        for number, row in enumerate(node.every("row")):
            sign = "|" if number else "^"
            cells = (self.cell(cell) for cell in row.children)
            lines.append(sign + sign.join(cells) + sign)
        return "\n".join(lines)

    def cell(self, cell: Node) -> str:
        """Return what stands between two bars."""
        said = self.line(cell)
        left, right = {"right": ("  ", " "), "center": ("  ", "  ")}.get(cell.argument, (" ", "  "))
        return f"{left}{said}{right}" if said else " "

    # --- lines

    def line(self, node: Node) -> str:
        """Return what a block says, in one line."""
        return self.inline(node.children).strip(" ")

    def inline(self, nodes: Iterable[Node]) -> str:
        """Return pieces of a line."""
        said = ""
        for node in _flat(nodes):
            match node.kind:
                case "text":
                    said += text(node.text)
                case "code":
                    said += f"''{_as_it_is(node.text)}''"
                case "em" | "strong":
                    signs = "**" if node.kind == "strong" else "//"
                    inner = self.inline(node.children)
                    said += f"{signs}{inner}{signs}" if inner else ""
                case "link":
                    said += self.link(node)
                case "mark":
                    said += f"{{{{{node.argument}?{WIDTH}|{_TITLE_END.sub(' ', node.plain)}}}}}"
                case _:
                    said += r" \\ "
        return said

    def link(self, node: Node) -> str:
        """Return a link; a text that cannot stand in one stands before it."""
        plain = "".join(child.plain for child in node.children)
        url = node.text.removeprefix("mailto:").removeprefix(places.PAGE)
        if url.startswith(places.FILE):
            return f"{{{{{url.removeprefix(places.FILE)}?linkonly|{plain}}}}}"
        if _IN_LINK.search(plain):
            return f"{text(plain)} ([[{url}]])"
        return f"[[{url}|{plain}]]"


def _flat(nodes: Iterable[Node]) -> list[Node]:
    """Return pieces without marks but for pictures; texts side by side become one."""
    found: list[Node] = []
    for node in nodes:
        picture = node.text == PICTURE and node.argument
        inner = _flat(node.children) if node.kind == "mark" and not picture else [node]
        for piece in inner:
            if found and found[-1].kind == piece.kind == "text":
                found[-1] = Node("text", found[-1].text + piece.text)
            else:
                found.append(piece)
    return found


def text(said: str) -> str:
    """Return a text in which no character has a meaning."""
    written: list[str] = []
    held = ""
    for word in re.split("([ \u00a0]+)", said):
        if not word.strip(" \u00a0"):
            held, written = (held + word, written) if held else ("", [*written, word])
        elif _PLAIN.fullmatch(word) and not _MEANT.search(word):
            written += [_held(held), word]
            held = ""
        else:
            held += word
    return "".join([*written, _held(held)])


def _held(said: str) -> str:
    """Return what was held back as it is, and the spaces after it outside of that."""
    core = said.rstrip(" \u00a0")
    return (_as_it_is(core) if core else "") + said[len(core) :]


def _as_it_is(text: str) -> str:
    """Return a text between two signs, the sign itself between two others."""
    parts = re.split("(%+)", text)
    return "".join(
        f"<nowiki>{part}</nowiki>" if part[0] == "%" else f"%%{part}%%" for part in parts if part
    )


def write(_document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Dokuwiki(marked).whole().encode())
