"""Files that lie where templates and audiences are looked for, and that nothing ever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import figures
from briefings.audience import sections
from briefings.errors import InvalidInput, Problem, misspelt, nearest
from briefings.model.sections import SECTIONS
from briefings.resources import shipped, shown
from briefings.survey.library import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.resources import Shelf
    from briefings.survey.library import Library

ENDINGS = {"sections": (".md.j2",), "figures": (".md.j2", ".svg.j2")}


def astray(library: Library, shelf: Shelf) -> Iterator[Problem]:
    """Yield each file that is surely meant to be read, and is not, for it is called otherwise."""
    for folder in shelf.folders("audiences")[:-1]:
        for path in sorted(folder.glob("*.yml")):
            yield Problem(f"nobody reads this; an audience is {path.stem}.yaml", shown(path))
    for folder in shelf.folders("templates")[:-1]:
        for kind, endings in ENDINGS.items():
            names = _names(kind, shelf)
            for path in sorted((folder / kind).glob("*")):
                if not path.name.endswith(endings) and _stem(path.name) in names:
                    said = f"nobody reads this; a template is {_stem(path.name)}{endings[0]}"
                    yield Problem(said, shown(path))
    # A brief puts in the sections that its audience names: that is no use of any one of them.
    used = {
        name
        for sheet in library.sheets.values()
        for pattern in library.wanted(sheet)
        for name in library.sheets
        if pattern.fullmatch(name) and not (name.startswith("sections/") and ANY in pattern.pattern)
    }
    for name, sheet in library.sheets.items():
        if sheet.own and name not in used and (said := _unused(name, shelf)):
            yield Problem(said, sheet.file)


def _stem(name: str) -> str:
    return name.partition(".")[0]


def _names(kind: str, shelf: Shelf) -> list[str]:
    return (
        sections.known(shelf) if kind == "sections" else [*figures.FIGURES, *figures.known(shelf)]
    )


def _unused(name: str, shelf: Shelf) -> str:
    """Return what is to be said of a template that no other puts in, or nothing."""
    folder, _, file = name.rpartition("/")
    stem = _stem(file)
    if folder == "figures" and stem not in (names := _names(folder, shelf)):
        return f'nothing uses this, for there is no figure "{stem}"{nearest(stem, names)}'
    if folder == "sections" and stem not in SECTIONS:
        near = misspelt(stem, SECTIONS)
        asked = near and not _asked(stem, shelf)
        return f'no audience names the section "{stem}"; did you mean "{near}"?' if asked else ""
    ours = [
        p.relative_to(shipped("templates")).as_posix() for p in shipped("templates").rglob("*.j2")
    ]
    near = misspelt(name, ours)
    return f'nothing uses this; did you mean "{near}"?' if near and name not in ours else ""


def _asked(section: str, shelf: Shelf) -> bool:
    """Whether an audience names a section, or one cannot be read that may."""
    for name in shelf.stems("audiences"):
        try:
            if section in audiences.load(name, shelf).sections:
                return True
        except InvalidInput:
            return True
    return False
