"""Who acts and who speaks, and the side each stands on."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import Line, SideId, Text


class Side(Pointed):
    """One side of the matter; most have two, some a third that mediates, some none."""

    kind: ClassVar[str] = "side"

    name: Line
    """What the side is called. Example: ``Averland``."""


class Actor(Pointed):
    """A person, body or outlet that acts or speaks.

    ``identified: false`` stands for one that the source does not name: nobody can tell whether it
    is independent of others, so it never counts as a further origin.
    """

    kind: ClassVar[str] = "actor"
    # Without its side an actor would count as independent of it.
    stands_on: ClassVar[tuple[str, ...]] = ("side",)

    name: Line
    """The name, or what is known in place of one. Example: ``Port authority``."""
    side: SideId | None = None
    """The side that it stands on; all organs of one side are one origin. Example: ``averland``."""
    description: Text | None = None
    """Who that is, for a reader who does not know. Example: ``Runs the harbour for the ministry of
    transport.``.
    """
    identified: bool = True
    """``false`` where the source does not name it; then it never counts as a further origin.
    Example: ``false``.
    """
