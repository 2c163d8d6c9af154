"""The command line, run within the test's own process."""

from __future__ import annotations

import gc
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from briefings import cli

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
FLOOD = ROOT / "data/briefings/2025-03-14-riverbend-flood.yaml"
LAUNCHERS = {
    "briefings": [str(BIN / "briefings")],
    "python -m briefings": [sys.executable, "-m", "briefings"],
    "python cli.py": [sys.executable, str(ROOT / "cli.py")],
}


@dataclass(frozen=True)
class Ran:
    """What a run gave."""

    code: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        return self.data.decode().replace("\r\n", "\n")

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Stream(io.TextIOWrapper):
    """A standard stream that can be a terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        self.bytes = io.BytesIO(data)
        self.terminal = terminal
        super().__init__(self.bytes, "utf-8", write_through=True)

    def isatty(self) -> bool:
        return self.terminal


def run(*arguments: object, stdin: bytes = b"", terminal: bool = False) -> Ran:
    """Run ``briefings`` with these arguments; with *terminal*, stdout and stderr are one."""
    thresholds = gc.get_threshold()
    out, err = Stream(terminal=terminal), Stream(terminal=terminal)
    code: object = "main() returned"
    with (
        patch.object(sys, "argv", ["briefings", *map(str, arguments)]),
        patch.multiple(sys, stdin=Stream(stdin), stdout=out, stderr=err),
    ):
        try:
            cli.main()
        except SystemExit as done:
            code = done.code
        finally:
            gc.set_threshold(*thresholds)
    assert isinstance(code, int), code
    assert "Traceback" not in err.bytes.getvalue().decode()
    return Ran(code, out.bytes.getvalue(), err.bytes.getvalue().decode())


def does(line: str) -> Ran:
    """Run ``briefings`` with the words of a line."""
    return run(*line.split())


def settle(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Work in *folder*, with a terminal of 80 columns and none of what a CI sets."""
    monkeypatch.chdir(folder)
    for name in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "NO_COLOR", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("typer.rich_utils.FORCE_TERMINAL", None)
    monkeypatch.setattr("typer.rich_utils.MAX_WIDTH", None)


def clean_environment(**more: str) -> dict[str, str]:
    """Return an environment for a process of its own."""
    kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    return {**kept, "COLUMNS": "80", "LC_ALL": "C.UTF-8", **more}


def found(folder: Path) -> list[str]:
    """Return everything that lies in a folder, hidden files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
