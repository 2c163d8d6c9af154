"""The command that shows a briefing in a browser while it is being written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefings.cli import complete
from briefings.cli.options import File, Readers


def preview(
    file: File = None,
    *,
    audience: Readers = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Where to listen.")
    ] = 0,
    editor: Annotated[
        str | None,
        typer.Option(
            "--editor",
            metavar="NAME",
            autocompletion=complete.editors,
            help="Make a link of each place, for this editor: vscode, zed, ...",
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open a browser.")
    ] = True,
) -> None:
    """Show a briefing in the browser, anew at each change, until Ctrl-C."""
    from briefings import preview as previews  # noqa: PLC0415  # help needs nothing of it
    from briefings import workspace  # noqa: PLC0415

    names = list(dict.fromkeys(audience or []))
    previews.run(
        file or workspace.one(Path()), names, port=port, editor=editor, browser=browser, tell=_tell
    )


def _tell(address: str) -> None:
    typer.echo(address)
    typer.get_text_stream("stdout").flush()
