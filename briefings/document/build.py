"""From a briefing that was cut to what a reader may see, to the document that templates get.

Only what the reader's sections show is made into views, and what that refers to. Everything that is
counted, numbered or derived is so from the cut briefing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from briefings.audience import Audience, Sourcing
from briefings.document.convert import Convert
from briefings.document.extract import extract
from briefings.document.numbering import label_all, sources_in_order
from briefings.document.time import newest_first
from briefings.document.view import Document, View, digest, term
from briefings.model.inline import Inline
from briefings.model.sections import REFERRED
from briefings.model.sections.history import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefings.language import Language
    from briefings.model import Briefing
    from briefings.model.lexicon import Lexicon
    from briefings.model.marking import Marking


def make(
    briefing: Briefing,
    name: str,
    audience: Audience,
    language: Language,
    lexicon: Lexicon | None,
) -> Document:
    """Return the document of a briefing that ``audience.cut`` has been through.

    Args:
        briefing: what may be seen.
        name: by which name the audience was asked for.
        audience: who reads.
        language: the words around the briefing's own text.
        lexicon: the terms of likelihood.
    """
    convert = Convert(briefing, language, lexicon, audience)
    keys = dict.fromkeys(key for one in audience.sections for key in audience.shown_by(one))
    parts = {key: convert.all_under(key) for key in keys if key not in REFERRED}
    if audience.sourcing is Sourcing.ANNEX:  # labels are for those who check line by line
        label_all(parts, language)
    sources = sources_in_order(keys, parts, convert.referred("source"))
    parts |= {key: convert.referred(key.removesuffix("s")) for key in keys if key in REFERRED}
    if "actors" in parts:
        parts["actors"] = _by_side(parts["actors"], convert.held().get("sides", ()))
    if "sources" in parts:
        parts["sources"] = sources
    history = newest_first(briefing.all_of("corrections", Correction))
    corrected = tuple(convert.part(entry) for entry in history if entry.corrects)
    authors = tuple(convert.part(author, "author") for author in briefing.authors)
    texts = {name: getattr(briefing, name) or {} for name in ("title", "bluf", "series", "notice")}
    markings = {name: next(iter(text)) for name, text in texts.items() if text}
    chosen = {name: _only(text) for name, text in texts.items()}
    sections = tuple(one for one in audience.sections if _has(audience.shown_by(one), parts))
    judged = bool(parts.get("key_judgements"))
    marks = [mark for text in texts.values() for mark in text]
    document = Document(
        id=briefing.name,
        reader=View(
            {"kind": "reader", "ref": "", "name": audience.name, "description": audience.reader}
        ),
        sourcing=audience.sourcing,
        paper=audience.paper,
        theme=tuple(audience.theme),
        worldview=audience.worldview.value,
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
        lexicon=convert.lexicon_view() if judged else None,
        sections=sections,
        headings=MappingProxyType({one: _heading(one, audience, language) for one in sections}),
        parts=MappingProxyType(parts),
        corrected=corrected,
        sources=sources if audience.sourcing is not Sourcing.NONE else (),
        audience=name,
        graded=audience.graded,
        written=briefing.language,
        markings=MappingProxyType(markings),
        held=MappingProxyType(convert.held()),
        made_with=MappingProxyType(_made_with(audience, language, lexicon if judged else None)),
    )
    return replace(document, source=extract(document).encode())


def _made_with(audience: Audience, language: Language, lexicon: Lexicon | None) -> dict[str, str]:
    """Return a digest of each thing that a brief is made with and a user can have his own of."""
    said: dict[str, Any] = {
        "audience": {name: _plainly(getattr(audience, name)) for name in Audience.model_fields},
        "language": {"code": language.code, **language.data},
    }
    if lexicon:
        terms = [[term.term.source, term.low, term.high] for term in lexicon.terms]
        said["lexicon"] = [lexicon.name.source, lexicon.source.source, terms]
    return {part: digest(json.dumps(value, sort_keys=True)) for part, value in said.items()}


def _by_side(actors: Iterable[View], sides: tuple[View, ...]) -> tuple[View, ...]:
    """Return actors side by side, in the order of the sides, each side's by name."""
    places = {id(side): place for place, side in enumerate(sides)}
    return tuple(
        sorted(actors, key=lambda a: (places.get(id(a.side), len(sides)), a.name.plain.casefold()))
    )


def _has(keys: tuple[str, ...], parts: Mapping[str, tuple[View, ...]]) -> bool:
    """Whether a section has anything to show; one that uses nothing says what it says."""
    return not keys or any(parts[key] for key in keys)


def _heading(section: str, audience: Audience, language: Language) -> Inline:
    return audience.headings.get(section) or Inline.literal(language.word("sections", section))


def _plainly(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _plainly(inner) for key, inner in value.items()}
    return value.source if isinstance(value, Inline) else getattr(value, "value", value)


def _highest(marks: list[Marking], views: Iterable[View], authors: Iterable[View]) -> Marking:
    """Return the marking of the banner: the highest of what is left."""
    of_parts: list[Marking] = [v.marking for v in (*views, *authors) if v.marking is not None]
    return max([*marks, *of_parts])


def _only(texts: Mapping[Marking, Inline]) -> Inline | None:
    return next(iter(texts.values()), None)


_NOTHING = Inline.literal("")  # never shown: the cut refuses a briefing without these texts
