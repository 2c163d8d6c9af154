"""What goes wrong in a template, as a sentence at its line with the nearest name that there is."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from briefings import plugins
from briefings.errors import Problem, nearest
from briefings.model.sections import keys
from briefings.resources import shipped
from briefings.templating.filters import NO_FILTERS, PAID, PAID_TESTS
from briefings.templating.missing import WITHOUT_CONTEXT, Lacking, not_shown
from briefings.templating.parser import plainly
from briefings.templating.places import passed
from briefings.templating.plain import plainly_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from briefings.templating.loader import Loader
    from briefings.templating.places import Place

TAGS = (
    *("block", "call", "elif", "else", "endblock", "endcall", "endfilter", "endfor", "endif"),
    *("endmacro", "endset", "endwith", "extends", "filter", "for", "from", "if", "import"),
    *("include", "macro", "set", "with"),
)
OURS = "; this comes of our "  # says what is laid on who has put in one of our templates
# What Python itself says of a template that is too much for it, before there is a line.
_COMPILING = (SyntaxError, RecursionError, MemoryError, UnicodeError)
_NO_SUCH = re.compile(r"No (filter|test) named '([^']+)'")
_IMPORT = re.compile(r"""\{%[-+]?\s*(?:from|import)\s+["']([^"']+)["']""")
_WORD = re.compile(r"\w+")
_WITH_CONTEXT = re.compile(r"\bwith\s+context\b")
_NO_TAG = re.compile(r"Encountered unknown tag '(\w+)'\.$")


def problem_of(error: Exception, loader: Loader, outer: Sequence[Place] = ()) -> Problem | None:
    """Return what is wrong with a template, at its line; ``None`` where no template is at fault.

    Args:
        error: what was raised.
        loader: where the templates come from.
        outer: the places that it has not come through yet.
    """
    run = [*passed(error), *outer]
    if isinstance(error, TemplateSyntaxError):
        file = error.filename or (run[0][0] if run else "")
        return at(file, error.lineno, explained(error))
    if isinstance(error, Lacking):
        return at(*error.place, str(error))
    if not run and isinstance(error, _COMPILING):
        run = [(loader.last, 0)]
    if not run and not isinstance(error, TemplateError):
        return None
    if isinstance(error, TemplateNotFound):
        known = loader.list_templates()
        return laid(run, f'there is no template "{error.name}"{nearest(str(error.name), known)}')
    return laid(run, _said(error))


def explained(error: TemplateSyntaxError, jinja: Environment | None = None) -> str:
    """Return what Jinja says of a wrong template, with the nearest name where a name is wrong."""
    said = str(error.message or error)
    if found := _NO_SUCH.match(said):
        what, name = found.groups()
        filters, tests = (jinja.filters, jinja.tests) if jinja else (PAID, PAID_TESTS)
        return no_such(what, name, filters if what == "filter" else tests)
    if found := _NO_TAG.match(said):
        hint = nearest(found[1], TAGS) or f"; known: {', '.join(TAGS)}"
        return f'there is no tag "{found[1]}"{hint}'
    return plainly(said)


def laid(run: Sequence[Place], message: str) -> Problem:
    """Return what is wrong at the place that is at fault, of those that run, the innermost first.

    What lacks the document is not at fault itself, but whoever imports it without. Nor is a
    template of ours, but the own one that has put it in.
    """
    if message == WITHOUT_CONTEXT:
        for (inner, _), (outer, calling) in pairwise(run):
            if inner != outer and (line := _imported(inner, outer, calling)):
                return at(outer, line, message)
    file, line = run[0] if run else ("", 0)
    own = next((place for place in run if not _ours(place[0])), None)
    if own is None or own == (file, line):
        return at(file, line, message)
    name = Path(file).resolve().relative_to(shipped("templates").resolve()).as_posix()
    return at(*own, f"{message}{OURS}{name}, line {line}, which is put in here")


def _ours(file: str) -> bool:
    return Path(file).resolve().is_relative_to(shipped("templates").resolve())


def _imported(inner: str, outer: str, calling: int) -> int:
    """Return the line in which one file imports another without context, or 0.

    Of several, it is the one whose names stand in the line that calls.
    """
    lines = _lines(outer)
    called = set(_WORD.findall(lines[calling - 1] if calling <= len(lines) else ""))
    importing = [
        (bool(called & {*_WORD.findall(line[found.end() :])}), -number)
        for number, line in enumerate(lines, 1)
        if (found := _IMPORT.search(line))
        and f"/{inner}".endswith(f"/{found[1]}")
        and not _WITH_CONTEXT.search(line)
    ]
    return -max(importing)[1] if importing else 0


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8").splitlines() if file else []
    except (OSError, ValueError):
        return []


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """Say that there is no such filter or test, or why it is not for templates."""
    if what == "filter" and name in NO_FILTERS:
        return f'the filter "{name}" is not for templates'
    if what == "filter" and plugins.waiting(plugins.FILTERS, name):
        return f'the filter "{name}" needs trusted = true in briefings.toml'
    return f'there is no {what} "{name}"{nearest(name, known)}'


def _said(error: Exception) -> str:
    if isinstance(error, (SyntaxError, MemoryError)):
        return "the template is nested too deep, or too large"
    if isinstance(error, RecursionError):
        return "a macro or a block calls itself without end"
    if isinstance(error, KeyError) and error.args[0] in keys():
        return not_shown(str(error.args[0]))
    if isinstance(error, KeyError):
        return f"there is no {error}"
    return plainly_told(str(error), PAID) or type(error).__name__


def at(file: str, line: int, message: str) -> Problem:
    """Return a problem with the line that it stands in."""
    lines = _lines(file)
    excerpt = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Problem(" ".join(message.split()), file, line, 0, excerpt)


def first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of their places, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.column, p.message))
