"""The pages that lead to briefs: the index, the sidebar, one for each series, one for each move."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from briefings import language as languages
from briefings import settings, writers
from briefings.document.listing import Listing
from briefings.document.view import View, digest
from briefings.model.dates import Moment
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.publish.briefs import Entry, line, listed, plain, sealed, series_page
from briefings.publish.marker import Marker
from briefings.resources import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from briefings.language import Language
    from briefings.publish.memory import Memory
    from briefings.publish.store import Site

INDEX, SIDEBAR, SERIES, MOVED = "index", "sidebar", "series", "moved"


@dataclass(frozen=True, slots=True)
class Page:
    """A listing that is to be made: which, under what name, of which briefs.

    Attributes:
        kind: ``index``, ``sidebar``, ``series`` or ``moved``.
        name: of the page.
        briefs: the briefs that it lists, the newest first; of each briefing those for all readers.
        title: of a series, its name.
    """

    kind: str
    name: str
    briefs: Sequence[Sequence[Entry]]
    title: str = ""

    @property
    def said(self) -> str:
        """Everything that it is made of, as a text."""
        return json.dumps([self.kind, self.title, [list(map(asdict, b)) for b in self.briefs]])


def pages(site: Site, entries: Iterable[Entry]) -> list[Page]:
    """Return the listings of briefs: the series, the index, and the sidebar last."""
    briefs = _by_briefing(entries)
    made = [
        Page(SERIES, name, _by_issue(several), several[0][0].series)
        for name, several in sorted(_by_series(briefs).items())
    ]
    made.append(Page(INDEX, site.layout.index, briefs))
    if site.layout.sidebar:
        made.append(Page(SIDEBAR, site.layout.sidebar, briefs))
    return made


def moved(old: str, entry: Entry) -> Page:
    """Return the page that leads from an old name to where a brief stands now."""
    return Page(MOVED, old, [[entry]], entry.title)


def sha256(page: Page, site: Site, memory: Memory) -> str:
    """Return the SHA-256 of a listing, which is made if that is not known."""
    key = memory.key_of(page.name, page.said)
    known = memory.page(key)
    if known is None:
        known = digest(data(page, site))
        memory.keep_page(key, known)
    return known


def data(page: Page, site: Site, files: Mapping[str, str] | None = None) -> bytes:
    """Return a listing as the bytes of its page.

    Args:
        page: the listing.
        site: where it is to stand.
        files: of a page that has moved, the files that still lie beside it, as in its marker.

    Raises:
        InvalidInput: a template or the language is missing or wrong.
    """
    shelf = Shelf.at(site.root)
    language = languages.load(settings.load(shelf).language or "en", shelf)
    listing = _listing(page, site, language)
    marker = Marker(page.kind, page.briefs[0][0].page if page.kind == MOVED else page.name)
    quiet = site.layout.quiet if page.kind == SIDEBAR else ""
    below = f"{quiet and chr(10)}{quiet.format(line=plain(marker))}"
    text = f"{listed(page.kind, listing, page.name, site, shelf)}\n"
    text += "" if quiet else f"{line(marker)}\n"
    first = site.layout.redirect.format(name=marker.id) if page.kind == MOVED else ""
    written = writers.write_listing(listing, text, site.form, shelf)
    return sealed(first.encode() + written + below.encode(), files or {})


def _listing(page: Page, site: Site, language: Language) -> Listing:
    briefs = page.briefs
    title = page.title or language.word("words", "all_briefs")
    if page.kind == MOVED:  # a menu that lists all pages tells it from the brief itself
        title = language.word("words", "moved_title").format(title=title)
    return Listing(
        title=Inline.literal(title),
        marking=max((Marking(e.marking) for b in briefs for e in b), default=Marking.CLEAR),
        language=language,
        index=site.layout.index,
        entries=tuple(_view(brief, language) for brief in briefs),
        series=tuple(_series(briefs)) if page.kind in (INDEX, SIDEBAR) else (),
        source=page.said.encode(),
        moved=page.kind == MOVED,
    )


def _series(briefs: Iterable[Sequence[Entry]]) -> Iterable[View]:
    for page, several in sorted(_by_series(briefs).items()):
        name = Inline.literal(several[0][0].series)
        yield View({"kind": "series", "ref": "", "name": name, "page": page})


def _view(brief: Sequence[Entry], language: Language) -> View:
    first = brief[0]
    readers = (
        {
            "kind": "reader",
            "ref": "",
            "name": Inline.literal(one.reader),
            "title": Inline.literal(one.title),
            "page": one.page,
        }
        for one in (brief if len(brief) > 1 else ())
    )
    fields = {
        "kind": "entry",
        "ref": "",
        "title": Inline.literal(first.title),
        "bluf": Inline.parse(first.bluf),
        "date": Inline.literal(language.moment(Moment.parse(first.as_of))),
        "year": first.as_of[:4],
        "issue": first.issue,
        "page": first.page,
        "readers": tuple(View(reader) for reader in readers),
    }
    return View(fields)


def _by_briefing(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return the briefs of each briefing together, the newest first."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.id, []).append(entry)
    return sorted(found.values(), key=lambda b: (_time(b[0]), b[0].id), reverse=True)


def _by_series(briefs: Iterable[Sequence[Entry]]) -> dict[str, list[Sequence[Entry]]]:
    """Return the briefs of each series by its page; for some readers it may be called otherwise."""
    found: dict[str, list[Sequence[Entry]]] = {}
    for brief in briefs:
        own: dict[str, list[Entry]] = {}
        for entry in brief:
            if entry.series:
                own.setdefault(series_page(entry.series), []).append(entry)
        for page, entries in own.items():
            found.setdefault(page, []).append(entries)
    return found


def _by_issue(briefs: Iterable[Sequence[Entry]]) -> list[Sequence[Entry]]:
    """Return the issues of a series, the newest first; what has no number stands by its date."""
    return sorted(briefs, key=lambda b: (b[0].issue or 0, _time(b[0])), reverse=True)


def _time(entry: Entry) -> datetime:
    return Moment.parse(entry.as_of).point.first
