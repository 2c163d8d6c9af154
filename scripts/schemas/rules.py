"""What holds between fields, as far as a static schema can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.audience import Audience
from briefings.model.extracts import OF_EXTRACTS, STATED
from briefings.model.sections import REFERRED

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
_UNGRADED = {
    "required": ["extract"],
    "properties": {
        "extract": {
            "type": "object",
            "required": ["grades"],
            "properties": {"grades": {"const": False}},
        }
    },
}


def of_briefings(json: Json) -> None:
    """Tell authors from extracts: what follows from the claims is stated by an extract alone."""
    for shape in (json, json["$defs"]["Event"]):
        for name in OF_EXTRACTS:
            if name in shape["properties"]:
                shape["properties"][name]["doNotSuggest"] = True
    stated: Json = {
        "required": ["status"],
        "properties": {"status": {"type": "string"}},
    }
    derived: Json = {"properties": dict.fromkeys(STATED, False)}
    graded: Json = {"required": ["reliability"], "properties": {"reliability": {"type": "string"}}}
    json["if"] = _UNGRADED
    json["then"] = {"properties": {"events": {"items": stated}}}
    json["else"] = {"properties": {"events": {"items": derived}, "sources": {"items": graded}}}


def of_audiences(json: Json) -> None:
    """Let one that extends another name only what it changes."""
    required = [name for name in json.pop("required") if name in Audience.model_fields]
    json["if"] = {
        "required": ["extends"],
        "properties": {"extends": {"type": ["string", "number"]}},
    }
    json["else"] = {"required": required}
    annex: Json = {
        "required": ["sourcing", "sections"],
        "properties": {"sourcing": {"const": "annex"}},
    }
    contained: Json = {
        "properties": {
            "sections": {
                "contains": {"const": "sources"},
                "errorMessage": 'sourcing "annex" needs the section "sources"',
            }
        }
    }
    json["allOf"] = [{"if": annex, "then": contained}]


def of_workspaces(json: Json) -> None:
    """Take no number for a text: TOML does not tell how it was written."""
    json["properties"]["targets"]["additionalProperties"] = False  # their names have a form
    for part in _all([json["properties"], json["$defs"]]):
        if isinstance(kinds := part.get("type"), list):
            part["type"] = kinds[0]
            part.pop("minimum", None)
        if None in part.get("enum", []):  # nor is there a null
            part["enum"].remove(None)
            part["enumDescriptions"].pop()


def of_registers(json: Json) -> Json:
    """Return the schema of what briefings share, of that of a briefing.

    An entry need not be whole: what it lacks, each briefing that uses it adds.
    """
    shapes: Json = {}
    properties: Json = {}
    for key in REFERRED:
        field = json["properties"][key]
        name = field["items"]["$ref"].rpartition("/")[2]
        shapes[name] = json["$defs"][name] | {"required": ["id"]}
        properties[key] = field | {"type": ["array", "null"]}
    return {
        "description": "What recurs from brief to brief. A briefing names an id and has the entry.",
        "$defs": shapes,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _all(json: Any) -> Iterator[Json]:  # noqa: ANN401
    if isinstance(json, dict):
        yield json
    for one in json.values() if isinstance(json, dict) else json if isinstance(json, list) else ():
        yield from _all(one)
