"""What an attacker got through once, and must not again."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from briefings import language, pipeline
from briefings.errors import InvalidInput
from briefings.model.marking import Marking
from briefings.resources import Shelf, shipped
from tests import made
from tests.made import CLEAR, GREEN, RED, actor, claim, event, origin
from tests.rendering import brief, put

if TYPE_CHECKING:
    from pathlib import Path

TWO = """
title: {TLP:CLEAR: Open, TLP:RED: Secret}
bluf: {TLP:CLEAR: Open, TLP:RED: Secret}
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:CLEAR
authors: [Desk]
gaps: [{id: g, text: A gap.}]
"""
KEEPERS = {
    "a namespace": ('{% set ns = namespace(x="") %}', "{{ ns.x }}{% set ns.x = document.bluf %}"),
    "a generator": ('{% set ns = range(9)|map("abs") %}', "{{ ns | first }}"),
}


@pytest.mark.parametrize("keeper", KEEPERS)
def test_a_template_keeps_nothing_for_the_next_reader(tmp_path: Path, keeper: str) -> None:
    kept, used = KEEPERS[keeper]
    put(tmp_path, {"templates/box.md.j2": kept})
    put(tmp_path, {"templates/briefing.md.j2": f'{{% from "box.md.j2" import ns %}}{used}'})
    alone = brief(tmp_path, TWO, "press").marked
    brief(tmp_path, TWO, "analyst")
    assert brief(tmp_path, TWO, "press").marked == alone


@pytest.mark.parametrize("withheld", ["side", "origin", "via"])
def test_withholding_makes_nothing_firmer(withheld: str) -> None:
    """Two claims of one origin stay one origin's, or go."""
    data: dict[str, Any] = {
        "sides": [{"id": "s", "name": "S", "marking": RED if withheld == "side" else CLEAR}],
        "actors": [actor("leaker", marking=RED if withheld == "origin" else CLEAR)],
        "sources": [
            origin("one", origin="leaker", marking=RED if withheld == "via" else CLEAR),
            origin("other", origin="leaker"),
        ],
    }
    side = {"side": "s"} if withheld == "side" else {}
    data["actors"] += [actor("a", **side), actor("b", **side)]
    via = ({}, {}) if withheld == "side" else ({"via": ["one"]}, {"via": ["one", "other"]})
    claims = [claim("x", "a", **via[0]), claim("y", "b", stance="confirms", **via[1])]
    data["events"] = [event("e", *claims, marking=CLEAR)]
    data["gaps"] = [{"id": "g", "text": "A gap."}]
    full = made.briefing(data)
    assert made.document(full, made.reader(Marking.RED))["events"][0].status == "claimed"
    left = made.document(full, made.reader(Marking.CLEAR)).parts.get("events", ())
    assert [e.status for e in left] in ([], ["claimed"])


def test_text_that_runs_off_the_sheet_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"templates/themes/wide.css": "* { white-space: nowrap }"})
    put(tmp_path, {"audiences/wide.yaml": "extends: analyst\ntheme: wide\n"})
    long = TWO.replace("A gap.", "A gap in what is known. " * 40)
    with pytest.raises(InvalidInput, match=r"runs off page 1; shorten or divide it$"):
        pipeline.render(brief(tmp_path, long, "wide"), "pdf")
    assert pipeline.render(brief(tmp_path, long, "analyst"), "pdf").pages == 1


def test_a_long_word_stays_on_the_sheet_in_a_table() -> None:
    need = {"id": "n", "sector": "W" * 150, "text": "So.", "speaker": "a", "required": 7}
    data = {"actors": [actor("a")], "needs": [need]}
    assert made.written(made.document(made.briefing(data), made.reader()), "pdf")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Information as of {date}"', '"[x](javascript:alert(1)) <script>{date}"', ""),
        ('group: ","', 'group: " | <b>[z](javascript:alert(1)) | "', ""),
        ("bottom_line: Bottom line", r'bottom_line: "x\n\n# Heading"', "words are one line"),
        ("events: EV", "events: \u0421", "a label begins with letters from A to Z"),
        ("events: EV", 'events: "]("', "a label begins with letters from A to Z"),
    ],
)
def test_words_of_a_language_are_only_words(tmp_path: Path, old: str, new: str, said: str) -> None:
    english = (shipped("data") / "languages" / "en.yaml").read_text("utf-8")
    assert old in english
    put(tmp_path, {"languages/xx.yaml": english.replace(old, new)})
    if said:
        with pytest.raises(InvalidInput, match=said):
            language.load("xx", Shelf.at(tmp_path))
        return
    many = TWO.replace("gaps:", "language: xx\nissue: 12345\nseries: S\ngaps:")
    page = pipeline.render(brief(tmp_path, many, "press"), "html").data.decode()
    assert 'href="javascript' not in page
    assert "<script>" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "css",
    [
        '@import"//evil.example/x.css";',
        '@import url("http://evil.example/x.css");',
        'p { content: "/*" } q { background: url(http://evil.example/) } a { content: "*/" }',
        'p { background: image-set("data:," 1x, "http://evil.example/" 2x) }',
        "p { background: u\\72\fl(http://evil.example/) }",
        "@media print { p { background: url(//evil.example/) } }",
    ],
)
def test_a_theme_fetches_nothing(tmp_path: Path, css: str) -> None:
    put(tmp_path, {"templates/themes/evil.css": css})
    put(tmp_path, {"audiences/evil.yaml": "extends: press\ntheme: evil\n"})
    with pytest.raises(InvalidInput, match=r"evil\.css:\d+: a theme cannot ask for"):
        brief(tmp_path, TWO, "evil")


