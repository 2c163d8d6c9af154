"""The matrix of who says what, where its columns are more than a wiki's page has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.writers.wiki.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 6  # columns: more of them are cut off at the side, or leave a word a line


def narrowed(root: Node) -> Node:
    """Return the tree with each wide matrix as two columns: what it is about, and who says what.

    The heading above it says what the second column holds.
    """
    title: list[Node] = []
    for node in root.children:
        if node.kind == "heading":
            title = node.children
        elif node.kind == "block" and node.text == "matrix":
            node.children = [_table(n, title) if n.kind == "table" else n for n in node.children]
        elif node.kind == "block":
            narrowed(node)
    return root


def _table(table: Node, title: list[Node]) -> Node:
    head, *rows = table.every("row")
    if len(head.children) <= WIDEST:
        return table
    speakers = head.children[1:]
    made = [_row(head, [Node("text", "".join(node.plain for node in title))])]
    for row in rows:
        said: list[Node] = []
        for speaker, cell in zip(speakers, row.children[1:], strict=False):
            if cell.plain.strip():
                said += _said(speaker, cell, first=not said)
        made.append(_row(row, said))
    return Node("table", children=made)


def _row(row: Node, said: Iterable[Node]) -> Node:
    return Node("row", children=[row.children[0], Node("cell", children=[*said])])


def _said(speaker: Node, cell: Node, *, first: bool) -> Iterable[Node]:
    yield from () if first else (Node("text", " · "),)
    yield Node("strong", children=speaker.children)
    yield Node("text", ": ")
    yield from cell.children
