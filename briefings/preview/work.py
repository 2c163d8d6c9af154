"""What is made for the preview, in a process of its own: pages in one, PDFs in another.

Each answer says which change it belongs to, so that what a later one has overtaken can be told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefings import pipeline, watch
from briefings.errors import BriefingsError, InvalidInput, Problem
from briefings.model.register import FOLDER as REGISTER
from briefings.workspace import DEFAULT_AUDIENCES, readers

if TYPE_CHECKING:
    from pathlib import Path

    from briefings.model import Briefing
    from briefings.pipeline import Brief
    from briefings.writers import Written

FORMS = ("html", "md", "pdf")
_PAGES = ("html", "md")
# Seconds that a browser may have to itself to draw what has come, before what nobody looks at is
# made: with two processors, both at once take each as long again.
DRAWING = 0.5
Wanted = tuple[str, str]  # an audience and a format


@dataclass(frozen=True, slots=True)
class Job:
    """One state of the files, and what is to be made of it.

    Attributes:
        number: which change it is; a later one has a higher number.
        file: the briefing.
        names: the audiences; without any, those that the briefing names, or our three.
        shown: what is on a screen, which is made first.
    """

    number: int
    file: Path
    names: tuple[str, ...]
    shown: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What the file itself says: its audiences, or what is wrong with it.

    ``noted`` is what in it is sound and surely not meant.
    """

    number: int
    audiences: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    noted: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A brief in one format, or what is wrong with it; ``data`` is ``None`` then."""

    number: int
    audience: str
    form: str
    data: bytes | None = None
    pages: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What is wrong with templates, themes and audiences of one's own, whoever gets them."""

    number: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """All of a job has been answered."""

    number: int


Answer = Read | Made | Surveyed | Done
Task = Callable[[Job], Iterator[Answer]]


class Pages:
    """Makes pages and Markdown, and looks through what is somebody's own once it changes."""

    def __init__(self) -> None:
        self._surveyed: tuple[object, tuple[Problem, ...]] = (None, ())

    def __call__(self, job: Job) -> Iterator[Answer]:
        """Yield the page and the Markdown of every audience, of those on a screen first."""
        briefing, read = _read(job)
        yield read
        if briefing:
            seen = [name for name, form in job.shown if form != "pdf" and name in read.audiences]
            for number, name in enumerate(dict.fromkeys((*seen, *read.audiences))):
                if number == len(set(seen)) and job.shown:
                    time.sleep(DRAWING)
                yield from _made(job.number, briefing, name, _PAGES)
        yield Surveyed(job.number, self._survey(job.file))

    def _survey(self, file: Path) -> tuple[Problem, ...]:
        """Return what ``check --templates`` tells; it takes seconds, and the text changes most."""
        here = {path: at for path, at in watch.state([file]).items() if _is_own(file, path)}
        before, found = self._surveyed
        if here != before:
            from briefings import survey  # noqa: PLC0415  # not before a page is there

            found = tuple(survey.problems([file])[0]) if here and file.exists() else ()
            self._surveyed = here, found
        return found


def _is_own(file: Path, path: Path) -> bool:
    """Whether a file that a briefing may use is another than itself, and none of the register."""
    return path != file.absolute() and path.parent.parts[-len(REGISTER.parts) :] != REGISTER.parts


class Papers:
    """Makes the PDFs that are on a screen; one that would come out the same is kept."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Written]] = {}

    def __call__(self, job: Job) -> Iterator[Answer]:
        """Yield the PDF of each audience whose PDF is on a screen."""
        briefing, read = _read(job)
        yield read
        if briefing is None:
            return
        for name, form in job.shown:
            if form == "pdf" and name in read.audiences:
                yield from _made(job.number, briefing, name, ("pdf",), self._written)

    def _written(self, brief: Brief, form: str) -> Written:
        from briefings.writers.recipe import recipe  # noqa: PLC0415  # for PDFs alone

        # What a PDF says of itself, so that it can be made again, says when it would be the same.
        document = brief.document
        parts = recipe(document, brief.shelf)
        key = (document.content_hash, document.id, document.paper, sorted(parts.items()))
        before, written = self._kept.get(brief.audience, (None, None))
        if before != key or written is None:
            written = pipeline.render(brief, form)
            self._kept[brief.audience] = key, written
        return written


def _read(job: Job) -> tuple[Briefing | None, Read]:
    try:
        briefing, noted = pipeline.checked(job.file)
        names = tuple(dict.fromkeys(job.names or readers(briefing)))
    except BriefingsError as error:
        tabs = job.names or DEFAULT_AUDIENCES  # in which the problems can stand
        return None, Read(job.number, tabs, problems=_problems(error, str(job.file)))
    return briefing, Read(job.number, names, noted=tuple(noted))


def _made(
    number: int,
    briefing: Briefing,
    name: str,
    forms: tuple[str, ...],
    write: Callable[[Brief, str], Written] = pipeline.render,
) -> Iterator[Made]:
    """Yield a brief for one audience in some formats, or what is wrong with each."""
    try:
        brief = pipeline.view(briefing, name)
    except BriefingsError as error:
        problems = _problems(error)
        yield from (Made(number, name, form, problems=problems) for form in forms)
        return
    for form in forms:
        try:
            written = write(brief, form)
        except BriefingsError as error:
            yield Made(number, name, form, problems=_problems(error))
        else:
            yield Made(number, name, form, written.data, written.pages)


def _problems(error: BriefingsError, file: str = "") -> tuple[Problem, ...]:
    if isinstance(error, InvalidInput):
        return tuple(replace(p, file=p.file or file) for p in error.problems)
    return (Problem(str(error), file),)
