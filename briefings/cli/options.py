"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefings.cli import complete

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        help="Briefings; - is stdin (default: all of the workspace).",
        show_default=False,
    ),
]
Readers = Annotated[
    list[str] | None,
    typer.Option(
        "-a",
        "--audience",
        metavar="NAME",
        autocompletion=complete.audience_names,
        help="For whom (default: as the briefing or the workspace says, else all three).",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Put in one value for this run."),
]
