"""Commands for a PDF that is there already: take its source out, hold it against that."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from briefings.cli.options import Json
from briefings.cli.terminal import complain, print_json, put_out
from briefings.errors import Problem, visible

FINDINGS = 1

Pdf = Annotated[Path, typer.Argument(metavar="PDF", help="A brief; - is stdin.")]


def extract(
    pdf: Pdf,
    *,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Where to (default: - for stdout).")
    ] = Path("-"),
) -> None:
    """Give back the YAML that a PDF was made of."""
    from briefings import enclosed, files  # noqa: PLC0415  # help needs nothing of it

    data = enclosed.extract(pdf)
    if str(out) == "-":
        put_out(data)
        return
    with files.together() as write:
        write(out, data)
    typer.echo(visible(str(out)))


def verify(
    pdf: Pdf,
    *,
    own: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="DIR",
            help="Whose audiences/, templates/ come first (default: here).",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say whether a PDF is, byte for byte, what its own source makes."""
    from briefings.verify import Verdict, verify  # noqa: PLC0415

    answer = verify(pdf, own)
    good = answer.verdict is Verdict.SAME
    if as_json:
        print_json(asdict(answer))
    elif good:
        typer.echo(visible(f"{answer.file}: {answer.sentence}"))
    else:
        complain([Problem(answer.sentence, answer.file)])
    if not good:
        raise typer.Exit(FINDINGS)
