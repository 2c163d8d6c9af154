"""The JSON Schema of what ``render -t json`` writes, from the same table as the writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.audience import Sourcing
from briefings.model.base import shape, types_of
from briefings.model.briefing import Author
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS, keys
from briefings.writers.as_json import FORMAT, kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefings.model.base import Model

Json = dict[str, Any]
STRING: Json = {"type": "string"}
NULL: Json = {"type": "null"}
COUNT: Json = {"type": "integer", "minimum": 0, "maximum": 100}


def of_documents() -> Json:
    """Return the schema of a document."""
    shapes: Json = {
        "text": {
            "description": "A text: as plain text, and as Markdown that every renderer reads.",
            **_object({"text": STRING, "markdown": STRING}),
        },
        "term": {
            "description": "A date or a word of a closed list: its token, and how it is read.",
            **_object({"token": STRING, "text": STRING}),
        },
        "range": {"description": "In per cent.", **_object({"low": COUNT, "high": COUNT})},
        "marking": {"description": "TLP 2.0.", "enum": [m.value for m in Marking]},
    }
    models: dict[str, type[Model]] = {"authors": Author, **keys()}
    for model in models.values():
        _put(model, shapes)
    return {
        "description": "One brief as one reader may see it, for programs.",
        **_object(_head() | {key: _list(_ref(m.__name__)) for key, m in models.items()}),
        "$defs": shapes,
    }


def _head() -> Json:
    audience = {
        "id": STRING,
        "name": STRING,
        "description": STRING,
        "sourcing": {"enum": [one.value for one in Sourcing]},
    }
    lexicon = _object({"name": STRING, "source": STRING})
    section = {"name": {"enum": list(SECTIONS)}, "heading": STRING, "parts": _list(STRING)}
    return {
        "format": {"const": FORMAT},
        "id": STRING,
        "content": {
            "description": "SHA-256 of the source that a PDF of the same brief carries.",
            **STRING,
            "pattern": "^[0-9a-f]{64}$",
        },
        "marking": _ref("marking"),
        "audience": _object(audience),
        "language": {"description": "Of the words around the texts (BCP 47).", **STRING},
        "written": {"description": "Of the texts themselves (BCP 47).", **STRING},
        "series": _or_null(_ref("text")),
        "issue": {"type": ["integer", "null"]},
        "version": STRING,
        "as_of": _ref("term"),
        "published": _ref("term"),
        "title": _ref("text"),
        "bluf": _ref("text"),
        "notice": _or_null(_ref("text")),
        "lexicon": _or_null(lexicon),
        "sections": {
            "description": "What the reader is shown, in order; parts are ids of what is below.",
            **_list(_object(section)),
        },
    }


def _put(model: type[Model], shapes: Json) -> None:
    """Put the schema of a part and of those in it among the shapes."""
    if model.__name__ in shapes:
        return
    shapes[model.__name__] = {}  # its place is before those in it
    nested = shape(model).nested
    for part in nested.values():
        _put(part.model, shapes)
    shapes[model.__name__] = _object(
        {
            name: _value(model, name, kind, nested[name].model if name in nested else model)
            for name, kind in kinds(model).items()
        }
    )


def _value(model: type[Model], name: str, kind: str, inner: type[Model]) -> Json:
    known = {
        "id": STRING,
        "ref": {"description": "Its label on the page, where it has one.", "type": STRING["type"]},
        "link": {"description": "The id of another part.", **STRING},
        "links": {"description": "Ids of other parts.", **_list(STRING)},
        "part": _ref(inner.__name__),
        "parts": _list(_ref(inner.__name__)),
        "text": _ref("text"),
        "line": STRING,
        "term": _ref("term"),
        "marking": _ref("marking"),
        "number": {"type": "number"},
        "truth": {"type": "boolean"},
        "range": _ref("range"),
    }
    made = known[kind]
    return made if _always(model, name, kind) else _or_null(made)


def _always(model: type[Model], name: str, kind: str) -> bool:
    """Whether there is always something; what is graded is not there for who sees no grades."""
    if kind in ("id", "links", "parts", "truth", "range"):
        return True
    if name not in model.model_fields or kind == "marking":
        return False
    field = model.model_fields[name]
    optional = type(None) in types_of(model, name) or not field.is_required()
    return not optional


def _object(properties: Mapping[str, Json]) -> Json:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(json: Json) -> Json:
    return {"anyOf": [json, NULL]}
