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
    """A person, a desk or a body. Example: ``Duty desk``."""
    role: Line | None = None
    """What this author did, or is. Example: ``analysis``."""


_AuthorOrName = Annotated[
    Author, BeforeValidator(_name_alone, json_schema_input_type=Line | Author)
]


class Extract(Model):
    """Whose view of a briefing this is: only what ``briefings extract`` gives has it.

    ``grades`` says whether grades of sources and statements are a part of it.
    """

    audience: Line
    """The reader that it was made for. Example: ``press``."""
    sourcing: Sourcing
    """How much of the sourcing is in it. Example: ``inline``."""
    grades: Annotated[bool, Strict()]
    """Whether the grades of sources and statements are in it. Example: ``true``."""


class Head(Model):
    """Everything of a briefing that is not a portion of a section.

    ``title``, ``bluf``, ``series`` and ``notice`` are portions too: a text alone inherits the
    briefing's marking, a mapping gives one text for each marking.
    """

    extract: Extract | None = None
    """Only what ``briefings extract`` gives back has this: for whom it was made, and what is in it.
    """
    id: Slug | None = None
    """The briefing's id. It may be left out, for it is the name of the file without its ending.
    Example: ``2026-05-03-harbour-fire``.
    """
    formerly: list[Slug] = []
    """The ids that the briefing had before, where it was published under them: what leads there
    then leads here. No reader is told. Example: ``[2026-05-03-fire]``.
    """
    title: PerMarking
    """What the brief is called. It stands on every page, so it says no more than its reader may
    see. Examples: ``Fire in the grain terminal``,
    ``{TLP:CLEAR: A fire, TLP:GREEN: A fire after a blast}``.
    """
    bluf: PerMarking
    """The bottom line up front: what happened and what it means, for those who read nothing else.
    Example: ``A fire stopped loading at the grain terminal on 3 May, the port authority says.``.
    """
    series: PerMarking | None = None
    """The series that the briefing belongs to. Example: ``Flood situation brief``."""
    issue: Positive | None = None
    """The number of the briefing in its series. Example: ``2``."""
    notice: PerMarking | None = None
    """A remark that stands above everything else, for every reader. Example:
    ``Exercise material; everybody in it is invented.``.
    """
    as_of: Day
    """The information cut-off: what became known later is not in the briefing. Example:
    ``2026-05-03T18:00Z``.
    """
    published: Day
    """When the briefing goes out; never the clock of the machine. Example: ``2026-05-03``."""
    version: Version = "1"
    """The version of the briefing; what changed stands under ``corrections``. Examples: ``1``,
    ``1.2``.
    """
    language: LanguageCode = "en"
    """The language that the texts are written in, and that of the words around them unless the
    audience names another. Examples: ``en``, ``fr``.
    """
    marking: Label
    """The marking of the whole: what carries none of its own has this one. Example: ``TLP:AMBER``.
    """
    authors: Annotated[list[_AuthorOrName], Field(min_length=1)]
    """Who answers for the briefing: names alone, or mappings. Example: ``[Duty desk]``."""
    audiences: list[Slug] = []
    """Who gets a brief of it when none is named on the command line. Example: ``[executive,
    analyst, press]``.
    """
    lexicon: Slug = "icd203"
    """The lexicon whose terms the likelihoods are: ours are ``icd203``, ``icd203-probable`` and
    ``phia``. Examples: ``icd203``, ``phia``, ``icd203-probable``.
    """

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
