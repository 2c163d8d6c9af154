"""A workspace with a target beside it, and what stands there."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands import BIN, clean_environment, run, settle
from tests.rendering import YAML, put

if TYPE_CHECKING:
    from collections.abc import Iterator

CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")
FIRE, FLOOD = "2026-05-03-fire.press", "2026-04-01-flood.press"
ALL = [FLOOD, FIRE, "series-fire-brief", "series-flood-brief", "Home", "_Sidebar"]
TO = "publish --to wiki"
TARGET = """
[targets.wiki]
kind = "{kind}"
path = "../wiki"
format = "{form}"
audiences = ["press"]
{more}
"""


def toml(more: str = "", *, kind: str = "folder", form: str = "github-wiki") -> str:
    return TARGET.format(kind=kind, form=form, more=more)


def fire(**more: str) -> str:
    """Return a briefing of a series, with what is stated besides."""
    said = {"title": "A fire", "series": "Fire brief", "issue": "1", "as_of": "2026-05-03"} | more
    kept = [line for line in CLEAR.strip().split("\n") if line.partition(":")[0] not in said]
    return "\n".join([*(f"{key}: {value}" for key, value in said.items()), *kept, ""])


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a workspace of two briefings, with a memory of its own, beside an empty wiki."""
    desk = tmp_path / "desk"
    (tmp_path / "wiki").mkdir()
    put(
        desk,
        {
            "briefings.toml": toml(),
            "data/2026-05-03-fire.yaml": fire(),
            "data/2026-04-01-flood.yaml": fire(
                title="A flood", series="Flood brief", as_of="2026-04-01"
            ),
        },
    )
    settle(monkeypatch, desk)
    monkeypatch.setattr("briefings.publish.memory.cache_folder", lambda: tmp_path / "cache")
    yield desk
    assert not [p for p in (tmp_path / "wiki").rglob(".briefings-*") if ".git" not in p.parts]


def wiki() -> Path:
    return Path("../wiki")


def pages() -> dict[str, str]:
    """Return the pages that stand there, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(wiki().glob("*.md"))}


def planned(*words: str) -> list[str]:
    """Return the lines of a plan, without differences."""
    ran = run(*TO.split(), *words)
    assert not ran.err, ran.err
    return [line for line in ran.lines if not line.startswith("       ")]


def state() -> dict[str, tuple[int, bytes]]:
    return {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in wiki().iterdir()}


def started(*words: str, before: str = "") -> subprocess.Popen[bytes]:
    """Start ``briefings`` as a process of its own, after some Python."""
    code = f"{before}\nfrom briefings import cli\ncli.main()"
    command = [str(BIN / "python"), "-c", code, *words]
    environment = clean_environment(XDG_CACHE_HOME=os.path.abspath("../own-cache"))  # noqa: PTH100
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def killed(*words: str, before: str) -> None:
    """Run ``briefings`` after some Python that makes it kill itself."""
    with started(*words, before=before) as ran:
        out, err = ran.communicate(timeout=120)
    assert ran.returncode == -signal.SIGKILL, (out, err)
