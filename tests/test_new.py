"""``briefings new``: what it makes is sound, and nothing is lost by it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefings import audience as audiences
from briefings import pipeline, scaffold, source
from briefings.audience import Audience
from briefings.cli import complete
from briefings.errors import InvalidInput
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS
from briefings.publish import briefs, listings
from briefings.publish.layouts import LAYOUTS
from briefings.publish.store import Site
from briefings.resources import Shelf, shipped
from briefings.targets import Target
from briefings.writers.theme import paint, theme
from tests.commands import FLOOD, does, found, run, settle
from tests.rendering import put

FIRST = "2026-05-03-mill-bridge"
_TEMPLATES = shipped("templates")
MORE = """corrections: [{date: 2026-02-09, version: "1", text: First issue.}]
needs: [{id: need, sector: Power, speaker: desk, text: Power for a hall., required: 2, met: 1}]
"""
OURS = sorted(path.relative_to(_TEMPLATES).as_posix() for path in _TEMPLATES.rglob("*.j2"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    assert does("init .").code == 0
    return tmp_path


def read(name: str) -> str:
    return Path(name).read_text("utf-8")


# A briefing


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [
        ("2026-06-01-ferry-late", "Ferry late", "2026-06-01"),
        ("ferry", "Ferry", None),
        ("2026-06-01", "2026 06 01", "2026-06-01"),
        ("null", "Null", None),
        ("7", "7", None),
    ],
)
def test_a_new_briefing_is_sound_and_its_own(name: str, title: str, day: str | None) -> None:
    assert does(f"new briefing {name}").lines == [f"data/{name}.yaml"]
    assert does("check").out == "2 briefings are sound\n"
    briefing = pipeline.load(f"data/{name}.yaml")
    assert next(iter(briefing.title.values())).plain == title
    if day:
        assert briefing.published.iso == day
    assert does(f"render data/{name}.yaml -a analyst -a executive -t md").code == 0


def test_what_is_commented_out_in_a_new_briefing_is_sound_too() -> None:
    assert does("new briefing 2026-06-01-ferry").code == 0
    file = Path("data/2026-06-01-ferry.yaml")
    text = re.sub(r"^( *)# (?=[\w-]|  )", r"\1", file.read_text("utf-8"), flags=re.MULTILINE)
    lines = [
        line
        for line in text.splitlines()
        if not re.match(r"yaml-language-server|Begun|docs|Who|here: name", line)
    ]
    text = "\n".join(lines).replace("responds_to: [other]", "responds_to: []")
    file.write_text(text, "utf-8")
    assert does(f"check {file}").err == ""
    assert set(source.read(file).data) >= {"audiences", "key_judgements", "figures", "indicators"}


def test_a_briefing_that_is_there_is_kept() -> None:
    assert does(f"new briefing {FIRST}").err == (
        f"data/{FIRST}.yaml: it is there already; --force writes over it\n"
    )
    assert "Mill Bridge" in read(f"data/{FIRST}.yaml")
    assert does(f"new briefing {FIRST} --force").code == 0
    assert "Mill Bridge in Larkfield" not in read(f"data/{FIRST}.yaml")


# An audience


@pytest.mark.parametrize("base", Shelf().stems("audiences"))
def test_a_new_audience_is_the_one_that_it_begins_as(base: str) -> None:
    assert does(f"new audience town-hall --from {base}").lines == ["audiences/town-hall.yaml"]
    shelf = Shelf.at(Path())
    one, other = audiences.load("town-hall", shelf), audiences.load(base, shelf)
    assert one.name.plain == "Town hall"
    left = {"name", "extends"}
    assert one.model_dump(exclude=left) == other.model_dump(exclude=left)
    assert does("render -a town-hall -t md").code == 0


def test_every_key_stands_in_it_and_each_line_holds_once_the_sign_is_away() -> None:
    assert does("new audience own --from executive").code == 0
    text = read("audiences/own.yaml")
    assert set(scaffold.MEANING) == set(Audience.model_fields) - {"extends", "uses"}
    told = re.findall(r"^(?:# )?([a-z]+): ", text, re.MULTILINE)
    assert set(told) == set(Audience.model_fields) - {"uses"}, "which needs a template of one's own"
    put(Path(), {"audiences/own.yaml": re.sub(r"^# ([a-z]+: )", r"\1", text, flags=re.MULTILINE)})
    own, base = (audiences.load(name, Shelf.at(Path())) for name in ("own", "executive"))
    left = {"name", "extends", "language", "headings"}
    assert own.headings["key_judgements"].plain == "Another heading"
    assert own.model_dump(exclude=left) == base.model_dump(exclude=left)
    assert own.language == "fr"
    for section in SECTIONS:
        assert section in text, "which there are is told"


def test_an_audience_may_begin_as_ours_of_its_own_name() -> None:
    assert does("new audience press --from press").code == 0
    assert (
        audiences.load("press", Shelf.at(Path())).sections
        == audiences.load("press", Shelf()).sections
    )


@pytest.mark.parametrize("reader", ["yes: a *reader*", "# one", "true", '"so"', "- they", "a: b"])
def test_what_is_odd_in_an_audience_is_quoted(reader: str) -> None:
    put(Path(), {"audiences/odd.yaml": f"extends: press\nreader: {json.dumps(reader)}\n"})
    assert does("new audience own --from odd").code == 0
    text = read("audiences/own.yaml").replace("# reader", "reader")
    put(Path(), {"audiences/own.yaml": text})
    assert audiences.load("own", Shelf.at(Path())).reader.plain == reader


def test_an_unknown_base_is_told_with_the_nearest() -> None:
    ran = does("new audience own --from pres")
    assert (ran.code, ran.err) == (2, 'unknown audience "pres"; did you mean "press"?\n')


# A template


def published() -> bytes:
    """Return every page that is published of a briefing, and one that leads to it."""
    target = Target(kind="folder", path="wiki", format="md", audiences=["all"], ceiling=Marking.RED)
    site = Site("wiki", target, Path(), "md", replace(LAYOUTS["md"], sidebar="side"))
    one = briefs.make(pipeline.load("data/freight.yaml"), "all", site)
    pages = [*listings.pages(site, [one.entry]), listings.moved("old.all", one.entry)]
    return b"".join([one.data, *(listings.data(page, site) for page in pages)])


@pytest.mark.parametrize("name", OURS)
def test_a_copy_of_each_template_makes_the_same_brief(name: str) -> None:
    freight = FLOOD.parent / "2026-02-09-norrland-freight.yaml"
    sections = ", ".join(SECTIONS)
    text = freight.read_text("utf-8").replace(
        "{name: VPN account", "{launched: 2, intercepted: 1, name: VPN account"
    )
    put(Path(), {"data/freight.yaml": text + MORE})
    put(Path(), {"audiences/all.yaml": f"extends: analyst\nsections: [{sections}]\n"})

    def made() -> bytes:
        if name.startswith("publish/"):
            return published()
        brief = pipeline.view(pipeline.load("data/freight.yaml"), "all")
        return pipeline.render(brief, "md" if name.endswith(".md.j2") else "html").data

    before = made()
    assert does(f"new template {name}").lines == [f"templates/{name}"]
    text = read(f"templates/{name}")
    assert text.startswith("{# Copied from " + name)
    assert f"briefings templates --diff {name}" in text
    assert made() == before
    put(Path(), {f"templates/{name}": text + "{{ nothing }}"})
    with pytest.raises(InvalidInput, match="nothing"):
        made()


def test_a_bare_name_takes_its_place_from_what_it_is_of() -> None:
    assert does("new template gaps").lines == ["templates/sections/gaps.md.j2"]
    ran = does("new template losses --from sections/chain.md.j2")
    assert ran.lines == ["templates/sections/losses.md.j2"]
    text = read("templates/sections/losses.md.j2")
    assert text.startswith("{# Copied from sections/chain.md.j2 of briefings")
    assert "comes before ours" not in text, "it shadows nothing"
    assert does("new template page").lines == ["templates/page.html.j2"]
    said = (
        'there are several that are called "chain": figures/chain.md.j2 or sections/chain.md.j2\n'
    )
    assert does("new template chain").err == said


def test_a_copy_made_anew_is_of_ours_and_has_one_comment() -> None:
    assert does("new template gaps").code == 0
    first = read("templates/sections/gaps.md.j2")
    put(Path(), {"templates/sections/gaps.md.j2": first + "Mine.\n"})
    assert does("new template gaps").code == 2
    assert does("new template sections/gaps.md.j2 --force").code == 0
    assert read("templates/sections/gaps.md.j2") == first
    put(Path(), {"templates/sections/gaps.md.j2": first + "Mine.\n"})
    assert does("new template sections/more.md.j2 --from gaps").code == 0
    more = read("templates/sections/more.md.j2")
    assert more.count("{# Copied") == 1
    assert more.endswith("Mine.\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("template sections/chian.md.j2", "did you mean"),
        ("template nothing", "is no name of a template; a template is called sections/x.md.j2"),
        ("template nothing", "; for one of your own, say which it begins as: --from NAME"),
        ("template gasp", 'mean "gaps"? For one of your own, say which it begins as: --from NAME'),
        ("template sections/gasp.md.j2", 'unknown template "sections/gasp.md.j2"; did you mean'),
        ("template sections/gaps", 'is no name of a template; did you mean "sections/gaps.md.j2"?'),
        ("template figures/none.md.j2", 'did you mean "figures/numbers.md.j2"? For one'),
        ("template sections/x.md.j2 --from sections/gap.md.j2", "did you mean"),
        ("template sections/x.md.j2 --from figures/map.svg.j2", "have not the same ending"),
        ("template themes/x.css --from sections/gaps.md.j2", "is a theme: briefings new theme"),
        ("theme default", "choose another"),
        ("audience Town_Hall!", 'letters, digits and hyphens; did you mean "town-hall"?'),
        ("briefing 2026/x", "is no name of a briefing"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_a_sentence(line: str, said: str) -> None:
    before = found(Path())
    ran = does(f"new {line}")
    assert ran.code == 2
    assert said in ran.err
    assert found(Path()) == before


@pytest.mark.parametrize("kind", ["briefing", "audience", "theme", "template"])
@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "/etc/x",
        "a/../../x",
        "a\\b",
        "x\n",
        "\x1b[31m",
        "é",
        "x" * 300,
        "con\0",
    ],
)
def test_no_name_leads_elsewhere(kind: str, name: str, folder: Path) -> None:
    before = found(folder.parent)
    for given in (name, f"{name}.md.j2"):
        ran = run("new", kind, given, *(["--from", "sections/gaps.md.j2"] * (kind == "template")))
        assert ran.code == 2, (kind, given)
        assert "\x1b" not in ran.err
    assert found(folder.parent) == before


def test_a_folder_that_leads_out_is_not_written_to(folder: Path) -> None:
    away = folder.parent / "away"
    away.mkdir()
    (folder / "templates/sections").symlink_to(away)
    ran = does("new template gaps")
    assert ran.err == ("templates/sections/gaps.md.j2: its folder leads out of the workspace\n")
    assert not found(away)


# A theme


def test_a_new_theme_looks_as_ours_until_it_is_changed() -> None:
    assert does("new theme council").lines == ["templates/themes/council.css"]
    shelf = Shelf.at(Path())
    assert paint(theme(["council"], shelf)) == paint(theme([], shelf))
    css = read("templates/themes/council.css")
    own = paint(css)
    assert own == paint(theme([], Shelf())), "every colour and font stands in it"
    put(Path(), {"templates/themes/council.css": css.replace(own["accent"], "#123456")})
    assert paint(theme(["council"], shelf))["accent"] == "#123456"


# Where


def test_new_things_go_into_the_workspace_that_one_is_in_or_names(folder: Path) -> None:
    os.chdir(folder / "data")
    assert does("new audience one").code == 0
    os.chdir(folder.parent)
    assert run("new", "theme", "two", "--in", folder / "audiences").code == 0
    assert (folder / "audiences/one.yaml").is_file()
    assert (folder / "templates/themes/two.css").is_file()
    assert does("new theme three").err.endswith("make a workspace: briefings init DIR\n")
    assert does("new theme three --in nowhere").err == "nowhere: there is no such folder\n"


def test_names_are_offered_by_the_shell() -> None:
    assert complete.template_names("sections/ga") == ["sections/gaps.md.j2"]
    assert complete.names("templates/themes/h") == ["templates/themes/house.css"]
    assert complete.audience_names("n") == ["neighbours"]
