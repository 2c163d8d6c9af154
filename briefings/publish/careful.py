"""A store of a wiki on a server, whose answers may be anything.

The stores read what a wiki tells as their own wiki tells it. Where that is not so, they fail over a
type, a key or a value, here or in the library that reads for them; this is the one place at which
such a failure becomes a sentence. What they fail over is kept as its cause.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from briefings.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from briefings.publish.store import Found, Store, Wanted

_MISREAD = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ExpatError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@contextmanager
def reading(name: str, kind: str) -> Iterator[None]:
    """Say in a sentence that what answers is no such wiki.

    Raises:
        InvalidInput: in place of whatever reading an answer fails over.
    """
    try:
        yield
    except _MISREAD as error:
        said = f"{name} answers, but not as a {kind} does"
        raise InvalidInput.of(said) from error


class Careful:
    """A ``Store`` that reads what it is told with care; see there for what each method does."""

    def __init__(self, store: Store, name: str, kind: str) -> None:
        self.store, self.name, self.kind = store, name, kind
        self.keeps_what_is_shown = store.keeps_what_is_shown

    def pages(self, names: Collection[str]) -> Mapping[str, Found]:
        """Return pages."""
        with reading(self.name, self.kind):
            return self._carefully(self.store.pages(names))

    def files(self, names: Mapping[str, str]) -> Mapping[str, Found]:
        """Return files."""
        with reading(self.name, self.kind):
            return self._carefully(self.store.files(names))

    def strays(self, may: Callable[[str], bool]) -> Mapping[str, Found]:
        """Return files that no page tells of."""
        with reading(self.name, self.kind):
            return self._carefully(self.store.strays(may))

    def write(self, wanted: Wanted, over: Found | None) -> None:
        """Write a page or a file."""
        with reading(self.name, self.kind):
            self.store.write(wanted, over)

    def move(self, old: Found, new: str, left: Wanted) -> None:
        """Move a page."""
        with reading(self.name, self.kind):
            self.store.move(old, new, left)

    def remove(self, found: Found) -> None:
        """Remove a page or a file."""
        with reading(self.name, self.kind):
            self.store.remove(found)

    def finish(self, message: str, pages: Collection[str], files: Mapping[str, str]) -> None:
        """Close a run."""
        self.store.finish(message, pages, files)

    def _carefully(self, found: Mapping[str, Found]) -> Mapping[str, Found]:
        return {name: replace(one, load=self._loader(one)) for name, one in found.items()}

    def _loader(self, found: Found) -> Callable[[], bytes]:
        def load() -> bytes:
            with reading(self.name, self.kind):
                return found.load()

        return load
