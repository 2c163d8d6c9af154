"""A workspace as a whole: which briefings it has, where its briefs go, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import settings, writers
from briefings.errors import InvalidInput, Problem
from briefings.model import register
from briefings.resources import WORKSPACE, Shelf, shipped, shown, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefings.model import Briefing
    from briefings.model.vocabulary import Pictures

DATA = "data"
DEFAULT_AUDIENCES = ("executive", "analyst", "press")
DEFAULT_FORMATS = ("md", "pdf")


def root(folder: Path) -> Path:
    """Return the workspace that a folder lies in.

    Raises:
        InvalidInput: it lies in none.
    """
    if not folder.is_dir():
        raise InvalidInput.of("there is no such folder", str(folder))
    found = workspace(folder)
    if found is None:
        said = f"there is no {WORKSPACE} here or above; make a workspace: briefings init DIR"
        raise InvalidInput.of(said, "" if folder == Path() else str(folder))
    return found


def briefings(folder: Path) -> list[Path]:
    """Return all briefings of the workspace that a folder lies in.

    Raises:
        InvalidInput: it lies in none, or that has no briefing.
    """
    if workspace(folder) is None:
        raise InvalidInput.of(f"name a FILE: there is no {WORKSPACE} here or above that has some")
    data = root(folder) / DATA
    found = [Path(shown(path)) for path in sorted(data.glob("*.yaml"))]
    if not found:
        said = "there is no briefing in it; make one: briefings new briefing ID"
        raise InvalidInput.of(said, shown(data))
    return found


def one(folder: Path) -> Path:
    """Return the only briefing of the workspace that a folder lies in.

    Raises:
        InvalidInput: it lies in none, or that has not exactly one.
    """
    found = briefings(folder)
    if len(found) > 1:
        said = f"name a FILE: there are {len(found)} briefings; the last by name is {found[-1]}"
        raise InvalidInput.of(said)
    return found[0]


def readers(briefing: Briefing) -> Sequence[str]:
    """Return for whom a briefing is rendered where the command line does not say."""
    stated = settings.load(Shelf.at(briefing.folder)).audiences
    return briefing.audiences or stated or DEFAULT_AUDIENCES


def formats(briefing: Briefing) -> Sequence[str]:
    """Return in which formats a briefing is rendered where the command line does not say."""
    return settings.load(Shelf.at(briefing.folder)).formats or DEFAULT_FORMATS


def figures(briefing: Briefing) -> Pictures:
    """Return as what figures stand beside a page where the command line does not say."""
    return settings.load(Shelf.at(briefing.folder)).figures


def out(files: Iterable[Path]) -> Path:
    """Return the folder that the briefs of these briefings go to where nobody says.

    Raises:
        InvalidInput: they are of several workspaces.
    """
    roots = {workspace(file.absolute().parent) for file in files}
    if len(roots) > 1:
        raise InvalidInput.of("the briefings are not of one workspace; say where to: -o DIR")
    (place,) = roots
    if place is None:
        return Path(settings.OUT)
    folder = place / settings.load(Shelf.at(place)).out
    if not folder.resolve().is_relative_to(place.resolve()):
        said = "this leads out of the workspace; say where to: -o DIR"
        raise InvalidInput.of(said, shown(folder))
    return Path(shown(folder))


def misnamed(shelves: Iterable[Shelf]) -> list[Problem]:
    """Return what each ``briefings.toml`` names that there is not."""
    found: list[Problem] = []
    for shelf in {shelf.workspace: shelf for shelf in shelves}.values():
        try:
            found += settings.misnamed(shelf, writers.WRITERS)
        except InvalidInput as error:
            found += error.problems
    return found


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with the workspace of a folder, apart from its briefings.

    That is its ``briefings.toml``, its register, every audience, and what is called so that nobody
    reads it.
    """
    shelf = Shelf.at(root(folder))
    found = misnamed([shelf]) + register.check(register.load(shelf))
    found += [*_wrong_audiences(shelf), *_unread(root(folder))]
    return list(dict.fromkeys(found))


def _unread(top: Path) -> list[Problem]:
    names = (path for part in (DATA, register.FOLDER) for path in (top / part).glob("*.yml"))
    return [
        Problem(f"nobody reads this; call it {path.stem}.yaml", shown(path))
        for path in sorted(names)
    ]


def _wrong_audiences(shelf: Shelf) -> list[Problem]:
    found: list[Problem] = []
    for name in shelf.stems("audiences"):
        try:
            audiences.load(name, shelf)
        except InvalidInput as error:
            found += error.problems
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """An audience as it is listed; ``whose`` is ``own`` or ``shipped``."""

    name: str
    ceiling: str
    whose: str
    reader: str
    sections: list[str]
    pages: int | None


def audiences_of(folder: Path) -> list[Listed]:
    """Return all audiences, a folder's own before ours of the same name.

    Raises:
        InvalidInput: there is no such folder, or some audience is wrong.
    """
    if not folder.is_dir():
        raise InvalidInput.of("there is no such folder", str(folder))
    shelf = Shelf.at(folder)
    names = shelf.stems("audiences")
    if wrong := _wrong_audiences(shelf):
        raise InvalidInput(dict.fromkeys(wrong))
    ours = shipped("data") / "audiences"
    listed = []
    for name in names:
        one = audiences.load(name, shelf)
        path = shelf.find("audiences", f"{name}.yaml")
        whose = "shipped" if path and path.parent == ours.resolve() else "own"
        listed.append(
            Listed(name, one.ceiling.value, whose, one.reader.plain, one.sections, one.pages)
        )
    return listed
