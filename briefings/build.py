"""Many briefings for many readers: everything is read and checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, ParamSpec

from briefings import files, pipeline, workspace, writers
from briefings.errors import InvalidInput, Problem, Refused, Unequipped
from briefings.resources import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from briefings.audience import Paper
    from briefings.model import Briefing
    from briefings.pipeline import Brief

P = ParamSpec("P")
Tell = Callable[[int, int, str], None]


def _silent(number: int, total: int, name: str) -> None:
    """Take no notice of how far it is."""


@dataclass(frozen=True, slots=True)
class Job:
    """One brief in one format, from one file."""

    source: str
    brief: Brief
    form: str
    figures: str = writers.NO_FIGURES

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.brief.document.id}.{self.brief.audience}.{writers.suffix(self.form)}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and what must not be and why."""

    jobs: Sequence[Job]
    refused: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written; ``pages`` is ``None`` where the format has none.

    A picture beside a page is one too; its format is ``svg`` or ``png``.
    """

    file: str
    briefing: str
    audience: str
    format: str
    sha256: str
    bytes: int
    pages: int | None


def plan(  # noqa: PLR0913  # one parameter an option
    paths: Iterable[Path],
    names: Sequence[str],
    forms: Sequence[str],
    *,
    changes: Sequence[str] = (),
    paper: Paper | None = None,
    figures: str | None = None,
    tell: Tell = _silent,
) -> Plan:
    """Read and check all files, and make each brief's Markdown.

    Args:
        paths: the briefings.
        names: the audiences; without any, those that each briefing or its workspace names, or our
            three.
        forms: the formats; without any, those that its workspace names, or Markdown and PDF.
        changes: values to put in, as ``PATH=VALUE``.
        paper: another sheet than the audiences'.
        figures: as what they stand beside a wiki's page; without it, as its workspace says.
        tell: is called before each file with its number, how many there are, and its name.

    Raises:
        InvalidInput: with everything that is wrong with any of it.
    """
    files = distinct(paths)
    loaded, problems = _load_all(files, changes, tell, _loaded)
    problems += _same_names(loaded)
    for form in forms:
        problems += _wrong(writers.check, form)
    shelves = [Shelf.at(folder) for folder in {path.absolute().parent for path in files}]
    problems += workspace.misnamed(shelves)
    problems += (p for one in shelves for name in names for p in _wrong(pipeline.reader, name, one))
    jobs: list[Job] = []
    refused: list[Problem] = []
    for path, briefing in loaded:
        for name in dict.fromkeys(names or workspace.readers(briefing)):
            try:
                brief = pipeline.view(briefing, name, paper)
            except InvalidInput as error:
                problems += error.problems
            except Refused as error:
                refused.append(Problem(f"{name}: {error}", path))
            else:
                wanted = dict.fromkeys(forms or workspace.formats(briefing))
                drawn = workspace.figures(briefing) if figures is None else figures
                jobs += [Job(path, brief, form, drawn) for form in wanted]
    if problems:
        raise InvalidInput(_once(problems))
    return Plan(jobs, refused)


def distinct(paths: Iterable[Path]) -> list[Path]:
    """Return the files, each once, though it may be named in two ways."""
    return list({(path.absolute().parent.resolve(), path.name): path for path in paths}.values())


def _loaded(path: Path, changes: Sequence[str]) -> tuple[Briefing, list[Problem]]:
    return pipeline.load(path, changes), []


def _load_all(
    paths: Sequence[Path],
    changes: Sequence[str],
    tell: Tell,
    read: Callable[[Path, Sequence[str]], tuple[Briefing, list[Problem]]],
) -> tuple[list[tuple[str, Briefing]], list[Problem]]:
    """Return the sound briefings with their paths, and what is wrong or surely not meant."""
    loaded: list[tuple[str, Briefing]] = []
    problems: list[Problem] = []
    for number, path in enumerate(paths, 1):
        tell(number, len(paths), str(path))
        try:
            briefing, findings = read(path, changes)
        except InvalidInput as error:
            problems += error.problems
        else:
            loaded.append((str(path), briefing))
            problems += findings
    return loaded, problems


def _wrong(check: Callable[P, object], *args: P.args, **more: P.kwargs) -> Sequence[Problem]:
    """Return what a check finds."""
    try:
        check(*args, **more)
    except InvalidInput as error:
        return error.problems
    return ()


def problems(
    paths: Iterable[Path], changes: Sequence[str] = (), tell: Tell = _silent
) -> list[Problem]:
    """Return what is wrong with briefings, and with the audiences and so on that they use.

    Among it are findings: what is sound and surely not meant.
    """
    files = distinct(paths)
    loaded, found = _load_all(files, changes, tell, pipeline.checked)
    found += workspace.misnamed(Shelf.at(path.absolute().parent) for path in files)
    named = (
        (briefing.folder, name) for _, briefing in loaded for name in workspace.readers(briefing)
    )
    for folder, name in dict.fromkeys(named):
        found += _wrong(pipeline.reader, name, Shelf.at(folder))
    return _once(found)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Return each problem once: what is told at its place is not told without one again."""
    placed = {problem.message for problem in problems if problem.file}
    return [p for p in dict.fromkeys(problems) if p.file or p.message not in placed]


def into(folder: Path, plan: Plan, tell: Tell = _silent) -> tuple[list[Made], list[Problem]]:
    """Write every brief of a plan into a folder; what is refused is left out, and told.

    Raises:
        InvalidInput: a template, a theme or the folder is wrong; then nothing was written.
        Unequipped: a library or a font is missing; then nothing was written.
    """
    writers.check_extras(job.form for job in plan.jobs)
    made: list[Made] = []
    refused = list(plan.refused)
    problems: list[Problem] = []
    seen: set[str] = set()  # pictures, which several formats of a brief may show
    with files.together() as write:
        for number, job in enumerate(plan.jobs, 1):
            tell(number, len(plan.jobs), job.name)
            try:
                written = pipeline.render(job.brief, job.form, job.figures)
            except Refused as error:
                refused.append(Problem(f"{job.brief.audience}: {error}", job.source))
                continue
            except Unequipped as error:
                raise Unequipped(f"{job.name}: {error}") from error
            except InvalidInput as error:
                problems += (replace(p, file=p.file or job.name) for p in error.problems)
                continue
            new = {name: data for name, data in written.beside.items() if name not in seen}
            seen.update(new)
            for name, data in {**new, job.name: written.data}.items():
                write(folder / name, data)
                made.append(_made(job, folder / name, data, written.pages))
        if problems:
            raise InvalidInput(dict.fromkeys(problems))
    return made, refused


def _made(job: Job, path: Path, data: bytes, pages: int | None) -> Made:
    return Made(
        file=str(path),
        briefing=job.brief.document.id,
        audience=job.brief.audience,
        format=job.form if path.name == job.name else path.suffix[1:],
        sha256=sha256(data).hexdigest(),
        bytes=len(data),
        pages=pages,
    )


def single(plan: Plan) -> bytes:
    """Return the one brief of a plan.

    Raises:
        InvalidInput: it is not one.
        Refused: it must not be handed over.
    """
    if len(plan.jobs) + len(plan.refused) != 1:
        raise InvalidInput.of("standard output takes one brief: name one FILE, one -a and one -t")
    if any(job.figures != writers.NO_FIGURES for job in plan.jobs):
        raise InvalidInput.of(
            "pictures are files, and standard output takes none: add --figures none"
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
    if name is None:
        name = next(iter(workspace.readers(briefing)))
    return pipeline.render(pipeline.view(briefing, name), "md").data.decode()
