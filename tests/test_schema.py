"""``briefings schema``: what is printed, where it is written, and what a workspace has of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefings import schema, watch
from scripts import schemas
from tests.commands import does, found, run, settle
from tests.schemas import Json, refused

HEAD: Json = {
    "title": "A fire",
    "bluf": "A fire.",
    "as_of": "2024-11-21",
    "published": "2024-11-21",
    "marking": "TLP:GREEN",
    "authors": ["Desk"],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    return tmp_path


def printed(words: str) -> Json:
    ran = does(words)
    assert (ran.code, ran.err) == (0, "")
    made: Json = json.loads(ran.out)
    return made


def test_the_kinds_are_those_that_are_made() -> None:
    assert list(schema.KINDS) == list(schemas.KINDS)


@pytest.mark.parametrize("kind", schema.KINDS)
def test_it_is_printed_as_it_is_shipped(kind: str) -> None:
    assert does(f"schema {kind}").out == schemas.text(kind)


def test_without_a_kind_it_is_that_of_a_briefing() -> None:
    assert printed("schema") == printed("schema briefing")


def test_it_is_written_into_a_file(folder: Path) -> None:
    ran = does("schema audience -o schemas/audience.json")
    assert (ran.code, ran.out, ran.err) == (0, "schemas/audience.json\n", "")
    assert Path("schemas/audience.json").read_text("utf-8") == schemas.text("audience")
    assert found(folder) == ["schemas", "schemas/audience.json"]


def test_all_are_written_into_a_folder() -> None:
    ran = does("schema all -o schemas")
    assert (ran.code, ran.lines) == (0, [f"schemas/{kind}.json" for kind in schema.KINDS])
    for kind in schema.KINDS:
        assert Path(f"schemas/{kind}.json").read_text("utf-8") == schemas.text(kind)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("schema lexikon", 'unknown kind of file "lexikon"; did you mean "lexicon"?\n'),
        ("schema all", "all are several files; say in which folder: -o DIR\n"),
        ("schema -o .", "cannot be written: Is a directory\n"),
    ],
)
def test_what_cannot_be_is_a_sentence(words: str, said: str, folder: Path) -> None:
    ran = run(*words.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(said)
    assert found(folder) == []


def test_in_a_workspace_the_register_may_complete_an_entry() -> None:
    """Whether it does, ``check`` tells; a schema knows no register."""
    partial: Json = {
        **HEAD,
        "sources": [{"id": "wire", "title": "Report 7"}],
        "actors": [{"id": "port"}],
    }
    outside = printed("schema")
    assert "is a required property" in refused(outside, partial)
    assert does("init desk").code == 0
    inside = does("schema -o desk/own.json")
    assert inside.code == 0
    for path in (Path("desk/own.json"), Path("desk/.briefings/briefing.json")):
        relaxed = json.loads(path.read_text("utf-8"))
        assert refused(relaxed, partial) == ""
        assert "'id' is a required property" in refused(relaxed, {**partial, "actors": [{}]})
        assert "'title' is a required property" in refused(relaxed, {**partial, "events": [{}]})
        assert refused(relaxed, {**partial, "actors": [{"id": "port", "nam": "x"}]})
    assert printed("schema") == outside, "here is no workspace"


def test_an_extract_is_taken_with_its_statuses_and_no_other() -> None:
    claim = {"id": "c", "speaker": "port", "text": "It burned."}
    event = {"id": "e", "date": 2024, "title": "A fire", "claims": [claim], "status": "claimed"}
    source = {"id": "s", "title": "A report", "type": "news"}
    extract = {"audience": "press", "sourcing": "inline", "grades": False}
    data = {**HEAD, "events": [event], "sources": [source]}
    made = printed("schema")
    assert refused(made, {**data, "extract": extract}) == ""
    assert "does not allow 'claimed'" in refused(made, data)
    assert "'reliability' is a required property" in refused(made, data)
    assert refused(made, {**data, "extract": {**extract, "grades": True}})


def test_what_the_documentation_says_of_editors_holds() -> None:
    told = (Path(__file__).parent.parent / "docs/editor.md").read_text("utf-8")
    assert f"\n{schema.line('briefing')}\n" in told
    assert watch.INSTALL in told
    for words in re.findall(r"briefings (schema [^`#\n]+?)[ `]*[`#\n]", told):
        assert does(words).code == 0, words
    assert Path("briefing.json").read_text("utf-8") == schemas.text("briefing")
    assert len(list(Path(".briefings").iterdir())) == len(schema.KINDS)
