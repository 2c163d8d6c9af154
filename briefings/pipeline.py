"""The story in five calls: read, build, cut and make, fill in templates, write."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import document as documents
from briefings import language as languages
from briefings import model, settings, source, templating, writers
from briefings.errors import InvalidInput, unknown
from briefings.model import lexicon, register
from briefings.model.fields import is_slug
from briefings.model.sections.places import Place
from briefings.model.vocabulary import Precision
from briefings.resources import Shelf
from briefings.source import overrides
from briefings.writers import NO_FIGURES
from briefings.writers.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.audience import Audience, Paper
    from briefings.document import Document
    from briefings.errors import Problem
    from briefings.model import Briefing
    from briefings.source import KeyPath, Source
    from briefings.writers import Written

STDIN = "-"
STDIN_NAME = "briefing"
# What no XML holds; a half of a pair stands for a byte that is not UTF-8.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Brief:
    """One briefing as one reader gets it, ready to be rendered in any format.

    Attributes:
        audience: the reader's name, such as ``"press"``.
        document: what the reader may see, and nothing else.
        shelf: where templates, themes and fonts are looked up.
        marked: the Markdown, with the signs that the page needs.
    """

    audience: str
    document: Document
    shelf: Shelf
    marked: str


def load(path: Path | str, changes: Iterable[str] = ()) -> Briefing:
    """Read a briefing from a YAML file, or from standard input for ``"-"``.

    The briefing's id is the file's stem. What lies beside the file in ``audiences/``,
    ``templates/``, ``languages/``, ``lexicons/`` and ``fonts/`` comes before what lies so in its
    workspace, which is the nearest folder above with a ``briefings.toml``, and that before ours.
    From the workspace it also has its register, and the language where it states none.

    Args:
        path: the file.
        changes: values to put in for this once, such as ``"events.strike.title=A fire"``.

    Raises:
        InvalidInput: with every problem, each at ``file:line:column``.
    """
    return _read(path, changes)[0]


def checked(path: Path | str, changes: Iterable[str] = ()) -> tuple[Briefing, list[Problem]]:
    """Read a briefing as ``load`` does, and return what in it is sound but surely not meant.

    Raises:
        InvalidInput: as ``load`` does.
    """
    briefing, read = _read(path, changes)
    told = chain(audiences.raised(briefing), _astray(briefing))
    return briefing, [replace(read.problem(at, said), finding=True) for at, said in told]


def _astray(briefing: Briefing) -> Iterator[tuple[KeyPath, str]]:
    """Yield each place that is far outside of the region which it is said to be in."""
    for at, place in enumerate(briefing.all_of("places", Place)):
        if place.region:
            # The outlines of the world: for a check alone, and of a briefing with such places.
            from briefings.figures.map.astray import astray  # noqa: PLC0415

            whole = place.precision in (Precision.REGION, Precision.COUNTRY)
            if said := astray(place.region, place.lat, place.lon, whole=whole):
                yield ("places", at, "region"), said


def _read(path: Path | str, changes: Iterable[str]) -> tuple[Briefing, Source]:
    read = source.read(path)
    file = None if str(path) == STDIN else Path(path)
    if file and _UNPRINTABLE.search(str(file.absolute())):
        raise InvalidInput.of("rename it: no control character can stand in its path", str(file))
    folder = file.absolute().parent if file else Path.cwd()
    shelf, changes = Shelf.at(folder), list(changes)
    register.reach(read, changes, register.load(shelf))
    overrides.apply(read, changes, source.parse)
    if (language := settings.load(shelf).language) and "extract" not in read.data:
        read.data.setdefault("language", language)
    stated = read.data.get("id")
    name = file.stem if file else stated if isinstance(stated, str) else STDIN_NAME
    problems = list(_unknown_audiences(read, shelf))
    try:
        briefing = model.build(read, name=name, folder=folder)
    except InvalidInput as error:
        raise InvalidInput([*error.problems, *problems]) from None
    if problems:
        raise InvalidInput(problems)
    return briefing, read


def _unknown_audiences(read: Source, shelf: Shelf) -> Iterator[Problem]:
    """Yield each audience that a briefing names and nobody has."""
    named = read.data.get("audiences")
    known = shelf.stems("audiences")
    for index, name in enumerate(named if isinstance(named, list) else ()):
        if isinstance(name, str) and is_slug(name) and name not in known:
            yield read.problem(("audiences", index), unknown("audience", name, known))


def reader(name: str, shelf: Shelf) -> Audience:
    """Return an audience whose theme is known and sound.

    Raises:
        InvalidInput: it is not, or there is no such audience.
    """
    found = audiences.load(name, shelf)
    try:
        theme(found.theme, shelf)
    except InvalidInput as error:
        raise InvalidInput(
            p if p.file else audiences.stated(name, shelf, "theme", p.message)
            for p in error.problems
        ) from None
    return found


def view(briefing: Briefing, audience: str, paper: Paper | None = None) -> Brief:
    """Return the brief of a briefing for one reader.

    Args:
        briefing: what ``load`` returned.
        audience: the reader's name: a file of ``audiences/``, the user's own first.
        paper: another sheet than the audience's.

    Raises:
        InvalidInput: the audience, its language, its theme or a template is unknown or wrong.
        NothingToSay: nothing of it may be shown to this reader.
        Refused: it is an extract that this reader would misread.
    """
    shelf = Shelf.at(briefing.folder)
    found = reader(audience, shelf)
    if paper:
        found = found.model_copy(update={"paper": paper})
    language = languages.load(found.language or briefing.language, shelf)
    audiences.check_extract(briefing, audience, found)
    left = audiences.cut(briefing, found.ceiling)
    terms = lexicon.load(briefing.lexicon, shelf)
    document = documents.make(left, audience, found, language, terms)
    return Brief(audience, document, shelf, templating.markdown(document, shelf))


def render(brief: Brief, form: str, figures: str = NO_FIGURES) -> Written:
    """Write a brief as ``"md"``, ``"html"``, ``"pdf"`` or in another format.

    Args:
        brief: what ``view`` returned.
        form: the format.
        figures: as what they stand beside the page of a wiki, such as ``"svg"``.

    Returns:
        Its bytes (``data``), for a PDF the number of its ``pages``, and the files that it shows
        (``beside``), by name.

    Raises:
        InvalidInput: the format is unknown, or a template or the theme is wrong.
        TooLong: it has more pages than the audience allows.
        Unequipped: a library or a font that the format needs is missing.
    """
    return writers.write(brief.document, brief.marked, form, brief.shelf, figures)
