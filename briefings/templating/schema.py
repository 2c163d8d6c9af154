"""What a template can name, and what each of that holds: read off the model and the document."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from briefings.document import Document
from briefings.model.base import Model, shape
from briefings.model.briefing import Author
from briefings.model.dates import Edtf, Moment
from briefings.model.extracts import STATED
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.sections import keys
from briefings.model.sections.claims import Statement
from briefings.model.sections.events import Event
from briefings.model.sections.key_judgements import KeyJudgement
from briefings.model.sections.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Type:
    """What a name stands for: ``what`` it is, of which kinds if it is a part, whether a list.

    ``what`` is ``text``, ``term``, ``number``, ``marking``, ``yes or no``, ``part``, ``document``,
    ``words``, ``mapping``, ``word`` (plain text of the program) or ``anything``.
    """

    what: str
    kinds: tuple[str, ...] = ()
    many: bool = False
    empty: bool = False  # whether it may be nothing

    def __str__(self) -> str:
        said = f"part: {' or '.join(self.kinds)}" if self.kinds else self.what
        said = f"[{said}]" if self.many else said
        return f"{said}, or nothing" if self.empty and not self.many else said

    @property
    def one(self) -> Type:
        """What one of a list is."""
        return Type(self.what, self.kinds)


TEXT, TERM, NUMBER, ANYTHING = Type("text"), Type("term"), Type("number"), Type("anything")
_PLAIN: dict[str, Type] = {
    "Inline": TEXT,
    "Term": TERM,
    "int": NUMBER,
    "bool": Type("yes or no"),
    "Marking": Type("marking"),
    "str": Type("word"),
    "bytes": Type("source"),
    "tuple[str, ...]": Type("word", many=True),
}
_KINDS = {
    "reader": ("reader",),
    "authors": ("author",),
    "lexicon": ("lexicon",),
    "sources": ("source",),
    "corrected": ("correction",),
}
_ALWAYS = {"kind": Type("word"), "ref": Type("word")}
_OF_PARTS = {"marking": Type("marking", empty=True), "around": Type("anything", empty=True)}


def kind_of(model: type[Model]) -> str:
    """Return the kind of the parts that are made of a class of the model."""
    return str(getattr(model, "kind", model.__name__.lower()))


@cache
def models() -> dict[str, type[Model]]:
    """Return the class of the model behind each kind of part."""
    waiting: list[type[Model]] = [Author, *keys().values()]
    for model in waiting:
        waiting += [n.model for n in shape(model).nested.values() if n.model not in waiting]
    return {kind_of(model): model for model in waiting}


@cache
def kinds() -> dict[str, dict[str, Type]]:
    """Return the fields of each kind of part."""
    found = {kind: _ALWAYS | _OF_PARTS | dict(_fields(model)) for kind, model in models().items()}
    return found | {
        "reader": _ALWAYS | {"name": TEXT, "description": TEXT},
        "lexicon": _ALWAYS
        | {"key": Type("word"), "name": TEXT, "source": TEXT}
        | {"terms": Type("part", ("term",), many=True)},
        "term": _ALWAYS | {"term": TEXT, "low": NUMBER, "high": NUMBER},
        "range": _ALWAYS | {"low": NUMBER, "high": NUMBER},
    }


def _fields(model: type[Model]) -> Iterator[tuple[str, Type]]:
    parts = shape(model)
    for name, field in model.model_fields.items():
        if name in ("id", "part_of", "marking", *STATED):
            continue
        if name in parts.links:
            link = parts.links[name]
            yield name, Type("part", link.kinds, link.many, not link.required)
        elif name in parts.nested:
            nested = parts.nested[name]
            yield name, Type("part", (kind_of(nested.model),), nested.many, not nested.required)
        else:
            yield name, _value([field.annotation, *field.metadata], empty=not field.is_required())
    yield from _derived(model)


def _value(annotations: list[Any], *, empty: bool) -> Type:
    inner = [part for annotation in annotations for part in _parts(annotation)]
    many = any(get_origin(part) is list for part in inner)
    what = next((said for part in inner if (said := _what(part))), "text")
    nothing = empty and type(None) in inner
    return Type(what, (), many, nothing)


def _what(part: Any) -> str:  # noqa: ANN401
    if not isinstance(part, type):
        return ""
    if issubclass(part, Marking):
        return "marking"
    if issubclass(part, (Edtf, Moment, StrEnum)):
        return "term"
    if part is bool:
        return "yes or no"
    if part in (int, float) or issubclass(part, Enum):
        return "number"
    return "text" if issubclass(part, Inline) else ""


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _derived(model: type[Model]) -> Iterator[tuple[str, Type]]:
    """Yield what the document adds to a part."""
    if issubclass(model, Event):
        yield "status", TERM
        yield "speakers", Type("part", ("actor",), many=True)
        yield "parts", Type("part", ("event",), many=True)
    if issubclass(model, Statement):
        yield "credibility", Type("term", empty=True)
        yield "grade", Type("text", empty=True)
    if issubclass(model, KeyJudgement):
        yield "range", Type("part", ("range",))
    if issubclass(model, Source):
        yield "number", Type("number", empty=True)


@cache
def document() -> dict[str, Type]:
    """Return what the document has."""
    found: dict[str, Type] = {}
    for field in fields(Document):
        said = str(field.type)
        plain = said.removesuffix(" | None")
        empty = plain != said
        if "View" in plain and "Mapping" not in plain:
            found[field.name] = Type("part", _KINDS[field.name], "tuple" in plain, empty)
        elif "Mapping" in plain:
            found[field.name] = Type("mapping")
        elif plain in _PLAIN:
            known = _PLAIN[plain]
            found[field.name] = Type(known.what, (), known.many, empty)
        else:
            found[field.name] = Type("anything" if plain == "Language" else "word")
    return found | {"content_hash": Type("word"), "fingerprint": Type("word")}


@cache
def portions() -> dict[str, Type]:
    """Return what stands under each key of the YAML: ``document["events"]``."""
    return {key: Type("part", (kind_of(model),), many=True) for key, model in keys().items()}
