"""What is to be done with the files beside the pages of a plan, and with those that are left.

A file that nobody wants any more is known by the marker of its page, which goes on telling of it
while the file stands. Where no page does, as one that was removed by hand, the file is looked for
among those that might be ours, and says for itself whose it is (``origin``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefings.model.written import SLUG_PATTERN
from briefings.publish import origin
from briefings.publish.briefs import BRIEF
from briefings.publish.compare import BESIDE, PAGE_EDITED, STRAY, WITH_PAGE, left
from briefings.publish.listings import MOVED
from briefings.publish.steps import (
    CREATE,
    EDITED,
    KEEP,
    ORPHAN,
    REFUSE,
    REMOVE,
    RENAME,
    UPDATE,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from briefings.publish.compare import Standing
    from briefings.publish.store import Found, Site, Store

NOT_OURS = "the page under its name is not ours, and may lead to it"
NO_MORE = "its last line tells of what is no longer beside it"


class Beside:
    """The files of one plan.

    Attributes:
        site: the target.
        store: what reads it.
        there: what stands there.
        remove: whether what nobody wants any more is removed.
    """

    def __init__(self, site: Site, store: Store, there: Standing, *, remove: bool) -> None:
        self.site, self.store, self.there, self.remove = site, store, there, remove
        between = re.escape(site.layout.between)
        self._name = re.compile(rf"{SLUG_PATTERN}{between}{SLUG_PATTERN}\.(?i:.+\.svg|.+\.png|pdf)")

    def steps(self, pages: Sequence[Step], orphans: Collection[str]) -> Iterator[Step]:
        """Yield what is to be done with the files that pages have, and with those they had.

        Args:
            pages: the steps of the pages.
            orphans: the names of pages that nobody wants any more.
        """
        told = {name: step for step in pages for name in self._changed(step)}
        had = dict(self._had({**dict.fromkeys(orphans), **told}))
        have = {f.name: f.page for s in pages if s.want for f in s.want.files.values()}
        asked = have | {name: page for name, (page, _) in had.items()}
        self.there.files = dict(self.store.files(asked)) if asked else {}
        for step in pages:
            if step.want and (step.what != REFUSE or _edited(step)):
                files = self.there.files_of(step.want)
                yield from files if step.what != REFUSE else map(_left, files)
        for name, (page, digits) in had.items():
            if name in self.there.files:
                file = self.there.left_over_file(name, page, digits, remove=self.remove)
                if page in told and _edited(told[page]):
                    yield _left(file) if self.remove else replace(file, reason=PAGE_EDITED)
                    continue
                so = self._so(page, orphans)
                yield replace(file, reason=file.reason or so) if file.what == ORPHAN else file

    def _so(self, page: str, orphans: Collection[str]) -> str:
        """Return why a file of a page is left over."""
        if page not in orphans:
            return BESIDE
        return PAGE_EDITED if self.there.edited(page) else WITH_PAGE

    def _changed(self, step: Step) -> Iterator[str]:
        """Yield the names of pages that may have files beside them no more."""
        moved = step.want is not None and step.want.kind == MOVED
        kept = step.what == KEEP and step.name not in self.there.telling
        if not (kept or (step.what == REFUSE and not _edited(step))) or moved:
            yield step.name
        if step.what == RENAME:
            yield step.old

    def _had(self, pages: Mapping[str, Step | None]) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield the files that pages tell of and are not to have, each with page and digits."""
        for name, step in pages.items():
            read = self.there.read(name)
            wanted = step.want.files if step and step.want and step.name == name else {}
            for ending, digits in read.marker.files.items() if read else ():
                if ending not in wanted:
                    yield f"{name}.{ending}", (name, digits)

    def telling(self, step: Step, files: Sequence[Step]) -> Step:
        """Return the step of a page that goes on telling of its files which are left over."""
        if step.want is None or step.want.kind != BRIEF:
            return step
        stay = {f.ending: f.told for f in files if f.page == step.name and f.what != REMOVE}
        tells = {ending: digits for ending, digits in stay.items() if digits}
        if step.what in (CREATE, UPDATE, RENAME):
            return replace(step, tells=tells)
        read = self.there.read(step.name) if step.name in self.there.telling else None
        if read and read.marker.files.keys() != {*step.want.files, *tells}:
            return replace(step, what=UPDATE, reason=NO_MORE, tells=tells)
        return step

    # --- what no page tells of

    def strays(self, pages: Sequence[Step]) -> Iterator[Step]:
        """Yield what is to be done with the files of ours that no page tells of."""
        known = {f.name for s in pages if s.want for f in s.want.files.values()}
        known = {name.casefold() for name in (*known, *self.there.told())}
        found = list(self._ours(known))
        pages_of = {file.page for file, _ in found} - self.there.pages.keys()
        standing = self.store.pages(pages_of) if pages_of else {}
        self.there.pages |= {name: one for name, one in standing.items() if name in pages_of}
        for file, edited in found:
            why = file.stays or self._why(file.page)
            if edited and file.name not in self.there.overwrite:
                why = why or EDITED
            yield left(
                Step(REMOVE, file.name, file.page, over=file), why, STRAY, remove=self.remove
            )

    def _ours(self, known: Collection[str]) -> Iterator[tuple[Found, bool]]:
        """Yield each with its page, and whether somebody has edited it."""

        def may(name: str) -> bool:
            return bool(self._name.fullmatch(name)) and name.casefold() not in known

        for name, file in self.store.strays(may).items():
            said = origin.read(name, file.load)
            page = self.site.layout.page_of(said.id, said.audience) if said else ""
            if said and name.casefold().startswith(f"{page}.".casefold()):
                yield self._placed(file, page), said.edited

    def _placed(self, file: Found, page: str) -> Found:
        """Return a file that belongs to a page."""
        return replace(file, page=file.page if self.site.layout.in_folders else page)

    def _why(self, page: str) -> str:
        """Return why the files of a page are not removed though it does not tell of them."""
        if page not in self.there.pages:
            return ""
        read = self.there.read(page)
        if read is None:
            return NOT_OURS
        return PAGE_EDITED if read.edited else ""


def _edited(page: Step) -> bool:
    return page.what == REFUSE and page.reason == EDITED


def _left(file: Step) -> Step:
    """Return what is done with a file whose page was edited: nothing, and that is told."""
    if file.what in (KEEP, REFUSE):
        return file
    return replace(file, what=REFUSE, reason=PAGE_EDITED)
