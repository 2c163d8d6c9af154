"""What a person at a terminal sees: progress, problems, output."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import typer

from briefings.errors import InvalidInput, Problem, visible
from briefings.resources import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

SLOW = 1.0  # seconds after which somebody at a terminal wants to see that it goes on


class Progress:
    """One line that tells a person at a terminal how far it is; shown when it takes a while."""

    def __init__(self) -> None:
        self._line = ""
        self._shown = False
        self._timer = threading.Timer(SLOW, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._timer.start()
        return self

    def __call__(self, number: int, total: int, name: str) -> None:
        """Tell which of how many it is at."""
        self._line = visible(f"{number}/{total} {name}")
        if self._shown:
            self._show()

    def _show(self) -> None:
        self._shown = True
        sys.stderr.write(f"\r\033[K{self._line[: shutil.get_terminal_size().columns - 1]}")
        sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._timer.ident:  # it was started
            self._timer.join()
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def put_out(data: bytes) -> None:
    """Write bytes to standard output."""
    if sys.stdout is None:
        raise InvalidInput.of("standard output is closed")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_json(value: Any) -> None:  # noqa: ANN401
    """Print a value as JSON in ASCII, which every pipe carries."""
    typer.echo(json.dumps(value, indent=2))


def complain(problems: Iterable[Problem]) -> None:
    """Print problems: wrapped for a person at a terminal, one a line for a program."""
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 0
    for problem in problems:
        near = replace(problem, file=shown(Path(problem.file)) if problem.file else "")
        head, *excerpt = str(near).split("\n")
        typer.echo("\n".join([*_wrapped(head, width), *excerpt]), err=True)


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width or not width:
        return [line]
    return textwrap.wrap(
        line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
