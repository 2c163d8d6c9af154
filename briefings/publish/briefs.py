"""From one briefing to its pages for the readers of a target, and what an index says of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefings import pipeline, templating, writers
from briefings.document.listing import Listing
from briefings.document.view import View, digest
from briefings.errors import Refused
from briefings.model.escape import escape
from briefings.model.fields import is_slug
from briefings.model.inline import Inline
from briefings.publish.marker import DIGITS, SIGN, Marker, fingerprint
from briefings.publish.origin import stamped
from briefings.publish.store import CHECKSUMS
from briefings.templating.links import links
from briefings.templating.signs import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from briefings.document import Document
    from briefings.model import Briefing
    from briefings.pipeline import Brief
    from briefings.publish.store import Site
    from briefings.resources import Shelf

PDF, BRIEF = "pdf", "brief"
_NO_PAGE = f"page {'0' * DIGITS}"  # stands for the hash of the page until that is known
_SECONDS = re.compile(r"(T\d\d:\d\d):\d\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """One brief as a target has it: what an index may say of it, and what its page is.

    All of it is made of the reader's document. Texts are as they were written in the YAML.

    Attributes:
        page: the name of its page.
        id: of the briefing.
        audience: the reader.
        reader: what the reader is called.
        title: as plain text.
        bluf: the bottom line.
        series: the name of the series, as plain text; "" for none.
        issue: the number in the series.
        as_of: the cut-off, in ISO 8601.
        marking: the banner.
        content: the first digits of the document's hash.
        version: the briefing's.
        sha256: of the page.
        files: of each file beside the page, how its name goes on after the page's, and its SHA-256.
        checksums: of each file, others by their methods, as wikis tell them.
        formerly: the ids that the briefing had before.
        refused: why it must not be published; then nothing is told of what it says.
    """

    page: str
    id: str
    audience: str
    reader: str = ""
    title: str = ""
    bluf: str = ""
    series: str = ""
    issue: int | None = None
    as_of: str = ""
    marking: str = ""
    content: str = ""
    version: str = ""
    sha256: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    checksums: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    formerly: Sequence[str] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A brief with its bytes."""

    entry: Entry
    data: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)


def readers(briefing: Briefing, site: Site) -> Sequence[str]:
    """Return for whom a briefing is published: of those that it names, where it names any."""
    named = briefing.audiences or site.target.audiences
    return [name for name in site.target.audiences if name in named]


def load(path: Path) -> Briefing:
    """Read a briefing.

    Raises:
        InvalidInput: with everything that is wrong with it.
    """
    return pipeline.load(path)


def make(briefing: Briefing, audience: str, site: Site) -> Made:
    """Return the page of a briefing for one reader, and the files beside it.

    Raises:
        InvalidInput: the audience, a template or a theme is wrong.
        Unequipped: a library or a font that the PDF needs is missing.
    """
    page = site.layout.page_of(briefing.name, audience)
    entry = Entry(page, briefing.name, audience, formerly=briefing.formerly)
    if not is_slug(briefing.name):
        return _refused(entry, "its id can be no name of a page; rename the file: a-z, 0-9, -")
    try:
        brief = pipeline.view(briefing, audience)
        if brief.document.marking > site.target.ceiling:
            said = f"it is {brief.document.marking}; the ceiling here is {site.target.ceiling}"
            return _refused(entry, said)
        return _made(brief, entry, site)
    except Refused as error:
        return _refused(entry, str(error))


def series_page(name: str) -> str:
    """Return the name of the page of a series.

    Spelled otherwise, in capitals or with another space, it is the same series. What of a name
    cannot stand in a file's is told apart by a hash of it: "C++" and "C#" are two.
    """
    said = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    kept = "".join(
        c for c in unicodedata.normalize("NFKD", said).casefold() if not unicodedata.combining(c)
    )
    slug = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")[:60]
    parts = ["series", *filter(None, [slug])]
    if slug.replace("-", " ") != said:
        parts.append(digest(said)[:6])
    return "-".join(parts)


def _refused(entry: Entry, reason: str) -> Made:
    return Made(replace(entry, refused=reason))


def _made(brief: Brief, entry: Entry, site: Site) -> Made:
    document = brief.document
    files = {PDF: pipeline.render(brief, PDF).data} if site.target.pdf else {}
    marker = Marker(
        kind=BRIEF,
        id=document.id,
        audience=brief.audience,
        version=document.version.plain,
        as_of=_SECONDS.sub(r"\1", document.as_of.token),
        content=document.content_hash[:DIGITS],
    )
    text = f"{brief.marked}\n{_foot(brief, entry.page, site)}\n\n{line(marker)}\n"
    written = writers.write(document, text, site.form, brief.shelf, site.figures, published=True)
    files |= {
        name.removeprefix(f"{entry.page}."): stamped(d, site.figures, document.id, brief.audience)
        for name, d in written.beside.items()
    }
    hashes = {ending: digest(data) for ending, data in files.items()}
    data = sealed(written.data, {ending: one[:DIGITS] for ending, one in hashes.items()})
    known = replace(entry, checksums={ending: _checksums(data) for ending, data in files.items()})
    return Made(_entry(document, known, digest(data), hashes), data, files)


def _checksums(data: bytes) -> Mapping[str, str]:
    return {
        method: hashlib.new(method, data, usedforsecurity=False).hexdigest() for method in CHECKSUMS
    }


def _entry(document: Document, entry: Entry, sha256: str, files: Mapping[str, str]) -> Entry:
    return replace(
        entry,
        reader=document.reader.name.plain,
        title=document.title.plain,
        bluf=document.bluf.source,
        series=document.series.plain if document.series else "",
        issue=document.issue,
        as_of=document.as_of.token,
        marking=document.marking.value,
        content=document.content_hash[:DIGITS],
        version=document.version.plain,
        sha256=sha256,
        files=files,
    )


def _foot(brief: Brief, page: str, site: Site) -> str:
    """Return what stands below a brief: where a reader can go from there."""
    document = brief.document
    series = document.series
    name = series.plain if series else ""
    listing = Listing(
        title=document.title,
        marking=document.marking,
        language=document.language,
        index=site.layout.index,
        series=(View({"kind": "series", "name": Inline.literal(name), "page": series_page(name)}),)
        if name
        else (),
        file=f"{page}.{PDF}" if site.target.pdf else "",
    )
    return listed("foot", listing, page, site, brief.shelf)


def listed(template: str, listing: Listing, page: str, site: Site, shelf: Shelf) -> str:
    """Return what one of the templates in ``publish/`` makes, with the signs for a dialect."""
    given = links(page, site.layout.page, site.layout.file)
    name = f"publish/{template}.md.j2"
    return tidy(templating.run(name, listing, shelf, None, listing=listing, **given))


def line(marker: Marker) -> str:
    """Return the last line of a page as Markdown, before the page is known."""
    return f"*{escape(plain(marker))}*"


def plain(marker: Marker) -> str:
    """Return the last line of a page as it is read, before the page is known."""
    return marker.line(_NO_PAGE.removeprefix("page "))


def sealed(page: bytes, files: Mapping[str, str]) -> bytes:
    """Return a page whose last line says which files lie beside it, and what stands above."""
    text = page.decode()
    above, sign, last = text.rpartition(SIGN)
    start = above.rfind("\n") + 1
    told = [f"{ending} {digits}" for ending, digits in sorted(files.items())]
    told.append(f"page {fingerprint(text[:start])}")
    return (above + sign + last.replace(_NO_PAGE, " · ".join(told))).encode()
