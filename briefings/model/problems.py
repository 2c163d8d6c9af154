"""What pydantic finds, as sentences with their place in the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from briefings.errors import nearest
from briefings.model.fields import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from briefings.errors import Problem
    from briefings.source import KeyPath, Source


def collect(error: ValidationError, model: type[BaseModel], source: Source) -> list[Problem]:
    """Return one problem for each thing that a validation found."""
    problems: list[Problem] = []
    for detail in error.errors(include_url=False):
        path = _path(detail["loc"], source)
        at_key = detail["type"] == "extra_forbidden"
        problem = source.problem(path, sentence(detail, model), at_key=at_key)
        if problem not in problems:
            problems.append(problem)
    return problems


def _path(loc: tuple[str | int, ...], source: Source) -> KeyPath:
    """Return the part of pydantic's location that exists in the file."""
    path: KeyPath = ()
    for part in loc:
        if (*path, part) in source.values:
            path = (*path, part)
    return path


def sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    """Say what is wrong, what was expected, and the nearest known name."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        fields = _fields(model, detail["loc"][:-1])
        hint = nearest(name, fields) or f"; known: {', '.join(fields)}"
        return f'unknown key "{name}"{hint}'
    if kind == "missing":
        return f'"{name}" is missing'
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        return _not_one_of(str(value), str(context["expected"]), value)
    if kind == "too_short":
        return f'"{name}" is empty; at least one entry is expected'
    if kind in _RANGE:
        return f'"{name}" is {value}; {_RANGE[kind].format(**context)}'
    expected = _EXPECTED.get(kind)
    if expected:
        return f"{expected} is expected, {describe(value)} was found"
    return f"{detail['msg'][0].lower()}{detail['msg'][1:]}"


_RANGE = {
    "greater_than_equal": "{ge} or more is expected",
    "less_than_equal": "{le} or less is expected",
}
_EXPECTED = {
    "list_type": "a list",
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
    "dict_type": "a mapping of keys and values",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _not_one_of(word: str, expected: str, value: object) -> str:
    known = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return f"one of {', '.join(known)} is expected, {describe(value)} was found"
    hint = nearest(word, known) or f"; known: {', '.join(known)}"
    return f'"{word}" is not known here{hint}'


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the mapping at *loc* may have."""
    for part in loc:
        field = model.model_fields.get(str(part))
        if field:
            model = next(_models(field.annotation), model)
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)
