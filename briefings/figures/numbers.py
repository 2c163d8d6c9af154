"""Key figures: a few large numbers, each with its unit, its speaker and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefings.document import Document, View


def data(document: Document) -> tuple[View, ...] | None:
    """Return the key figures in the order of the briefing."""
    return document["figures"] or None
