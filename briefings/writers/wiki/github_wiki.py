"""GitHub's wiki, which knows neither footnotes nor front matter: its metadata are a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki.facts import comment, facts
from briefings.writers.wiki.gfm import MENTIONS, apart
from briefings.writers.wiki.markdown import Markdown

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf


class GithubWiki(Markdown):
    """GitHub's Markdown as its wiki reads it."""

    own = MENTIONS

    def head(self) -> str:
        """Return the metadata, for who edits the page."""
        return comment(facts(self.document))

    def guarded(self, sign: str) -> str:
        """Return a sign apart from what follows."""
        return apart(sign)


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(GithubWiki(document, marked).whole().encode())
