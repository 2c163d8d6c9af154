"""A preview that runs, and a program that reads what it tells."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from briefings import preview
from tests.rendering import YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message
    from pathlib import Path

PATIENCE = 60  # seconds: the machine of a test may be busy with others
Told = dict[str, Any]
RED = "{id: set, speaker: ministry, text: It was set., marking: TLP:RED}"
CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")


class Screen:
    """One who looks at a preview: asks for what a browser does, and follows its stream."""

    def __init__(self, address: str, first: str = "") -> None:
        self.address, self.first = address, first

    def get(self, path: str, **headers: str) -> tuple[int, Message[str, str], bytes]:
        """Return the status, the headers and the body of an answer."""
        request = Request(self.address + path, headers=headers)  # noqa: S310  # it is http:
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read()
        except HTTPError as error:
            return error.code, error.headers, error.read()

    def follow(self, *shown: str) -> Iterator[Told]:
        """Yield each state that is told to a screen which shows these briefs."""
        asked = "&".join(f"show={one}" for one in shown)
        with urlopen(f"{self.address}events?{asked}", timeout=PATIENCE) as stream:  # noqa: S310
            end = monotonic() + PATIENCE
            for line in stream:
                assert monotonic() < end, "nothing more is told"
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    def until(self, wanted: Callable[[Told], object], *shown: str) -> Told:
        """Return the first state that is as wanted."""
        end = monotonic() + PATIENCE
        told: Told = {}
        for told in self.follow(*shown):
            if wanted(told):
                return told
            assert monotonic() < end, told
        raise AssertionError(f"the stream ended: {told}")

    def settled(self, *shown: str, after: int = 0) -> Told:
        """Return the first state of a later change in which all that is shown is made."""

        def made(told: Told) -> bool:
            wanted = [tuple(one.rsplit(".", 1)) for one in shown]
            return told["number"] > after and (
                bool(told["audiences"])
                and not any(form_of(told, *one)["waiting"] for one in wanted)
                and all(form_of(told, *one)["there"] or told["findings"] for one in wanted)
            )

        return self.until(made, *shown)


def form_of(told: Told, name: str, form: str) -> Told:
    """Return what is told of one audience's brief in one format."""
    found: Told = next(one for one in told["audiences"] if one["name"] == name)["forms"][form]
    return found


@contextmanager
def looking(file: Path, *names: str, **more: Any) -> Iterator[Screen]:  # noqa: ANN401
    """Let a preview run, and give one who looks at it."""
    with preview.running(file, names, **more) as (address, first, _):
        yield Screen(address, first)


@contextmanager
def taken() -> Iterator[int]:
    """Listen at a port, so that nobody else can."""
    with socket.socket() as listening:
        listening.bind((preview.LOOPBACK, 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a briefing that everybody may see."""
    path = tmp_path / "brief.yaml"
    path.write_text(CLEAR, "utf-8")
    return path


@pytest.fixture
def screen(file: Path) -> Iterator[Screen]:
    """Return one who looks at its preview."""
    with looking(file) as found:
        yield found


def edit(file: Path, before: str, after: str) -> None:
    """Put one text in the place of another that stands in a file."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
