"""What pydantic finds, as sentences with their place in the YAML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from briefings.errors import nearest
from briefings.model.extracts import OF_EXTRACTS
from briefings.model.fields import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from briefings.errors import Problem
    from briefings.source import KeyPath, Source


def collect(error: ValidationError, model: type[BaseModel], source: Source) -> list[Problem]:
    """Return one problem for each thing that a validation found."""
    found = (placed(detail, model, source) for detail in error.errors(include_url=False))
    return list(dict.fromkeys(found))


def placed(detail: ErrorDetails, model: type[BaseModel], source: Source) -> Problem:
    """Return one thing that a validation found, at its place in a file."""
    path = _path(detail["loc"], source)
    at_key = detail["type"] == "extra_forbidden"
    said = sentence(detail, model, in_toml=source.name.endswith(".toml"))
    mark = source.values.get(path)
    if detail["type"] == "missing" and mark and mark.of:
        said += f"; add it here, or in {source.name} in an entry with this id"
    problem = source.problem(path, said, at_key=at_key)
    if said.endswith("nothing was found") and "#" in problem.excerpt[problem.column - 1 :]:
        problem = replace(problem, message=f'{said}; what follows "#" is a comment')
    return problem


def _path(loc: tuple[str | int, ...], source: Source) -> KeyPath:
    """Return the part of pydantic's location that exists in the file."""
    path: KeyPath = ()
    for part in loc:
        if (*path, part) in source.values:
            path = (*path, part)
    return path


def sentence(  # noqa: PLR0911  # one return a kind of error reads best
    detail: ErrorDetails, model: type[BaseModel], *, in_toml: bool = False
) -> str:
    """Say what is wrong, what was expected, and the nearest known name.

    Args:
        detail: what a validation found.
        model: what it held the file against.
        in_toml: whether the file is TOML, where a text stands in quotes always.
    """
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        fields = _fields(model, detail["loc"][:-1])
        if value is None and " " in name:  # {text: first half, second half}
            return f'unknown key "{name}"; put a text with a comma in it in quotes'
        hint = nearest(name, fields) or f"; known: {', '.join(fields)}"
        return f'unknown key "{name}"{hint}'
    if kind == "missing":
        return f'"{name}" is missing'
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        return _not_one_of(name, value, str(context["expected"]))
    if kind == "too_short":
        return f'"{name}" is empty; at least one entry is expected'
    if kind in _RANGE:
        bound = next(iter(context.values()))
        bound = int(bound) if bound == int(bound) else bound
        return f'"{name}" is {value}; {bound} {_RANGE[kind]} is expected'
    expected = _EXPECTED.get(kind)
    if expected:
        hint = _hint(kind, value, in_toml=in_toml)
        return f"{expected} is expected, {describe(value)} was found{hint}"
    return f"{detail['msg'][0].lower()}{detail['msg'][1:]}"


_GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}([ _,][0-9]{3})+")
# Degrees, with minutes and seconds where they stand, and where it lies of the equator or London.
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,12})?)"
_MINUTES, _SECONDS = "['\u2019\u2032]", "(?:[\"\u201d\u2033]|''|\u2019\u2019)"
_ON_A_MAP = re.compile(
    rf"\s*(-?)\s*{_NUMBER}\s*"
    rf"(?:[°º]\s*(?:{_NUMBER}\s*{_MINUTES}\s*(?:{_NUMBER}\s*{_SECONDS}\s*)?)?)?"
    r"([NSEWnsew]?)\s*"
)
_MINUS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_RANGE = {
    "greater_than_equal": "or more",
    "less_than_equal": "or less",
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


def _hint(kind: str, value: object, *, in_toml: bool) -> str:
    """Say how the value that was found could be made to fit."""
    if kind == "list_type" and isinstance(value, str) and re.fullmatch(r"[\w.-]+", value):
        return f'; write ["{value}"]' if in_toml else f"; write [{value}]"
    if kind == "int_type" and isinstance(value, str) and _GROUPED.fullmatch(value):
        return f"; write {re.sub('[ _,]', '', value)}"
    if kind == "float_type" and isinstance(value, str) and (number := _meant(value)):
        return f"; write {number}"
    if kind == "int_type" and isinstance(value, float) and str(value).isdigit():
        return "; it is too long"
    return ""


def _meant(text: str) -> str:
    """Return the number that a text stands for: with a dash for a minus, or as a map has it."""
    found = _ON_A_MAP.fullmatch(text.translate(_MINUS))
    if not found:
        return ""
    degrees, minutes, seconds = (
        float((part or "0").replace(",", ".")) for part in found.group(2, 3, 4)
    )
    number = degrees + minutes / 60 + seconds / 3600
    sign = "-" if bool(found[1]) != ((found[5] or "").upper() in ("S", "W")) and number else ""
    return f"{sign}{number:.6f}".rstrip("0").rstrip(".")


def _not_one_of(name: str, value: object, expected: str) -> str:
    known = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return f"one of {', '.join(known)} is expected, {describe(value)} was found"
    word = str(value)
    same = [other for other in known if other.lower() == word.lower()]
    near = f'; did you mean "{same[0]}"?' if same else nearest(word, known)
    return f'unknown {name} "{word}"{near or "; known: " + ", ".join(known)}'


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the mapping at *loc* may have."""
    for part in loc:
        field = model.model_fields.get(str(part))
        if field:
            model = next(_models(field.annotation), model)
    return [name for name in model.model_fields if name not in OF_EXTRACTS]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)
