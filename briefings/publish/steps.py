"""What is to be done with each page and file: a step each, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefings.publish.store import Found

CREATE, UPDATE, KEEP, RENAME = "create", "update", "keep", "rename"
ORPHAN, REMOVE, REFUSE = "orphan", "remove", "refuse"
EDITED = "somebody has edited it since it was published"


@dataclass(frozen=True, slots=True)
class Want:
    """A page or a file as it should stand.

    Attributes:
        name: its name.
        sha256: of its bytes.
        load: returns its bytes, which are made then.
        page: of a file, the page that it belongs to.
        files: of a page, the files beside it, by how their names go on after the page's.
        kind: of a page, what its marker says that it is.
        checksums: of a file, by their methods.
    """

    name: str
    sha256: str
    load: Callable[[], bytes]
    page: str = ""
    files: Mapping[str, Want] = field(default_factory=dict)
    kind: str = ""
    checksums: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is to be done, or left.

    Attributes:
        what: ``create``, ``update``, ``keep``, ``rename``, ``orphan``, ``remove`` or ``refuse``.
        name: of the page or the file.
        page: of a file, the page that it belongs to.
        reason: why, where that does not go without saying.
        diff: of what is refused, the difference between what stands there and what would.
        old: of a page that is renamed, its old name.
        want: what is to be written.
        over: what it is written over, or what is removed.
        source: of a page that is renamed, what stands under its old name.
        left: of a page that is renamed, what is to stand there then.
        tells: of a page, the files beside it that nobody wants any more and that stay, by how their
            names go on after the page's: its marker goes on telling of them.
        told: of a file that nobody wants any more, what the marker of its page says of it.
    """

    what: str
    name: str
    page: str = ""
    reason: str = ""
    diff: Sequence[str] = ()
    old: str = ""
    want: Want | None = field(default=None, repr=False)
    over: Found | None = field(default=None, repr=False)
    source: Found | None = field(default=None, repr=False)
    left: Want | None = field(default=None, repr=False)
    tells: Mapping[str, str] = field(default_factory=dict)
    told: str = ""

    @property
    def place(self) -> str:
        """Where a user finds the file that is left over; "" of all else."""
        return self.over.place if self.over and self.page and not self.want else ""

    @property
    def ending(self) -> str:
        """Of a file, how its name goes on after the page's."""
        return self.name[len(self.page) + 1 :]


def file_stays(name: str) -> str:
    """Return why a page is not removed whose file is not: it goes on telling of it."""
    return f"its file {name} stays"
