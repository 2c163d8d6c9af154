"""GitLab's wiki: its title stands in front matter, and it has more signs of its own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from briefings.model.escape import escape_after
from briefings.writers import Written
from briefings.writers.wiki.facts import facts, front_matter
from briefings.writers.wiki.gfm import ALERTS
from briefings.writers.wiki.markdown import Markdown, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.document import Document
    from briefings.resources import Shelf

# People, issues, merge requests, milestones, labels, snippets, epics, emoji; what is inserted and
# taken out is escaped with its brackets.
_REFERENCES = re.compile(r"[@#!%](?=[\w\"-])|&(?=\d)|\$(?=\d)|(?<![\w:]):(?=[\w+-]+:)")


class GitlabWiki(Markdown):
    """GitLab's Markdown as its wiki reads it."""

    notes_below = True
    timeline = True

    def head(self) -> str:
        """Return front matter, of which GitLab takes the title of the page."""
        return front_matter(facts(self.document))

    def callout(self, name: str, blocks: Sequence[str]) -> str:
        """Return an alert."""
        return quoted(f"[!{ALERTS[name].lower()}]", blocks)

    def text(self, text: str, before: str) -> str:
        """Return a text that refers to nothing there."""
        ends = [0, *(found.end() for found in _REFERENCES.finditer(text)), len(text)]
        escaped = ""
        for start, end in pairwise(ends):
            between = "<!-- -->" if start else ""
            escaped += between + escape_after(text[start:end], (escaped or before)[-1:])
        return escaped


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(GitlabWiki(document, marked).whole().encode())
