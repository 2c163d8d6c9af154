"""The schema of a language: just the keys of our English, with its words as examples."""

from __future__ import annotations

import re
from typing import Any

from briefings import language
from briefings.resources import Shelf

Json = dict[str, Any]
GROUPS = {
    "name": "What the language calls itself.",
    "direction": "The direction of writing: from left to right, or from right to left.",
    "group": "What stands between the thousands of a number.",
    "dates": "How dates are said.",
    "sections": "The headings of the sections.",
    "labels": "Letters before the numbers by which one part of a brief points at another. "
    "One letter of A to F alone would look like a grade.",
    "stance": "What a speaker does with a claim, as a verb.",
    "status": "What can be said of an event as a whole.",
    "status_meanings": "What each of these means, as a sentence; a brief gives those that it has.",
    "confidence": "The levels of confidence.",
    "reliability": "The Admiralty grades of a source.",
    "credibility": "The Admiralty grades of what is said.",
    "precision": "What the coordinates of a place stand for.",
    "role": "What a place is to an event.",
    "source_kind": "The kinds of source.",
    "links": "How one event hangs together with an earlier one.",
    "words": "All other words of a brief.",
}


def of_languages() -> Json:
    """Return the JSON Schema of ``languages/<code>.yaml``."""
    english, french = (language.load(code, Shelf()) for code in ("en", "fr"))
    json = _shape(english.data, french.data, ())
    json["description"] = "Every word that a brief says by itself, in one language."
    return json


def _shape(english: Any, french: Any, path: tuple[str, ...]) -> Json:  # noqa: ANN401
    if isinstance(english, dict):
        parts = {key: _shape(english[key], french[key], (*path, key)) for key in english}
        json: Json = {
            "type": "object",
            "properties": parts,
            "required": list(english),
            "additionalProperties": False,
        }
    elif isinstance(english, list):
        word = {"type": "string", "pattern": r"^[^\n\r]+$"}
        size = len(english)
        json = {"type": "array", "items": word, "minItems": size, "maxItems": size}
    else:
        json = _word(english, path)
    if not path:
        return json
    said = _said(english, path)
    return json | {"description": said, "examples": [english, french]}


def _said(english: Any, path: tuple[str, ...]) -> str:  # noqa: ANN401
    said = GROUPS[path[0]]
    if len(path) > 1:
        said += f' Here: "{path[1]}".'
    names = list(dict.fromkeys(_placeholders(english))) if isinstance(english, str) else []
    stated = ", ".join(f"{{{name}}}" for name in names)
    return f"{said} It holds {stated}." if names else said


def _placeholders(sentence: str) -> list[str]:
    return [name for _, name in language.pieces(sentence) if name]


def _word(english: str, path: tuple[str, ...]) -> Json:
    """Return the JSON of one line that holds each placeholder of our English, and no other."""
    if path == ("direction",):
        return {"enum": ["ltr", "rtl"]}
    if path[0] == "labels":
        return {
            "type": "string",
            "pattern": "^[A-Za-z]+$",
            "errorMessage": "Expected: letters from A to Z.",
        }
    names = dict.fromkeys(map(re.escape, _placeholders(english)))
    wanted = "".join(rf"(?=.*\{{{name}\}})" for name in names)
    other = rf"|\{{(?:{'|'.join(names)})\}}" if names else ""
    return {
        "type": "string",
        "pattern": rf"^{wanted}(?:[^{{}}\n\r]{other})+$",
        "errorMessage": "Expected: one line"
        + (f" with {', '.join(f'{{{name}}}' for name in names)}." if names else "."),
    }
