"""``briefings check --watch``: a process of its own that looks again at each change."""

from __future__ import annotations

import json
import os
import pty
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self
from unittest.mock import patch

import pytest

from briefings import watch
from tests.commands import BIN, clean_environment, does, run, settle
from tests.rendering import YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60.0
QUIET = (
    2.5  # seconds in which what changes nothing would have been told: it is looked at each second
)
STATE = re.compile(r"\d+ problems?|\d+ briefings? (is|are) sound|\[.*\]")
SOUND = ["1 briefing is sound"]
WRONG = YAML.replace("marking: TLP:GREEN", "marking: TLP:BLUE", 1)
MARKED = next(n for n, line in enumerate(WRONG.splitlines(), 1) if "TLP:BLUE" in line)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    (tmp_path / "brief.yaml").write_text(YAML, "utf-8")
    return tmp_path


class Watching:
    """A running ``briefings check --watch``; what it prints on both streams, in order."""

    def __init__(self, *arguments: str, cwd: Path | None = None) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [str(BIN / "briefings"), "check", "--watch", *arguments],
            cwd=cwd,
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            for line in stream:
                self.lines.put(line.rstrip("\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()

    def state(self) -> list[str]:
        """Return the lines of the next state."""
        found: list[str] = []
        while not found or not STATE.fullmatch(found[-1]):
            found.append(self.lines.get(timeout=PATIENCE))
        return found

    def silent(self) -> bool:
        """Whether nothing more is said."""
        time.sleep(QUIET)
        return self.lines.empty()

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self.reader.join()
        assert self.lines.empty(), list(self.lines.queue)
        return code


def put(name: str, text: str) -> None:
    """Write a file as most editors do: another one, then renamed."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    other = path.with_name(f".{path.name}.new")
    other.write_text(text, "utf-8")
    other.replace(path)


# --- what is told -------------------------------------------------------------------------------


def test_each_change_is_told_with_its_places_until_ctrl_c() -> None:
    with Watching("brief.yaml") as watching:
        assert watching.state() == SOUND
        put("brief.yaml", WRONG)
        said, *more = watching.state()
        assert said.startswith(f'brief.yaml:{MARKED}:10: unknown marking "TLP:BLUE"; known: TLP')
        assert more == [
            f"  {MARKED} | marking: TLP:BLUE",
            f"  {' ' * len(str(MARKED))} |          ^",
            "1 problem",
        ]
        Path("brief.yaml").write_text(YAML, "utf-8")  # in place, so it was empty for a moment
        while watching.state() != SOUND:
            pass
        assert watching.end() == 0


def test_the_exit_code_is_that_of_the_last_state() -> None:
    with Watching("brief.yaml") as watching:
        watching.state()
        put("brief.yaml", WRONG)
        watching.state()
        assert watching.end() == 2


def test_a_reference_that_leads_nowhere_is_shown_at_once() -> None:
    """What no static schema can know."""
    with Watching("brief.yaml") as watching:
        watching.state()
        put("brief.yaml", YAML.replace("speaker: ministry", "speaker: ministri", 1))
        assert 'there is no actor "ministri"; did you mean "ministry"?' in watching.state()[0]


def test_a_briefing_that_goes_and_comes_back_is_told() -> None:
    with Watching("brief.yaml") as watching:
        watching.state()
        Path("brief.yaml").unlink()
        assert watching.state() == ["brief.yaml: there is no such file", "1 problem"]
        put("brief.yaml", YAML)
        assert watching.state() == SOUND


def test_a_folder_that_goes_and_comes_back_is_told(folder: Path) -> None:
    put("desk/brief.yaml", YAML)
    with Watching("desk/brief.yaml") as watching:
        assert watching.state() == SOUND
        (folder / "desk").rename(folder / "away")
        assert watching.state()[-1] == "1 problem"
        assert watching.silent()
        (folder / "away").rename(folder / "desk")
        assert watching.state() == SOUND
        put("desk/brief.yaml", WRONG)
        assert watching.state()[-1] == "1 problem"


def test_for_a_program_each_state_is_a_line_of_json() -> None:
    with Watching("brief.yaml", "--json") as watching:
        assert watching.state() == ["[]"]
        put("brief.yaml", WRONG)
        (line,) = watching.state()
        assert [(one["file"], one["line"]) for one in json.loads(line)] == [("brief.yaml", MARKED)]
        assert watching.end() == 2


# --- what is looked at --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("audiences/own.yaml", "extends: press\n"),
        ("templates/sections/gaps.md.j2", "Nothing.\n"),
        ("templates/themes/own.css", "h1 { color: red }"),
        ("languages/en.yaml", "name: English\n"),
        ("lexicons/icd203.yaml", "name: x\n"),
        ("../briefings.toml", ""),
        ("../data/register/all.yaml", ""),
        ("../audiences/own.yaml", "extends: press\n"),
    ],
)
def test_whatever_a_briefing_may_use_is_looked_at(name: str, text: str, folder: Path) -> None:
    """First there is no such file, nor its folder; then there is one; then it changes."""
    (folder / "briefings.toml").write_text("# here\n", "utf-8")
    put("desk/brief.yaml", YAML)
    with Watching("brief.yaml", cwd=folder / "desk") as watching:
        watching.state()
        path = f"desk/{name}"
        put(path, text)
        watching.state()
        put(path, f"{text}\n")
        watching.state()
        Path(path).unlink()
        watching.state()


def test_an_audience_that_becomes_wrong_is_told() -> None:
    put("audiences/own.yaml", "extends: press\n")
    put("brief.yaml", f"{YAML}audiences: [own]\n")
    with Watching("brief.yaml") as watching:
        assert watching.state() == SOUND
        put("audiences/own.yaml", "extends: press\npages: none\n")
        assert "audiences/own.yaml:2:8: a whole number is expected" in watching.state()[0]


def test_a_register_that_becomes_wrong_is_told() -> None:
    assert does("init desk").code == 0
    register = Path("desk/data/register/actors.yaml")
    with Watching(cwd=Path("desk")) as watching:
        assert watching.state() == SOUND
        put(str(register), register.read_text("utf-8").replace("id: council", "id: counsel"))
        assert any('there is no actor "council"' in line for line in watching.state())
        put("desk/data/2026-06-01-ferry.yaml", YAML)
        assert any("council" in line for line in watching.state()), "a new briefing is looked at"
        put(str(register), register.read_text("utf-8").replace("id: counsel", "id: council"))
        assert watching.state() == ["2 briefings are sound"]


def test_what_no_briefing_uses_is_not_looked_at() -> None:
    with Watching("brief.yaml") as watching:
        watching.state()
        for name in ("other.yaml", "out/brief.press.md", "notes/audiences/own.yaml"):
            put(name, "x")
        assert watching.silent()
        put("brief.yaml", WRONG)
        watching.state()


def test_a_change_during_the_check_is_not_lost() -> None:
    """What is compared are the files as they were before the check."""
    path = Path("brief.yaml")
    seen = watch.changes(lambda: [path])
    next(seen)
    path.write_text(WRONG, "utf-8")  # the caller is still busy with the first state
    found: queue.Queue[object] = queue.Queue()
    threading.Thread(target=lambda: found.put(next(seen)), daemon=True).start()
    assert found.get(timeout=PATIENCE) is None


# --- where it is run ----------------------------------------------------------------------------


@pytest.fixture
def terminal(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    main, other = pty.openpty()
    with subprocess.Popen(
        [str(BIN / "briefings"), "check", "--watch", "brief.yaml"],
        cwd=folder,
        env=clean_environment(TERM="xterm"),
        stdin=other,
        stdout=other,
        stderr=other,
        start_new_session=True,
    ) as process:
        os.close(other)
        yield main, process
        process.kill()
    os.close(main)


def until(main: int, wanted: bytes) -> bytes:
    said = b""
    while wanted not in said:
        said += os.read(main, 10_000)
    return said


def later(do: Callable[[], object]) -> threading.Timer:
    timer = threading.Timer(0.2, do)
    timer.start()
    return timer


def test_another_thread_can_end_it(folder: Path) -> None:
    ended = threading.Event()
    seen = watch.changes(lambda: [folder / "brief.yaml"], ended=ended)
    next(seen)
    later(ended.set)
    began = time.monotonic()
    assert list(seen) == []
    assert time.monotonic() - began < PATIENCE / 10


def test_who_can_leave_off_is_told_at_once(folder: Path) -> None:
    """The preview is: it makes half a file, and leaves that off once the rest is there."""
    path = folder / "brief.yaml"
    seen = watch.changes(lambda: [path], settle=False)
    with patch("briefings.watch.time.sleep") as waited:
        next(seen)
        later(lambda: path.write_text("half", "utf-8"))
        next(seen)
        later(lambda: path.write_text(YAML, "utf-8"))
        next(seen)
    assert not waited.called


def test_what_is_shipped_is_looked_at_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who works on the program itself sees at once what comes of it."""
    theme = folder / "ours" / "templates" / "themes" / "default.css"
    theme.parent.mkdir(parents=True)
    monkeypatch.setattr(watch, "shipped", lambda name: folder / "ours" / name)
    seen = watch.changes(lambda: [folder / "brief.yaml"], settle=False)
    next(seen)
    later(lambda: theme.write_text("h1 { color: red }", "utf-8"))
    next(seen)
    assert theme not in watch.used([folder / "brief.yaml"])


def test_at_a_terminal_the_screen_is_cleared_before_each_state(
    terminal: tuple[int, subprocess.Popen[bytes]],
) -> None:
    main, process = terminal
    clear, last = b"\033[H\033[2J", b"Looking for changes; Ctrl-C ends it.\r\n"
    assert until(main, last).endswith(clear + b"1 briefing is sound\r\n" + last)
    put("brief.yaml", WRONG)
    said = until(main, last)
    assert said.count(clear) == 1
    assert said.startswith(clear + b"brief.yaml:%d:10: unknown marking" % MARKED)
    assert said.endswith(b"1 problem\r\n" + last)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 2


def test_standard_input_has_no_changes() -> None:
    ran = run("check", "--watch", "-")
    said = "--watch looks at files for changes; standard input has none\n"
    assert (ran.code, ran.out, ran.err) == (2, "", said)


def test_outside_of_a_workspace_a_file_is_to_be_named() -> None:
    ran = run("check", "--watch")
    assert ran.code == 2
    assert "name a FILE" in ran.err


def without_watchfiles(*arguments: str) -> tuple[int, str, str]:
    """Run it where the extra package is not installed."""
    code = "import sys; sys.modules['watchfiles'] = None; from briefings import cli; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_without_the_extra_package_it_says_what_to_install() -> None:
    said = '--watch needs watchfiles; install it: pip install "briefings[preview]"\n'
    assert without_watchfiles("check", "--watch", "brief.yaml") == (2, "", said)
    assert without_watchfiles("check", "brief.yaml") == (0, "1 briefing is sound\n", "")
