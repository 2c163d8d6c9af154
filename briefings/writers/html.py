"""One self-contained page: style inside, nothing fetched, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.page import content, page

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf


def write(document: Document, marked: str, shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(page(document, content(document, marked, shelf, screen=True), shelf).encode())
