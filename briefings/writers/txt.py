"""Plain text of 72 columns, for e-mail and chat: no markup, and every address written out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefings.document import Document
    from briefings.resources import Shelf
    from briefings.writers.wiki.tree import Node

COLUMNS = 72
NARROW = 24  # however deep a list stands, so much is left for its words
_GAP = "  "


class Text:
    """Writes a brief as plain text."""

    def __init__(self, marked: str, colon: str = ":") -> None:
        self.root, self.colon = read(marked), colon

    def whole(self) -> str:
        """Return the page."""
        lines = _joined(self.blocks(self.root.children, COLUMNS))
        return "\n".join(line.rstrip(" ") for line in lines) + "\n"

    def blocks(self, nodes: Iterable[Node], width: int) -> list[Sequence[str]]:
        """Return the lines of each block."""
        return [lines for node in nodes if (lines := self.block(node, width))]

    def block(self, node: Node, width: int) -> Sequence[str]:  # noqa: PLR0911  # one return a kind
        """Return the lines of one block."""
        match node.kind:
            case "heading":
                lines = wrapped(self.inline(node.children), width)
                sign = "=" if node.number == 1 else "-"
                rule = sign * max(map(columns, lines), default=0)
                return [*lines, *([rule] if node.number < 3 else [])]  # noqa: PLR2004
            case "paragraph":
                return wrapped(self.inline(node.children), width)
            case "list":
                return self.items(node, width)
            case "quote":
                inner = _joined(self.blocks(node.children, max(width - 2, NARROW)))
                return [f"> {line}".rstrip(" ") for line in inner]
            case "rule":
                return ["-" * width]
            case "fence":
                return node.text.rstrip("\n").split("\n")
            case "table":
                return self.table(node, width)
            case _:
                return _joined(self.blocks(node.children, width))

    def items(self, node: Node, width: int) -> list[str]:
        """Return a list with hanging signs."""
        last = node.number + len(node.children) - 1
        room = len(f"{last}. ") if node.number else 2
        items = []
        for number, item in enumerate(node.children, node.number):
            lead = (f"{number}. " if node.number else "- ").ljust(room)
            blocks = self.blocks(item.children, max(width - room, NARROW))
            lines = _joined(blocks) if node.loose else [line for b in blocks for line in b]
            indented = [" " * room + line if line else "" for line in lines[1:]]
            items.append([lead + (lines[0] if lines else ""), *indented])
        return _joined(items) if node.loose else [line for item in items for line in item]

    def table(self, node: Node, width: int) -> list[str]:
        """Return a table in columns, or, where it is too wide, each row as a list of its cells."""
        rows = list(node.every("row"))
        cells = [[self.inline(cell.children).strip() for cell in row.children] for row in rows]
        widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
        if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
            right = [cell.argument == "right" for cell in rows[0].children]
            lines = [_row(row, widths, right) for row in cells]
            return [lines[0], _GAP.join("-" * one for one in widths), *lines[1:]]
        head, *others = cells
        return _joined([_record(head, row, width, self.colon) for row in others])

    def inline(self, nodes: Iterable[Node]) -> str:
        """Return the text of pieces, with the addresses of links after them."""
        said = ""
        for node in nodes:
            inner = node.plain if not node.children else self.inline(node.children)
            said += "\n" if node.kind == "break" else inner
            if node.kind == "link" and node.text.removeprefix("mailto:") != inner:
                said += f" <{node.text}>"
        return said


def columns(text: str) -> int:
    """Return how many columns a text takes: two for a wide character, none for what combines."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text; a word that is longer than a line has one for itself."""
    lines = []
    for part in text.strip(" ").split("\n"):
        line = ""
        for word in re.split(" +", part.strip(" ")):
            if line and columns(line) + 1 + columns(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines += [line] if line else []
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, is_right in zip(cells, widths, right, strict=True):
        space = " " * (width - columns(cell))
        padded.append(space + cell if is_right else cell + space)
    return _GAP.join(padded)


def _record(head: Sequence[str], row: Sequence[str], width: int, colon: str) -> list[str]:
    """Return a row as its first cell, and under it the others with what they stand under."""
    first, *others = (
        f"{name}{colon} {cell}" if name else cell
        for name, cell in zip(head, row, strict=True)
        if cell
    )
    lines = wrapped(first, width)
    for other in others:
        start, *more = wrapped(other, width - 4)
        lines += [f"  {start}", *(f"    {line}" for line in more)]
    return lines


def _joined(blocks: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of blocks, with an empty one between two."""
    return [
        line for number, block in enumerate(blocks) for line in (["", *block] if number else block)
    ]


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the text as UTF-8."""
    colon = document.language.word("words", "colon")
    return Written(Text(marked, colon).whole().encode())
