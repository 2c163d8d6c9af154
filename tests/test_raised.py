"""A portion that is marked lower than what it stands on is a finding, told at its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from briefings import build
from tests.commands import run
from tests.examples import EXAMPLES
from tests.rendering import put

if TYPE_CHECKING:
    from pathlib import Path

YAML = """\
title: {TLP:CLEAR: A fire}
bluf: {TLP:CLEAR: A fire stopped loading.}
as_of: 2026-05-03
published: 2026-05-03
marking: TLP:GREEN
authors: [Duty desk]
actors:
  - {id: port, name: Port authority, marking: TLP:CLEAR}
  - {id: crew, name: A crew member, identified: false}
sources:
  - {id: notice, title: Notice 14, type: official, reliability: B, marking: TLP:CLEAR}
  - {id: talk, title: A talk, type: internal, reliability: B, marking: TLP:AMBER}
events:
"""
FIRE = "  - id: fire\n    date: 2026-05-03\n    title: Fire\n    marking: TLP:CLEAR\n    claims:\n"
CLEAR = "marked TLP:CLEAR but {}: it will be treated as {}"


def found(folder: Path, events: str) -> list[str]:
    put(folder, {"brief.yaml": YAML + events})
    problems = build.problems([folder / "brief.yaml"])
    assert all(problem.finding for problem in problems)
    return [f"{p.line}:{p.column}: {p.message}" for p in problems]


def claim(name: str, speaker: str, more: str) -> str:
    return f"      - {{id: {name}, speaker: {speaker}, text: So, {more}}}\n"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (FIRE + claim("a", "port", "via: [notice]"), []),
        (FIRE + claim("a", "port", "") + claim("b", "crew", "marking: TLP:GREEN"), []),
        (FIRE + claim("a", "port", "") + claim("b", "crew", ""), []),  # it says nothing itself
        (
            FIRE + claim("a", "port", "") + claim("b", "crew", "marking: TLP:CLEAR"),
            ["20:51: " + CLEAR.format("stands on actor crew, TLP:GREEN", "TLP:GREEN")],
        ),
        (
            FIRE + claim("a", "port", "") + claim("b", "port", "via: [talk], marking: TLP:CLEAR"),
            ["20:64: " + CLEAR.format("stands on source talk, TLP:AMBER", "TLP:AMBER")],
        ),
        (
            FIRE + claim("a", "crew", ""),
            ["17:14: " + CLEAR.format("all its claims are TLP:GREEN or higher", "TLP:GREEN")],
        ),
    ],
)
def test_each_is_told_with_its_reason(tmp_path: Path, events: str, said: list[str]) -> None:
    assert found(tmp_path, events) == said


def test_what_stands_in_it_is_told_too(tmp_path: Path) -> None:
    events = FIRE.replace("CLEAR", "AMBER") + claim("a", "port", "marking: TLP:CLEAR")
    (said,) = found(tmp_path, events)
    assert said.endswith("stands in event fire, TLP:AMBER: it will be treated as TLP:AMBER")


def test_our_own_are_free_of_it() -> None:
    assert build.problems(EXAMPLES) == []


def test_the_command_tells_it_and_renders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = FIRE + claim("a", "port", "") + claim("b", "crew", "marking: TLP:CLEAR")
    put(tmp_path, {"brief.yaml": YAML + events})
    monkeypatch.chdir(tmp_path)
    ran = run("check", "brief.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("brief.yaml:20:51: marked TLP:CLEAR but stands on actor crew")
    ran = run("check", "--json", "brief.yaml")
    assert (ran.code, [one["finding"] for one in json.loads(ran.out)]) == (1, [True])
    ran = run("check", "brief.yaml", "--set", "issue=x")
    assert ran.code == 2, "a problem weighs more"
    assert run("render", "brief.yaml", "-a", "analyst", "-t", "md").code == 0


def test_the_refusal_says_that_what_is_marked_was_raised(tmp_path: Path) -> None:
    put(tmp_path, {"brief.yaml": YAML + FIRE + claim("a", "crew", "marking: TLP:CLEAR")})
    ran = run("render", tmp_path / "brief.yaml", "-a", "press", "-t", "md", "-o", tmp_path)
    assert ran.code == 1
    said = "nothing to say: each portion that is marked so stands on what is marked higher\n"
    assert ran.err.endswith(f"press: {said}")
