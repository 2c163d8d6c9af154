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
    """What to watch for. Example: ``Seepage at the dam grows.``."""
    suggests: Text
    """What it would tell. Example: ``The dam may not hold the second crest.``."""
    basis: Annotated[list[PointId], Field(min_length=1)]
    """The parts that it rests on. Example: ``[seepage]``."""
