"""What a target should hold: the pages of the briefings, and those that lead to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.document.view import digest
from briefings.errors import Unequipped
from briefings.publish import briefs, listings
from briefings.publish.steps import Want
from briefings.resources import read_bounded, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from briefings.publish.briefs import Entry, Made
    from briefings.publish.listings import Page
    from briefings.publish.memory import Memory
    from briefings.publish.store import Site

MAX_BYTES = 64_000_000


class Pages:
    """Makes the pages of a site, each once, and only those that are not known to be the same."""

    def __init__(self, site: Site, memory: Memory) -> None:
        self.site, self.memory = site, memory
        self._made: dict[str, Made] = {}
        self._paths: dict[str, Path] = {}

    def of(self, path: Path) -> Sequence[Entry]:
        """Return the entries of a briefing: one a reader.

        Raises:
            InvalidInput: with everything that is wrong with it.
            Unequipped: something that a PDF stands on is not there.
        """
        key = self.memory.key(path, read_bounded(path, MAX_BYTES))
        entries = self.memory.entries(key)
        if entries is None:
            entries = [one.entry for one in self._make(path)]
            self.memory.keep(key, entries)
        self._paths |= {entry.page: path for entry in entries}
        return entries

    def _make(self, path: Path) -> list[Made]:
        briefing = briefs.load(path)
        made = []
        for name in briefs.readers(briefing, self.site):
            try:
                made.append(briefs.make(briefing, name, self.site))
            except Unequipped as error:
                raise Unequipped(f"{shown(path)}: {error}") from error
        self._made |= {one.entry.page: one for one in made}
        return made

    def _bytes(self, page: str, ending: str = "") -> bytes:
        if page not in self._made:
            self._make(self._paths[page])
        made = self._made[page]
        return made.files[ending] if ending else made.data

    def want(self, entry: Entry) -> Want:
        """Return the page of a brief, with the files beside it."""
        page = entry.page
        files = {
            ending: Want(
                f"{page}.{ending}",
                sha256,
                partial(self._bytes, page, ending),
                page,
                checksums=entry.checksums.get(ending, {}),
            )
            for ending, sha256 in entry.files.items()
        }
        return Want(page, entry.sha256, partial(self._bytes, page), files=files, kind=briefs.BRIEF)

    def listing(self, page: Page) -> Want:
        """Return a page that leads to briefs."""
        sha256 = listings.sha256(page, self.site, self.memory)
        return Want(page.name, sha256, partial(listings.data, page, self.site), kind=page.kind)

    def moved(self, old: str, entry: Entry, files: Mapping[str, str]) -> Want:
        """Return the page that leads from an old name to a brief.

        Args:
            old: the name.
            entry: the brief.
            files: what the marker of the page says of the files beside it.
        """
        page = listings.moved(old, entry)
        data = listings.data(page, self.site, files)
        return Want(old, digest(data), lambda: data, kind=page.kind)
