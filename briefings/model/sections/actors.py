"""Who acts and who speaks, and the side each stands on."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import Line, SideId, Text


class Side(Pointed):
    """One side of the matter; most have two, some a third that mediates, some none."""

    kind: ClassVar[str] = "side"

    name: Line


class Actor(Pointed):
    """A person, body or outlet that acts or speaks.

    ``identified: false`` stands for one that the source does not name: nobody can tell whether it
    is independent of others, so it never counts as a further origin.
    """

    kind: ClassVar[str] = "actor"
    # Without its side an actor would count as independent of it.
    stands_on: ClassVar[tuple[str, ...]] = ("side",)

    name: Line
    side: SideId | None = None
    description: Text | None = None
    identified: bool = True
