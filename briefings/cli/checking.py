"""Commands that tell: what is wrong with briefings or templates, and what a template can use."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefings.cli.terminal import Progress, print_json
from briefings.errors import InvalidInput, visible

if TYPE_CHECKING:
    from briefings.errors import Problem

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Briefings; - is stdin (default: the workspace). With --templates, a folder.",
            show_default=False,
        ),
    ] = None,
    *,
    templates: Annotated[
        bool,
        typer.Option(
            "--templates", help="Check templates, themes and audiences in a folder instead."
        ),
    ] = False,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Put in one value for this run."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check briefings, the whole workspace, or templates, without rendering."""
    if templates:
        if changes:
            raise InvalidInput.of("--set changes a briefing; --templates checks none")
        from briefings import survey  # noqa: PLC0415  # it runs templates

        problems, number = survey.problems(files or [Path()])
        _tell(problems, number, "template", as_json=as_json)
        return
    from briefings import build, workspace  # noqa: PLC0415  # help and completion need them not

    whole, files = not files, files or workspace.briefings(Path())
    found = workspace.problems(Path()) if whole else []
    with Progress() as tell:
        problems = list(dict.fromkeys([*found, *build.problems(files, changes or [], tell)]))
    _tell(problems, len(build.distinct(files)), "briefing", as_json=as_json)


def _tell(problems: list[Problem], number: int, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(problem) for problem in problems])
    elif not problems:
        typer.echo(f"1 {what} is sound" if number == 1 else f"{number} {what}s are sound")
    if problems:
        raise InvalidInput([] if as_json else problems)


def reference(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One name, such as event or sentence.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Tell what a template can use: every name, filter, part, macro, section and figure."""
    from briefings.survey import reference as pages  # noqa: PLC0415  # it reads all templates

    entries = pages.entries()
    found = pages.named(name, entries) if name else entries
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    for entry in found:
        typer.echo(visible(entry.line) if not name else "\n".join(map(visible, entry.lines)))
