"""Commands that put pages into a wiki, and tell what stands there."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefings.cli import complete
from briefings.cli.options import Files, Json
from briefings.cli.terminal import Progress, complain, print_json
from briefings.errors import InvalidInput, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.publish import Standing, Step

FINDINGS, BAD_INPUT, INTERRUPTED = 1, 2, 130


def publish(  # noqa: PLR0913  # one parameter an option
    files: Files = None,
    *,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="TARGET",
            autocompletion=complete.targets,
            help="Where to: a target of briefings.toml.",
        ),
    ],
    dry: Annotated[bool, typer.Option("--dry-run", help="Print the plan, and stop there.")] = False,
    overwrite: Annotated[
        list[str] | None,
        typer.Option(
            "--overwrite",
            metavar="PAGE",
            help="Write over this page or file, whoever has edited it.",
        ),
    ] = None,
    remove: Annotated[
        bool,
        typer.Option("--remove", help="Remove pages and files of ours that nobody wants any more."),
    ] = False,
    push: Annotated[
        bool, typer.Option("--push", help="Push what was committed, to a target of kind git.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put the pages of briefings into a wiki: first the plan, then what is new or has changed."""
    from briefings import publish as publishing  # noqa: PLC0415  # help needs nothing of it
    from briefings import workspace  # noqa: PLC0415

    if any(str(file) == "-" for file in files or []):
        raise InvalidInput.of("name files: a page belongs to a briefing that has one")
    if dry and push:
        raise InvalidInput.of("--dry-run writes nothing, so there is nothing to --push")
    root = workspace.root(files[0].absolute().parent if files else Path())
    site = publishing.named(to, root)
    asked = publishing.Asked(files or (), overwrite or (), remove)
    try:
        with publishing.opened(site, writing=not dry, push=push) as store:
            with Progress() as tell:
                steps = publishing.plan(site, store, asked, tell)
            if not as_json:
                _print(steps)
            if not dry:
                with Progress() as tell:
                    done = publishing.apply(store, steps, tell)
                if not as_json:
                    _print([one for one, was in zip(done, steps, strict=True) if one != was])
                steps = done
    except KeyboardInterrupt:
        typer.echo("stopped; the next run goes on from here", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        print_json([_data(step) for step in steps])
    if any(step.what == "refuse" for step in steps):
        raise typer.Exit(FINDINGS)


def _print(steps: Sequence[Step]) -> None:
    kept = sum(1 for step in steps if step.what == "keep" and not step.reason)
    for step in steps:
        if step.what == "keep" and not step.reason:
            continue
        name = f"{step.old} -> {step.name}" if step.old else step.name
        reason = f": {step.reason}" if step.reason else ""
        place = f" ({step.place})" if step.what == "orphan" and step.place else ""
        typer.echo(visible(f"{step.what:<6} {name}{reason}{place}"))
        for line in step.diff:
            typer.echo(visible(f"       {line.expandtabs()}"))
    if kept:
        typer.echo(f"keep   {kept} as {'it is' if kept == 1 else 'they are'}")


def _data(step: Step) -> dict[str, object]:
    return {
        "step": step.what,
        "name": step.name,
        "page": step.page or None,
        "old": step.old or None,
        "path": step.place or None,
        "reason": step.reason or None,
        "diff": list(step.diff),
    }


def status(
    *,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="TARGET",
            autocompletion=complete.targets,
            help="One target of briefings.toml (default: all).",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell what stands at the targets: current, behind, missing, edited by hand or orphaned.

    The exit code is 1 where anything is not current.
    """
    from briefings import publish as publishing  # noqa: PLC0415
    from briefings import workspace  # noqa: PLC0415

    root = workspace.root(Path())
    sites = [publishing.named(to, root)] if to else publishing.every(root)
    if not sites:
        raise InvalidInput.of("briefings.toml names no target; add [targets.NAME] to it")
    found: list[Standing] = []
    wrong = False
    for site in sites:
        try:
            with Progress() as tell:
                standing = publishing.status(site, tell)
        except InvalidInput as error:  # of one target; the others may be well
            complain(error.problems)
            wrong = True
            continue
        found += standing
        if not as_json:
            _tell(site.name, standing)
    if as_json:
        print_json([{k: v or None for k, v in asdict(one).items()} for one in found])
    if wrong:
        raise typer.Exit(BAD_INPUT)
    if any(one.state != "current" for one in found):
        raise typer.Exit(FINDINGS)


def _tell(target: str, standing: Sequence[Standing]) -> None:
    typer.echo(visible(target))
    for one in standing:
        if one.state != "current":
            stands = f"version {one.version}, as of {one.as_of}, stands there"
            reason = one.reason or (stands if one.version else "")
            place = f" ({one.path})" if one.path else ""
            said = f"  {one.state:<8} {one.name}{f': {reason}' if reason else ''}{place}"
            typer.echo(visible(said))
    current = sum(1 for one in standing if one.state == "current")
    typer.echo(f"  current  {current} of {len(standing)}")
