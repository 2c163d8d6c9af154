"""Key figures: large numbers, each with the claim that it is taken from."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import ClaimId, Line


class Figure(Pointed):
    """A number as it was stated, and who stated it."""

    kind: ClassVar[str] = "figure"

    value: Line
    unit: Line | None = None
    label: Line
    claim: ClaimId
