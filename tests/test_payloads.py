"""Known attacks on who renders: each through the real pipeline, and none gets anything."""

from __future__ import annotations

import os
import re
import resource
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from briefings import pipeline
from briefings.errors import InvalidInput
from briefings.resources import shipped
from tests.rendering import YAML, put

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "attacks"
CANARY = "canary-5e1f0c"
ENV = "BRIEFINGS_TEST_CANARY"
SECONDS, MEGABYTES = 60, 600  # of the processor: what never ends, not what is slow
SHELL = (shipped("templates") / "page.html.j2").read_text("utf-8")
PAGES: dict[str, list[str]] = yaml.safe_load((FOLDER / "pages.yaml").read_text("utf-8"))


def templates() -> list[str]:
    text = (FOLDER / "templates.txt").read_text("utf-8")
    lines = re.sub(r"\n +", "", text).split("\n")
    return [line for line in lines if line and not line.startswith("#")]


class Desk:
    """A folder with a briefing in it, a file that must stay secret, and a socket that listens."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder / "desk"
        self.mark = folder / "mark"
        secret = folder / "canary.txt"
        secret.write_text(CANARY)
        put(self.folder, {"brief.yaml": YAML, "canary.txt": CANARY})
        put(self.folder, {"templates/folder/x.md.j2": "", "data/register/canary.txt": CANARY})
        (self.folder / "templates/link.md.j2").symlink_to(secret)
        (self.folder / "templates/folder/canary.txt").symlink_to(secret)
        self.names = {
            "@FILE@": str(secret),
            "@NAME@": "../canary.txt",
            "@MARK@": str(self.mark),
            "@URL@": f"http://127.0.0.1:{port}/",
            "@ENV@": ENV,
        }

    def put(self, name: str, text: str) -> None:
        for placeholder, value in self.names.items():
            text = text.replace(placeholder, value)
        put(self.folder, {name: text})

    def render(self, form: str, audience: str = "analyst") -> bytes:
        brief = pipeline.view(pipeline.load(self.folder / "brief.yaml"), audience)
        return pipeline.render(brief, form).data


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # noqa: FBT003  # the library's signature
        yield server


@pytest.fixture
def desk(
    tmp_path: Path, listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk; what may not have happened is looked for when the test is over."""
    monkeypatch.setenv(ENV, CANARY)
    made = Desk(tmp_path, listening.getsockname()[1])
    before, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield made
    assert time.process_time() - before < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < MEGABYTES << 10
    assert not made.mark.exists()
    with pytest.raises(BlockingIOError):  # nobody has come
        listening.accept()
    assert os.environ[ENV] == CANARY


@pytest.mark.parametrize("payload", templates())
def test_no_template_gets_out(desk: Desk, payload: str) -> None:
    desk.put("templates/briefing.md.j2", payload)
    with pytest.raises(InvalidInput) as caught:
        desk.render("html")
    problem = caught.value.problems[0]
    assert problem.file.endswith(".j2"), problem
    assert CANARY not in str(caught.value)
    # What is counted holds in every thread and on every machine; the clock is for what is not.
    assert "seconds to make" not in problem.message
    assert "more memory" not in problem.message


@pytest.mark.parametrize("payload", PAGES["theme"])
def test_no_theme_fetches_or_goes_on_for_ever(desk: Desk, payload: str) -> None:
    desk.put("templates/themes/evil.css", payload)
    desk.put("audiences/evil.yaml", "extends: analyst\ntheme: evil\n")
    with pytest.raises(InvalidInput):
        desk.render("pdf", "evil")


OF_PAGES = [(form, payload) for form in ("html", "pdf") for payload in PAGES["page"]]
ON_PAPER = [("pdf", payload) for payload in PAGES["print"]]


@pytest.mark.parametrize(("form", "payload"), OF_PAGES + ON_PAPER)
def test_no_page_fetches_runs_or_goes_on_for_ever(desk: Desk, payload: str, form: str) -> None:
    desk.put("templates/page.html.j2", SHELL.replace("{{ body }}", f"{{{{ body }}}}{payload}"))
    with pytest.raises(InvalidInput) as caught:
        desk.render(form)
    assert caught.value.problems


@pytest.mark.parametrize("payload", PAGES["harmless"])
def test_what_does_nothing_is_let_be(desk: Desk, payload: str) -> None:
    desk.put("templates/page.html.j2", SHELL.replace("{{ body }}", f"{{{{ body }}}}{payload}"))
    assert desk.render("html")
    assert desk.render("pdf").startswith(b"%PDF")


def test_there_are_a_few() -> None:
    assert len(templates()) + sum(map(len, PAGES.values())) > 400
