"""Markdown as it stands: what a wiki gets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.templating import strip
from briefings.writers import Written
from briefings.writers.limits import own

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

# HTML or an address in angle brackets, an image, a definition: no page of ours reads these.
_MORE = re.compile(r"(?<!\\)(?:\\\\)*(?:<[A-Za-z/!?]|!\[|\]:)")


def write(document: Document, marked: str, shelf: Shelf) -> Written:
    """Return the Markdown without the signs for the page, as UTF-8.

    Where somebody's own templates write more than text, it is written anew from the tree, in
    which HTML and images are the characters that they are written with.
    """
    said = strip(marked)
    if own(shelf) and _MORE.search(said):
        from briefings.writers.wiki.markdown import Portable  # noqa: PLC0415  # seldom needed

        said = Portable(document, marked).whole()
    return Written(said.encode())
