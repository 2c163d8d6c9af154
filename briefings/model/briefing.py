"""The briefing as a whole: its head, and a list of portions under each key of ``SECTIONS``."""

from __future__ import annotations

from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, PrivateAttr, Strict, create_model

from briefings.model.base import Model, Portion
from briefings.model.fields import (
    Day,
    Label,
    LanguageCode,
    Line,
    PerMarking,
    Positive,
    Slug,
    Version,
)
from briefings.model.sections import keys
from briefings.model.vocabulary import Sourcing

P = TypeVar("P", bound=Portion)


def _name_alone(value: object) -> object:
    return value if isinstance(value, dict) else {"name": value}


class Author(Portion):
    """Who answers for the briefing; in the YAML a name alone will do."""

    name: Line
    role: Line | None = None


class Extract(Model):
    """Whose view of a briefing this is: only what ``briefings extract`` gives has it.

    ``grades`` says whether grades of sources and statements are a part of it.
    """

    audience: Line
    sourcing: Sourcing
    grades: Annotated[bool, Strict()]


class Head(Model):
    """Everything of a briefing that is not a portion of a section.

    ``title``, ``bluf``, ``series`` and ``notice`` are portions too: a text alone inherits the
    briefing's marking, a mapping gives one text for each marking.
    """

    extract: Extract | None = None
    id: Slug | None = None
    title: PerMarking
    bluf: PerMarking
    series: PerMarking | None = None
    issue: Positive | None = None
    notice: PerMarking | None = None
    as_of: Day
    published: Day
    version: Version = "1"
    language: LanguageCode = "en"
    marking: Label
    authors: Annotated[list[Annotated[Author, BeforeValidator(_name_alone)]], Field(min_length=1)]
    audiences: list[Slug] = []
    lexicon: Slug = "icd203"

    _name: str = PrivateAttr(default="briefing")
    _folder: Path | None = PrivateAttr(default=None)

    @property
    def name(self) -> str:
        """The briefing's id: the stem of its file."""
        return self._name

    @property
    def folder(self) -> Path | None:
        """The folder whose ``audiences/`` and ``templates/`` come before ours."""
        return self._folder

    def placed(self, name: str, folder: Path | None) -> None:
        """Remember where the briefing came from."""
        self._name, self._folder = name, folder

    def portions(self, key: str) -> list[Portion]:
        """Return what stands under a key, such as ``"events"``."""
        found: list[Portion] = getattr(self, key)
        return found

    def all_of(self, key: str, kind: type[P]) -> list[P]:
        """Return what stands under a key, as objects of one class."""
        return [portion for portion in self.portions(key) if isinstance(portion, kind)]


_LISTS: dict[str, Any] = {
    key: (GenericAlias(list, (portion,)), Field(default_factory=list))
    for key, portion in keys().items()
}
if TYPE_CHECKING:

    class Briefing(Head):
        """A briefing: the head, and one list of portions for each key."""
else:
    Briefing = create_model("Briefing", __base__=Head, __module__=__name__, **_LISTS)
    Briefing.__doc__ = "A briefing: the head, and one list of portions for each key."
