"""Markings: the Traffic Light Protocol, version 2.0 (FIRST, August 2022).

The labels are never translated. A portion's marking says who may see it; a reader's ceiling is the
highest marking that this reader may see.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import Enum
from functools import total_ordering


@total_ordering
class Marking(Enum):
    """The five labels of TLP 2.0, the least restrictive first."""

    CLEAR = "TLP:CLEAR"
    """For everybody."""
    GREEN = "TLP:GREEN"
    """For the community of those concerned, and not for publication."""
    AMBER = "TLP:AMBER"
    """For one's own organisation and its clients, as far as they need to know."""
    AMBER_STRICT = "TLP:AMBER+STRICT"
    """For one's own organisation alone, as far as they need to know."""
    RED = "TLP:RED"
    """For the eyes and ears of individual recipients alone."""

    @classmethod
    def parse(cls, text: str) -> Marking:
        """Read ``TLP:AMBER`` or ``AMBER``.

        Raises:
            ValueError: with a sentence that names the labels there are.
        """
        label = text if text.startswith("TLP:") else f"TLP:{text}"
        bare = text.upper().removeprefix("TLP:").strip()
        labels = [marking.value for marking in cls]
        if label in labels:
            return cls(label)
        if bare == "WHITE":
            raise ValueError(f'"{text}" was retired with TLP 2.0; write TLP:CLEAR')
        # Without the prefix, which would make all labels alike: a wrong hint here tells secrets.
        near = get_close_matches(bare, [known.removeprefix("TLP:") for known in labels], n=1)
        hint = f'did you mean "TLP:{near[0]}"?' if near else f"known: {', '.join(labels)}"
        raise ValueError(f'unknown marking "{text}"; {hint}')

    @property
    def level(self) -> int:
        """How restrictive it is, from 0."""
        return list(type(self)).index(self)

    @property
    def colour(self) -> str:
        """The colour of its label, on black."""
        return _COLOURS[self.value.partition("+")[0]]

    def __str__(self) -> str:
        return self.value

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Marking):
            return NotImplemented
        return self.level < other.level


_COLOURS = {
    "TLP:CLEAR": "#ffffff",
    "TLP:GREEN": "#33ff00",
    "TLP:AMBER": "#ffc000",
    "TLP:RED": "#ff2b2b",
}
