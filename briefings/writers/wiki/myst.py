"""MyST, which Sphinx and Jupyter Book read: directives, and targets before a paragraph."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from briefings.document.listing import Listing
from briefings.templating import signs
from briefings.writers import Written
from briefings.writers.wiki import places
from briefings.writers.wiki.facts import facts, front_matter
from briefings.writers.wiki.markdown import Markdown
from briefings.writers.wiki.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.document import Document
    from briefings.resources import Shelf

DIRECTIVES = {"notice": "important", "correction": "warning"}
# Sphinx wants each page to be named by another; readers have the list itself. What is not ours is
# not named: a first page that leads to this one would go round in a ring.
_NAMED = "```{{toctree}}\n:hidden:\n:glob:\n\n{}\n```"
_BRIEFS, _SERIES = "*.*", "series-*"


class Myst(Markdown):
    """MyST without any of its extensions."""

    def head(self) -> str:
        """Return front matter; a page that only leads on stands in no menu."""
        on = isinstance(self.document, Listing) and self.document.moved
        return front_matter(facts(self.document) | ({"orphan": True} if on else {}))

    def named(self, node: Node) -> str:
        """Return what stands in a block; before a list of all briefs, what names every page.

        Below it, pages would be parts of the last year.
        """
        said = super().named(node)
        listing = self.document
        if node.text != "briefs" or not isinstance(listing, Listing) or not listing.entries:
            return said
        named = _NAMED.format("\n".join(_toctree(listing)))
        return f"{named}\n\n{said}"

    def places(self) -> set[str]:
        """Return the places in paragraphs; a cell can have no target."""
        return set(places.anchors(self.root.every("paragraph")))

    def callout(self, name: str, blocks: Sequence[str]) -> str:
        """Return a directive."""
        inner = "\n\n".join(blocks)
        if re.match(":|---", inner):  # it would be taken for options
            inner = f"&#{ord(inner[0])};{inner[1:]}"
        return f"```{{{DIRECTIVES[name]}}}\n{inner}\n```"

    def paragraph(self, node: Node) -> str:
        """Return a paragraph after its targets; a picture in one of its own is a figure."""
        match node.children:
            case [Node(kind="mark", text=signs.PICTURE, argument=file)] if file:
                said = json.dumps(node.plain, ensure_ascii=False)
                return f"```{{figure}} {file}\n:alt: {said}\n```"
        names = [n for n in places.anchors([node]) if n in self.placed - self.seen]
        self.seen.update(names)
        return "\n".join([*(f"({name})=" for name in names), self.line(node.children)])


def _toctree(listing: Listing) -> Iterator[str]:
    """Yield what names the pages; one that names nothing, or what is named already, is a fault.

    A page is called by its heading, which is that of its briefing's page for another reader, too.
    """
    for entry in listing.entries:
        for reader in entry.readers:
            title = " ".join(f"{reader.title.plain} ({reader.name.plain})".split())
            yield f"{title} <{reader.page}>"
    if not all(entry.readers for entry in listing.entries):
        yield _BRIEFS
    if listing.series:
        yield _SERIES


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Myst(document, marked).whole().encode())
