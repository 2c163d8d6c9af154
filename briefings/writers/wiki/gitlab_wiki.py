"""GitLab's wiki: its title stands in front matter, and it has more signs of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki.facts import facts, front_matter
from briefings.writers.wiki.gfm import ALERTS, apart
from briefings.writers.wiki.markdown import Markdown

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

# People, issues, merge requests, milestones, labels, snippets, epics, emoji; what is inserted and
# taken out is escaped with its brackets.
_REFERENCES = re.compile(r"[@#!%](?=[\w\"-])|&(?=\d)|\$|~(?=[\w\"])|:(?=//|[\w+-]+:)")
_ALERTS = {name: word.lower() for name, word in ALERTS.items()}


class GitlabWiki(Markdown):
    """GitLab's Markdown as its wiki reads it."""

    notes_below = marked_below = True
    timeline = True
    own = _REFERENCES
    alerts = _ALERTS

    def head(self) -> str:
        """Return front matter, of which GitLab takes the title of the page."""
        return front_matter(facts(self.document))

    def guarded(self, sign: str) -> str:
        """Return a sign apart from what follows."""
        return apart(f"&#{ord(sign)};" if sign in "~$" else sign)


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(GitlabWiki(document, marked).whole().encode())
