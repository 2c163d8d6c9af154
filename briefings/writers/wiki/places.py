"""Where the links between parts lead, and which sources are notes at what rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefings.writers.wiki.tree import Node

SOURCE = "source-"
# What a link begins with to another page of the wiki, or to a file in it; its name follows. No
# text of a briefing can have such a link.
PAGE, FILE = "page:", "file:"


def anchors(nodes: Iterable[Node]) -> list[str]:
    """Return the places in these, in the order of the text."""
    return [m.argument for n in nodes for m in n.every("mark") if m.text == "anchor"]


def cited(note: Node) -> list[str]:
    """Return the sources of a note: of a piece that holds nothing but numbers that lead there."""
    links = [mark for mark in note.every("mark") if mark.text == "to"]
    found = [mark.argument for mark in links if mark.argument.startswith(SOURCE)]
    between = note.plain
    for link in links:
        between = between.replace(link.plain, "", 1)
    return found if len(found) == len(links) and not between.strip("[], ") else []


def notes(root: Node) -> dict[str, Node]:
    """Return the list items of the sources that notes cite, by their places."""
    wanted = {name for m in root.every("mark") if m.text == "note" for name in cited(m)}
    items = {_place(item): item for item in root.every("item")}
    return {name: items[name] for name in items if name in wanted}


def _place(item: Node) -> str:
    """Return the place that a list item begins with."""
    node = item
    while node.children:
        node = node.children[0]
        if node.kind == "mark" and node.text == "anchor":
            return node.argument
    return ""


def line(item: Node) -> Sequence[Node]:
    """Return what a list item says, as one line."""
    found: list[Node] = []
    for block in (n for n in item.every("paragraph")):
        found += [type(block)("text", " "), *block.children] if found else block.children
    return found
