"""The command line: parse, call the pipeline, print, exit code."""

from __future__ import annotations

import json
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefings import __version__, build
from briefings.audience import Paper
from briefings.errors import BriefingsError, InvalidInput, Problem, Refused
from briefings.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FINDINGS, BAD_INPUT, OUR_BUG = 1, 2, 70
SLOW = 1.0  # seconds after which somebody at a terminal wants to see that it goes on

app = typer.Typer(
    name="briefings",
    help="Situation briefs from one YAML file: who says what, how firm it is, "
    "and only what each reader may see.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Briefings; - is stdin.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A briefing; - is stdin.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Put in one value for this run."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def _version(wanted: bool) -> None:  # noqa: FBT001  # Typer's signature
    if wanted:
        typer.echo(f"briefings {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Carry the options that stand before a command."""


@app.command()
def render(  # noqa: PLR0913  # one parameter an option
    files: Files,
    *,
    audience: Annotated[
        list[str] | None,
        typer.Option(
            "-a",
            "--audience",
            metavar="NAME",
            help="For whom (default: those that the briefing names, else all three).",
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "-t", "--to", metavar="|".join(WRITERS), help="In which format (default: md and pdf)."
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Where to; - is standard output.")
    ] = Path("out"),
    paper: Annotated[
        Paper | None,
        typer.Option("--paper", case_sensitive=False, help="Another sheet than the audience's."),
    ] = None,
    changes: Changes = None,
    as_json: Json = False,
) -> None:
    """Render briefings into DIR/<id>.<audience>.<format>."""
    forms = to or ["md", "pdf"]
    plan = build.plan(files, audience or [], forms, changes=changes or [], paper=paper)
    if str(out) == "-":
        sys.stdout.buffer.write(build.single(plan))
        return
    try:
        made, refused = build.into(out, plan, _progress(len(plan.jobs)))
    finally:
        _clear()
    if as_json:
        _print_json([asdict(one) for one in made])
    else:
        for one in made:
            typer.echo(one.file)
    if refused:
        _complain(refused)
        raise typer.Exit(FINDINGS)


@app.command()
def check(files: Files, *, changes: Changes = None, as_json: Json = False) -> None:
    """Check briefings, and the audiences they name, without rendering."""
    problems = build.problems(files, changes or [])
    if as_json:
        _print_json([asdict(problem) for problem in problems])
    elif not problems:
        typer.echo(
            "1 briefing is sound" if len(files) == 1 else f"{len(files)} briefings are sound"
        )
    if problems:
        raise InvalidInput([] if as_json else problems)


@app.command()
def show(
    file: File,
    *,
    audience: Annotated[
        str | None,
        typer.Option(
            "-a",
            "--audience",
            metavar="NAME",
            help="For whom (default: the first that the briefing names, else executive).",
        ),
    ] = None,
    changes: Changes = None,
) -> None:
    """Print a briefing in the terminal as its reader would see it."""
    text = build.text(file, audience, changes or [])
    from rich.console import Console  # noqa: PLC0415  # no other command needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    Console(highlight=False).print(Markdown(text, hyperlinks=False))


@app.command()
def audiences(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where your own audiences/ is.")
    ] = Path(),
    *,
    as_json: Json = False,
) -> None:
    """List the readers that briefs can be made for, with their ceilings."""
    listed = build.audiences_of(folder)
    if as_json:
        _print_json([asdict(one) for one in listed])
        return
    widths = [max(len(getattr(one, f)) for one in listed) for f in ("name", "ceiling", "whose")]
    for one in listed:
        cells = (one.name, one.ceiling, one.whose)
        columns = "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True))
        typer.echo(f"{columns}  {one.reader}".rstrip())


@app.command()
def doctor() -> None:
    """Say whether fonts, Pango and all else that rendering needs is in order."""
    from briefings.doctor import examine  # noqa: PLC0415  # it loads WeasyPrint

    sound = True
    for finding in examine():
        sound = sound and finding.sound
        typer.echo(f"{'ok ' if finding.sound else 'NOT'} {finding.what}")
    if not sound:
        raise typer.Exit(FINDINGS)


def _progress(jobs: int) -> Callable[[build.Job], None]:
    """Return what shows a person at a terminal how far it is, once that takes a while."""
    started, number = time.monotonic(), 0
    shown = sys.stderr.isatty()

    def tell(job: build.Job) -> None:
        nonlocal number
        number += 1
        if shown and (job.form == "pdf" or time.monotonic() - started > SLOW):
            sys.stderr.write(f"\r\033[K{number}/{jobs} {job.name}")
            sys.stderr.flush()

    return tell


def _clear() -> None:
    """Take the line of progress away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


def _print_json(value: Any) -> None:  # noqa: ANN401
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)


def main() -> None:
    """Run the command line; every failure is a sentence and an exit code."""
    try:
        app()
    except InvalidInput as error:
        _complain(error.problems)
        sys.exit(BAD_INPUT)
    except Refused as error:
        typer.echo(str(error), err=True)
        sys.exit(FINDINGS)
    except BriefingsError as error:
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except Exception as error:  # noqa: BLE001  # the last resort: no traceback reaches a user
        typer.echo(_report(error), err=True)
        sys.exit(OUR_BUG)


def _report(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"briefings {__version__} has a defect; please report this line with the command that "
        f"you ran: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    )
