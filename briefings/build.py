"""Many briefings for many readers: everything is read and checked before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import files, pipeline, writers
from briefings.errors import InvalidInput, Problem, Refused
from briefings.resources import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from briefings.audience import Paper
    from briefings.model import Briefing
    from briefings.pipeline import Brief

DEFAULT_AUDIENCES = ("executive", "analyst", "press")


@dataclass(frozen=True, slots=True)
class Job:
    """One brief in one format, from one file."""

    source: str
    brief: Brief
    form: str

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.brief.document.id}.{self.brief.audience}.{self.form}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and what must not be and why."""

    jobs: Sequence[Job]
    refused: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written; ``pages`` is ``None`` where the format has none."""

    file: str
    briefing: str
    audience: str
    format: str
    sha256: str
    bytes: int
    pages: int | None


def plan(
    paths: Iterable[Path],
    names: Sequence[str],
    forms: Sequence[str],
    *,
    changes: Sequence[str] = (),
    paper: Paper | None = None,
) -> Plan:
    """Read and check all files, and make each brief's Markdown.

    Args:
        paths: the briefings.
        names: the audiences; without any, those that each briefing names, or our three.
        forms: the formats.
        changes: values to put in, as ``PATH=VALUE``.
        paper: another sheet than the audiences'.

    Raises:
        InvalidInput: with everything that is wrong with any of it.
    """
    loaded, problems = load_all(paths, changes)
    problems += _same_names(loaded)
    try:
        for form in forms:
            writers.check(form)
    except InvalidInput as error:
        problems += error.problems
    jobs: list[Job] = []
    refused: list[Problem] = []
    for path, briefing in loaded:
        for name in dict.fromkeys(names or briefing.audiences or DEFAULT_AUDIENCES):
            try:
                brief = pipeline.view(briefing, name, paper)
            except InvalidInput as error:
                problems += error.problems
            except Refused as error:
                refused.append(Problem(f"{name}: {error}", path))
            else:
                jobs += [Job(path, brief, form) for form in dict.fromkeys(forms)]
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return Plan(jobs, refused)


def load_all(
    paths: Iterable[Path], changes: Sequence[str]
) -> tuple[list[tuple[str, Briefing]], list[Problem]]:
    """Return the sound briefings with their paths, and what is wrong with the others."""
    loaded: list[tuple[str, Briefing]] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            loaded.append((str(path), pipeline.load(path, changes)))
        except InvalidInput as error:
            problems += error.problems
    return loaded, problems


def problems(paths: Iterable[Path], changes: Sequence[str] = ()) -> list[Problem]:
    """Return what is wrong with briefings, and with the audiences that they name."""
    loaded, found = load_all(paths, changes)
    for _, briefing in loaded:
        for name in briefing.audiences:
            try:
                audiences.load(name, Shelf(briefing.folder))
            except InvalidInput as error:
                found += error.problems
    return list(dict.fromkeys(found))


def into(folder: Path, plan: Plan, tell: Callable[[Job], None]) -> tuple[list[Made], list[Problem]]:
    """Write every brief of a plan into a folder; what is refused is left out, and told.

    Raises:
        InvalidInput: a template, a theme or the folder is wrong; then nothing was written.
        Unequipped: a library or a font is missing; then nothing was written.
    """
    made: list[Made] = []
    refused = list(plan.refused)
    with files.together() as write:
        for job in plan.jobs:
            tell(job)
            try:
                written = pipeline.render(job.brief, job.form)
            except Refused as error:
                refused.append(Problem(f"{job.brief.audience}: {error}", job.source))
                continue
            path = folder / job.name
            write(path, written.data)
            digest = sha256(written.data).hexdigest()
            made.append(
                Made(
                    file=str(path),
                    briefing=job.brief.document.id,
                    audience=job.brief.audience,
                    format=job.form,
                    sha256=digest,
                    bytes=len(written.data),
                    pages=written.pages,
                )
            )
    return made, refused


def single(plan: Plan) -> bytes:
    """Return the one brief of a plan.

    Raises:
        InvalidInput: it is not one.
        Refused: it must not be handed over.
    """
    if len(plan.jobs) + len(plan.refused) != 1:
        raise InvalidInput.of(
            "standard output takes one brief: name one FILE, one audience (-a) and one format (-t)"
        )
    for problem in plan.refused:
        raise Refused(str(problem))
    return pipeline.render(plan.jobs[0].brief, plan.jobs[0].form).data


def _same_names(loaded: Iterable[tuple[str, Briefing]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, briefing in loaded:
        if briefing.name in seen:
            yield Problem(f'its briefs would be called like those of "{seen[briefing.name]}"', path)
        seen.setdefault(briefing.name, path)


def text(path: Path, name: str | None, changes: Sequence[str] = ()) -> str:
    """Return a briefing's Markdown for one reader, the first that it names if none is given.

    Raises:
        InvalidInput: the briefing, the audience or a template is wrong.
        NothingToSay: nothing of it may be shown to this reader.
    """
    briefing = pipeline.load(path, changes)
    audience = name or next(iter(briefing.audiences or DEFAULT_AUDIENCES))
    return pipeline.render(pipeline.view(briefing, audience), "md").data.decode()


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
    """Return all audiences, a folder's own first where names are the same.

    Raises:
        InvalidInput: one of them is wrong.
    """
    shelf = Shelf(folder)
    names = shelf.stems("audiences")
    own = {path.stem for path in (folder / "audiences").glob("*.yaml")}
    listed = []
    for name in names:
        one = audiences.load(name, shelf)
        whose = "own" if name in own else "shipped"
        listed.append(
            Listed(name, one.ceiling.value, whose, one.reader.plain, one.sections, one.pages)
        )
    return listed
