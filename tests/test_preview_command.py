"""The preview's command: what it asks for, what it says, how it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from briefings import preview
from briefings.errors import InvalidInput
from tests.commands import BIN, clean_environment, run
from tests.previewing import Screen, file, screen, taken

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["file", "screen"]


def test_what_is_wrong_with_the_command_is_a_sentence(file: Path) -> None:
    with taken() as port:
        for arguments, said in (
            ([file.parent / "none.yaml"], "there is no such file"),
            ([file.parent], "this is a folder"),
            (["-"], "standard input has none"),
            ([file, "-a", "analist"], 'did you mean "analyst"?'),
            ([file, "--editor", "vscod"], 'did you mean "vscode"?'),
            ([file, "--port", port], f"port {port} cannot be used: Address already in use"),
        ):
            done = run("preview", *arguments, "--no-browser")
            assert done.code == 2
            assert said in done.err
            assert done.out == ""


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "watchfiles"])
def test_a_missing_package_is_a_sentence(name: str, file: Path) -> None:
    code = f"import sys; sys.modules[{name!r}] = None; from briefings.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "preview", str(file), "--no-browser"],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    assert done.returncode == 2
    assert (
        done.stderr == f'the preview needs {name}; install it: pip install "briefings[preview]"\n'
    )


def test_ctrl_c_ends_it_at_once_with_nothing_but_the_address_said(file: Path) -> None:
    started = subprocess.Popen(
        [str(BIN / "briefings"), "preview", str(file), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    with started:
        assert started.stdout
        screen = Screen(started.stdout.readline().strip())
        for _ in zip(range(3), screen.follow("analyst.pdf"), strict=False):
            pass
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=5)
    assert started.returncode == 0
    assert (out, err) == ("", "")


def test_the_browser_is_opened_with_an_address_that_leads_in_once(file: Path) -> None:
    opened: list[str] = []
    said: list[str] = []

    def see(address: str) -> None:
        opened.append(address)
        raise KeyboardInterrupt

    with patch("webbrowser.open", see):
        preview.run(file, [], tell=said.append)
    assert len(opened) == len(said) == 1
    assert opened[0].rsplit("/", 1)[0] == said[0].rstrip("/").rsplit("/", 1)[0]
    assert opened[0].rsplit("/", 1)[1] not in said[0]


def test_a_file_that_cannot_be_read_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput), preview.running(tmp_path / "none.yaml"):
        pytest.fail("it started")