@pytest.mark.parametrize("css", ["(" * 5000, ":is(" * 3000 + ")" * 3000 + "{}"])
def test_a_theme_that_is_too_much_is_a_sentence(tmp_path: Path, css: str) -> None:
    put(tmp_path, {"templates/themes/deep.css": css})
    put(tmp_path, {"audiences/deep.yaml": "extends: press\ntheme: deep\n"})
    with pytest.raises(InvalidInput, match=r"deep\.css: "):
        pipeline.render(brief(tmp_path, TWO, "deep"), "pdf")


@pytest.mark.parametrize(
    "template",
    [
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{ " + "not " * 5000 + "1 }}",
        "{% for x in [1] %}" * 60 + "{% endfor %}" * 60,
        '{{ "\\ud800" }}',
    ],
)
def test_a_template_that_is_too_much_is_a_sentence(tmp_path: Path, template: str) -> None:
    put(tmp_path, {"templates/briefing.md.j2": template})
    with pytest.raises(InvalidInput, match=r"briefing\.md\.j2"):
        brief(tmp_path, TWO, "press")


def test_what_cannot_stand_in_a_path_is_refused(tmp_path: Path) -> None:
    for name in ("a\nb.yaml", "\udcff.yaml"):
        file = tmp_path / name
        file.write_text(TWO, "utf-8")
        with pytest.raises(InvalidInput, match="rename it"):
            pipeline.load(file)


def test_chains_have_an_end() -> None:
    parts = [event(f"e{n}", claim(f"c{n}"), part_of=f"e{n - 1}") for n in range(1, 12)]
    events = [event("e0", claim("c0")), *parts]
    with pytest.raises(InvalidInput, match='"part_of" leads on more than 5 times'):
        made.briefing({"actors": [actor("somebody")], "events": events})


def test_thousands_of_misspelt_names_are_told_in_time() -> None:
    actors = [actor(f"speaker-{n}") for n in range(1500)]
    claims = [claim(f"c{n}", f"speeker-{n}") for n in range(1500)]
    with pytest.raises(InvalidInput) as caught:
        made.briefing({"actors": actors, "events": [event("e", *claims)]})
    assert len(caught.value.problems) == 1500


def test_digests_and_numbers_stand_whole_on_the_page() -> None:
    file = shipped("data") / "briefings" / "2025-03-14-riverbend-flood.yaml"
    data = pipeline.render(pipeline.view(pipeline.load(file), "analyst"), "pdf").data
    text = subprocess.run(
        ["pdftotext", "-", "-"],  # noqa: S607  # wherever it is installed
        input=data,
        capture_output=True,
        check=True,
    ).stdout.decode()
    digests = re.findall(r"[0-9a-f]{64}", file.read_text("utf-8"))
    assert digests
    for digest in digests:  # wider than a column, it may take a second line; no sign comes between
        found = re.search("\n?".join(digest), text)
        assert found
        assert found[0].count("\n") <= 1
    assert "75,000" in text


def test_numbers_are_written_plainly() -> None:
    place = {"id": "p", "name": "P", "lat": 0.00001, "lon": -0.0, "precision": "exact"}
    at = [{"place": "p", "role": "site"}]
    data = {"actors": [actor("somebody")], "places": [place]}
    data["events"] = [event("e", claim("c"), places=at)]
    text = made.written(made.document(made.briefing(data), made.reader(GREEN)), "md").decode()
    assert "0.00001, 0 |" in text


def test_only_a_point_has_coordinates_and_south_and_west_a_true_minus() -> None:
    """Those of an area are its chief town's, or a rough middle, and look exact."""
    where = {"lat": -8.25, "lon": -61.5}
    known = ("exact", "city", "region", "country")
    places = [{"id": p, "name": p.title(), "precision": p} | where for p in known]

    def table(*names: str) -> str:
        at = [{"place": name, "role": "site"} for name in names]
        data = {"actors": [actor("somebody")], "places": [p for p in places if p["id"] in names]}
        data["events"] = [event("e", claim("c"), places=at)]
        return made.written(made.document(made.briefing(data), made.reader(GREEN)), "md").decode()

    text = table(*known)
    assert "| **Exact** | \u22128.25, \u221261.5 | exact |" in text
    assert "| **City** | \u22128.25, \u221261.5 | city |" in text
    assert "| **Region** | | region only |" in text
    assert "| **Country** | | country only |" in text
    assert "Coordinates" not in table("region", "country"), "a column of nothing"
