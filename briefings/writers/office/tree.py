"""A brief as pandoc's tree (its JSON), in which each character stands for itself."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from briefings.templating.signs import PICTURE
from briefings.writers.wiki import places
from briefings.writers.wiki.markdown import CALLOUTS
from briefings.writers.wiki.matrix import narrowed
from briefings.writers.wiki.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefings.writers.wiki.tree import Node

VERSION = (1, 23, 1)  # of the tree
STYLES = {"notice": "Notice", "correction": "Correction"}  # of what is told before all else
_NONE = ["", [], []]
_SIDES = {"": "AlignDefault", "left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}
_BOLD = 1.35  # as much wider are the letters of a head, in what a program takes for our font
_ROW, _LONG = 125, 60  # characters: about what a row has room for; a longer text has several lines

Tree = dict[str, Any]


def tree(marked: str, pictures: Mapping[str, bytes], language: str) -> str:
    """Return the tree as JSON.

    Args:
        marked: the Markdown, with the signs for the page.
        pictures: what it shows, by the names of the files.
        language: of the text (BCP 47).
    """
    written = _Tree(marked, pictures)
    return json.dumps(
        {
            "pandoc-api-version": VERSION,
            "meta": {"lang": {"t": "MetaString", "c": language}},
            "blocks": written.blocks(written.root.children),
        }
    )


def shown(marked: str) -> list[str]:
    """Return what each picture of a brief shows, in words, in their order."""
    return [mark.plain for mark in read(marked).every("mark") if mark.text == PICTURE]


class _Tree:
    def __init__(self, marked: str, pictures: Mapping[str, bytes]) -> None:
        self.root, self.pictures = narrowed(read(marked)), pictures
        self.placed = set(places.anchors([self.root]))
        self.seen: set[str] = set()  # places that are there already: each stands once

    def blocks(self, nodes: Iterable[Node]) -> list[Tree]:
        # Head and foot of every page have the marking.
        told = (node for node in nodes if (node.kind, node.text) != ("block", "banner"))
        return [block for node in told for block in self.block(node)]

    def block(self, node: Node) -> list[Tree]:  # noqa: PLR0911  # one return a kind
        match node.kind:
            case "heading":
                return [_made("Header", [node.number, _NONE, self.line(node.children)])]
            case "paragraph":
                line = self.line(node.children)
                return [_made("Para", line)] if line else []
            case "list":
                items = [self.blocks(item.children) for item in node.children]
                if not node.number:
                    return [_made("BulletList", items)]
                how = [node.number, {"t": "Decimal"}, {"t": "Period"}]
                return [_made("OrderedList", [how, items])]
            case "quote":
                return [_made("BlockQuote", self.blocks(node.children))]
            case "rule":
                return [_made("HorizontalRule")]
            case "fence":
                return [_made("CodeBlock", [_NONE, node.text])]
            case "table":
                return [self.table(node)]
            case _ if node.text in CALLOUTS:
                named = ["", [], [["custom-style", STYLES[node.text]]]]
                return [_made("Div", [named, self.blocks(node.said)])]
            case _:
                return self.blocks(node.children)

    def table(self, node: Node) -> Tree:
        rows = list(node.every("row"))
        head, *others = ([self.cell(cell) for cell in row.children] for row in rows)
        sides = [cell.argument for cell in rows[0].children]
        columns = [
            [{"t": _SIDES[side]}, _made("ColWidth", width)]
            for side, width in zip(sides, _widths(rows), strict=True)
        ]
        body = [_NONE, 0, [], [[_NONE, row] for row in others]]
        caption: list[Any] = [None, []]
        return _made(
            "Table", [_NONE, caption, columns, [_NONE, [[_NONE, head]]], [body], [_NONE, []]]
        )

    def cell(self, node: Node) -> list[Any]:
        return [_NONE, {"t": "AlignDefault"}, 1, 1, [_made("Plain", self.line(node.children))]]

    def line(self, nodes: Iterable[Node]) -> list[Tree]:
        return [piece for node in nodes for piece in self.piece(node)]

    def piece(self, node: Node) -> list[Tree]:
        match node.kind:
            case "text":
                return _words(node.text)
            case "code":
                return [_made("Code", [_NONE, node.text])]
            case "em" | "strong":
                inner = self.line(node.children)
                return [_made("Emph" if node.kind == "em" else "Strong", inner)] if inner else []
            case "link":
                return [_made("Link", [_NONE, self.line(node.children), [node.text, ""]])]
            case "break":
                return [_made("LineBreak")]
            case _:
                return self.mark(node)

    def mark(self, node: Node) -> list[Tree]:
        """Return a piece that a template gave a name."""
        name = node.argument
        if node.text == PICTURE and name:
            data = base64.b64encode(self.pictures[name]).decode()
            wide = ["", [], [["width", "100%"]]]
            return [
                _made(
                    "Image",
                    [wide, _words(node.plain), [f"data:image/png;base64,{data}", ""]],
                )
            ]
        inner = self.line(node.children)
        if node.text == "anchor" and name in self.placed - self.seen:
            self.seen.add(name)
            return [_made("Span", [[name, [], []], inner])]
        if node.text == "to" and name in self.placed:
            return [_made("Link", [_NONE, inner, [f"#{name}", ""]])]
        return inner


def _made(kind: str, content: object = None) -> Tree:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _words(text: str) -> list[Tree]:
    """Return a text: one that holds a space is no other for it, and no line is broken within it."""
    return [_made("Str", text)] if text else []


def _widths(rows: Sequence[Node]) -> list[float]:
    """Return the parts of the width that columns take.

    Each has room for its longest word; what is left goes to those with the longest texts.
    """
    columns = [
        [cell.plain for cell in column] for column in zip(*(r.children for r in rows), strict=True)
    ]
    words = [max((len(w) for text in of for w in text.split()), default=1) for of in columns]
    least = [_BOLD * word + 3 for word in words]
    wanted = [min(max(map(len, of)), _LONG) for of in columns]
    more = [max(most - few, 0) + 1 for most, few in zip(wanted, least, strict=True)]
    left = max(_ROW - sum(least), 0)
    widths = [few + left * one / sum(more) for few, one in zip(least, more, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]
