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
    """The sector, as humanitarian reports name it. Example: ``Shelter``."""
    required: Count | None = None
    """How much is needed, where that was stated. Example: ``1400``."""
    met: Count | None = None
    """How much of it there is, where that was stated. Example: ``750``."""
    unit: Line | None = None
    """What is counted. Example: ``beds``."""
