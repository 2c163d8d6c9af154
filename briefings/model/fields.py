"""The types of the fields: what a YAML value must be, and how it is kept.

Every validator raises ``ValueError`` with a whole sentence; ``problems`` gives it its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    Strict,
    WithJsonSchema,
)
from pydantic_core import core_schema

from briefings.model import written
from briefings.model.addresses import SCHEMES, checked_url
from briefings.model.dates import EXPECTED, EXPECTED_MOMENT, Edtf, Moment
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.paper import Paper
from briefings.model.written import MAX_LINE, MAX_TEXT
from briefings.source import WrittenFloat, WrittenInt

if TYPE_CHECKING:
    from collections.abc import Callable

_SLUG = re.compile(written.SLUG_PATTERN)


def describe(value: object) -> str:
    """Say in a word or two what kind of YAML value this is."""
    if isinstance(value, bool):
        return f"{str(value).lower()}"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'the text "{value}"' if len(value) <= 40 else "a text"  # noqa: PLR2004
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a mapping"


def as_text(value: object) -> str:
    """Return a YAML value as the text that was written."""
    if isinstance(value, (WrittenInt, WrittenFloat)):
        return value.written
    if isinstance(value, str):
        return value
    hint = "; put it in quotes" if isinstance(value, bool) else ""
    raise ValueError(f"a text is expected, {describe(value)} was found{hint}")


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """The annotation of a field whose value *read* makes of what was written."""

    read: Callable[[Any], Any]
    json: dict[str, Any]

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.json.copy()  # pydantic adds to it


def _inline(value: object) -> Inline:
    return value if isinstance(value, Inline) else Inline.parse(_short(as_text(value), MAX_TEXT))


def _line(value: object) -> Inline:
    if isinstance(value, Inline):
        return value
    if not (text := as_text(value)).strip():
        raise ValueError("the text is empty")
    return Inline.literal(_short(text, MAX_LINE))


def _short(text: str, most: int) -> str:
    """Refuse what no page could hold, and no parser reads in a second."""
    if len(text) > most:
        raise ValueError(f"the text has {len(text):,} characters; {most:,} are the most")
    return text


def is_slug(text: str) -> bool:
    """Whether a text can be an id, or the name of an audience in a briefing."""
    return bool(_SLUG.fullmatch(text))


def _slug(value: object) -> str:
    if not _SLUG.fullmatch(text := as_text(value)):
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        hint = f'; did you mean "{slug}"?' if slug else ""
        raise ValueError(f'"{text}" is not a name of lower-case letters, digits and hyphens{hint}')
    return text


def _url(value: object) -> str:
    return checked_url(as_text(value), SCHEMES[:2])


def _edtf(value: object) -> Edtf:
    if isinstance(value, (str, WrittenInt)):
        return Edtf.parse(as_text(value))
    raise ValueError(f"{describe(value)} was found; {EXPECTED}")


def _moment(value: object) -> Moment:
    if isinstance(value, (str, WrittenInt)):
        return Moment.parse(as_text(value))
    raise ValueError(f"{describe(value)} was found; {EXPECTED_MOMENT}")


def _marking(value: object) -> Marking:
    return value if isinstance(value, Marking) else Marking.parse(as_text(value))


def _sheet(value: object) -> Paper:
    return value if isinstance(value, Paper) else Paper.read(as_text(value))


def _pattern(json: dict[str, Any]) -> _Field:
    expression = re.compile(json["pattern"], re.ASCII)
    what = json["description"].rstrip(".")

    def read(value: object) -> str:
        text = as_text(value)
        if not expression.fullmatch(text):
            raise ValueError(f'"{text}" is not {what[0].lower()}{what[1:]}')
        return text

    return _Field(read, json)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that holds the id of something else, of one of these kinds."""

    kinds: tuple[str, ...]

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return written.reference(self.kinds)


Text = Annotated[Inline, _Field(_inline, written.TEXT)]
Line = Annotated[Inline, _Field(_line, written.LINE)]
Slug = Annotated[str, _Field(_slug, written.SLUG)]
Url = Annotated[str, _Field(_url, written.URL)]
Date = Annotated[Edtf, _Field(_edtf, written.DATE)]
Day = Annotated[Moment, _Field(_moment, written.DAY)]
Sheet = Annotated[Paper, _Field(_sheet, written.SHEET)]
Label = Annotated[Marking, _Field(_marking, written.LABEL)]
Sha256 = Annotated[str, _pattern(written.SHA256)]
Version = Annotated[str, _pattern(written.VERSION)]
Region = Annotated[str, _pattern(written.REGION)]
LanguageCode = Annotated[str, _pattern(written.LANGUAGE)]

Count = Annotated[int, Strict(), Field(ge=0, le=10**15)]
Positive = Annotated[int, Strict(), Field(ge=1, le=10**6)]
Latitude = Annotated[float, Strict(), Field(ge=-90, le=90)]
Longitude = Annotated[float, Strict(), Field(ge=-180, le=180)]

SideId = Annotated[str, Ref(("side",))]
ActorId = Annotated[str, Ref(("actor",))]
PlaceId = Annotated[str, Ref(("place",))]
SourceId = Annotated[str, Ref(("source",))]
EventId = Annotated[str, Ref(("event",))]
ClaimId = Annotated[str, Ref(("claim",))]
POINTS = ("event", "claim", "context", "warning", "figure", "need", "discrepancy", "gap")
PointId = Annotated[str, Ref(POINTS)]
SaidId = Annotated[str, Ref(tuple(kind for kind in POINTS if kind not in ("discrepancy", "gap")))]
OriginId = Annotated[str, Ref(("actor", "source"))]


def _by_marking(value: object) -> object:
    """Take a bare text as one that inherits the marking around it."""
    if isinstance(value, dict):
        if not value:
            raise ValueError("a text is expected, or one for each marking")
        labels = [str(key).removeprefix("TLP:") for key in value]
        if twice := next((label for label in labels if labels.count(label) > 1), None):
            raise ValueError(f"there are two texts for TLP:{twice}")
        return value
    return {None: as_text(value)}


def _key(value: object) -> Marking | None:
    return None if value is None else _marking(value)


PerMarking = Annotated[
    dict[Annotated[Marking | None, PlainValidator(_key, json_schema_input_type=str)], Text],
    BeforeValidator(_by_marking),
    WithJsonSchema(written.PER_MARKING),
]
