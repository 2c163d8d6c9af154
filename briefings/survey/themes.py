"""What is wrong with a style sheet: its syntax, its addresses, and names of ours that are none."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import tinycss2

from briefings.errors import InvalidInput, Problem, nearest
from briefings.resources import Shelf, shipped
from briefings.survey.grammar import flat, wrong
from briefings.survey.styles import Told, passed_over
from briefings.writers.theme import known, paint, sheet, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MISSPELT = 0.8  # how near a name is to another that was surely meant
SHEET = ("--sheet-top", "--sheet-side", "--sheet-bottom")
# By page.html.j2, and by a drawing that says how wide it is.
GIVEN = ("--marking", *SHEET, "--type", "--leading", "--foot", "--drawn")


def own(shelf: Shelf) -> list[Path]:
    """Return the files of the themes that are somebody's own."""
    ours = shipped("templates").resolve()
    found = (shelf.find("templates", f"themes/{name}.css") for name in known(shelf))
    return [path for path in found if path and not path.is_relative_to(ours)]


def check(files: Iterable[Path]) -> list[Problem]:
    """Return what is wrong with style sheets."""
    drawn = paint(theme([], Shelf())).items()
    ours = {f"--{name.replace('_', '-')}": value for name, value in drawn}
    return [problem for file in files for problem in _of_file(file, ours)]


def _of_file(path: Path, ours: Mapping[str, str]) -> list[Problem]:
    found: list[Problem] = []
    try:
        sheet(path)
    except InvalidInput as error:
        found += error.problems
        if not all(problem.line for problem in found):
            return found  # it cannot be read at all
    css = path.read_text("utf-8-sig")
    lines = css.split("\n")
    tokens = tinycss2.parse_component_value_list(css)
    names = {*ours, *GIVEN}
    said = {*wrong(css), *_names(tokens, _defined(tokens), names), *passed_over(css, ours)}
    return found + [
        Problem(what, str(path), line, column, lines[min(line, len(lines)) - 1].rstrip())
        for line, column, what in sorted(said)
    ]


def _defined(tokens: Iterable[Any]) -> dict[str, Any]:
    """Return the custom properties that a style sheet sets, each with the token that names it."""
    found: dict[str, Any] = {}
    before = None
    for token in flat(tokens):
        if before is not None and token.type == "literal" and token.value == ":":
            found.setdefault(before.value, before)
        if token.type not in ("whitespace", "comment"):
            custom = token.type == "ident" and token.value.startswith("--")
            before = token if custom else None
    return found


def _names(tokens: Iterable[Any], own: Mapping[str, Any], names: set[str]) -> Iterator[Told]:
    """Yield each custom property that is nearly one of ours and unused, or used and not there."""
    used = set()
    for token in flat(tokens):
        if token.type == "function" and token.lower_name == "var":
            idents = [t for t in token.arguments if t.type == "ident"]
            bare = not any(t.type == "literal" and t.value == "," for t in token.arguments)
            for ident in idents[:1]:
                used.add(ident.value)
                if bare and ident.value not in {*own, *names}:
                    hint = nearest(ident.value, {*own, *names})
                    message = f'there is no "{ident.value}"{hint}'
                    yield ident.source_line, ident.source_column, message
    for name, token in own.items():
        near = get_close_matches(name, names, n=1, cutoff=MISSPELT)
        if name not in names and name not in used and near:
            message = f'nothing uses "{name}"; did you mean "{near[0]}"?'
            yield token.source_line, token.source_column, message
