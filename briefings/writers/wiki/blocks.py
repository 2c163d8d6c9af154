"""A page of any wiki: its blocks, one after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from briefings.writers.wiki.matrix import narrowed
from briefings.writers.wiki.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.writers.wiki.tree import Node

_SECTIONS = 3  # from so many on, a page has contents


class Blocks(ABC):
    """Writes the blocks of a brief, with an empty line between them."""

    def __init__(self, marked: str) -> None:
        self.root = narrowed(read(marked))

    @cached_property
    def first(self) -> Node | None:
        """The heading before which contents stand, in a wiki that makes them: of the first section.

        So the bottom line comes before them. A page of few sections needs none.
        """
        sections = [node for node in self.root.every("heading") if node.number == 2]  # noqa: PLR2004
        return sections[0] if len(sections) >= _SECTIONS else None

    def head(self) -> str:
        """Return what stands before the brief."""
        return ""

    def whole(self) -> str:
        """Return the page."""
        parts = [self.head(), *self.blocks(self.root.children)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def blocks(self, nodes: Iterable[Node]) -> list[str]:
        """Return the blocks, each without an empty line around it."""
        return [block for node in nodes if (block := self.block(node))]

    @abstractmethod
    def block(self, node: Node) -> str:
        """Return one block."""
