"""From a class of the model to JSON Schema, flat enough for an editor to say what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from briefings.model.base import Model, shape
from scripts.schemas import docs
from scripts.schemas.flat import flat, meanings, nullable

if TYPE_CHECKING:
    from enum import Enum

    from pydantic import BaseModel
    from pydantic_core import core_schema

Json = dict[str, Any]
TRUTHS = ("0", "off", "f", "false", "n", "no", "1", "on", "t", "true", "y", "yes")


class _Shapes(GenerateJsonSchema):
    """What our loader allows, with nothing that an editor would show and nobody needs."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> Json:
        """Take a number too, as the text that was written."""
        return {**super().str_schema(schema), "type": ["string", "number"]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> Json:
        """Take a word or a number too where it is not strict."""
        if schema.get("strict"):
            return {"type": "boolean", "errorMessage": "Expected: true or false."}
        words = "|".join("".join(f"[{c}{c.upper()}]" for c in word) for word in TRUTHS)
        words = words.replace("[00]", "0").replace("[11]", "1")
        return {
            "type": ["boolean", "string", "integer"],
            "pattern": f"^({words})$",
            "minimum": 0,
            "maximum": 1,
            "errorMessage": "Expected: true or false.",
        }

    def int_schema(self, schema: core_schema.IntSchema) -> Json:
        json = super().int_schema(schema)
        return {**json, "errorMessage": f"Expected: a whole number{_range(json)}."}

    def float_schema(self, schema: core_schema.FloatSchema) -> Json:
        json = super().float_schema(schema)
        return {**json, "errorMessage": f"Expected: a number{_range(json)}."}

    def enum_schema(self, schema: core_schema.EnumSchema) -> Json:
        """Each value with its meaning."""
        members: list[Enum] = schema["members"]
        values: Json = {"enum": [member.value for member in members]}
        meant = meanings([docs.of_member(member) for member in members])
        return {**values, **meant, "description": docs.of_class(schema["cls"]).plain}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Json:
        """Keep it flat: an editor tells badly of alternatives."""
        json = self.generate_inner(schema["schema"])
        return nullable(json)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Json:
        json = super().default_schema(schema)
        if json.get("default") in (None, [], {}):
            json.pop("default", None)
        return json

    def model_schema(self, schema: core_schema.ModelSchema) -> Json:
        """Put in what the class says of itself and of its fields."""
        json = super().model_schema(schema)
        cls = schema["cls"]
        json.pop("title", None)
        json["description"] = docs.of_class(cls).plain
        for name, part in json["properties"].items():
            _describe(part, docs.of_field(cls, name), cls, name)
        return json


def _range(json: Json) -> str:
    low, high = json.get("minimum"), json.get("maximum")
    said = [f"from {low:g}" if low is not None else "", f"to {high:,}" if high is not None else ""]
    return "".join(f" {part}" for part in said if part)


def _describe(part: Json, said: docs.Said | None, cls: type[BaseModel], name: str) -> None:
    """Put into the JSON of a field what is said of it, before what is said of its type."""
    if said is None:
        items = shown(cls, name)
        if items is None:
            raise ValueError(f"nothing is said of {cls.__name__}.{name}")
        said = docs.of_class(items)
    part["title"] = name
    of_type = part.get("description") or _inner(part).get("description", "")
    part["description"] = " ".join(filter(None, (said.plain, of_type)))
    part["markdownDescription"] = "\n\n".join(filter(None, (said.markdown, of_type)))
    if said.examples:
        part["examples"] = list(said.examples)


def _inner(part: Json) -> Json:
    items = part.get("items")
    return items if isinstance(items, dict) and "$ref" not in items else {}


def shown(cls: type[BaseModel], name: str) -> type[Model] | None:
    """Return the class whose own description is that of a field: of a list of such portions."""
    nested = shape(cls).nested.get(name) if issubclass(cls, Model) else None
    return nested.model if nested else None


def of_model(model: type[BaseModel]) -> Json:
    """Return the JSON Schema of a class, with examples for every field."""
    json = flat(model.model_json_schema(schema_generator=_Shapes))
    shapes = json.get("$defs", {})
    for one in (json, *shapes.values()):
        _exemplify(one, shapes)
    return json


def _exemplify(json: Json, shapes: Json) -> None:
    """Give an example of every field that has none: its own parts', the smallest that can be."""
    for part in json.get("properties", {}).values():
        if isinstance(part, dict) and "examples" not in part:
            part["examples"] = [example(part, shapes)]


def example(json: Json, shapes: Json) -> Any:  # noqa: ANN401
    """Return an example of what a schema is of."""
    if "examples" in json:
        return json["examples"][0]
    if "$ref" in json:
        return example(shapes[json["$ref"].rpartition("/")[2]], shapes)
    if "anyOf" in json:
        return example(json["anyOf"][0], shapes)
    if "enum" in json:
        return json["enum"][0]
    if "items" in json:
        return [example(json["items"], shapes)]
    if "properties" in json:
        return {name: example(json["properties"][name], shapes) for name in json["required"]}
    raise ValueError(f"there is no example of {json}")
