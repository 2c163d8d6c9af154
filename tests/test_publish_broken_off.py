"""Runs that are killed, stopped or not alone: what is left is whole, and the next completes it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from briefings.publish import marker
from tests import canaries
from tests.commands import does
from tests.publishing import desk, fire, killed, pages, started, toml, wiki
from tests.rendering import put

__all__ = ["desk"]
TO = "publish --to wiki"
# Kills the process at the write of so many, before or after the file has its place.
KILL = """
import os, pathlib, signal
from briefings.publish.stores.folder import Folder
write, replace, done = Folder.write, pathlib.Path.replace, [0]
def end(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def counted(self, wanted, over):
    done[0] += 1
    if done[0] == {number}:
        pathlib.Path.replace = {how}
    write(self, wanted, over)
Folder.write = counted
"""
BEFORE = "end"
AFTER = "lambda *of: end(replace(*of))"
SLOW = """
import time
from briefings.publish.stores.folder import Folder
write = Folder.write
def slow(self, wanted, over):
    print("writing", flush=True)
    write(self, wanted, over)
    time.sleep({seconds})
Folder.write = slow
"""


def whole() -> None:
    """Each page that stands is one that was meant."""
    for name, text in pages().items():
        read = marker.read(text)
        assert read, name
        assert not read.edited, name


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in wiki().iterdir()}


@pytest.mark.parametrize(("number", "how"), [(1, AFTER), (3, BEFORE), (5, AFTER)])
def test_killed_between_two_pages_the_next_run_completes(
    number: int, how: str, tmp_path: Path
) -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    put(Path(), {"data/2026-04-01-flood.yaml": fire(audiences="[analyst]")})
    assert does(TO).code == 0
    put(Path(), {"data/2026-05-03-fire.yaml": fire(title="A blaze")})
    killed(*TO.split(), before=KILL.format(number=number, how=how))
    whole()
    assert does(TO).code == 0
    assert not list(wiki().glob(".briefings-*"))
    whole()
    assert does(TO).out == "keep   5 as they are\n"
    put(Path(), {"briefings.toml": toml("pdf = true").replace("../wiki", "../afresh")})
    (tmp_path / "afresh").mkdir()
    assert does(TO).code == 0
    assert files() == {p.name: p.read_bytes() for p in (tmp_path / "afresh").iterdir()}


@pytest.mark.parametrize("how", [BEFORE, AFTER])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_in_a_rename_the_next_run_completes(number: int, how: str) -> None:
    assert does(TO).code == 0
    Path("data/2026-05-03-fire.yaml").unlink()
    put(Path(), {"data/blaze.yaml": fire(formerly="[2026-05-03-fire]", title="A blaze")})
    killed(*TO.split(), before=KILL.format(number=number, how=how))
    whole()
    assert does(TO).code == 0
    assert "has moved to [[A blaze|blaze.press]]" in pages()["2026-05-03-fire.press"]
    assert "# A blaze" in pages()["blaze.press"]
    assert does(TO).out == "keep   7 as they are\n"


def test_stopped_by_a_person_it_says_so_and_the_next_run_completes() -> None:
    with started(*TO.split(), before=SLOW.format(seconds=0.5)) as ran:
        assert ran.stdout
        for _ in range(2):
            while ran.stdout.readline() != b"writing\n":
                pass
        ran.send_signal(signal.SIGINT)
        said = ran.communicate(timeout=60)[1]
    assert (ran.returncode, said) == (130, b"stopped; the next run goes on from here\n")
    whole()
    assert 0 < len(pages()) < 6
    assert does(TO).code == 0
    assert len(pages()) == 6


def test_two_at_once_wait_for_each_other() -> None:
    slow = SLOW.format(seconds=0.1)
    with started(*TO.split(), before=slow) as one, started(*TO.split(), before=slow) as other:
        several = [one, other]
        said = [ran.communicate(timeout=60) for ran in several]
    assert [ran.returncode for ran in several] == [0, 0], said
    written = [out.count(b"writing\n") for out, _ in said]
    assert sorted(written) == [0, 6]
    whole()
    assert does(TO).out == "keep   6 as they are\n"


def test_a_page_that_is_edited_while_a_run_goes_on_is_not_written_over() -> None:
    assert does(TO).code == 0
    for name in ("2026-05-03-fire", "2026-04-01-flood"):
        put(Path(), {f"data/{name}.yaml": fire(title="Another")})
    with started(*TO.split(), before=SLOW.format(seconds=1)) as ran:
        assert ran.stdout
        while ran.stdout.readline() != b"writing\n":
            pass
        (wiki() / "Home.md").write_text("# Mine\n")
        out = ran.communicate(timeout=60)[0].decode()
    assert ran.returncode == 1
    assert "refuse Home: it has just been changed by somebody else" in out
    assert pages()["Home"] == "# Mine\n"
    assert "[[Another|" in pages()["_Sidebar"]


# --- what is withheld ---------------------------------------------------------------------------


def test_nothing_withheld_is_in_any_byte_that_is_published(tmp_path: Path) -> None:
    cage = canaries.Cage()
    put(Path(), {"lexicons/cage.yaml": cage.lexicon(), "data/cage.yaml": json.dumps(cage.data)})
    put(Path(), {"briefings.toml": toml("pdf = true\nfigures = 'svg'", kind="git")})
    for words in (
        *("init --quiet", "config user.name D", "config user.email d@e.f"),
        "commit --quiet --allow-empty --message=First",
    ):
        subprocess.run(["git", *words.split()], cwd=wiki(), check=True)  # noqa: S607
    ran = does(TO)
    assert ran.code == 0, ran.err
    log = subprocess.run(
        ["git", "log", "--patch", "--text"],  # noqa: S607
        cwd=wiki(),
        check=True,
        capture_output=True,
    ).stdout.decode(errors="replace")
    text = log + ran.out + "".join(f"{n}\n{t}" for n, t in pages().items())
    text += "".join(p.read_text("utf-8") for p in (tmp_path / "cache").rglob("*.json"))
    above = [c.word for c in cage.words if c.marking.value != "TLP:CLEAR" and not c.word.isdigit()]
    shown = [c.word for c in cage.words if c.marking.value == "TLP:CLEAR" and c.word in text]
    assert len(above) > 500
    assert shown
    found = [word for word in above if re.search(rf"\b{re.escape(word)}\b", text)]
    assert found == []
    assert "never-told" not in log


def test_time_is_not_in_any_page() -> None:
    assert does(TO).code == 0
    first = files()
    for path in wiki().iterdir():
        path.unlink()
    time.sleep(1.1)
    assert does(TO).code == 0
    assert files() == first
