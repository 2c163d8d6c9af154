"""Everything that is wrong with somebody's templates, themes and audiences, before any brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import source as yaml
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from briefings.survey import reading, static, themes, trial
from briefings.survey.astray import astray
from briefings.survey.library import Library
from briefings.templating.missing import WITHOUT_CONTEXT
from briefings.templating.problems import first_of_each
from briefings.writers.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefings.errors import Problem

CONTEXT = " with context %}"  # so ends what is told of an import without


def problems(paths: Iterable[Path]) -> tuple[list[Problem], dict[str, int]]:
    """Return what is wrong with what lies in folders, or beside briefings, and what was read.

    The latter is how many there are of each: ``template``, ``theme`` and ``audience``.

    Templates are read first, then run on the smallest and the fullest document: what is told of a
    line already is not told again.

    Raises:
        InvalidInput: there is no such folder.
    """
    found: list[Problem] = []
    read = dict.fromkeys(("template", "theme", "audience"), 0)
    for folder in dict.fromkeys(_folder(path) for path in paths):
        shelf = Shelf.at(folder)
        library = Library(shelf)
        own = [sheet for sheet in library.sheets.values() if sheet.own]
        sheets = themes.own(shelf)
        readers = trial.own_audiences(shelf)
        for what, several in (("template", own), ("theme", sheets), ("audience", readers)):
            read[what] += len(several)
        lost = [*astray(library, shelf)]
        if not any((own, sheets, readers, library.unread, lost)):
            continue  # ours alone
        told = [
            *lost,
            *library.unread,
            *_of_audiences(readers, library, shelf),
            *themes.check(sheets),
        ]
        for sheet in own:
            told += sheet.problems or static.check(library, sheet)
        places = {(problem.file, problem.line) for problem in told}
        lacking = {problem.file for problem in told if problem.message.endswith(CONTEXT)}
        told += [
            problem
            for problem in trial.run(library, shelf)
            if (problem.file, problem.line) not in places
            and not (problem.message == WITHOUT_CONTEXT and problem.file in lacking)
        ]
        found += told
    return first_of_each(found), read


def _folder(path: Path) -> Path:
    if not path.exists():
        raise InvalidInput.of("there is no such file or folder", str(path))
    return path if path.is_dir() else path.absolute().parent


def _of_audiences(names: Iterable[str], library: Library, shelf: Shelf) -> list[Problem]:
    found: list[Problem] = []
    for name in names:
        try:
            reader = audiences.load(name, shelf)
        except InvalidInput as error:
            found += error.problems
            found += _of_theme(name, _stated_theme(name, shelf), shelf)
            continue
        found += _of_theme(name, reader.theme, shelf)
        found += reading.unread(name, library, shelf)
    return found


def _of_theme(name: str, themes: list[str], shelf: Shelf) -> list[Problem]:
    try:
        theme(themes, shelf)
    except InvalidInput as error:
        return [p if p.file else _placed(p, name, shelf) for p in error.problems]
    return []


def _stated_theme(name: str, shelf: Shelf) -> list[str]:
    """Return the themes that an audience states which cannot be read as a whole."""
    path = shelf.find("audiences", f"{name}.yaml")
    try:
        stated = yaml.read(path).data.get("theme") if path else None
    except InvalidInput:
        return []
    several = stated if isinstance(stated, list) else [stated]
    return [one for one in several if isinstance(one, str)]


def _placed(problem: Problem, name: str, shelf: Shelf) -> Problem:
    """Return what is wrong with an audience's theme at the place where that is named."""
    path = shelf.find("audiences", f"{name}.yaml")
    assert path  # noqa: S101  # it was found before
    return yaml.read(path).problem(("theme",), problem.message)
