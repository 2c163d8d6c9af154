"""From a document to Markdown: a template gets the document, the words, and nothing else."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from briefings.errors import BriefingsError, InvalidInput
from briefings.templating.budget import Budget
from briefings.templating.loader import Loader
from briefings.templating.noting import ENDING, note_all
from briefings.templating.problems import explained, first_of_each, problem_of
from briefings.templating.sandbox import environment
from briefings.templating.signs import strip, tidy
from briefings.templating.words import Words

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.document.listing import Listing
    from briefings.errors import Problem
    from briefings.resources import Shelf

__all__ = ["explained", "markdown", "run", "strip"]

MAIN = "briefing.md.j2"
ESCAPED = (".html.j2", ".svg.j2")
_HALF = re.compile("[\ud800-\udfff]")


def markdown(document: Document, shelf: Shelf, noted: list[Problem] | None = None) -> str:
    """Return the brief as Markdown with the signs for the page in it.

    Raises:
        InvalidInput: a template is missing, wrong or asks for what there is not; with all of that
            which shows in one run.
    """
    try:
        return tidy(run(MAIN, document, shelf, noted))
    except InvalidInput as error:
        if noted is not None or isinstance(error.__cause__, ENDING):
            raise
        further: list[Problem] = []
        with suppress(InvalidInput):
            run(MAIN, document, shelf, further)
        told = {(problem.file, problem.line) for problem in error.problems}
        more = (p for p in further if (p.file, p.line) not in told)
        raise InvalidInput(first_of_each([*error.problems, *more])) from error


def run(
    name: str,
    document: Document | Listing,
    shelf: Shelf,
    noted: list[Problem] | None = None,
    **more: object,
) -> str:
    """Render one template; in ``*.html.j2`` and ``*.svg.j2`` what is printed is escaped.

    Args:
        name: the template.
        document: the brief, or a listing of briefs.
        shelf: where templates are looked up.
        noted: takes what is missing or cannot be printed; without it, the first such is raised.
        more: what this template can name besides.

    Raises:
        InvalidInput: with the template's file and line.
    """
    words = Words(document.language, escaped=name.endswith(ESCAPED))
    loader = Loader(shelf)
    try:
        # One for each run: what a template keeps, the next reader's must not find.
        jinja = environment(loader, Budget(document), html=name.endswith(ESCAPED))
        if noted is not None:
            note_all(jinja, loader, noted)
        template = jinja.get_template(name)
        text = template.render(document=document, words=words, say=words.say, **more)
    except BriefingsError:
        raise
    except Exception as error:
        problem = problem_of(error, loader)
        if problem is None:
            raise
        raise InvalidInput([problem]) from error
    if half := _HALF.search(text):
        message = f"the template prints U+{ord(half.group()):04X}, which is no character"
        raise InvalidInput.of(message, loader.last)
    return text
