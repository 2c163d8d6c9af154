"""GitHub's wiki, which knows neither footnotes nor front matter: its metadata are a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki.facts import comment, facts
from briefings.writers.wiki.gfm import MENTIONS, apart
from briefings.writers.wiki.markdown import Markdown
from briefings.writers.wiki.places import PAGE

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf
    from briefings.writers.wiki.tree import Node

# What a wiki link can say of a page: it reads no Markdown, and a name of a picture as the picture.
_TOLD = re.compile(
    r"(?!include:)(?!.*\.\w{3,4}$)[^\W_][\w ,.;:()'\"\u2010-\u201d\u2026\u00ab\u00bb&?+%-]*",
    re.IGNORECASE,
)


class GithubWiki(Markdown):
    """GitHub's Markdown as its wiki reads it."""

    own = MENTIONS

    def head(self) -> str:
        """Return the metadata, for who edits the page."""
        return comment(facts(self.document))

    def link(self, node: Node) -> str:
        """Return a link; to a page of this wiki, a wiki link.

        The first page has an address one folder above that of all others, so what Markdown's own
        links to a page lead to from there, and from the sidebar beside it, is nowhere.
        """
        page = node.text.removeprefix(PAGE)
        if page == node.text:
            return super().link(node)
        said = self.inline(node.children)
        if said == node.plain and _TOLD.fullmatch(said) and not self.in_cell:
            return f"[[{said}|{page}]]"
        return f"{said} ([[{page}]])"

    def guarded(self, sign: str) -> str:
        """Return a sign apart from what follows."""
        return apart(sign)


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(GithubWiki(document, marked).whole().encode())
