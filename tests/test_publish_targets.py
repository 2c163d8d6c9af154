"""What a target says, and what is wrong with that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import does
from tests.publishing import FIRE, TO, desk, fire, pages, toml, wiki
from tests.rendering import put

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--overwrite Hom", '--overwrite: there is no page or file "Hom"; did you mean "Home"?'),
        ("--push", '"wiki" is a folder; only a target of kind "git" is pushed'),
        ("--push --dry-run", "--dry-run writes nothing, so there is nothing to --push"),
        ("-", "name files: a page belongs to a briefing that has one"),
        ("--to wik", 'briefings.toml: unknown target "wik"; did you mean "wiki"?'),
        ("data/none.yaml", "data/none.yaml: there is no such file"),
        ("../else/data/x.yaml", "../else/data/x.yaml: it is not in the workspace"),
    ],
)
def test_a_wrong_command_writes_nothing(words: str, said: str, tmp_path: Path) -> None:
    put(tmp_path / "else", {"briefings.toml": "", "data/x.yaml": fire()})
    words = words if words.startswith("--to") else f"--to wiki {words}"
    first = "data/2026-05-03-fire.yaml " if words.endswith("x.yaml") else ""
    ran = does(f"publish {first}{words}")
    assert (ran.code, ran.err.startswith(said)) == (2, True), ran.err
    assert list(wiki().iterdir()) == []


def test_a_briefing_that_is_wrong_stops_all() -> None:
    put(Path(), {"data/2026-05-03-fire.yaml": fire(bluff="x"), "data/z.yaml": fire(issue="x")})
    ran = does(TO)
    assert ran.code == 2
    assert [line.split(":")[0] for line in ran.err.splitlines() if line.startswith("data")] == [
        "data/2026-05-03-fire.yaml",
        "data/z.yaml",
    ]
    assert list(wiki().iterdir()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("kind = 'wik'", '3:8: unknown kind of target "wik"; known: folder, git'),
        ("kind = 'folder'", '2:1: "path" is missing; a target of kind "folder" has one'),
        ("kind = 'folder'\npath = 'x'", '2:1: "format" is missing; known: md, gfm, github-wiki'),
        ("kind = 'folder'\npath = 'x'\nformat = 'html'", '5:10: unknown format of pages "html"'),
        (
            "kind = 'folder'\npath = 'x'\nformat = 'md'\nurl = 'https://x.y/'",
            '6:7: a target of kind "folder" has no "url"',
        ),
        (
            "kind = 'git'\nindex = 'a/b'\n",
            '4:9: "a/b" is not the name of a page',
        ),
    ],
)
def test_a_target_that_does_not_fit_is_told_at_its_place(more: str, said: str) -> None:
    put(Path(), {"briefings.toml": f"\n[targets.wiki]\n{more}\naudiences = ['press', 'pres']\n"})
    ran = does(TO)
    assert ran.code == 2
    assert f"briefings.toml:{said}" in ran.err
    assert does("check").err.count("briefings.toml:") == ran.err.count("briefings.toml:")
    if "index" not in more:
        assert 'unknown audience "pres"; did you mean "press"?' in ran.err


def told(more: str) -> list[str]:
    """Return what is said of the targets of a workspace."""
    put(Path(), {"briefings.toml": more.lstrip()})
    ran = does(TO)
    assert (ran.code, ran.out) == (2, "")
    return [line for line in ran.err.splitlines() if line.startswith("briefings.toml:")]


@pytest.mark.parametrize(
    "other",
    [
        toml().replace("../wiki", "../desk/../wiki/"),
        toml(form="md").replace("press", "analyst"),
    ],
)
def test_two_targets_at_the_same_place_are_refused(other: str) -> None:
    (said,) = told(toml() + other.replace("targets.wiki", "targets.other"))
    assert said.startswith('briefings.toml:3:8: the target "other" is there, too')
    assert does("check").err.count("is there, too") == 2


def test_two_targets_of_one_namespace_are_refused() -> None:
    one = "[targets.wiki]\nkind = 'dokuwiki'\naudiences = ['press']\nurl = 'https://w.example/d'\n"
    other = one.replace("targets.wiki", "targets.other").replace("/d'", "/d/'")
    (said,) = told(one + other)
    assert said.startswith('briefings.toml:4:7: the target "other" is there, too; each would')
    put(Path(), {"briefings.toml": f"{one}{other}namespace = 'a'\n"})
    assert "is there, too" not in does(TO).err


@pytest.mark.parametrize("path", [".", "data", "data/pages", "audiences", "templates/x", "~no-one"])
def test_what_the_workspace_is_made_of_is_no_target(path: str) -> None:
    (said,) = told(toml().replace("../wiki", path))
    assert said.startswith("briefings.toml:3:8: ")


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    put(Path(), {"briefings.toml": toml().replace("../wiki", "~/wiki")})
    assert does(TO).code == 0
    assert FIRE in pages()


def test_all_mistakes_of_a_target_are_told_in_the_order_of_their_lines() -> None:
    wrong = toml(form="mdd").replace("folder", "gti").replace('"press"', '"pres"')
    lines = told(wrong.replace("../wiki", "data"))
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4", "5"]


def test_what_the_model_finds_is_told_with_what_no_target_can_say() -> None:
    wrong = toml("index = 'a/b'\nsidebar = 'no'", form="mdd").replace("folder", "gti")
    more = '[targets.other]\nkind = "wik"\nformat = "x"\n'
    lines = told(wrong.replace('"press"', '"press", "pres"') + more)
    assert [line.split(":")[1] for line in lines] == ["2", "4", "5", "6", "7", "8", "9", "10"]
    assert lines[0].endswith('unknown kind of target "gti"; did you mean "git"?')
    assert [line for line in does("check").err.splitlines() if line.startswith("brief")] == lines


def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    put(Path(), {"briefings.toml": toml().replace("../wiki", "/proc")})
    ran = does(TO)
    assert ran.code == 2
    assert ran.err.startswith("/proc/2026-04-01-flood.press.md: cannot be written: ")
