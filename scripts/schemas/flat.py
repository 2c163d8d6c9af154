"""A schema made flat: an editor tells badly of alternatives, and of what stands elsewhere."""

from __future__ import annotations

import json as text
from typing import Any

from briefings import language
from briefings.audience import sections
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS, keys
from briefings.model.written import LABELS
from briefings.resources import Shelf
from scripts.schemas import docs

Json = dict[str, Any]
_NULL = {"type": "null"}
_REF = "#/$defs/"


def nullable(json: Json) -> Json:
    """Return the JSON of the same value, or of none."""
    if "enum" in json:
        meant = docs.Said("As if it were left out.").plain
        told = [*json["enumDescriptions"], meant]
        return {**json, "enum": [*json["enum"], None], "enumDescriptions": told}
    if "anyOf" in json:
        return {**json, "anyOf": [*json["anyOf"], _NULL]}
    if "$ref" in json:
        return {"anyOf": [json, _NULL]}
    kinds = json["type"] if isinstance(json["type"], list) else [json["type"]]
    return {**json, "type": [*kinds, "null"]}


def meanings(said: list[docs.Said]) -> Json:
    """Return what an editor shows beside the values of an enumeration."""
    return {"enumDescriptions": [one.plain for one in said]}


def flat(json: Json) -> Json:
    """Return a schema whose enumerations stand where they are used, and values that may be none."""
    shapes = json.get("$defs", {})
    made = dict(_flat({key: one for key, one in json.items() if key != "$defs"}, shapes))
    kept = {name: _flat(one, shapes) for name, one in shapes.items()}
    while unused := [n for n in kept if f'"{_REF}{n}"' not in text.dumps([made, kept])]:
        for name in unused:
            del kept[name]
    return {**made, "$defs": kept} if kept else made


def _flat(json: Any, shapes: Json) -> Any:  # noqa: ANN401
    if isinstance(json, list):
        return [_flat(one, shapes) for one in json]
    if not isinstance(json, dict):
        return json
    made = {k: one if k == "examples" else _flat(one, shapes) for k, one in json.items()}
    inner: list[Json] = made.get("anyOf", [])
    if _NULL in inner and len(inner) == len([made, _NULL]):
        value = inner[0]
        shape = _resolved(value, shapes)
        del made["anyOf"]
        return {**nullable(shape), **made, **_both(made, shape)}
    if len(inner) > 1 and all("type" in one or "$ref" in one for one in inner):
        del made["anyOf"]
        return {**_merged([_resolved(one, shapes) for one in inner]), **made}
    if "$ref" in made and "enum" in shapes[_name(made)]:
        shape = shapes[_name(made)]
        del made["$ref"]
        return {**shape, **made, **_both(made, shape)}
    return made | _explained(made)


def _resolved(json: Json, shapes: Json) -> Json:
    return dict(_flat(shapes[_name(json)], shapes)) if "$ref" in json else json


def _merged(alternatives: list[Json]) -> Json:
    """Return alternatives of which each has types of its own as one, for which no other is told."""
    made: Json = {}
    kinds: list[str] = []
    for one in alternatives:
        kinds += one["type"] if isinstance(one["type"], list) else [one["type"]]
        made = one | made
    if len(kinds) != len(set(kinds)):
        raise ValueError(f"the alternatives are of one type: {alternatives}")
    if "object" in kinds and "errorMessage" in made:  # it is not for what is wrong with a key
        made["patternErrorMessage"] = made.pop("errorMessage")
    return {**made, "type": kinds}


def _name(json: Json) -> str:
    return str(json["$ref"]).removeprefix(_REF)


def _both(json: Json, shape: Json) -> Json:
    """Return the descriptions of a field with that of an enumeration below."""
    if "description" not in json or "enum" not in shape:
        return {}
    of_type = shape["description"]
    return {
        "description": f"{json['description']} {of_type}",
        "markdownDescription": f"{json['markdownDescription']}\n\n{of_type}",
    }


def _explained(json: Json) -> Json:
    """Return what the values of an enumeration mean that is none in the model."""
    if json.get("enum") == LABELS:
        return meanings([docs.of_member(marking) for marking in Marking])
    if json.get("enum") == [*SECTIONS]:
        headings = language.load("en", Shelf()).data["sections"]
        return meanings([docs.Said(headings[name]) for name in SECTIONS])
    if json.get("enum") == [*sections.KEYS]:
        portions = keys()
        return meanings([docs.of_class(portions[key]) for key in sections.KEYS])
    if [*json.get("properties", {})] == LABELS:
        parts = {label: dict(part) for label, part in json["properties"].items()}
        for marking in Marking:
            parts[marking.value] |= {
                "title": marking.value,
                "description": docs.of_member(marking).plain,
                "examples": ["A fire was reported."],
            }
        return {"properties": parts}
    return {}
