"""Discrepancies: where what is said does not fit together."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from briefings.model.base import Pointed
from briefings.model.fields import Line, SaidId, Text


class Discrepancy(Pointed):
    """What does not add up or contradicts, and between which points."""

    kind: ClassVar[str] = "discrepancy"
    stands_on = ("between",)

    title: Line
    """What it is about. Example: ``Two counts of the displaced``."""
    text: Text
    """What does not fit together, and what may explain it. Example: ``The municipality counts 4,200
    people, the agency 2,900.``.
    """
    between: Annotated[list[SaidId], Field(min_length=1)]
    """The parts that do not fit together. Example: ``[count-town, count-agency]``."""
