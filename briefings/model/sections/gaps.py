"""Intelligence gaps: what is not known."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import PointId, Text


class Gap(Pointed):
    """One thing that is not known, and why it matters."""

    kind: ClassVar[str] = "gap"

    text: Text
    """What is not known. Example: ``The cause of the fire.``."""
    matters: Text | None = None
    """Why it matters to the reader. Example: ``An attack would raise insurance for every ship.``.
    """
    about: list[PointId] = []
    """The parts that it is about. Example: ``[fire]``."""
