"""A workspace: what stands in its ``briefings.toml``, and in which order things are looked up."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from briefings import audience, build, pipeline, settings, workspace
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from briefings.source import toml
from briefings.writers.fonts import folders
from tests.commands import ROOT, does, found, run, settle
from tests.rendering import READER, YAML, put

DOCS = (ROOT / "docs/workspace.md").read_text("utf-8")
PRESS = "audiences = ['press']\nkind = 'folder'\n"
CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    put(tmp_path, {"briefings.toml": "", "data/brief.yaml": CLEAR})
    return tmp_path


def said(text: str) -> list[str]:
    """Return all that is said of a ``briefings.toml``."""
    Path("briefings.toml").write_text(text, "utf-8")
    return [str(problem).split("\n")[0] for problem in workspace.problems(Path())]


# What stands in the file


def test_without_a_file_and_with_an_empty_one_all_is_as_it_was(folder: Path) -> None:
    assert settings.load(Shelf()) == settings.load(Shelf.at(folder)) == settings.NONE
    assert run("check").out == "1 briefing is sound\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("audience = ['press']", '1:1: unknown key "audience"; did you mean "audiences"?'),
        ("[target.desk]\n", '1:1: unknown key "target"; did you mean "targets"?'),
        ("[targets.desk]\naudiences = ['press']", '1:1: "kind" is missing'),
        ("[targets.desk]\nkind = 'folder'\naudiences = []", '3:1: "audiences" is empty; at least'),
        (f"[targets.desk]\n{PRESS}path = ' '", '4:8: " " is not the name of a folder'),
        (f"[targets.desk]\n{PRESS}ceiling = 'GREN'", '4:11: unknown marking "GREN"; did you mean'),
        (f"[targets.desk]\n{PRESS}pdf = 1", "4:1: true or false is expected, the number 1 was"),
        (f"[targets.desk]\n{PRESS}paths = '.'", '4:1: unknown key "paths"; did you mean "path"?'),
        (f"[targets.Desk]\n{PRESS}", '1:1: "Desk" is not a name of lower-case letters, digits'),
        ("# one\n\naudiences = 'press'", '3:13: a list is expected, the text "press" was found'),
        ("paper = 'a4'", '1:9: unknown paper "a4"; did you mean "A4"?'),
        ("worldview = 1", '1:1: unknown worldview "1"; known: un, ne'),
        ("trusted = 1", "1:1: true or false is expected, the number 1 was found"),
        ("out = 1979-05-27", "1:1: a text is expected, "),
        ("language = 'e'", '1:12: "e" is not a language code such as en'),
        ("out = '/etc'", '1:7: "/etc" is not in the workspace; name a folder in it, or use -o'),
        ("out = 'a/../../b'", '1:7: "a/../../b" is not in the workspace'),
        ("out = ''", "1:7: the name of a folder is expected"),
        ('out = "a\\u001bb"', "1:1: the name of a folder is expected"),
        ("audiences = ['Press']", '1:14: "Press" is not a name of lower-case letters'),
        ("\naudiences = [\n  'pres'\n]", '3:3: unknown audience "pres"; did you mean "press"?'),
        (
            "audiences = 'press'",
            '1:13: a list is expected, the text "press" was found; write ["press"]',
        ),
        ("formats = ['md', 'mkdcs']", '1:18: unknown format "mkdcs"; did you mean "mkdocs"?'),
        ("language = 'xx'", '1:12: unknown language "xx"; known: en, fr'),
    ],
)
def test_each_wrong_value_is_told_at_its_line(text: str, sentence: str) -> None:
    (one,) = said(text)
    assert one.startswith(f"briefings.toml:{sentence}")
    assert run("check").err.startswith(f"briefings.toml:{sentence[:20]}")


@pytest.mark.parametrize("command", ["check", "check data/brief.yaml", "render"])
def test_a_wrong_audience_is_told_once(command: str) -> None:
    put(Path(), {"briefings.toml": "audiences = ['pres']\n"})
    ran = run(*command.split())
    assert (ran.code, ran.err.count('unknown audience "pres"')) == (2, 1)


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = 'a = """\n[b]\n"""\n  [[c]]\n\nd = 1\n[paper]\nx.y = 2\nz = [\n1]\n'
    assert [line.partition(": ")[0] for line in said(text)] == [
        *("briefings.toml:7:1", "briefings.toml:1:1", "briefings.toml:4:3")
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("paper A4", '1:7: a key is followed by "=" and its value'),
        ("paper = A4", "1:9: no value of TOML; put a text in quotes"),
        ("paper = 'A4' letter", "1:14: nothing more can follow here"),
        ("paper = 'A4'\npaper = 'A4'", "this key stands twice"),
        ("paper = 'A4\n", "a text ends in its line"),
        ("formats = ['md'", "a list is not closed"),
        ("= 1", "1:1: a line is a key, an equals sign and a value"),
        ("x = " + "[" * 5000, "the file is nested too deep"),
    ],
)
def test_what_is_no_toml_is_told_in_plain_words(text: str, sentence: str) -> None:
    (one,) = said(text)
    assert sentence in one
    assert run("render").code == 2
    assert found(Path()) == ["briefings.toml", "data", "data/brief.yaml"]


def test_other_bytes_and_too_many_of_them_are_told(folder: Path) -> None:
    (folder / "briefings.toml").write_bytes(b"out = '\xff'")
    assert run("check").err == "briefings.toml: the file is not UTF-8; save it as UTF-8\n"
    (folder / "briefings.toml").write_text("#" * (settings.MAX_BYTES + 1))
    assert run("render").code == 2


def test_the_place_of_each_key_is_known() -> None:
    text = "a.b = 1\n# x\n\n[t.u]\nlist = [\n  {k = 1},\n]\n"
    text += '[[row]]\nv = 1\n[[row]]\nv = """\nv = 3\n"""\n'
    source = toml.parse(text.encode(), "x.toml")
    lines = {path: mark.line for path, mark in source.values.items()}
    assert lines["a", "b"] == 1
    assert lines["t", "u"] == 4
    assert lines["t", "u", "list", 0, "k"] == 5
    assert (lines["row", 0, "v"], lines["row", 1, "v"]) == (9, 11)


# The order in which it holds


def test_the_command_line_then_the_briefing_then_the_file_then_ours(folder: Path) -> None:
    put(folder, {"briefings.toml": "audiences = ['press']\nformats = ['html']\nout = 'made'\n"})
    assert does("render").lines == ["made/brief.press.html"]
    assert does("render -a analyst -t md").lines == ["made/brief.analyst.md"]
    assert does("render data/brief.yaml -o there").lines == ["there/brief.press.html"]
    put(folder, {"data/brief.yaml": CLEAR + "audiences: [analyst]\n"})
    assert does("render").lines == ["made/brief.analyst.html"]
    assert "For: Analyst" in does("show data/brief.yaml").out
    put(folder, {"briefings.toml": "", "data/brief.yaml": CLEAR})
    names = [f"out/brief.{name}.{form}" for name in workspace.DEFAULT_AUDIENCES for form in ("md",)]
    assert does("render -t md").lines == names
    assert "For: Executive" in does("show data/brief.yaml").out


def test_the_first_audience_is_shown(folder: Path) -> None:
    put(folder, {"briefings.toml": "audiences = ['press', 'analyst']\n"})
    assert "For: Press" in does("show data/brief.yaml").out


def test_paper_and_worldview_are_those_of_an_audience_that_states_none(folder: Path) -> None:
    put(folder, {"briefings.toml": "paper = 'letter'\nworldview = 'ne'\n"})
    put(folder, {"audiences/own.yaml": "extends: press\npaper: A4\nworldview: un\n"})
    press, own = (audience.load(name, Shelf.at(folder)) for name in ("press", "own"))
    assert (press.paper, press.worldview) == ("letter", "ne")
    assert (own.paper, own.worldview) == ("A4", "un")
    brief = pipeline.view(pipeline.load("data/brief.yaml"), "press", audience.Paper.A4)
    assert brief.document.paper == "A4", "the caller says so"


def test_the_language_is_that_of_a_briefing_that_states_none(folder: Path) -> None:
    put(folder, {"briefings.toml": "language = 'fr'\n"})
    assert pipeline.load("data/brief.yaml").language == "fr"
    put(folder, {"data/brief.yaml": CLEAR + "language: en\n"})
    assert pipeline.load("data/brief.yaml").language == "en"
    assert pipeline.load("data/brief.yaml", ["language=fr"]).language == "fr"
    put(folder, {"elsewhere.yaml": CLEAR})
    (folder / "briefings.toml").unlink()
    assert pipeline.load("elsewhere.yaml").language == "en"


def test_a_pdf_of_a_workspace_is_verified_where_it_lies(folder: Path) -> None:
    put(folder, {"briefings.toml": "paper = 'letter'\nlanguage = 'fr'\naudiences = ['mine']\n"})
    put(folder, {"audiences/mine.yaml": READER + "sections: [chain]\ntheme: house\n"})
    put(folder, {"templates/themes/house.css": "h1 { color: red }\n"})
    assert does("render -t pdf").lines == ["out/brief.mine.pdf"]
    (folder / "away").mkdir()
    os.chdir(folder / "away")
    assert does("verify ../out/brief.mine.pdf").code == 0
    put(folder, {"templates/themes/house.css": "h1 { color: blue }\n"})
    assert "another theme" in does("verify ../out/brief.mine.pdf").err


# Where things are looked up


def test_beside_the_briefing_then_the_workspace_then_ours(folder: Path) -> None:
    put(folder, {"audiences/press.yaml": "extends: press\nname: Of the workspace\npages: 7\n"})
    shelf = Shelf.at(folder / "data")
    assert audience.load("press", shelf).name.plain == "Of the workspace"
    put(folder, {"data/audiences/press.yaml": "extends: press\nname: Beside\n"})
    beside = audience.load("press", shelf)
    assert (beside.name.plain, beside.pages) == ("Beside", 7), "each extends the next"
    assert audience.load("press", Shelf.at(folder)).name.plain == "Of the workspace"
    assert audience.load("press", Shelf()).name.plain == "Press"


@pytest.mark.parametrize(
    ("name", "text", "audience_", "expected"),
    [
        ("templates/sections/chain.md.j2", "Told otherwise.\n", "analyst", "Told\u00a0otherwise."),
        ("templates/themes/plain.css", "h1 { color: red }", "bare", "h1 { color: red }"),
        ("lexicons/own.yaml", "", "analyst", "A fire"),
    ],
)
def test_everything_in_a_workspace_shadows_ours(
    folder: Path, name: str, text: str, audience_: str, expected: str
) -> None:
    put(folder, {name: text, "audiences/bare.yaml": "extends: analyst\ntheme: plain\n"})
    brief = pipeline.view(pipeline.load("data/brief.yaml"), audience_)
    assert expected in pipeline.render(brief, "html").data.decode()


def test_words_terms_and_fonts_of_a_workspace_are_found(folder: Path) -> None:
    english = (Shelf().find("languages", "en.yaml") or Path()).read_text("utf-8")
    terms = "[{term: maybe, low: 1, high: 9}, {term: surely, low: 10, high: 99}]"
    terms = f"name: X\nsource: X\nterms: {terms}\n"
    put(folder, {"languages/qq.yaml": english.replace("Bottom line", "In short")})
    put(folder, {"lexicons/own.yaml": terms, "fonts/x.ttf": ""})
    judged = (
        "language: qq\nlexicon: own\nkey_judgements:\n  - {id: j, text: It burns., "
        "likelihood: maybe, confidence: low, reason: So., basis: [strike]}\n"
    )
    put(folder, {"data/brief.yaml": CLEAR + judged})
    text = build.text(folder / "data/brief.yaml", "analyst")
    assert "In short" in text
    assert "aybe" in text
    assert folders(Shelf.at(folder / "data"))[1:] == [folder / "fonts"]


def test_the_nearest_workspace_is_the_one(folder: Path) -> None:
    put(folder, {"inner/briefings.toml": "", "inner/data/b.yaml": CLEAR})
    put(folder, {"audiences/outer.yaml": "extends: press\n"})
    assert Shelf.at(folder / "inner/data").workspace == folder / "inner"
    assert "outer" not in Shelf.at(folder / "inner/data").stems("audiences")
    assert "outer" in Shelf.at(folder / "data").stems("audiences")


# What is told of it


def test_every_key_is_told_with_what_holds_without_it() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| `?([^|`]+)`? \|$", DOCS, re.MULTILINE))
    assert set(rows) == set(settings.Settings.model_fields)
    assert rows["audiences"] == ", ".join(workspace.DEFAULT_AUDIENCES)
    assert rows["formats"] == ", ".join(workspace.DEFAULT_FORMATS)
    assert rows["out"] == settings.OUT
    ours = audience.load("analyst", Shelf())
    assert (rows["paper"], rows["worldview"]) == (ours.paper, ours.worldview)
    assert rows["language"] == pipeline.load("data/brief.yaml").language
    assert rows["targets"] == "none"
    assert rows["figures"] == settings.NONE.figures.value
    assert rows["trusted"] == str(settings.NONE.trusted).lower()


def test_the_register_that_is_told_works(folder: Path) -> None:
    (register,) = re.findall(r"^```yaml\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)
    (entry,) = re.findall(r"`(- \{id: notice, .*?\})`", DOCS)
    own = f"sources:\n  {entry}\n"
    events = "- {id: fire, date: 2026, title: A fire, places: [{place: quay, role: site}], "
    events += "claims: [{id: said, speaker: board, text: So., via: [notice]}]}"
    head = CLEAR.partition("actors:")[0]
    put(folder, {"data/register/all.yaml": register})
    put(folder, {"data/brief.yaml": f"{head}{own}events:\n  {events}\n"})
    assert does("check").out == "1 briefing is sound\n"
    assert "Notice 31" in build.text(folder / "data/brief.yaml", "analyst")


def test_a_folder_in_which_everybody_leaves_things_is_no_workspace(folder: Path) -> None:
    put(folder, {"audiences/press.yaml": "extends: analyst\n", "data/brief.yaml": YAML})
    assert does("check").code == 0
    folder.chmod(0o1777)
    assert Shelf.at(folder / "data").workspace is None
    assert "press: nothing to say" in does("render data/brief.yaml -a press -t md").err
    folder.chmod(0o777)
    assert Shelf.at(folder / "data").workspace == folder


def test_nothing_is_written_out_of_the_workspace_unasked(folder: Path) -> None:
    (folder / "inner").mkdir()
    put(folder, {"inner/briefings.toml": "", "inner/data/a.yaml": CLEAR, "away/x": ""})
    (folder / "inner/out").symlink_to(folder / "away")
    ran = does("render inner/data/a.yaml -a press -t md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "inner/out: this leads out of the workspace; say where to: -o DIR\n"
    assert found(folder / "away") == ["x"]
    assert does("render inner/data/a.yaml -a press -t md -o inner/out").code == 0


# Without a FILE


def test_render_and_check_take_all_briefings_from_anywhere_in_it(folder: Path) -> None:
    put(folder, {"data/second.yaml": CLEAR, "data/notes.txt": "no briefing"})
    assert does("check").out == "2 briefings are sound\n"
    os.chdir(folder / "data")
    assert does("check").out == "2 briefings are sound\n"
    ran = does("render -a press -t md")
    assert ran.code == 0
    assert sorted(found(folder / "out")) == ["brief.press.md", "second.press.md"]


def test_check_tells_of_register_and_audiences_that_no_briefing_uses(folder: Path) -> None:
    put(folder, {"audiences/wrong.yaml": "extends: pres\n"})
    put(folder, {"data/register/a.yaml": "places: [{id: x, lat: 460}]\n"})
    ran = does("check")
    assert ran.code == 2
    assert 'data/register/a.yaml:1:23: "lat" is 460; 90 or less is expected' in ran.err
    assert "audiences/wrong.yaml:1:10: unknown audience" in ran.err
    assert does("check data/brief.yaml").code == 0, "which uses neither"


def test_check_tells_of_files_whose_name_keeps_them_from_being_read(folder: Path) -> None:
    put(folder, {"data/second.yml": "", "data/register/more.yml": ""})
    ran = does("check")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "data/register/more.yml: nobody reads this; call it more.yaml",
        "data/second.yml: nobody reads this; call it second.yaml",
    ]
    assert does("check data/brief.yaml").code == 0


def test_without_a_workspace_or_a_briefing_it_is_a_sentence(folder: Path) -> None:
    (folder / "data/brief.yaml").unlink()
    assert "there is no briefing in it; make one: briefings new briefing ID" in does("render").err
    (folder / "briefings.toml").unlink()
    for command in ("render", "check"):
        ran = does(command)
        assert ran.code == 2
        assert "there is no briefings.toml here or above" in ran.err


def test_briefs_of_several_workspaces_go_where_one_says(folder: Path) -> None:
    put(folder, {"other/briefings.toml": "", "other/data/second.yaml": CLEAR})
    files = "data/brief.yaml other/data/second.yaml"
    ran = does(f"render {files} -a press -t md")
    assert ran.code == 2
    assert "not of one workspace; say where to: -o DIR" in ran.err
    assert does(f"render {files} -a press -t md -o all").code == 0


def test_standard_input_belongs_to_where_it_is_read(folder: Path) -> None:
    put(folder, {"briefings.toml": "audiences = ['press']\nformats = ['md']\n"})
    (folder / "data/brief.yaml").unlink()
    assert run("render", "-", stdin=CLEAR.encode()).lines == ["out/briefing.press.md"]


def test_a_shelf_without_a_folder_is_ours_alone() -> None:
    assert Shelf.at(None) == Shelf()
    with pytest.raises(InvalidInput):
        audience.load("own", Shelf())


def test_show_and_preview_take_the_only_briefing() -> None:
    put(Path(), {"briefings.toml": ""})
    assert run("show").out == run("show", "data/brief.yaml").out
    put(Path(), {"data/other.yaml": Path("data/brief.yaml").read_text("utf-8")})
    for command in ("show", "preview"):
        ran = run(command)
        assert ran.code == 2
        said = "name a FILE: there are 2 briefings; the last by name is data/other.yaml\n"
        assert ran.err == said
