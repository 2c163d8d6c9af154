"""Obsidian: properties, callouts, links to blocks, footnotes, a timeline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki import places
from briefings.writers.wiki.facts import facts, front_matter
from briefings.writers.wiki.markdown import Markdown

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf
    from briefings.writers.wiki.tree import Node

CALLOUTS = {"notice": "important", "correction": "warning"}
# Tags, comments, formulas.
_OWN = re.compile(r"#(?=\w)|%(?=%)|(?<=%)%|\$")


class Obsidian(Markdown):
    """Obsidian's Markdown. A block has one name, so one place in it can be led to."""

    notes_below = marked_below = True
    own = _OWN
    alerts = CALLOUTS
    timeline = True

    def head(self) -> str:
        """Return properties, with tags to find a brief by."""
        found = facts(self.document)
        label = self.document.marking.value.replace(":", "/").replace("+", "-").lower()
        return front_matter(found | {"tags": ["briefing", label]})

    def places(self) -> set[str]:
        """Return the first place of each paragraph."""
        return {names[0] for p in self.root.every("paragraph") if (names := places.anchors([p]))}

    def paragraph(self, node: Node) -> str:
        """Return a paragraph, with its name if anything leads to it."""
        names = [n for n in places.anchors([node]) if n in self.placed - self.seen]
        self.seen.update(names)
        return self.line(node.children) + (f" ^{names[0]}" if names else "")

    def anchor(self, name: str) -> str:  # noqa: ARG002  # it stands at the end
        """Return nothing: the name stands at the end of the block."""
        return ""

    def to(self, name: str, text: str) -> str:
        """Return a wikilink to a block of this note."""
        return f"[[#^{name}{chr(92) if self.in_cell else ''}|{text}]]"

    def picture(self, file: str, text: str) -> str:
        """Return an embedded file; one whose text would end it, as all Markdown has it."""
        held = not re.search(r"[\[\]|^#]", text)
        return f"![[{file}|{text}]]" if held else super().picture(file, text)


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Obsidian(document, marked).whole().encode())
