"""Key figures: large numbers, each with the claim that it is taken from."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import ClaimId, Line


class Figure(Pointed):
    """A number as it was stated, and who stated it."""

    kind: ClassVar[str] = "figure"

    value: Line
    """The number as it was stated. Examples: ``4,200``, ``about 40``."""
    unit: Line | None = None
    """What is counted. Example: ``people``."""
    label: Line
    """What the number says. Example: ``out of their homes``."""
    claim: ClaimId
    """The claim that it is taken from. Example: ``count-town``."""
