"""JSON Schemas as an editor reads them, and data that is wrong in one place."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from scripts import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
Path = tuple[str | int, ...]


def _ecma(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[Any]:
    """Match as ECMA-262 does: "$" is the very end, not what is before a last line break."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Validator = validators.extend(Draft202012Validator, {"pattern": _ecma})  # type: ignore[no-untyped-call]


def shipped(kind: str) -> Json:
    """Return a schema as it is shipped."""
    made: Json = json.loads((schemas.FOLDER / f"{kind}.json").read_text("utf-8"))
    return made


def validator(schema: Json) -> Any:  # noqa: ANN401  # a class made at run time
    return _Validator(schema, format_checker=FormatChecker())


def refused(schema: Json, data: object) -> str:
    """Return why a schema refuses data; nothing where it takes them."""
    found = sorted(validator(schema).iter_errors(data), key=lambda e: list(map(str, e.path)))
    return "\n".join(f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in found)


# Values that fit some field and not others. What YAML writes in two ways that JSON does not tell
# apart is not among them: 5 and 5.0, 10 and 0xA, 24 and 0024.
VALUES: list[Any] = [
    *(None, True, False, [], {}, [[]], ["x"], [None], ["analyst", "press"], ["news"], {"x": 1}),
    *(0, 1, -1, 3, 6, 7, 24, 90, 180, 2024, 10_000, 20_241_121, 10**15, 10**15 + 1, 10**20),
    *(1.5, -1.5, 90.5, -180.25, 9999.5, 10_000.5),
    *("", " ", "x", "a b", "A", "B", "G", "x-1.y_z", "x-", "X", "ä", "-1", "1", "7", "1.10", "1."),
    *("TLP:RED", "RED", "TLP:BLUE", "TLP:", "red", "TLP:AMBER+STRICT", "AMBER+STRICT", "WHITE"),
    *("2024", "2024-11", "2024-02-30", "2024-02-29", "2023-02-29", "2024-11-21T05:00Z", "2024-13"),
    *("2024-11-21", "2024-11-21~", "../2024", "../..", "2024/..", "2024-11/2024-12", "0000-01-01"),
    *("2024-11-21T05:00", "2024-11-21T24:00Z", "2024-11-21T05:00+14:30", "9999-12-31T05:00Z"),
    *(
        "yes",
        "No",
        "on",
        "tRUE",
        "2",
        "https://a.b/c",
        "http://",
        "ftp://a",
        "https://a b",
        "hTTp://x",
    ),
    *("mailto:a@b.c", "https://ü.example/ä", "https://:80/", "https://u@/", "https://u@h:1?q#f"),
    *(
        "asserts",
        "confirmed",
        "annex",
        "inline",
        "none",
        "low",
        "exact",
        "origin",
        "official",
        "un",
    ),
    *("A4", "letter", "en", "fr-FR", "english", "UA", "UA-30", "ua", "NO", "a" * 64, "0" * 64),
    *("a\n\nb", "a\nb", "\n\na\n\n", "a\n \n", "x\n", "x" * 1001, "x" * 10_001, "icd203", "likely"),
    *(
        {"TLP:RED": "x"},
        {"RED": "x"},
        {"TLP:RED": "x", "RED": "y"},
        {"TLP:BLUE": "x"},
        {"RED": None},
    ),
    *(
        {"TLP:CLEAR": "a", "TLP:RED": 7},
        {"name": "x"},
        {"name": "x", "role": None},
        {"name": "x", "y": 1},
    ),
]
KEYS = ["marking", "id", "text", "title", "status", "speakers", "extract", "reliability", "colour"]


def places(data: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401
    """Yield where a value stands."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        items = list(data.items())
    elif isinstance(data, list):
        items = list(enumerate(data))
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def at(data: Any, path: Path) -> Any:  # noqa: ANN401
    for key in path:
        data = data[key]
    return data


@st.composite
def changed(draw: st.DrawFn, data: Json) -> Json:
    """Draw data of which one or two values, keys or entries are others."""
    made = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 2))):
        found = list(places(made))
        if not found:
            break
        *above, key = draw(st.sampled_from(found))
        holder = at(made, tuple(above))
        how = draw(st.sampled_from(["other", "other", "other", "gone", "more"]))
        if how == "gone":
            del holder[key]
        elif how == "more" and isinstance(holder, dict):
            holder[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(VALUES)))
        else:
            holder[key] = copy.deepcopy(draw(st.sampled_from(VALUES)))
    return made
