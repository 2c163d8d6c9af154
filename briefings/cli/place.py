"""Commands for a workspace: make one, make what is new in it, list what there is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from briefings.cli import complete
from briefings.cli.options import Json
from briefings.cli.terminal import print_json
from briefings.errors import visible

new = typer.Typer(
    help="Begin a briefing, an audience, a template or a theme.",
    no_args_is_help=True,
)
Force = Annotated[bool, typer.Option("--force", help="Write over what is there.")]
In = Annotated[
    Path,
    typer.Option("--in", metavar="DIR", help="The workspace, or a folder in it (default: here)."),
]


def audiences(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where your own audiences/ is.")
    ] = Path(),
    *,
    as_json: Json = False,
) -> None:
    """List the readers that briefs can be made for."""
    from briefings import workspace  # noqa: PLC0415

    listed = workspace.audiences_of(folder)
    if as_json:
        print_json([asdict(one) for one in listed])
        return
    widths = [max(len(getattr(one, f)) for one in listed) for f in ("name", "ceiling", "whose")]
    for one in listed:
        cells = (one.name, one.ceiling, one.whose)
        columns = "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True))
        typer.echo(f"{columns}  {one.reader}".rstrip())


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it may be there.")],
    *,
    force: Force = False,
) -> None:
    """Make a workspace with a first briefing, ready to be rendered."""
    from briefings import scaffold  # noqa: PLC0415

    for path in scaffold.init(folder, force=force):
        typer.echo(visible(str(path)))


@new.command("briefing")
def new_briefing(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as 2026-05-03-ferry.")],
    *,
    folder: In = Path(),
    force: Force = False,
) -> None:
    """Begin a briefing: data/<ID>.yaml, sound, with comments that tell what belongs where."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from briefings import scaffold, workspace  # noqa: PLC0415

    # The day is where the author begins; no brief asks the clock.
    day = datetime.now(UTC).date().isoformat()
    _made(scaffold.briefing(workspace.root(folder), name, day, force=force))


@new.command("audience")
def new_audience(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, such as council.")],
    *,
    base: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="NAME",
            autocompletion=complete.audience_names,
            help="The audience that it begins as.",
        ),
    ] = "executive",
    folder: In = Path(),
    force: Force = False,
) -> None:
    """Begin an audience: audiences/<NAME>.yaml, with all that it may state."""
    from briefings import scaffold, workspace  # noqa: PLC0415

    _made(scaffold.audience(workspace.root(folder), name, base, force=force))


@new.command("template")
def new_template(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=complete.template_names,
            help="Its name, such as sections/chain.md.j2.",
        ),
    ],
    *,
    base: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="NAME",
            autocompletion=complete.template_names,
            help="The template that it is a copy of (default: that of its own name).",
            show_default=False,
        ),
    ] = "",
    folder: In = Path(),
    force: Force = False,
) -> None:
    """Begin a template as a copy of one: templates/<NAME>, which comes before ours."""
    from briefings import scaffold, workspace  # noqa: PLC0415

    _made(scaffold.template(workspace.root(folder), name, base, force=force))


@new.command("theme")
def new_theme(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, such as council.")],
    *,
    folder: In = Path(),
    force: Force = False,
) -> None:
    """Begin a theme: templates/themes/<NAME>.css, with every colour and font of ours."""
    from briefings import scaffold, workspace  # noqa: PLC0415

    _made(scaffold.theme(workspace.root(folder), name, force=force))


def templates(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=complete.names,
            help="Names as they are listed (default: all).",
            show_default=False,
        ),
    ] = None,
    *,
    folder: In = Path(),
    diff: Annotated[
        bool, typer.Option("--diff", help="Show how your own differ from those they shadow.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List what there is, whose it is and what it shadows."""
    from briefings import catalogue  # noqa: PLC0415
    from briefings.errors import InvalidInput  # noqa: PLC0415
    from briefings.resources import Shelf  # noqa: PLC0415

    if not folder.is_dir():
        raise InvalidInput.of("there is no such folder", str(folder))
    items = catalogue.items(Shelf.at(folder), names or (), diff=diff)
    if as_json:
        print_json([asdict(item) for item in items])
        return
    if diff:
        items = [item for item in items if item.shadows]
    width = max((len(item.name) for item in items), default=0)
    for item in items:
        remark = _remark(item.shadows, same=item.differs is False, outdated=item.outdated)
        typer.echo(visible(f"{item.name.ljust(width)}  {item.whose.ljust(7)}  {remark}".rstrip()))
        for line in (item.diff or "").splitlines():
            typer.echo(visible(line.expandtabs()))


def _remark(shadows: str | None, *, same: bool, outdated: bool | None) -> str:
    if shadows is None:
        return ""
    parts = ["shadows ours", *(["still the same"] if same else [])]
    return "; ".join([*parts, *(["ours has changed since it was copied"] if outdated else [])])


def _made(path: Path) -> None:
    from briefings.resources import shown  # noqa: PLC0415

    typer.echo(visible(shown(path)))
