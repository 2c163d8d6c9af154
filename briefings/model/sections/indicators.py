"""Indicators: what to watch, and what it would tell."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from briefings.model.base import Pointed
from briefings.model.fields import PointId, Text


class Indicator(Pointed):
    """An observable that would change the picture; the analyst's own."""

    kind: ClassVar[str] = "indicator"

    text: Text
    suggests: Text
    basis: Annotated[list[PointId], Field(min_length=1)]
