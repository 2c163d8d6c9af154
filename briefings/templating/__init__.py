"""From a document to Markdown: a template gets the document, the words, and nothing else."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from briefings.errors import BriefingsError, InvalidInput, Problem, nearest
from briefings.templating.budget import Budget
from briefings.templating.loader import Loader
from briefings.templating.sandbox import environment
from briefings.templating.signs import strip, tidy
from briefings.templating.words import Words

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

__all__ = ["markdown", "run", "strip"]

MAIN = "briefing.md.j2"
ESCAPED = (".html.j2", ".svg.j2")
_HALF = re.compile("[\ud800-\udfff]")
# What Python itself says of a template that is too much for it, before there is a line.
_COMPILING = (SyntaxError, RecursionError, MemoryError, UnicodeError)


def markdown(document: Document, shelf: Shelf) -> str:
    """Return the brief as Markdown with the signs for the page in it.

    Raises:
        InvalidInput: a template is missing, wrong or asks for what there is not.
    """
    return tidy(run(MAIN, document, shelf))


def run(name: str, document: Document, shelf: Shelf, **more: object) -> str:
    """Render one template; in ``*.html.j2`` and ``*.svg.j2`` what is printed is escaped.

    Raises:
        InvalidInput: with the template's file and line.
    """
    words = Words(document.language)
    loader = Loader(shelf)
    try:
        # One for each run: what a template keeps, the next reader's must not find.
        jinja = environment(loader, Budget(document), html=name.endswith(ESCAPED))
        template = jinja.get_template(name)
        text = template.render(document=document, words=words, say=words.say, **more)
    except BriefingsError:
        raise
    except Exception as error:
        problem = _problem(error, loader)
        if problem is None:
            raise
        raise InvalidInput([problem]) from error
    if half := _HALF.search(text):
        message = f"the template prints U+{ord(half.group()):04X}, which is no character"
        raise InvalidInput.of(message, loader.last)
    return text


def _problem(error: Exception, loader: Loader) -> Problem | None:
    """Return what is wrong with a template, at its line; ``None`` where no template is at fault."""
    file, line = "", 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".j2") and frame.lineno:
            file, line = frame.filename, frame.lineno
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    if isinstance(error, TemplateNotFound):
        known = loader.list_templates()
        return _at(
            file, line, f'there is no template "{error.name}"{nearest(str(error.name), known)}'
        )
    if not file and isinstance(error, _COMPILING):
        file = loader.last
    if not file and not isinstance(error, TemplateError):
        return None
    return _at(file, line, _said(error))


def _said(error: Exception) -> str:
    if isinstance(error, (SyntaxError, MemoryError)):
        return "the template is nested too deep, or too large"
    if isinstance(error, RecursionError):
        return "a macro or a block calls itself without end"
    if isinstance(error, KeyError):
        return f"there is no {error}"
    return str(error) or type(error).__name__


def _at(file: str, line: int, message: str) -> Problem:
    try:
        lines = Path(file).read_text("utf-8").splitlines() if file else []
    except (OSError, ValueError):
        lines = []
    excerpt = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Problem(" ".join(message.split()), file, line, 0, excerpt)
