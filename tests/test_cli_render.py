"""``briefings render``: what it writes where, what it says, and when it writes nothing at all."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefings import pipeline
from briefings.errors import Unequipped
from tests.commands import does, found, run, settle
from tests.rendering import YAML, put

CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")
LONG = CLEAR.replace("A strike was reported.", "A strike was reported. " * 400)
READERS = ("executive", "analyst", "press")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    (tmp_path / "brief.yaml").write_text(CLEAR, "utf-8")
    return tmp_path


# --- what is written ---------------------------------------------------------------------------


def test_the_defaults_are_all_three_readers_in_markdown_and_pdf_into_out(folder: Path) -> None:
    ran = run("render", "brief.yaml")
    names = [f"brief.{reader}.{form}" for reader in READERS for form in ("md", "pdf")]
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [f"out/{name}" for name in names]
    assert found(folder / "out") == sorted(names)
    assert all((folder / "out" / name).read_bytes()[:4] == b"%PDF" for name in names[1::2])


def test_the_audiences_that_the_briefing_names_or_those_that_are_asked_for(folder: Path) -> None:
    (folder / "named.yaml").write_text(CLEAR + "audiences: [press]\n", "utf-8")
    assert run("render", "named.yaml", "-t", "md").lines == ["out/named.press.md"]
    ran = does("render named.yaml -t md -t html -t md -a analyst --audience analyst")
    assert ran.lines == ["out/named.analyst.md", "out/named.analyst.html"]


def test_the_folder_may_be_deep_and_there_is_no_harm_in_doing_it_again(folder: Path) -> None:
    command = ("render", "brief.yaml", "-a", "press", "-t", "md", "-o", "a/b c/ü")
    first, second = run(*command), run(*command)
    assert first == second
    assert first.lines == ["a/b c/ü/brief.press.md"]
    assert found(folder / "a/b c/ü") == ["brief.press.md"]


def test_the_list_for_a_program_tells_what_is_in_the_files(folder: Path) -> None:
    ran = does("render brief.yaml -a press -t md -t html -t pdf --json")
    listed = json.loads(ran.out)
    assert [one["format"] for one in listed] == ["md", "html", "pdf"]
    for one in listed:
        assert list(one) == [
            *("file", "briefing", "audience", "format", "sha256", "bytes", "pages"),
        ]
        data = (folder / one["file"]).read_bytes()
        assert (one["sha256"], one["bytes"]) == (sha256(data).hexdigest(), len(data))
        assert (one["briefing"], one["audience"]) == ("brief", "press")
    assert [one["pages"] for one in listed] == [None, None, 1]


def test_another_paper_is_another_sheet() -> None:
    boxes = {}
    for paper in ("A4", "letter", "LETTER"):
        ran = does(f"render brief.yaml -a press -t pdf -o - --paper {paper}")
        assert ran.code == 0
        boxes[paper] = [int(side) for side in PdfReader(BytesIO(ran.data)).pages[0].mediabox[2:]]
    assert boxes == {"A4": [595, 841], "letter": [612, 792], "LETTER": [612, 792]}


# --- standard output and input -----------------------------------------------------------------


def test_one_brief_goes_to_standard_output_as_it_would_into_its_file(folder: Path) -> None:
    does("render brief.yaml -a press -t md -t pdf")
    for form in ("md", "pdf"):
        ran = run("render", "brief.yaml", "-a", "press", "-t", form, "-o", "-")
        assert (ran.code, ran.err) == (0, "")
        assert ran.data == (folder / f"out/brief.press.{form}").read_bytes()


@pytest.mark.parametrize("more", ["", "-a press", "-t md", "-a press -t md -t html"])
def test_more_than_one_brief_does_not_go_to_standard_output(more: str, folder: Path) -> None:
    ran = run("render", "brief.yaml", "-o", "-", *more.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "standard output takes one brief: name one FILE, one -a and one -t\n"
    assert found(folder) == ["brief.yaml"]


def test_a_pdf_is_nothing_for_a_terminal() -> None:
    ran = run("render", "brief.yaml", "-a", "press", "-t", "pdf", "-o", "-", terminal=True)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "PDF is nothing for a terminal; send it on with > or |\n"


def test_a_briefing_from_standard_input_has_the_id_that_it_states() -> None:
    data = CLEAR.encode()
    options = ("-a", "press", "-t", "md")
    assert run("render", "-", *options, stdin=data).lines == ["out/briefing.press.md"]
    data += b"id: issue-7\n"
    assert run("render", "-", *options, stdin=data).lines == ["out/issue-7.press.md"]


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two words", "Überblick-日本", "-t", "a.b", "--help", "'\"$(x)"])
def test_a_file_may_have_any_name(name: str, folder: Path) -> None:
    (folder / f"{name}.yaml").write_text(CLEAR, "utf-8")
    ran = run("render", "-t", "md", "-a", "press", "--", f"{name}.yaml")
    assert ran.lines == [f"out/{name}.press.md"]
    assert ran.lines == run("render", f"./{name}.yaml", "-t", "md", "-a", "press").lines


def test_the_same_file_twice_is_one_and_two_of_one_name_are_none(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other/brief.yaml").write_text(CLEAR, "utf-8")
    options = ("-t", "md", "-a", "press")
    twice = run("render", "brief.yaml", "./brief.yaml", folder / "other/../brief.yaml", *options)
    assert twice.lines == ["out/brief.press.md"]
    ran = run("render", "brief.yaml", "other/brief.yaml", *options, "-o", "new")
    assert (ran.code, ran.out) == (2, "")
    said = 'other/brief.yaml: its briefs would be called like those of "brief.yaml"\n'
    assert ran.err == said
    assert not (folder / "new").exists()


# --- nothing is written ------------------------------------------------------------------------

BROKEN: dict[str, tuple[dict[str, str], str, str]] = {
    "a second file": ({"bad.yaml": "title: 1\n"}, "bad.yaml", "bad.yaml:1:1: "),
    "a missing file": ({}, "none.yaml", "none.yaml: there is no such file"),
    "an audience": ({}, "-a pres", 'unknown audience "pres"; did you mean "press"?'),
    "a format": ({}, "-t mkdcs", 'unknown format "mkdcs"; did you mean "mkdocs"?'),
    "a path": ({}, "--set evnts.x=1", '--set evnts.x=1: there is no "evnts" at the top'),
    "a value": ({}, "--set issue=x", "--set issue=x: "),
    "a template": (
        {"templates/briefing.md.j2": "a\n{{ document.nothing }}\n"},
        "",
        "templates/briefing.md.j2:2: ",
    ),
    "the page": ({"templates/page.html.j2": "{% if %}\n"}, "", "templates/page.html.j2:1: "),
    "a theme": ({"templates/themes/default.css": "</style>"}, "", "templates/themes/default.css: "),
    "a theme's name": ({"audiences/own.yaml": "extends: press\ntheme: x\n"}, "-a own", "unknown"),
    "an own audience": ({"audiences/own.yaml": "extends: pres\n"}, "-a own", "own.yaml:1:10: "),
}


@pytest.mark.parametrize("case", BROKEN)
def test_nothing_is_written_when_anything_is_bad(case: str, folder: Path) -> None:
    files, more, said = BROKEN[case]
    put(folder, files)
    before = found(folder)
    ran = run("render", "brief.yaml", "-t", "md", "-t", "html", *more.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert found(folder) == before


def test_all_that_is_bad_is_told_at_once(folder: Path) -> None:
    (folder / "bad.yaml").write_text("title: 1\n", "utf-8")
    ran = does("render bad.yaml none.yaml -a pres -t mkdcs -t md -a pres")
    assert ran.code == 2
    for said in ("bad.yaml:1:1: ", "none.yaml: ", 'format "mkdcs"', 'audience "pres"'):
        assert said in ran.err
    heads = [line for line in ran.err.splitlines() if line[:2] != "  "]
    assert sorted(set(heads)) == sorted(heads)


def test_what_is_written_already_stays_as_it_was_when_the_next_run_fails(folder: Path) -> None:
    put(folder, {"templates/page.html.j2": "{% if %}"})
    assert does("render brief.yaml -t md -a press").code == 0
    before = (folder / "out/brief.press.md").read_bytes()
    put(folder, {"brief.yaml": CLEAR.replace("fire", "flood")})
    assert does("render brief.yaml -t md -t html -a press").code == 2
    assert (folder / "out/brief.press.md").read_bytes() == before
    assert found(folder / "out") == ["brief.press.md"]


def test_out_is_a_file_or_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ("render", "brief.yaml", "-t", "md", "-o")
    assert run(*options, "brief.yaml").err == "brief.yaml: this is a file; a folder is expected\n"
    deep = run(*options, "brief.yaml/a/b")
    assert (deep.code, deep.err) == (2, "brief.yaml: this is a file; a folder is expected\n")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    ran = run(*options, "new")
    assert (ran.code, ran.err) == (2, "new: cannot be written: Permission denied\n")
    assert found(folder) == ["brief.yaml"]


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = 2

    def full(_: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ran = run("render", "brief.yaml", "-t", "md", "-o", "a/b")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "a/b/brief.analyst.md: cannot be written: No space left on device\n"
    assert found(folder) == ["brief.yaml"]


# --- some briefs are refused -------------------------------------------------------------------


def test_a_brief_that_is_too_long_is_left_out_and_the_others_are_written(folder: Path) -> None:
    (folder / "long.yaml").write_text(LONG, "utf-8")
    ran = does("render long.yaml -t pdf -a executive -a analyst --json")
    assert ran.code == 1
    assert [one["file"] for one in json.loads(ran.out)] == ["out/long.analyst.pdf"]
    assert ran.err.startswith("long.yaml: executive: the brief has ")
    assert ran.err.endswith(" pages; 1 is allowed\n")
    assert found(folder / "out") == ["long.analyst.pdf"]
    alone = does("render long.yaml -t pdf -a executive -o -")
    assert (alone.code, alone.out) == (1, "")
    assert "pages; 1 is allowed" in alone.err


def test_where_nothing_may_be_shown_the_reason_is_told_and_the_others_are_written(
    folder: Path,
) -> None:
    (folder / "green.yaml").write_text(YAML, "utf-8")
    ran = does("render green.yaml brief.yaml -t md -a press -a analyst")
    assert ran.code == 1
    assert ran.lines == [
        *("out/green.analyst.md", "out/brief.press.md", "out/brief.analyst.md"),
    ]
    assert ran.err.startswith("green.yaml: press: ")
    assert len(ran.err.splitlines()) == 1
    refused = does("render green.yaml -t md -a press -o -")
    assert (refused.code, refused.out, refused.err) == (1, "", ran.err)


def test_what_is_lacking_is_told_with_the_brief_that_needs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object) -> None:
        raise Unequipped("no font has the character X")

    monkeypatch.setattr(pipeline, "render", lacking)
    ran = run("render", "brief.yaml", "-t", "pdf", "-a", "press")
    assert (ran.code, ran.err) == (2, "brief.press.pdf: no font has the character X\n")
    assert found(folder) == ["brief.yaml"]
