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
    since: Date | None = None
    answer: Statement | None = None
