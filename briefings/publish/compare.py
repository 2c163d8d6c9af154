"""What is wanted held against what stands there: which step that makes."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING

from briefings.document.view import digest
from briefings.publish import marker
from briefings.publish.briefs import BRIEF
from briefings.publish.listings import INDEX, SIDEBAR
from briefings.publish.steps import CREATE, EDITED, KEEP, ORPHAN, REFUSE, REMOVE, UPDATE, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from briefings.publish.steps import Want
    from briefings.publish.store import Found

FOREIGN = "it is no page of ours"
# What a wiki has had before us: there is another way than to write over it.
_INSTEAD = {
    INDEX: '; index = "Briefings" in the target gives ours another name',
    SIDEBAR: "; sidebar = false in the target leaves it to you",
}
FOREIGN_FILE = "it is not the file that was published"
PAGE_EDITED = "its page was edited, and is left as it is"
# Why a file is an orphan, and what there is to be done.
BESIDE = "its page has it no more; --remove takes it away"
WITH_PAGE = "its page is an orphan, too; --remove takes both away"
STRAY = "no page tells of it any more; --remove takes it away"
MOST_LINES = 60  # of a difference that is shown


class Standing:
    """What stands at a target."""

    def __init__(self, pages: Mapping[str, Found], overwrite: Collection[str]) -> None:
        self.pages = dict(pages)
        self.files: dict[str, Found] = {}
        self.overwrite = overwrite
        self.telling: set[str] = set()  # pages as they are wanted, but for files they tell of
        self._read: dict[str, marker.Read | None] = {}

    def read(self, name: str) -> marker.Read | None:
        """Return what the marker of a page says that stands there; ``None`` where it has none."""
        if name not in self._read:
            found = self.pages.get(name)
            blocked = found is None or found.obstacle
            self._read[name] = None if blocked else marker.read(as_text(found))  # type: ignore[arg-type]
        return self._read[name]

    def page(self, want: Want) -> Step:
        """Return what is to be done with a page."""
        found = self.pages.get(want.name)
        if found is None:
            return Step(CREATE, want.name, want=want)
        if found.obstacle:
            return Step(REFUSE, want.name, reason=found.obstacle, want=want)
        if digest(found.load()) == want.sha256 or self._is(found, want):
            what = UPDATE if found.lacks else KEEP
            return Step(what, want.name, reason=found.lacks, want=want, over=found)
        read = self.read(want.name)
        update = Step(UPDATE, want.name, want=want, over=found)
        if (read and not read.edited) or want.name in self.overwrite:
            return update
        reason = EDITED if read else FOREIGN + _INSTEAD.get(want.kind, "")
        return replace(update, what=REFUSE, reason=reason, diff=difference(as_text(found), want))

    def _is(self, found: Found, want: Want) -> bool:
        """Whether a page is as it is wanted, though its bytes are not."""
        text, read = as_text(found), self.read(want.name)
        if read is None or read.edited:
            return False
        files = {ending: one for ending, one in read.marker.files.items() if ending in want.files}
        if want.kind == BRIEF and files != read.marker.files:
            text = marker.retold(text, files)
            if digest(text.encode()) == want.sha256 or _same(text, want):
                self.telling.add(want.name)
                return True
            return False
        return _same(text, want)

    def edited(self, name: str) -> bool:
        """Whether somebody has edited a page of ours that is not to be written over."""
        read = self.read(name)
        return bool(read and read.edited) and name not in self.overwrite

    def told(self) -> Iterator[str]:
        """Yield the names of the files of which the pages tell that were read."""
        for name, read in self._read.items():
            yield from (f"{name}.{ending}" for ending in (read.marker.files if read else ()))

    def files_of(self, want: Want) -> Iterator[Step]:
        """Yield what is to be done with the files beside a page that is not refused."""
        read = self.read(want.name)
        recorded = read.marker.files if read else {}
        for ending, file in sorted(want.files.items()):
            yield self._file(file, recorded.get(ending, ""))

    def _file(self, want: Want, recorded: str) -> Step:
        found = self.files.get(want.name)
        if found is None:
            return Step(CREATE, want.name, want.page, want=want)
        step = Step(UPDATE, want.name, want.page, want=want, over=found)
        if found.obstacle:
            return replace(step, what=REFUSE, reason=found.obstacle)
        if _is(found, want):
            return replace(step, what=KEEP)
        if marker.digits(found.load()) == recorded or want.name in self.overwrite:
            return step
        return replace(step, what=REFUSE, reason=EDITED if recorded else FOREIGN_FILE)

    def left_over(self, name: str, *, remove: bool) -> Step:
        """Return what is to be done with a page of ours that nobody wants any more."""
        why = EDITED if self.edited(name) else ""
        return left(Step(REMOVE, name, over=self.pages[name]), why, remove=remove)

    def left_over_file(self, name: str, page: str, recorded: str, *, remove: bool) -> Step:
        """Return what is to be done with a file of ours that nobody wants any more."""
        found = self.files[name]
        why = found.obstacle or found.stays
        if not why and name not in self.overwrite and marker.digits(found.load()) != recorded:
            why = EDITED
        return left(Step(REMOVE, name, page, over=found, told=recorded), why, remove=remove)


def left(step: Step, why: str, so: str = "", *, remove: bool) -> Step:
    """Return what is done with what nobody wants.

    Args:
        step: its removal.
        why: why it would not be removed.
        so: why it is left over.
        remove: whether the user asks to remove it.
    """
    if remove:
        return replace(step, what=REFUSE if why else REMOVE, reason=why)
    return replace(step, what=ORPHAN, reason=why or so)


def _is(found: Found, want: Want) -> bool:
    """Whether a file is the one that is wanted; it is fetched only if the store cannot tell."""
    known = found.checksums.keys() & want.checksums.keys()
    if known:
        return all(found.checksums[method] == want.checksums[method] for method in known)
    return digest(found.load()) == want.sha256


def _same(text: str, want: Want) -> bool:
    """Whether a page says just what is wanted, but for what a wiki changes by itself."""
    read = marker.read(text)
    if read is None or read.edited:
        return False
    return marker.fingerprint(text) == marker.fingerprint(want.load().decode())


def difference(text: str, want: Want) -> Sequence[str]:
    """Return what would change in a page, line by line, as far as a reader wants to see it."""
    new = want.load().decode().splitlines()
    lines = unified_diff(text.splitlines(), new, "there", "wanted", lineterm="", n=1)
    shown = list(islice(lines, MOST_LINES + 1))
    return [*shown[:MOST_LINES], "..."] if len(shown) > MOST_LINES else shown


def as_text(found: Found) -> str:
    """Return the text of a page as it stands there."""
    return found.load().decode(errors="replace")
