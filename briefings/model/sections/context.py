"""Context: what a reader must know to place the events."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from briefings.model.base import Pointed
from briefings.model.fields import Line
from briefings.model.sections.claims import Claim


class Context(Pointed):
    """One matter of context, told by its claims alone."""

    kind: ClassVar[str] = "context"

    title: Line
    """What it is about. Example: ``The dam above the town``."""
    claims: Annotated[list[Claim], Field(min_length=1)]
    """Who says what of it."""
