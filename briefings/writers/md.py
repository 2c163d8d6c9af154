"""Markdown as it stands: what a wiki gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.templating import strip
from briefings.writers import Written

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf


def write(_document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the Markdown without the signs for the page, as UTF-8."""
    return Written(strip(marked).encode())
