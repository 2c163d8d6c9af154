"""GitHub's Markdown, as repositories on GitHub, GitLab, Gitea and Forgejo show it.

Notices are alerts, sources are footnotes, and the chain has a timeline beside it. Nothing in a text
becomes a mention of a person, a link to an issue or a picture of a face.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki.markdown import Markdown, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.document import Document
    from briefings.resources import Shelf

ALERTS = {"notice": "IMPORTANT", "correction": "WARNING"}
# These are looked for in the finished page: only what stands between keeps them apart.
_MENTION = re.compile(r"@(?=[\w-])|#(?=\d)|(?<![\w:]):(?=[\w+-]+:)")


class Gfm(Markdown):
    """GitHub's Markdown."""

    notes_below = True
    timeline = True

    def callout(self, name: str, blocks: Sequence[str]) -> str:
        """Return an alert."""
        return quoted(f"[!{ALERTS[name]}]", blocks)

    def text(self, text: str, before: str) -> str:
        """Return a text that mentions nobody."""
        return unmentioned(super().text(text, before))


def unmentioned(markdown: str) -> str:
    """Return Markdown in which nobody and no issue is named for who renders it."""
    return _MENTION.sub(r"\g<0><!-- -->", markdown)


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Gfm(document, marked).whole().encode())
