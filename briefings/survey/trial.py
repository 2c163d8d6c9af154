"""Every template run on the specimens: what only shows when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings import audience as audiences
from briefings import figures, templating, writers
from briefings.errors import InvalidInput, Refused
from briefings.survey.specimens import LISTINGS, SPECIMENS, listings, readers, specimen
from briefings.templating.links import links
from briefings.writers.theme import paint, theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.audience import Audience
    from briefings.document import Document
    from briefings.errors import Problem
    from briefings.resources import Shelf
    from briefings.survey.library import Library


def run(library: Library, shelf: Shelf) -> list[Problem]:
    """Return what goes wrong when the templates are run."""
    noted: list[Problem] = []
    for document, reader in _documents(shelf, noted):
        _one(document, reader, library, shelf, noted)
    for name, sheet in library.sheets.items():
        if sheet.own and sheet.tree and name in LISTINGS:
            _listing(name, shelf, noted)
    return noted


def _documents(shelf: Shelf, noted: list[Problem]) -> Iterator[tuple[Document, Audience]]:
    """Yield both specimens for the readers of every kind, and for each audience that is own."""
    found: dict[str, Audience] = readers(shelf)
    for name in own_audiences(shelf):
        try:
            found[name] = audiences.load(name, shelf)
        except InvalidInput as error:
            noted += error.problems
    for name, reader in found.items():
        for which in SPECIMENS:
            try:
                yield specimen(which, reader, name, shelf), reader
            except InvalidInput as error:
                noted += error.problems
            except Refused:
                continue  # nothing of it is for this reader


def own_audiences(shelf: Shelf) -> list[str]:
    """Return the names of the audiences that are somebody's own."""
    ours = shelf.folders("audiences")[-1]
    return [
        name
        for name in shelf.stems("audiences")
        if (path := shelf.find("audiences", f"{name}.yaml")) and path.parent != ours.resolve()
    ]


def _one(
    document: Document, reader: Audience, library: Library, shelf: Shelf, noted: list[Problem]
) -> None:
    """Run the whole brief and the page, then each template of somebody's own by itself."""
    try:
        marked = templating.markdown(document, shelf, noted)
        if not noted:
            writers.write(document, marked, "html", shelf)
    except InvalidInput as error:
        noted += error.problems
    for name, sheet in library.sheets.items():
        if sheet.own and sheet.tree:
            try:
                _alone(name, document, reader, shelf, noted)
            except InvalidInput as error:
                noted += error.problems


def _alone(
    name: str, document: Document, reader: Audience, shelf: Shelf, noted: list[Problem]
) -> None:
    """Run a section or a figure by itself: what stands before it in a brief may be wrong too."""
    folder, _, file = name.rpartition("/")
    stem = file.partition(".")[0]
    if folder == "sections" and stem in reader.sections:
        templating.run(name, document, shelf, noted)
    if folder == "figures" and (stem in figures.FIGURES or stem in figures.known(shelf)):
        for arguments in _arguments(stem, document):
            data = figures.data(stem, document, shelf, *arguments)
            if data is not None:
                for more in _drawn(document, shelf) if ".svg." in file else [{}]:
                    templating.run(name, document, shelf, noted, figure=data, **more)


def _drawn(document: Document, shelf: Shelf) -> Iterator[dict[str, Any]]:
    """Yield what a drawing is given besides its figure: for paper, then for a browser."""
    colours = paint(theme(document.theme, shelf))
    for screen in (False, True):
        yield {"paint": colours, "screen": screen}


def _arguments(figure: str, document: Document) -> list[list[str]]:
    """Return what a figure is asked for: of the scale, each judgement's step."""
    if figure != "scale":
        return [[]]
    judged = document.parts.get("key_judgements", ())
    return [[str(one.range.low), str(one.range.high)] for one in judged]


def _listing(name: str, shelf: Shelf, noted: list[Problem]) -> None:
    """Run the template of a page that leads to briefs: with much, and with little."""
    for listing in listings(name, shelf):
        try:
            given = links("page", "{name}", "{name}")
            templating.run(name, listing, shelf, noted, listing=listing, **given)
        except InvalidInput as error:
            noted += error.problems
