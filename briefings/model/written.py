"""What may stand in the YAML for each type of field, as JSON Schema says it.

Editors read it while somebody writes; ``fields`` has the last word. A number stands for the text
that was written, so most texts may be one. ``errorMessage`` is what an editor says of a wrong one.
"""

from __future__ import annotations

from typing import Any

from briefings.model.marking import Marking
from briefings.model.paper import EXAMPLE, SIZE, Paper

MAX_TEXT, MAX_LINE = 10_000, 1_000
WRITTEN = ["string", "number"]

# ECMA-262 and Python read these alike; "\S" is what neither takes for a space.
SLUG_PATTERN = r"[a-z0-9]+([-_.][a-z0-9]+)*"
_ONE_PARAGRAPH = r"^\s*\S(?:[^\n]|\n(?![ \t\r]*\n\s*\S))*$"
_ADDRESS = r"^[hH][tT][tT][pP][sS]?://([^\s<>/?#]*@)?[^\s<>/?#@:][^\s<>/?#@]*([/?#][^\s<>]*)?$"

_YEAR = "(?!0000)[0-9]{4}"
_LEAP_YEAR = "(?!0000)(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    f"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)"
)
_ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_TIME = f"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::00)?{_ZONE}"
_MOMENT = f"(?:(?!0001-01-0[12]T|9999-12-31T){_DAY}(?:{_TIME})?)"
_POINT = f"(?:{_MOMENT}|{_MONTH}|{_YEAR})[~?%]?"


def _whole(expression: str, what: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the JSON of a text that is wholly an *expression*; *what* is that in words."""
    return {
        "type": "string",
        "pattern": f"^{expression}$",
        "description": f"{what[0].upper()}{what[1:]}.",
        "errorMessage": f"Expected: {what}.",
        **more,
    }


TEXT: dict[str, Any] = {
    "type": WRITTEN,
    "maxLength": MAX_TEXT,
    "pattern": _ONE_PARAGRAPH,
    "description": "One paragraph; *emphasis*, `code` and links work.",
    "errorMessage": f"Expected: a text of one paragraph, of {MAX_TEXT:,} characters at most.",
}
LINE: dict[str, Any] = {
    "type": WRITTEN,
    "maxLength": MAX_LINE,
    "pattern": r"\S",
    "description": "A text in which no character has a meaning.",
    "errorMessage": f"Expected: a text of {MAX_LINE:,} characters at most.",
}
_NUMBER: dict[str, Any] = {"type": WRITTEN, "minimum": 0}  # one that begins with no minus
SLUG = _whole(SLUG_PATTERN, "a short name: lower-case letters, digits, hyphens", **_NUMBER)
SHA256 = _whole(
    "[0-9a-f]{64}", "a SHA-256 in 64 lower-case hex digits", type=WRITTEN, minimum=10**63
)
VERSION = _whole(
    r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}",
    "a version such as 1 or 1.2",
    **_NUMBER,
    exclusiveMaximum=10_000,
)
REGION = _whole("[A-Z]{2}(-[A-Z0-9]{1,3})?", "an ISO 3166 code such as UA-30")
LANGUAGE = _whole("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language code such as en")
SHEET: dict[str, Any] = {
    "anyOf": [
        {"enum": list(Paper), "enumDescriptions": ["210 mm by 297 mm.", "8.5 by 11 inches."]},
        {"type": "string", "pattern": f"^{SIZE}$"},
    ],
    "description": f"{', '.join(Paper)}, or a width and a height: {EXAMPLE}.",
    "errorMessage": f"Expected: {', '.join(Paper)}, or a width and a height: {EXAMPLE}.",
}
URL: dict[str, Any] = {
    "type": "string",
    "pattern": _ADDRESS,
    "description": "An address (http, https).",
    "errorMessage": "Expected: an address that begins with http:// or https://.",
}
DATE: dict[str, Any] = {
    "type": ["string", "integer"],
    "pattern": rf"^(?:{_POINT}|{_POINT}/(?:{_POINT}|\.\.)|\.\./{_POINT})$",
    "minimum": 1000,  # a year before it is put in quotes, for 24 is more likely a slip
    "maximum": 9999,
    "description": "A date in EDTF: 2024-11-21, 2024-11, ../2024-11-19.",
    "errorMessage": "Expected: a date such as 2024-11-21, 2024-11, 2024-11-21T05:00Z or "
    "../2024-11-19.",
}
DAY: dict[str, Any] = {
    "type": "string",
    "pattern": f"^{_MOMENT}$",
    "description": "A day or a minute: 2024-11-21, 2024-11-21T18:00Z.",
    "errorMessage": "Expected: a date such as 2024-11-21 or 2024-11-21T18:00Z.",
}

LABELS = [marking.value for marking in Marking]
_BARE = [label.removeprefix("TLP:") for label in LABELS]
_BARE_LABEL = f"^({'|'.join(_BARE)})$".replace("+", r"\+")
# What an editor offers has its prefix; what has none is only taken.
LABEL: dict[str, Any] = {
    "anyOf": [
        {"enum": LABELS},
        {"type": "string", "pattern": _BARE_LABEL, "description": "Without its prefix."},
    ],
    "description": "A marking of TLP 2.0.",
}
# One text for each reader; the same marking with and without its prefix would be two.
PER_MARKING: dict[str, Any] = {
    "type": [*WRITTEN, "object"],
    "maxLength": MAX_TEXT,
    "pattern": _ONE_PARAGRAPH,
    "patternErrorMessage": TEXT["errorMessage"],
    "properties": dict.fromkeys(LABELS, TEXT),
    "patternProperties": {_BARE_LABEL: TEXT},
    "additionalProperties": False,
    "minProperties": 1,
    "dependentSchemas": {
        label: {"properties": {bare: False}} for label, bare in zip(LABELS, _BARE, strict=True)
    },
    "description": "A text, or a mapping of markings to texts: each reader gets the one with the "
    "highest marking that they may see. *emphasis*, `code` and links work.",
}


def reference(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON of a field that holds the id of one of these *kinds*."""
    what = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    return {**SLUG, "description": f"The id of {'an' if what[0] in 'aeiou' else 'a'} {what}."}
