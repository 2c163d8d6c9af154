"""``briefings`` at a terminal, in a pipe, and with streams that are closed, full or narrow."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from briefings import build
from briefings.cli import terminal as at_terminal
from tests.commands import BIN, clean_environment, run, settle
from tests.rendering import YAML

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    (tmp_path / "brief.yaml").write_text(CLEAR, "utf-8")
    return tmp_path


def test_progress_is_shown_at_a_terminal_once_it_takes_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    into = build.into

    def slow(out: Path, plan: build.Plan, tell: Callable[[int, int, str], None]) -> object:
        tell(1, 9, "x" * 100)
        time.sleep(0.2)
        return into(out, plan, tell)

    options = ("render", "brief.yaml", "-t", "md", "-a", "press")
    monkeypatch.setattr(build, "into", slow)
    assert run(*options, terminal=True).err == ""
    monkeypatch.setattr(at_terminal, "SLOW", 0.05)
    assert run(*options).err == ""
    ran = run(*options, terminal=True)
    assert ran.lines == ["out/brief.press.md"]
    shown = [line for line in ran.err.split("\r\033[K") if line != "1/1 brief.yaml"]  # if slow
    assert shown == ["", f"1/9 {'x' * 75}", "1/1 brief.press.md", ""]
    monkeypatch.setenv("TERM", "dumb")
    assert run(*options, terminal=True).err == ""


def test_progress_under_a_real_terminal_goes_to_stderr_and_is_taken_away(folder: Path) -> None:
    code = "from briefings import cli; cli.terminal.SLOW = 0.01; cli.main()"
    main, other = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code, "render", "brief.yaml", "-t", "pdf", "-a", "press"],
        cwd=folder,
        env=clean_environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=other,
    ) as process:
        out, _ = process.communicate(timeout=60)
        os.close(other)
    said = b""
    while select.select([main], [], [], 0)[0]:
        try:
            said += os.read(main, 10_000)
        except OSError:
            break
    os.close(main)
    assert (process.returncode, out) == (0, b"out/brief.press.pdf\n")
    assert b"\r\033[K1/1 brief.press.pdf" in said
    assert said.endswith(b"\r\033[K")


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("{} show brief.yaml -a press 1>&-", 0, ""),
        ("{} render brief.yaml -t md -a press -o - 1>&-", 2, "standard output is closed\n"),
        ("{} render brief.yaml -t md -a press -o - >/dev/full", 2, "standard output: No space"),
        ("{} check none.yaml 2>&- || exit $?", 2, ""),
        ("{} check - <&-", 2, "<stdin>:1:1: the file is empty"),
        ("PYTHONIOENCODING=ascii {} show brief.yaml -a press >/dev/null", 0, ""),
        ("({} show brief.yaml -a press; echo $? >&2) | true", 0, "141\n"),
    ],
)
def test_streams_that_are_closed_full_or_narrow(
    command: str, code: int, said: str, folder: Path
) -> None:
    wait = "sleep 1; " if "true" in command else ""
    done = subprocess.run(
        ["/bin/sh", "-c", command.format(f"{wait}{BIN / 'briefings'}")],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) <= (3 if "stdin" in said else 1)
