"""How much a template may do: a budget of work, which is the same on every machine.

A turn of a loop costs what stands in it, a text that is made costs its characters, a list its
entries; each is paid before it is made. What a template is given in return grows with the document,
so a long briefing is never too long for an ordinary template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.document import Document
    from briefings.document.listing import Listing

# Ours spend some 300,000 on a brief of ten pages; this much is spent in well under a second.
BASE, PER_BYTE = 5_000_000, 200
MAX_DIGITS = 256  # bits of a whole number
ASKED = 8  # what a filter costs that asks or looks something up for each entry
_HELD = (list, tuple, dict, set, frozenset)


class TooMuch(SecurityError):
    """A template does more than any brief needs."""

    def __init__(self) -> None:
        super().__init__(
            "the template does far more than this briefing needs; "
            "look for a loop in a loop, or a text that grows"
        )


class Budget:
    """What is left of the work that one rendering may do."""

    __slots__ = ("left", "whole")

    def __init__(self, document: Document | Listing | None = None) -> None:
        self.whole = BASE + PER_BYTE * (len(document.source) if document else 0)
        self.left = self.whole

    @property
    def spent(self) -> int:
        """What was spent."""
        return self.whole - self.left

    def spend(self, amount: int) -> None:
        """Pay for what comes next.

        Raises:
            TooMuch: there is not so much left.
        """
        self.left -= amount
        if self.left < 0:
            # It stays spent: what hides an error and tries again gets no further.
            self.left = -1
            raise TooMuch

    def weighed(self, value: Any) -> Any:  # noqa: ANN401
        """Pay for looking through all of a value once, and return it.

        Lists that hold one another are as large as they are deep when somebody compares them, so
        each is counted as often as it is met.
        """
        if isinstance(value, str):
            self.spend(len(value) >> 2)
        elif isinstance(value, _HELD):
            self._weigh(value)
        elif type(value) in _SIZED:
            self.spend(len(value))
        return value

    def _weigh(self, value: Any) -> None:  # noqa: ANN401
        waiting: list[Any] = [value]
        while waiting:
            here = waiting.pop()
            if isinstance(here, str):
                self.spend(len(here) >> 2)
                continue
            self.spend(1 + len(here))
            inner = (*here.keys(), *here.values()) if isinstance(here, dict) else here
            waiting += [each for each in inner if isinstance(each, (str, *_HELD))]

    def metered(self, values: Iterable[Any], each: int = 1) -> Iterator[Any]:
        """Yield values, each paid for as it is taken."""
        for value in values:
            self.spend(each)
            yield value

    def asked(self, values: Any) -> Any:  # noqa: ANN401
        """Pay for a call for each entry, before the first or as they come; return the entries."""
        if hasattr(values, "__len__"):
            self.spend(ASKED * len(values))
            return values
        return self.metered(values, ASKED) if hasattr(values, "__next__") else values

    def made(self, value: Any) -> Any:  # noqa: ANN401
        """Pay for what was made, and return it; a generator is paid for as it yields."""
        if isinstance(value, (str, *_HELD)):
            self.spend(len(value))
        elif hasattr(value, "__next__"):
            return self.metered(value)
        return value


_SIZED: tuple[type, ...] = (range, type({}.keys()), type({}.values()), type({}.items()))
