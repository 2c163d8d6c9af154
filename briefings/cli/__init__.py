"""The command line: parse, call the pipeline, print, exit code."""

from __future__ import annotations

import errno
import gc
import io
import os
import re
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from briefings.cli import complete, editing, paper, place, publishing, screen
from briefings.cli.options import Changes, File, Files, Json, Readers, pictures
from briefings.cli.terminal import Progress, complain, print_json, put_out
from briefings.errors import BriefingsError, InvalidInput, Problem, Refused, visible
from briefings.version import __version__
from briefings.writers import PACKED, WRITERS

FINDINGS, BAD_INPUT, OUR_BUG = 1, 2, 70
_TRAILING = re.compile(" +$", re.MULTILINE)
READER_LEFT = 141  # what a shell says of a program that wrote to a pipe which nobody reads
MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}


class _Group(TyperGroup):
    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  # Typer keeps its context to itself
        """Run a command; a pipe that nobody reads any more ends it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise typer.Exit(READER_LEFT) from None


app = typer.Typer(
    name="briefings",
    cls=_Group,
    help="Situation briefs from one YAML file: who says what, how firm it is, "
    "and only what each reader may see.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


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
    files: Files = None,
    *,
    audience: Readers = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "-t",
            "--to",
            metavar="FORMAT",
            autocompletion=complete.forms,
            help=f"{', '.join(WRITERS)} (default: as the workspace says, else md and pdf).",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="DIR",
            help="Where to (default: out/); - is standard output, for one brief.",
        ),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(
            "--paper",
            metavar="A4|letter|W x H",
            autocompletion=complete.papers,
            help="Another sheet than the audience's, such as '90mm x 160mm'.",
        ),
    ] = None,
    figures: Annotated[
        str | None,
        typer.Option(
            "--figures",
            metavar="svg|png|none",
            autocompletion=complete.pictures,
            help="As what figures stand beside a wiki's page (default: none).",
        ),
    ] = None,
    changes: Changes = None,
    as_json: Json = False,
) -> None:
    """Render briefings into DIR/<id>.<audience>.<format>."""
    from briefings import build, workspace  # noqa: PLC0415  # help and completion need none of it
    from briefings.audience import Paper  # noqa: PLC0415

    files = files or workspace.briefings(Path())
    sheet = Paper.named(paper) if paper else None
    beside = pictures(figures) if figures is not None else None
    alone = str(out) == "-"
    if alone and as_json:
        raise InvalidInput.of("--json lists files, and -o - writes none")
    with Progress() as tell:
        plan = build.plan(
            files,
            audience or [],
            to or [],
            changes=changes or [],
            paper=sheet,
            figures=beside,
            tell=tell,
        )
        if not alone:
            made, refused = build.into(out or workspace.out(files), plan, tell)
    if alone:
        packed = [job.form.upper() for job in plan.jobs if job.form in PACKED]
        if sys.stdout and sys.stdout.isatty() and packed:
            raise InvalidInput.of(f"{packed[0]} is nothing for a terminal; send it on with > or |")
        put_out(build.single(plan))
        return
    if as_json:
        print_json([asdict(one) for one in made])
    else:
        for one in made:
            typer.echo(visible(one.file))
    if refused:
        complain(refused)
        raise typer.Exit(FINDINGS)


@app.command()
def show(
    file: File = None,
    *,
    audience: Annotated[
        str | None,
        typer.Option(
            "-a",
            "--audience",
            metavar="NAME",
            autocompletion=complete.audience_names,
            help="For whom (default: the first that the briefing names, else executive).",
        ),
    ] = None,
    changes: Changes = None,
) -> None:
    """Print a briefing in the terminal as its reader would see it."""
    from briefings import build, workspace  # noqa: PLC0415

    text = build.text(file or workspace.one(Path()), audience, changes or [])
    from rich.console import Console  # noqa: PLC0415  # no other command needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    console = Console(highlight=False)
    with console.capture() as shown:  # on a broken pipe, Rich would end the program by itself
        console.print(Markdown(text, hyperlinks=False))
    lines = shown.get()
    # Rich fills each line up to the width, which nobody wants in a file.
    typer.echo(lines if console.is_terminal else _TRAILING.sub("", lines), nl=False)


@app.command()
def doctor(*, as_json: Json = False) -> None:
    """Say whether fonts, Pango and all else is in order."""
    from briefings.doctor import examine  # noqa: PLC0415  # it loads WeasyPrint

    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            typer.echo(f"{'ok ' if finding.sound else 'NOT'} {finding.what}")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    if not all(finding.sound for finding in findings):
        raise typer.Exit(FINDINGS)


app.command()(place.audiences)
app.command()(place.init)
app.command()(place.templates)
app.add_typer(place.new, name="new")
app.command()(editing.check)
app.command()(editing.reference)
app.command()(paper.extract)
app.command()(paper.verify)
app.command()(editing.schema)
app.command()(screen.preview)
app.command()(publishing.publish)
app.command()(publishing.status)


def main() -> None:
    """Run the command line; every failure is a sentence and an exit code."""
    # A layout makes millions of small objects that all live to its end; looking through them for
    # garbage every 700 takes a tenth of a run.
    gc.set_threshold(100_000, 20, 100)
    _open_closed()
    code = _run()
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        # What could not be written would be tried again at the end, with a message of Python's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code or _explain(error)
    gc.freeze()  # or all of it would be looked through once more on the way out
    sys.exit(code)


def _open_closed() -> None:
    """Stand in for streams that are closed or cannot say all; closed standard output stays so."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _run() -> int:
    try:
        app(prog_name="briefings")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except Exception as error:  # noqa: BLE001  # the last resort: no traceback reaches a user
        return _explain(error)
    return 0


def _explain(error: Exception) -> int:
    """Say what is wrong, and return the exit code that goes with it."""
    if isinstance(error, InvalidInput):
        complain(error.problems)
        return BAD_INPUT
    if isinstance(error, BriefingsError):
        complain([Problem(str(error))])
        return FINDINGS if isinstance(error, Refused) else BAD_INPUT
    if isinstance(error, BrokenPipeError):
        return READER_LEFT
    if isinstance(error, OSError) and error.errno in MACHINE:
        complain([Problem(error.strerror or "", error.filename or "standard output")])
        return BAD_INPUT
    typer.echo(_report(error), err=True)
    return OUR_BUG


def _report(error: Exception) -> str:
    from briefings.publish.masking import without_accounts  # noqa: PLC0415

    last = traceback.extract_tb(error.__traceback__)[-1]
    what = visible(without_accounts(f"{type(error).__name__}: {error}"))
    return (
        f"briefings {__version__} has a defect; please report this line with the command that "
        f"you ran: {what} ({Path(last.filename).name}:{last.lineno})"
    )
