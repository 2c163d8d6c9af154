"""The document: one briefing as one reader gets it, ready for any template."""

from briefings.document.build import make
from briefings.document.view import Document, Term, View

__all__ = ["Document", "Term", "View", "make"]
