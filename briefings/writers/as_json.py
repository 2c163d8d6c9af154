"""The reader's document as JSON, for programs: what is there, what was derived, how it is read.

Its JSON Schema is ``data/schemas/document.json``, which is made of ``kinds`` below. Every key is
always there; what is empty is ``null`` or ``[]``. A part points at others by ids that are made anew
of kind and order, as in the source that a PDF carries: the author's own are not in a document.
"""

from __future__ import annotations

import json
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

from briefings.document.extract import names
from briefings.document.view import Term, View
from briefings.model.base import Pointed, shape, types_of
from briefings.model.briefing import Author
from briefings.model.fields import Text
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS, keys
from briefings.model.sections.claims import Statement
from briefings.model.sections.key_judgements import KeyJudgement
from briefings.model.sections.sources import Source
from briefings.writers import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefings.document import Document
    from briefings.model.base import Model
    from briefings.resources import Shelf

FORMAT = "briefings.document.1"
_TEXT = get_args(Text)[1]  # what makes a text of a value
_PLAIN = {Marking: "marking", bool: "truth", float: "number", Inline: "line", str: "line"}
_TERMS = ("credibility",)  # a number in the YAML, which has its word here


@cache
def kinds(model: type[Model]) -> dict[str, str]:
    """Return what each key of a part holds.

    It is ``link`` or ``links``, ``part`` or ``parts``, ``text``, ``line``, ``term``, ``marking``,
    ``number``, ``truth``, ``range``, or ``id`` and ``ref``.
    """
    found: dict[str, str] = {"id": "id", "ref": "ref"} if issubclass(model, Pointed) else {}
    parts = shape(model)
    for name in model.model_fields:
        inner = parts.links.get(name) or parts.nested.get(name)
        if inner:
            kind = "link" if name in parts.links else "part"
            found[name] = f"{kind}s" if inner.many else kind
        elif name != "id":
            found[name] = _kind(name, types_of(model, name))
    derived: dict[type[Model], dict[str, str]] = {
        KeyJudgement: {"range": "range"},
        Source: {"number": "number"},
        Statement: {"grade": "line"},
    }
    for owner, more in derived.items():
        found |= more if issubclass(model, owner) else {}
    return found


def _kind(name: str, types: list[Any]) -> str:
    if _TEXT in types:
        return "text"
    if name in _TERMS:
        return "term"
    plain = (kind for type_, kind in _PLAIN.items() if type_ in types)
    return next(plain, "number" if int in types else "term")


class _Json:
    """A document as plain data."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ids = names(document)

    def whole(self) -> dict[str, Any]:
        """Return the document, each portion that it holds under the key of the YAML."""
        document = self.document
        return {
            "format": FORMAT,
            "id": document.id,
            "content": document.content_hash,
            "marking": document.marking.value,
            "audience": {
                "id": document.audience,
                "name": _line(document.reader.name),
                "description": _line(document.reader.description),
                "sourcing": document.sourcing.value,
            },
            "language": document.language.code,
            "written": document.written,
            "series": _text(document.series),
            "issue": document.issue,
            "version": _line(document.version),
            "as_of": _term(document.as_of),
            "published": _term(document.published),
            "title": _text(document.title),
            "bluf": _text(document.bluf),
            "notice": _text(document.notice),
            "lexicon": self.lexicon(),
            "sections": [
                {
                    "name": name,
                    "heading": document.language.word("sections", name),
                    "parts": self.named(document[SECTIONS[name].key]),
                }
                for name in document.sections
            ],
            "authors": [self.part(author, Author) for author in document.authors],
            **{
                key: [self.part(view, model) for view in document.held.get(key, ())]
                for key, model in keys().items()
            },
        }

    def named(self, views: Iterable[View]) -> list[str]:
        """Return the ids of those parts that have one."""
        return [self.ids[id(view)] for view in views if id(view) in self.ids]

    def lexicon(self) -> dict[str, Any] | None:
        """Return whose terms of likelihood these are; a judgement has its own, with its range."""
        lexicon = self.document.lexicon
        if lexicon is None:
            return None
        return {"name": _line(lexicon.name), "source": _line(lexicon.source)}

    def part(self, view: View, model: type[Model]) -> dict[str, Any]:
        """Return one part with all that its kind has."""
        nested = shape(model).nested
        return {
            name: self.value(view, name, kind, nested[name].model if name in nested else model)
            for name, kind in kinds(model).items()
        }

    def value(self, view: View, name: str, kind: str, model: type[Model]) -> Any:  # noqa: ANN401
        """Return what stands under one key."""
        if kind == "id":
            return self.ids[id(view)]
        value = view.around if name == "part_of" else getattr(view, name)
        if kind == "links":
            return self.named(value or ())
        if kind == "parts":
            return [self.part(one, model) for one in value or ()]
        if value is None or value == "":
            return None
        if kind in ("link", "part"):
            return self.ids[id(value)] if kind == "link" else self.part(value, model)
        return _LEAVES[kind](value)


def _text(text: Inline | None) -> dict[str, str] | None:
    return {"text": text.plain, "markdown": str(text)} if text else None


def _line(line: Any) -> str | None:  # noqa: ANN401  # of an Inline, a term, a label
    if isinstance(line, Term):
        return line.text.plain
    return line.plain if isinstance(line, Inline) else None if line is None else str(line)


def _term(term: Term | Inline) -> dict[str, str]:
    return (
        {"token": term.token, "text": term.text.plain}
        if isinstance(term, Term)
        else {
            "token": term.plain,
            "text": term.plain,
        }
    )


def _number(value: float) -> float:
    """Return a number as what it is; one of the YAML remembers how it was written."""
    return int(value) if isinstance(value, int) else float(value)


_LEAVES: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "term": _term,
    "line": _line,
    "ref": _line,
    "marking": attrgetter("value"),
    "range": lambda found: {"low": found.low, "high": found.high},
    "truth": bool,
    "number": _number,
}


def write(document: Document, _marked: str, _shelf: Shelf) -> Written:
    """Return the document as JSON in UTF-8."""
    data = json.dumps(_Json(document).whole(), indent=1, ensure_ascii=False)
    return Written(f"{data}\n".encode())
