"""Which briefings are published, and what each has to say for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefings import workspace
from briefings.build import distinct
from briefings.errors import InvalidInput, Problem
from briefings.resources import shown
from briefings.resources import workspace as workspace_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefings.publish.briefs import Entry
    from briefings.publish.wanted import Pages

Tell = Callable[[int, int, str], None]


def chosen(root: Path, files: Sequence[Path]) -> list[Path]:
    """Return the briefings that are to be published: these files, or all of the workspace.

    Raises:
        InvalidInput: there is none, or one is of another workspace.
    """
    if not files:
        return workspace.briefings(root)
    wrong = [
        Problem(f"it is not in the workspace {shown(root)}, whose target this is", str(path))
        for path in files
        if path.exists() and workspace_of(path.absolute().parent) != root
    ]
    if wrong:
        raise InvalidInput(wrong)
    return distinct(files)


def entries(pages: Pages, paths: Sequence[Path], tell: Tell) -> list[Entry]:
    """Return the entries of all briefings.

    Raises:
        InvalidInput: with everything that is wrong with them.
        Unequipped: something that a PDF stands on is not there.
    """
    found: list[Entry] = []
    problems: list[Problem] = []
    for number, path in enumerate(paths, 1):
        tell(number, len(paths), shown(path))
        try:
            found += pages.of(path)
        except InvalidInput as error:
            problems += error.problems
    stems = Counter(path.stem for path in paths)
    problems += (
        Problem("another of these files has the same name, and so the same pages", shown(path))
        for path in paths
        if stems[path.stem] > 1
    )
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return found


def apart(briefs: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield each brief with why it must not be published: its own reason, or another's name."""
    names = Counter(entry.page.casefold() for entry in briefs)
    for entry in briefs:
        same = names[entry.page.casefold()] > 1
        said = "the page of another brief would have the same name" if same else ""
        yield entry, entry.refused or said
