"""From a briefing that was cut to what a reader may see, to the document that templates get.

Only what the reader's sections show is made into views, and what that refers to. Everything that is
counted, numbered or derived is so from the cut briefing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from briefings.audience import Sourcing
from briefings.document.convert import Convert
from briefings.document.numbering import label_all, sources_in_order
from briefings.document.view import Document, View, term
from briefings.model.inline import Inline
from briefings.model.sections import REFERRED, SECTIONS
from briefings.model.sections.history import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefings.audience import Audience
    from briefings.language import Language
    from briefings.model import Briefing
    from briefings.model.lexicon import Lexicon
    from briefings.model.marking import Marking


def make(
    briefing: Briefing, audience: Audience, language: Language, lexicon: Lexicon | None
) -> Document:
    """Return the document of a briefing that ``audience.cut`` has been through."""
    convert = Convert(briefing, language, lexicon, audience.sourcing)
    keys = dict.fromkeys(SECTIONS[name].key for name in audience.sections)
    parts = {key: convert.all_under(key) for key in keys if key not in REFERRED}
    if audience.sourcing is Sourcing.ANNEX:  # labels are for those who check line by line
        label_all(parts, language)
    sources = sources_in_order(audience.sections, parts, convert.referred("source"))
    parts |= {key: convert.referred(key.removesuffix("s")) for key in keys if key in REFERRED}
    if "sources" in parts:
        parts["sources"] = sources
    history = briefing.all_of("corrections", Correction)
    corrected = tuple(convert.part(entry) for entry in history if entry.corrects)
    authors = tuple(convert.part(author, "author") for author in briefing.authors)
    texts = {name: getattr(briefing, name) or {} for name in ("title", "bluf", "series", "notice")}
    chosen = {name: _only(text) for name, text in texts.items()}
    marks = [mark for text in texts.values() for mark in text]
    return Document(
        id=briefing.name,
        reader=View(
            {"kind": "reader", "ref": "", "name": audience.name, "description": audience.reader}
        ),
        sourcing=audience.sourcing,
        paper=audience.paper,
        theme=tuple(audience.theme),
        pages=audience.pages,
        language=language,
        marking=_highest(marks, convert.everything(), authors),
        title=chosen["title"] or _NOTHING,
        bluf=chosen["bluf"] or _NOTHING,
        series=chosen["series"],
        issue=briefing.issue,
        notice=chosen["notice"],
        as_of=term(briefing.as_of.iso, language.moment(briefing.as_of)),
        published=term(briefing.published.iso, language.moment(briefing.published)),
        version=Inline.literal(briefing.version),
        authors=authors,
        lexicon=convert.lexicon_view() if parts.get("key_judgements") else None,
        sections=tuple(s for s in audience.sections if parts[SECTIONS[s].key]),
        parts=MappingProxyType(parts),
        corrected=corrected,
        sides=convert.in_order("sides"),
        sources=sources if audience.sourcing is not Sourcing.NONE else (),
    )


def _highest(marks: list[Marking], views: Iterable[View], authors: Iterable[View]) -> Marking:
    """Return the marking of the banner: the highest of what is left."""
    of_parts: list[Marking] = [v.marking for v in (*views, *authors) if v.marking is not None]
    return max([*marks, *of_parts])


def _only(texts: Mapping[Marking, Inline]) -> Inline | None:
    return next(iter(texts.values()), None)


_NOTHING = Inline.literal("")  # never shown: the cut refuses a briefing without these texts
