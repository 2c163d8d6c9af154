"""The smallest and the fullest document: what a template must be able to say, whatever there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import document as documents
from briefings import language as languages
from briefings import model, source
from briefings.audience import Audience, Sourcing, sections
from briefings.document import View
from briefings.document.listing import Listing
from briefings.model import lexicon
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS
from briefings.resources import shipped

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

SPECIMENS = ("smallest", "fullest")
# The templates of pages that lead to briefs; of some there may be none to lead to.
LISTINGS = {f"publish/{name}.md.j2" for name in ("foot", "index", "moved", "series", "sidebar")}
_EMPTY = {f"publish/{name}.md.j2" for name in ("foot", "index", "sidebar")}


def readers(shelf: Shelf) -> dict[str, Audience]:
    """Return one who is shown everything with all the sourcing, and one who is shown none of it.

    They get every section that there is, and each that is somebody's own may use everything.
    """
    mine = sections.own(shelf)
    return {
        sourcing.value: Audience(
            name=Inline.literal("A reader"),
            reader=Inline.literal("one who reads"),
            ceiling=Marking.RED,
            sections=sections.known(shelf),
            headings={name: Inline.literal(name) for name in mine if name not in SECTIONS},
            uses={name: [*sections.KEYS] for name in mine},
            sourcing=sourcing,
        )
        for sourcing in (Sourcing.ANNEX, Sourcing.NONE)
    }


def specimen(name: str, reader: Audience, called: str, shelf: Shelf) -> Document:
    """Return a specimen as one reader gets it.

    Raises:
        InvalidInput: the reader's language is not there, or wrong.
        NothingToSay: nothing of it may be shown to this reader.
    """
    file = shipped("data") / "specimens" / f"{name}.yaml"
    briefing = model.build(source.read(file), name=name, folder=None)
    language = languages.load(reader.language or briefing.language, shelf)
    left = audiences.cut(briefing, reader.ceiling)
    return documents.make(left, called, reader, language, lexicon.load(briefing.lexicon, shelf))


def listings(template: str, shelf: Shelf) -> list[Listing]:
    """Return what a template of ``LISTINGS`` must be able to show: the least, and the most."""
    title, language = Inline.literal("A title"), languages.load("en", shelf)
    series = View({"kind": "series", "ref": "", "name": title, "page": "series-a"})
    reader = View({"kind": "reader", "ref": "", "name": title, "title": title, "page": "a.press"})
    said = {"kind": "entry", "ref": "", "title": title, "bluf": title, "date": title}
    said |= {"year": "2026", "page": "a.executive"}
    bare = View({**said, "issue": None, "readers": ()})
    full = View({**said, "issue": 7, "readers": (reader, reader)})
    least = Listing(title, Marking.CLEAR, language, "index")
    return [
        least if template in _EMPTY else replace(least, entries=(bare,)),
        replace(least, entries=(full, bare), series=(series, series), file="a.executive.pdf"),
    ]
