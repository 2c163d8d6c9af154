"""``briefings templates``: what there is, whose it is, what it shadows, and how it differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import does, settle
from tests.rendering import put

GAPS = "templates/sections/gaps.md.j2"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    assert does("init .").code == 0
    return tmp_path


def listed(*words: str) -> dict[str, dict[str, Any]]:
    ran = does(" ".join(("templates --json", *words)))
    assert ran.code == 0
    return {item["name"]: item for item in json.loads(ran.out)}


def test_what_there_is_and_whose() -> None:
    items = listed()
    assert {item["kind"] for item in items.values()} == {
        *("template", "theme", "audience", "language", "lexicon")
    }
    assert items[GAPS]["whose"] == "shipped"
    assert items[GAPS]["shadows"] is None
    assert items["templates/themes/house.css"]["whose"] == "own"
    assert items["audiences/neighbours.yaml"]["file"] == "audiences/neighbours.yaml"
    assert [line.split()[0] for line in does("templates").lines] == list(items)


def test_what_is_shadowed_and_whether_it_differs() -> None:
    assert does("new template gaps").code == 0
    item = listed()[GAPS]
    assert (item["whose"], item["differs"], item["outdated"]) == ("own", False, False)
    assert item["file"] == GAPS
    assert item["shadows"].endswith("sections/gaps.md.j2")
    assert f"{GAPS}  own      shadows ours; still the same" in does(f"templates {GAPS}").out
    Path(GAPS).write_text(Path(GAPS).read_text() + "Mine.")
    assert listed("sections/gaps.md.j2")[GAPS]["differs"] is True
    assert f"{GAPS}  own      shadows ours\n" in does("templates --diff").out


def test_the_difference_leaves_the_comment_out() -> None:
    assert does("new template gaps").code == 0
    text = Path(GAPS).read_text()
    Path(GAPS).write_text(text.replace("{% endfor %}", "Mine.\n{% endfor %}"))
    put(Path(), {"audiences/press.yaml": "extends: press\npages: 3\n"})
    lines = does("templates --diff").lines
    assert f"--- ours/{GAPS}" in lines
    assert f"+++ yours/{GAPS}" in lines
    assert "+Mine." in lines
    assert not [line for line in lines if "Copied from" in line]
    assert "+extends: press" in lines
    assert not [line for line in lines if "house" in line], "which shadows nothing"
    only = does("templates --diff audiences/press.yaml").lines
    assert "+Mine." not in only
    assert "+extends: press" in only
    assert "+Mine." in listed("--diff")[GAPS]["diff"]
    assert listed()[GAPS]["diff"] is None


def test_a_copy_of_what_ours_was_is_told() -> None:
    assert does("new template gaps").code == 0
    text = Path(GAPS).read_text()
    digest = text.partition("(")[2][:12]
    Path(GAPS).write_text(text.replace(digest, "0123456789ab"))
    assert listed()[GAPS]["outdated"] is True
    assert does(f"templates {GAPS}").out.endswith("; ours has changed since it was copied\n")
    Path(GAPS).write_text("By hand.\n")
    assert listed()[GAPS]["outdated"] is None


def test_beside_the_briefing_comes_before_the_workspace(folder: Path) -> None:
    put(folder, {"data/templates/sections/gaps.md.j2": "Beside.\n", GAPS: "Of the workspace.\n"})
    (item,) = (listed("--in", "data", GAPS)).values()
    assert item["file"] == "data/templates/sections/gaps.md.j2"
    assert item["shadows"] == GAPS


def test_nothing_is_shown_of_what_lies_elsewhere(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("secret")
    (folder / "templates/sections").mkdir()
    (folder / GAPS).symlink_to(secret)
    assert listed()[GAPS]["whose"] == "shipped"
    assert "secret" not in does("templates --diff").out


def test_controls_in_a_file_do_not_reach_the_terminal(folder: Path) -> None:
    put(folder, {GAPS: "\x1b[31mred\n"})
    out = does("templates --diff").out
    assert "\x1b" not in out
    assert "+␛[31mred" in out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("templates sections/gap.md.j2", 'did you mean "templates/sections/gaps.md.j2"?'),
        ("templates --in nowhere", "nowhere: there is no such folder"),
    ],
)
def test_what_there_is_not_is_a_sentence(line: str, said: str) -> None:
    ran = does(line)
    assert ran.code == 2
    assert said in ran.err


def test_a_file_that_is_no_text_is_a_sentence(folder: Path) -> None:
    (folder / "templates/sections").mkdir()
    (folder / GAPS).write_bytes(b"\xff")
    assert does("templates").err == f"{GAPS}: the file is not UTF-8\n"
