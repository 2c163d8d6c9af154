"""Needs: what people lack, as humanitarian reports count it."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import Count, Line
from briefings.model.sections.claims import Statement


class Need(Statement, Pointed):
    """A need of one sector: who states it, how much is required and how much is met."""

    kind: ClassVar[str] = "need"

    sector: Line
    required: Count | None = None
    met: Count | None = None
    unit: Line | None = None
