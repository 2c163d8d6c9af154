"""The briefing as data: its words, and the checks that make bad input a sentence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefings.errors import InvalidInput, Problem, unknown
from briefings.model import extracts, lexicon, problems, references, register
from briefings.model.briefing import Briefing
from briefings.resources import Shelf
from briefings.source import WrittenFloat, WrittenInt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefings.source import Source

__all__ = ["Briefing", "build"]


def build(source: Source, *, name: str, folder: Path | None) -> Briefing:
    """Make a briefing of what was read.

    Args:
        source: the YAML as data with places.
        name: the briefing's id, which is its file's stem.
        folder: where the user's own audiences, templates and lexicons are.

    What it uses of the workspace's register is put into it.

    Raises:
        InvalidInput: with every problem, each at its place, in the order of the file.
    """
    shelf = Shelf.at(folder)
    registered = register.load(shelf)
    found = register.merge(source, registered)
    found += references.check(source, Briefing, registered.ids())
    briefing = None
    try:
        briefing = Briefing.model_validate(source.data)
    except ValidationError as error:
        found += problems.collect(error, Briefing, source)
    found += extracts.check(source)
    found += _name(source, name)
    found += _likelihoods(source, shelf)
    if found or briefing is None:
        raise InvalidInput(sorted(set(found), key=partial(_order, registered)))
    briefing.placed(name, folder)
    return briefing


def _order(registered: register.Register, problem: Problem) -> tuple[str, int, int, str]:
    """Put the briefing's own problems before those of the register."""
    elsewhere = problem.file in {source.name for source in registered.sources}
    return problem.file if elsewhere else "", problem.line, problem.column, problem.message


def _name(source: Source, name: str) -> Iterator[Problem]:
    stated = source.data.get("id")
    if isinstance(stated, str) and stated != name:
        yield source.problem(
            ("id",),
            f'the id is "{stated}", the file\'s name makes it "{name}"; rename one of the two',
        )


def _likelihoods(source: Source, shelf: Shelf) -> Iterator[Problem]:
    """Yield a problem for each likelihood that is no term of the briefing's one lexicon."""
    name = source.data.get("lexicon", "icd203")
    known = shelf.stems("lexicons")
    if not isinstance(name, str):
        return
    if name not in known:
        yield source.problem(("lexicon",), unknown("lexicon", name, known))
        return
    judgements = source.data.get("key_judgements")
    if not isinstance(judgements, list) or not judgements:
        return
    terms = lexicon.load(name, shelf)
    for index, judgement in enumerate(judgements):
        word = judgement.get("likelihood") if isinstance(judgement, dict) else None
        if isinstance(word, (str, WrittenInt, WrittenFloat)) and not terms.find(str(word)):
            # Never the nearest alone: that of "likely" may be "unlikely".
            known_terms = ", ".join(t.term.plain for t in terms.terms)
            message = f'unknown likelihood of {name} "{word}"; known: {known_terms}'
            yield source.problem(("key_judgements", index, "likelihood"), message)
