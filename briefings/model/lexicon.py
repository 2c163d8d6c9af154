"""Lexicons of likelihood: the terms of a standard and the chances they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, Strict, ValidationError, model_validator

from briefings import source as yaml
from briefings.errors import InvalidInput, unknown
from briefings.model.base import Model
from briefings.model.fields import Line
from briefings.model.problems import collect

if TYPE_CHECKING:
    from briefings.resources import Shelf

Percent = Annotated[int, Strict(), Field(ge=0, le=100)]


class Term(Model):
    """One term with its range of chances in percent; ranges may leave gaps, as PHIA's do."""

    term: Line
    """The term, or two that mean the same, joined by "or". Example: ``likely or probable``."""
    low: Percent
    """The lowest chance that it stands for, in percent. Example: ``55``."""
    high: Percent
    """The highest chance that it stands for, in percent. Example: ``80``."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f'"low" is {self.low}, more than "high", which is {self.high}')
        return self


class Lexicon(Model):
    """The terms of one standard, the least likely first."""

    name: Line
    """What the standard is called in a brief. Example: ``ICD 203``."""
    source: Line
    """Where the terms are defined. Example: ``Intelligence Community Directive 203, 2015``."""
    terms: Annotated[list[Term], Field(min_length=2)]
    """The terms, the least likely first. Example:
    ``[{term: unlikely, low: 1, high: 50}, {term: likely, low: 50, high: 99}]``.
    """

    def find(self, word: str) -> Term | None:
        """Return the term that *word* is, or one half of, as in "likely or probable"."""
        said = word.lower()
        for term in self.terms:
            whole = term.term.plain.lower()
            if said == whole or said in whole.split(" or "):
                return term
        return None


def load(name: str, shelf: Shelf) -> Lexicon:
    """Read ``lexicons/<name>.yaml``.

    Raises:
        InvalidInput: there is none, or it is wrong.
    """
    path = shelf.find("lexicons", f"{name}.yaml")
    if path is None:
        raise InvalidInput.of(unknown("lexicon", name, shelf.stems("lexicons")))
    source = yaml.read(path)
    try:
        return Lexicon.model_validate(source.data)
    except ValidationError as error:
        raise InvalidInput(collect(error, Lexicon, source)) from None
