"""Commands for who is writing: what is wrong, again at each change; what an editor reads."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefings.cli import complete
from briefings.cli.options import Changes, Files, Json
from briefings.cli.terminal import Progress, complain, print_json, put_out
from briefings.errors import InvalidInput, Problem, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FINDINGS, BAD_INPUT = 1, 2
INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended
CLEAR = "\033[H\033[2J"


def check(
    files: Files = None,
    *,
    templates: Annotated[
        bool,
        typer.Option("--templates", help="Templates, themes and audiences of a folder instead."),
    ] = False,
    changes: Changes = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again at each change, until Ctrl-C.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check briefings, the whole workspace, or templates, without rendering."""
    if templates:
        if changes or watch:
            raise InvalidInput.of("--templates goes with neither --set nor --watch")
        from briefings import survey  # noqa: PLC0415  # it runs templates

        problems, read = survey.problems(files or [Path()])
        _report(problems, _all_sound(read), as_json=as_json)
        return
    if watch:
        raise typer.Exit(_again(files or [], changes or [], as_json=as_json))
    number, problems = _checked(files or [], changes or [])
    _report(problems, _sound(number), as_json=as_json)


def _report(problems: list[Problem], sound: str, *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(problem) for problem in problems])
    elif not problems:
        typer.echo(sound)
    if not as_json:
        complain(problems)
    if problems:
        raise typer.Exit(_code(problems))


def _code(problems: Iterable[Problem]) -> int:
    """Return the exit code: a finding alone keeps nobody from rendering."""
    return max((FINDINGS if p.finding else BAD_INPUT for p in problems), default=0)


def _checked(files: Sequence[Path], changes: Sequence[str]) -> tuple[int, list[Problem]]:
    """Return how many briefings were looked at, and what is wrong."""
    from briefings import build, workspace  # noqa: PLC0415  # help needs nothing of it

    whole, files = not files, files or workspace.briefings(Path())
    problems = [*_of_targets(), *workspace.problems(Path())] if whole else []
    with Progress() as tell:
        problems = list(dict.fromkeys([*problems, *build.problems(files, changes, tell)]))
    return len(build.distinct(files)), problems


def _of_targets() -> list[Problem]:
    """Return what does not fit in the targets of the workspace."""
    from briefings import workspace  # noqa: PLC0415
    from briefings.publish import sites  # noqa: PLC0415

    try:
        return [problem for _, problem in sites.problems(workspace.root(Path()))]
    except InvalidInput as error:  # the file itself is wrong
        return list(error.problems)


def _sound(number: int) -> str:
    return f"{_counted(number, 'briefing')} {'is' if number == 1 else 'are'} sound"


def _all_sound(read: Mapping[str, int]) -> str:
    """Say how many of each kind are sound."""
    several = [_counted(number, what) for what, number in read.items() if number]
    if not several:
        return f"there is no {', no '.join(read)} of your own here"
    said = " and ".join([", ".join(several[:-1]), several[-1]] if several[1:] else several)
    return f"{said} {'is' if sum(read.values()) == 1 else 'are'} sound"


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _again(files: Sequence[Path], changes: Sequence[str], *, as_json: bool) -> int:
    """Check at each change until Ctrl-C, and return the exit code of the last state."""
    if any(str(file) == "-" for file in files):
        raise InvalidInput.of("--watch looks at files for changes; standard input has none")
    code = INTERRUPTED
    try:
        from briefings import watch, workspace  # noqa: PLC0415

        if not files:
            workspace.briefings(Path())  # what is wrong with the command itself is said at once
        for _ in watch.changes(lambda: files or _of_workspace()):
            try:
                number, problems = _checked(files, changes)
            except InvalidInput as error:
                number, problems = 0, list(error.problems)
            code = _code(problems)
            _tell(number, problems, as_json=as_json)
    except KeyboardInterrupt:
        pass
    return code


def _of_workspace() -> list[Path]:
    from briefings import workspace  # noqa: PLC0415

    try:
        return workspace.briefings(Path())
    except InvalidInput:  # the last one has gone; another may come
        return [Path("data") / "none.yaml"]


def _tell(number: int, problems: Sequence[Problem], *, as_json: bool) -> None:
    """Print one state: on a cleared screen for a person, one after the other for a program."""
    if as_json:
        typer.echo(json.dumps([asdict(problem) for problem in problems]))
    else:
        screen = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        if screen:
            typer.echo(CLEAR, nl=False, color=True)
        complain(problems)
        wrong = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        typer.echo(wrong if problems else _sound(number))
        if screen:
            typer.echo("Looking for changes; Ctrl-C ends it.")
    sys.stdout.flush()


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            autocompletion=complete.kinds,
            help="briefing, audience, workspace, register, language, lexicon, document; or all.",
        ),
    ] = "briefing",
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="FILE", help="Where to (default: - for stdout); DIR for all."
        ),
    ] = Path("-"),
) -> None:
    """Print the JSON Schema of a kind of file, for an editor.

    In a workspace, an entry of a briefing may lack what the register has.
    """
    from briefings import files, schema  # noqa: PLC0415
    from briefings.resources import workspace  # noqa: PLC0415

    alone = str(out) == "-"
    place = Path() if alone else out.parent
    registered = bool(workspace(place.absolute()))
    if kind != "all":
        data = schema.text(kind, registered=registered).encode()
        if alone:
            put_out(data)
            return
        made = {out: data}
    elif alone:
        raise InvalidInput.of("all are several files; say in which folder: -o DIR")
    else:
        made = {
            out / f"{one}.json": schema.text(one, registered=registered).encode()
            for one in schema.KINDS
        }
    with files.together() as write:
        for path, data in made.items():
            write(path, data)
    for path in made:
        typer.echo(visible(str(path)))


def reference(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One name, such as event or sentence.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Tell what a template can use: every name, filter, part, macro, section and figure."""
    from briefings.resources import Shelf  # noqa: PLC0415
    from briefings.survey import reference as pages  # noqa: PLC0415  # it reads all templates

    entries = pages.entries(Shelf.at(Path()))
    found = pages.named(name, entries) if name else entries
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    for entry in found:
        typer.echo(visible(entry.line) if not name else "\n".join(map(visible, entry.lines)))
