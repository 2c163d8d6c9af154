"""The command line: its commands, its help, its exit codes, and what it says to whom."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from briefings import __version__, build
from briefings.audience import Paper
from briefings.writers import WRITERS
from tests.commands import FLOOD, LAUNCHERS, clean_environment, found, run, settle
from tests.rendering import YAML

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    *("render", "check", "reference", "show", "audiences", "doctor", "extract", "verify"),
    *("init", "new", "templates", "preview", "schema", "publish", "status"),
)
WRONG = YAML.replace("TLP:GREEN", "TLP:BLUE").replace("title: A fire", "titel: A fire")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    (tmp_path / "brief.yaml").write_text(YAML, "utf-8")
    return tmp_path


# --- the whole ---------------------------------------------------------------------------------


def test_the_version() -> None:
    ran = run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"briefings {__version__}\n", "")


def test_the_three_launchers_are_one_thing(folder: Path) -> None:
    said = []
    for command in LAUNCHERS.values():
        for arguments in (["render", "-h"], ["render", "nothing.yaml"]):
            done = subprocess.run(
                [*command, *arguments],
                cwd=folder,
                env=clean_environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            said.append((done.returncode, done.stdout, done.stderr))
    assert said[0::2] == [said[0]] * 3
    assert said[1::2] == [(2, "", "nothing.yaml: there is no such file\n")] * 3
    assert "Usage: briefings render [OPTIONS]" in said[0][1]


def test_without_a_command_there_is_help() -> None:
    ran = run()
    assert ran.code == 2
    assert all(command in ran.out + ran.err for command in COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_short_and_fits_80_columns(command: str) -> None:
    short, long = (run(*command.split(), option) for option in ("-h", "--help"))
    assert short.code == long.code == 0
    assert short == long
    assert short.err == ""
    assert max(map(len, short.lines)) <= 80
    assert len(short.lines) <= (30 if command else 40)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("rendr", "Did you mean 'render'?"),
        ("render", "name a FILE: there is no briefings.toml here or above"),
        ("check", "name a FILE: there is no briefings.toml here or above"),
        ("new theme x", "there is no briefings.toml here or above; make a workspace"),
        ("new audience", "Missing argument 'NAME'"),
        ("show", "name a FILE: there is no briefings.toml here or above"),
        ("show a.yaml b.yaml", "unexpected extra argument(s) (b.yaml)"),
        ("render a.yaml --papr A4", "No such option: --papr"),
        ("render a.yaml --paper A3", 'unknown paper "A3"; known: A4, letter'),
        ("render a.yaml -o", "requires an argument"),
        ("x[/bold]", "No such command 'x[/bold]'"),
        ("render a.yaml --json -o -", "--json lists files, and -o - writes none"),
    ],
)
def test_a_wrong_command_line_is_a_sentence_and_2(arguments: str, said: str) -> None:
    ran = run(*arguments.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert max(map(len, ran.err.splitlines())) <= 80


def test_a_defect_of_ours_is_one_line_and_70(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("one\ntwo \x1b[31m")

    monkeypatch.setattr(build, "problems", broken)
    ran = run("check", "brief.yaml")
    assert (ran.code, ran.out) == (70, "")
    assert len(ran.err.splitlines()) == 1
    assert "please report this line" in ran.err
    assert "KeyError" in ran.err
    assert "test_cli.py:" in ran.err
    assert "\x1b" not in ran.err


def test_ctrl_c_is_quiet_and_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "problems", interrupted)
    ran = run("check", "brief.yaml")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_full_disk_is_no_defect_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "cache")

    monkeypatch.setattr(build, "problems", full)
    ran = run("check", "brief.yaml")
    assert (ran.code, ran.err) == (2, "cache: No space left on device\n")


def test_the_completion_script_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))
    ran = run("--show-completion")
    assert ran.code == 0
    assert "complete -o default -F _briefings_completion briefings" in ran.out


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("briefings ", set(COMMANDS)),
        ("briefings ren", {"render"}),
        ("briefings render -t ", set(WRITERS)),
        ("briefings render -a a", {"analyst", "audience-of-ours"}),
        ("briefings show --audience p", {"press"}),
        ("briefings render --paper l", {"letter"}),
        ("briefings preview --editor vs", {"vscode", "vscodium"}),
    ],
)
def test_completion(
    words: str, offered: set[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "audiences").mkdir()
    (folder / "audiences/audience-of-ours.yaml").write_text("extends: press\n", "utf-8")
    monkeypatch.setenv("_BRIEFINGS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert set(run().out.split()) == offered


def test_the_papers_offered_are_those_there_are() -> None:
    assert "|".join(Paper) in run("render", "-h").out


# --- check -------------------------------------------------------------------------------------


def test_check_of_what_is_sound(folder: Path) -> None:
    assert run("check", "brief.yaml").out == "1 briefing is sound\n"
    ran = run("check", FLOOD, "brief.yaml", "./brief.yaml", folder / "brief.yaml")
    assert (ran.code, ran.out, ran.err) == (0, "2 briefings are sound\n", "")
    assert found(folder) == ["brief.yaml"]


def test_check_tells_all_that_is_wrong_with_all_of_it(folder: Path) -> None:
    (folder / "wrong.yaml").write_text(WRONG + "audiences: [pres]\n", "utf-8")
    (folder / "named.yaml").write_text(YAML + "audiences: [pres]\n", "utf-8")
    ran = run("check", "wrong.yaml", "none.yaml", "brief.yaml", "named.yaml", ".")
    assert (ran.code, ran.out) == (2, "")
    assert [line for line in ran.err.splitlines() if not line.startswith("  ")] == [
        (
            'wrong.yaml:6:10: unknown marking "TLP:BLUE"; '
            "known: TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED"
        ),
        'wrong.yaml:11:5: "title" is missing',
        'wrong.yaml:13:5: unknown key "titel"; did you mean "title"?',
        'wrong.yaml:15:13: unknown audience "pres"; did you mean "press"?',
        "none.yaml: there is no such file",
        'named.yaml:15:13: unknown audience "pres"; did you mean "press"?',
        ".: this is a folder; a YAML file is expected",
    ]


def test_check_for_a_program(folder: Path) -> None:
    assert json.loads(run("check", "brief.yaml", "--json").out) == []
    (folder / "wrong.yaml").write_text(YAML.replace("TLP:GREEN", "TLP:BLÜ"), "utf-8")
    ran = run("check", "wrong.yaml", "--json")
    assert (ran.code, ran.err) == (2, "")
    [problem] = json.loads(ran.out)
    assert list(problem) == ["message", "file", "line", "column", "excerpt", "finding"]
    assert problem["finding"] is False
    assert (problem["file"], problem["line"], problem["column"]) == ("wrong.yaml", 6, 10)
    assert problem["excerpt"] == "marking: TLP:BLÜ"


def test_check_from_standard_input() -> None:
    assert run("check", "-", stdin=YAML.encode()).out == "1 briefing is sound\n"
    assert run("check", "-", stdin=b"a: 1").err.startswith("<stdin>:1:1: ")
    assert run("check", "-").err.startswith("<stdin>:1:1: the file is empty")


# --- show --------------------------------------------------------------------------------------


def test_show_is_what_the_reader_would_see() -> None:
    ran = run("show", FLOOD, "-a", "press")
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    assert max(map(len, ran.lines)) <= 80
    assert "TLP:CLEAR" in ran.out
    assert "TLP:GREEN" in run("show", FLOOD, "-a", "executive").out


def test_show_takes_the_first_audience_of_the_briefing_or_the_executive(folder: Path) -> None:
    assert run("show", "brief.yaml") == run("show", "brief.yaml", "-a", "executive")
    (folder / "named.yaml").write_text(YAML + "audiences: [analyst, press]\n", "utf-8")
    assert run("show", "named.yaml") == run("show", "named.yaml", "-a", "analyst")
    assert run("show", "named.yaml").data != run("show", "named.yaml", "-a", "executive").data


def test_show_in_colour_at_a_terminal_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    colour = re.compile(r"\x1b\[([0-9]+;)*[349][0-7]m")
    assert colour.search(run("show", FLOOD, terminal=True).out)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour.search(run("show", FLOOD, terminal=True).out)
    assert not colour.search(run("render", terminal=True).err)


def test_show_refuses_with_the_reason_and_1() -> None:
    ran = run("show", "brief.yaml", "-a", "press")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["pres", "Press", "", "../audiences/press", "./press"])
def test_an_audience_has_its_name_and_no_other(name: str) -> None:
    for command in (["show", FLOOD], ["render", FLOOD, "-t", "md"]):
        ran = run(*command, "-a", name)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f'unknown audience "{name}"')


# --- audiences ---------------------------------------------------------------------------------


def test_the_audiences_with_their_ceilings(folder: Path) -> None:
    assert [line.split()[:3] for line in run("audiences").lines] == [
        ["analyst", "TLP:RED", "shipped"],
        ["executive", "TLP:AMBER", "shipped"],
        ["press", "TLP:CLEAR", "shipped"],
    ]
    own = folder / "elsewhere/audiences"
    own.mkdir(parents=True)
    (own / "press.yaml").write_text("extends: press\nceiling: TLP:GREEN\n", "utf-8")
    (own / "partners.yaml").write_text("extends: press\nreader: pärtners\n", "utf-8")
    listed = json.loads(run("audiences", "elsewhere", "--json").out)
    assert [(one["name"], one["ceiling"], one["whose"]) for one in listed] == [
        ("analyst", "TLP:RED", "shipped"),
        ("executive", "TLP:AMBER", "shipped"),
        ("partners", "TLP:GREEN", "own"),
        ("press", "TLP:GREEN", "own"),
    ]
    assert list(listed[0]) == ["name", "ceiling", "whose", "reader", "sections", "pages"]
    assert listed[2]["reader"] == "pärtners"


def test_wrong_audiences_are_told_all_at_once(folder: Path) -> None:
    assert run("audiences", "nowhere").err == "nowhere: there is no such folder\n"
    (folder / "audiences").mkdir()
    for name in ("one", "two"):
        (folder / f"audiences/{name}.yaml").write_text("extends: pres\n", "utf-8")
    ran = run("audiences")
    assert ran.code == 2
    assert ran.err.count('unknown audience "pres"; did you mean "press"?') == 2


def test_what_a_terminal_would_obey_is_shown_as_a_picture(folder: Path) -> None:
    (folder / "evil.yaml").write_bytes(b"title: a\x1b[2Jb\n")
    ran = run("check", "evil.yaml", "no\nsuch\x1b.yaml", terminal=True)
    assert "title: a␛[2Jb" in ran.err
    assert "no␊such␛.yaml: there is no such file" in ran.err
    assert "\x1b" not in ran.err


def test_a_long_message_is_wrapped_for_a_person_and_one_line_for_a_program() -> None:
    ran = run("check", "brief.yaml", "--set", "marking=TLP:BLUE", terminal=True)
    assert max(map(len, ran.err.splitlines())) <= 80
    assert len(ran.err.splitlines()) > 1
    piped = run("check", "brief.yaml", "--set", "marking=TLP:BLUE").err
    assert len(piped.splitlines()) == 1
    assert ran.err.split() == piped.split()
