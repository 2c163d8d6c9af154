"""Intelligence gaps: what is not known."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import PointId, Text


class Gap(Pointed):
    """One thing that is not known, and why it matters."""

    kind: ClassVar[str] = "gap"

    text: Text
    matters: Text | None = None
    about: list[PointId] = []
