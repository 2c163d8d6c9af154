"""MkDocs, with Material's admonitions and footnotes (``admonition``, ``footnotes``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.document.listing import Listing
from briefings.writers import Written
from briefings.writers.wiki.facts import facts, front_matter
from briefings.writers.wiki.markdown import Markdown, indented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.document import Document
    from briefings.resources import Shelf

ADMONITIONS = {"notice": "info", "correction": "warning"}
# What is read by the extensions that sites of Material usually have, and those of Zensical at once:
# emoji, signs that are drawn with others, fractions, and where the notes are to stand.
_OWN = re.compile(
    r":(?=[\w+-]+:)|-(?=->)|(?<=-)-|\((?=(?:tm|c|r)\))|\+(?=/-)|=(?=/=)"
    r"|(?<=\d)/(?=\d)|(?<=\bc)/(?=o\b)|/(?=//Footnotes Go Here)"
)


class Mkdocs(Markdown):
    """Python-Markdown with the extensions that Material documents."""

    notes_below = True
    own = _OWN

    def head(self) -> str:
        """Return front matter; its title, which a site's menu shows, names the reader, too."""
        document = self.document
        title = document.title.plain
        if not isinstance(document, Listing):
            title = f"{title} ({document.reader.name.plain})"
        return front_matter(facts(document) | {"title": title, "tags": ["briefing"]})

    def callout(self, name: str, blocks: Sequence[str]) -> str:
        """Return an admonition; its text says what it is, in the reader's language."""
        return indented(f'!!! {ADMONITIONS[name]} ""', blocks)

    def note(self, name: str, said: str) -> str:
        """Return a footnote; before the first, the place where all of them are to stand."""
        here = "///Footnotes Go Here///\n\n" if name == next(iter(self.notes)) else ""
        return f"{here}[^{self.label(name)}]: {said}"


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Mkdocs(document, marked).whole().encode())
