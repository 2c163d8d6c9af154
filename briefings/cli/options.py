"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefings.cli import complete
from briefings.errors import InvalidInput, unknown

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        help="Briefings; - is stdin (default: all of the workspace).",
        show_default=False,
    ),
]
File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="A briefing (default: the workspace's, where there is one alone).",
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


def pictures(name: str) -> str:
    """Return as what figures are drawn.

    Raises:
        InvalidInput: they cannot be drawn so.
    """
    from briefings.model.vocabulary import Pictures  # noqa: PLC0415  # help needs none of it

    known = [kind.value for kind in Pictures]
    if name not in known:
        raise InvalidInput.of(unknown("kind of figures", name, known))
    return name
