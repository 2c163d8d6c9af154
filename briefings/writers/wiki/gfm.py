"""GitHub's Markdown, as repositories on GitHub, GitLab, Gitea and Forgejo show it.

Notices are alerts, sources are footnotes, and the chain has a timeline beside it. Nothing in a text
becomes a mention of a person, a link to an issue or a picture of a face.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki.markdown import Markdown

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

ALERTS = {"notice": "IMPORTANT", "correction": "WARNING"}
MENTIONS = re.compile(r"@(?=[\w-])|#(?=\d)|:(?=//|[\w+-]+:)")


class Gfm(Markdown):
    """GitHub's Markdown."""

    notes_below = marked_below = True
    timeline = True
    own = MENTIONS
    alerts = ALERTS

    def guarded(self, sign: str) -> str:
        """Return a sign apart from what follows: mentions are looked for in the finished page."""
        return apart(sign)


def apart(sign: str) -> str:
    """Return a sign, and nothing after it that a reader sees."""
    return f"{sign}<!-- -->"


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Gfm(document, marked).whole().encode())
