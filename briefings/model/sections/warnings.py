"""Warnings, each beside the answer to it."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import Date, Line
from briefings.model.sections.claims import Statement


class Warned(Statement, Pointed):
    """Who warns of what, since when, and what the other side answers."""

    kind: ClassVar[str] = "warning"

    title: Line
    """What is warned of. Example: ``A second crest``."""
    since: Date | None = None
    """Since when the warning stands. Example: ``2025-03-14``."""
    answer: Statement | None = None
    """What the other side answers."""
