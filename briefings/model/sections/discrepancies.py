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
    text: Text
    between: Annotated[list[SaidId], Field(min_length=1)]
