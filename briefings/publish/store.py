"""What a target has to do so that pages can be published to it.

The core compares, plans, refuses, orders and prints, and knows no kind of target; a store reads and
writes, and knows neither markers nor plans. A kind of target is a module of ``stores`` (see there).
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from briefings.publish.layouts import Layout
    from briefings.targets import Target


CHECKSUMS = ("md5", "sha1")  # what wikis tell of the files that they hold


@dataclass(frozen=True, slots=True)
class Site:
    """A target with all that a store has to know of it.

    Attributes:
        name: what the target is called in ``briefings.toml``.
        target: what stands there; it has the keys that the kind of target needs, and no others.
        root: the workspace, from which ``target.path`` is seen.
        form: the format of the pages: ``target.format``, or the one that the store has.
        layout: what the wiki expects of pages in that format, under the target's own names.
        figures: as what figures stand beside a page.
    """

    name: str
    target: Target
    root: Path
    form: str
    layout: Layout
    figures: str = "none"

    @property
    def folder(self) -> Path:
        """The folder of a target that is one."""
        return folder(self.target, self.root)


def folder(target: Target, root: Path) -> Path:
    """Return the folder that a target names, seen from its workspace; ``~`` is the user's home."""
    path = Path(target.path or "")
    with suppress(RuntimeError):  # nobody has such a home
        path = path.expanduser()
    return Path(os.path.normpath(root / path))


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a target under a name.

    Attributes:
        name: of a page, without any ending that the target gives it, as ``2026-05-03-fire.press``;
            of a file, with its ending, as ``2026-05-03-fire.press.pdf``.
        page: of a file, the page that it belongs to; "" of a page.
        revision: what the store knows this state by; the core only hands it back. After any change,
            even one that brings an earlier text back, it may be another.
        load: returns the bytes: of a page, its source in UTF-8. A page's are at hand; those of a
            file may be fetched then, and not before.
        checksums: of a file, what the store knows of it without fetching it: hex digits by the name
            of the method, one of ``CHECKSUMS``.
        obstacle: why nothing can be written here at all, not even where the user wants it: a link
            that leads out of the folder, a page that is protected. ``load`` is not called then.
        stays: of a file, why it cannot be removed, though it may be written over. It is known
            before its page is removed, which alone tells of it.
        place: of a file, where a user finds it: its path, or what the wiki calls it.
        lacks: what a page of ours has beside its text and this one has no more: then it is written
            anew, even where its text is as it was.
    """

    name: str
    revision: str
    load: Callable[[], bytes]
    page: str = ""
    checksums: Mapping[str, str] = field(default_factory=dict)
    obstacle: str = ""
    stays: str = ""
    lacks: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page or a file that is to stand at the target.

    Attributes:
        name: as in ``Found``. The core has seen to it that no two are one page on a target that
            does not tell capitals from small letters, and that each is safe as a file's name.
        data: of a page, its source in UTF-8, marker and all; of a file, its bytes.
        page: of a file, the page that it belongs to; "" of a page. A page and a file may have the
            same name, and are two things.
        summary: what the change is, in a few words that every reader of the target may see.
    """

    name: str
    data: bytes
    page: str = ""
    summary: str = ""


class Store(Protocol):
    """Reads and writes one target. Every failure is a sentence.

    All methods raise ``InvalidInput`` or ``Unequipped`` where the target cannot be reached or does
    not let us in; the run ends then, and the next one goes on where this one stopped. None of what
    they raise says a password.

    Attributes:
        keeps_what_is_shown: whether no file goes while a page shows it. Elsewhere a file goes
            before its page, which alone tells that the file is ours.
    """

    keeps_what_is_shown: bool

    def pages(self, names: Collection[str]) -> Mapping[str, Found]:
        """Return the pages of ours, and whatever stands under one of these names, by name.

        A page may be of ours if ``marker.MENTION`` (bytes) stands in it: the core looks closer. A
        store that can look through all of its pages gives every one of which that is true. One
        that cannot has to find ours by other means (a category, a namespace), and may give more
        than ours. What is not among them is no orphan that anybody is told of.
        """

    def files(self, names: Mapping[str, str]) -> Mapping[str, Found]:
        """Return the files that stand under these names, by name.

        Args:
            names: of each file, the page that it belongs to.
        """

    def strays(self, may: Callable[[str], bool]) -> Mapping[str, Found]:
        """Return the files that may be ours and that no page tells of, by name.

        Where pages are files, it looks where the files of pages are; a wiki gives what it cheaply
        can. ``Found.page`` is what the store needs to find the file again: the core finds out from
        its bytes to which page it belongs.

        Args:
            may: whether a file of this name may be one; what is not is neither read nor fetched.
        """

    def write(self, wanted: Wanted, over: Found | None) -> None:
        """Write a page or a file, whole or not at all.

        Args:
            wanted: what is to stand there.
            over: what stood there when the core looked; ``None`` where nothing did.

        Raises:
            Changed: what stands there now is not *over* any more; nothing was written.
            Refused: the target does not take this one; it may take others.
        """

    def move(self, old: Found, new: str, left: Wanted) -> None:
        """Move a page with its history to a name under which nothing stands.

        Args:
            old: the page.
            new: its new name; the core writes the new text there next, over what it then finds.
            left: a page for the old name that leads to the new one, in the target's own way of
                redirecting where it has one. A target that leaves a redirect by itself when it
                moves a page gets that text written over it all the same, for the marker in it.

        Broken off half-way, either nothing has happened or the page stands under both names.

        Raises:
            Changed: the page is not *old* any more, or something stands under the new name.
        """

    def remove(self, found: Found) -> None:
        """Remove a page or a file.

        Raises:
            Changed: it is not *found* any more; nothing was removed.
            Refused: the target does not let this one go.
        """

    def finish(self, message: str, pages: Collection[str], files: Mapping[str, str]) -> None:
        """Close a run, as by a commit.

        It is called once, after everything, also where a step before it was refused or nothing was
        written. After a run that broke off it was not called: then what that one has written is
        among *pages* and *files*, and this closing takes it in.

        Args:
            message: what the run did; every reader of the target may see it.
            pages: every page that stands as it is wanted, whether this run wrote it or another.
            files: every such file, with its page.
        """
