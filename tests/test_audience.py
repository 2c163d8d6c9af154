"""Readers are YAML files: the user's own before ours, each error a sentence at its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml as pyyaml

from briefings import pipeline
from briefings.audience import Audience, Paper, Sourcing, load
from briefings.errors import InvalidInput, TooLong
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS
from briefings.resources import Shelf, shipped
from tests import made

OURS = ("analyst", "executive", "press")
WHOLE = """\
name: Desk
reader: one at the desk
ceiling: TLP:GREEN
sections: [chain, gaps]
sourcing: inline
"""
KNOWN_MARKINGS = "TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED"


def shelf(folder: Path, **files: str) -> Shelf:
    """Return a shelf with audiences of one's own."""
    (folder / "audiences").mkdir()
    for name, text in files.items():
        (folder / "audiences" / f"{name}.yaml").write_text(text, "utf-8")
    return Shelf.at(folder)


def complaints(name: str, on: Shelf) -> list[str]:
    """Return what is wrong with an audience, files without their folder."""
    with pytest.raises(InvalidInput) as caught:
        load(name, on)
    return [
        f"{':'.join([Path(p.file).name, str(p.line), str(p.column)])} {p.message}"
        if p.file
        else p.message
        for p in caught.value.problems
    ]


# Ours


def test_the_shipped_readers_are_those_of_the_design() -> None:
    assert tuple(Shelf().stems("audiences")) == OURS
    analyst, executive, press = (load(name, Shelf()) for name in OURS)
    assert (executive.ceiling, executive.pages) == (Marking.AMBER, 1)
    assert "key_judgements" in executive.sections
    assert analyst.ceiling is Marking.RED
    assert analyst.pages is None
    assert analyst.sourcing is Sourcing.ANNEX
    assert {"claims", "sources"} <= set(analyst.sections)
    keys = {SECTIONS[name].key for name in analyst.sections}
    assert keys == {section.key for section in SECTIONS.values()}, "an analyst gets all of it"
    assert press.ceiling is Marking.CLEAR
    assert not {"key_judgements", "indicators"} & set(press.sections)
    assert {SECTIONS[name].key for name in press.sections} >= {"events"}
    assert press.sourcing is not Sourcing.NONE, "the press is told who says what through whom"


@pytest.mark.parametrize("name", OURS)
def test_ours_fill_in_what_they_leave_out(name: str) -> None:
    audience = load(name, Shelf())
    assert (audience.paper, audience.language, audience.theme) == (Paper.A4, None, ["default"])
    assert audience.extends is None


@pytest.mark.parametrize("name", OURS)
def test_ours_are_read_as_any_yaml_reader_reads_them(name: str) -> None:
    path = shipped("data") / "audiences" / f"{name}.yaml"
    data = pyyaml.safe_load(path.read_text("utf-8"))
    assert load(name, Shelf()) == Audience.model_validate(data)


# One's own


def test_every_field_is_read(tmp_path: Path) -> None:
    text = WHOLE + "pages: 3\ntheme: dark\npaper: letter\nlanguage: de\n"
    audience = load("desk", shelf(tmp_path, desk=text))
    assert audience.name.plain == "Desk"
    assert audience.reader.plain == "one at the desk"
    assert (audience.ceiling, audience.sourcing) == (Marking.GREEN, Sourcing.INLINE)
    assert audience.sections == ["chain", "gaps"]
    assert (audience.pages, audience.theme) == (3, ["dark"])
    assert (audience.paper, audience.language) == (Paper.LETTER, "de")


def test_ones_own_come_before_ours(tmp_path: Path) -> None:
    assert load("press", shelf(tmp_path, press=WHOLE)).name.plain == "Desk"


def test_extending_changes_only_what_is_named(tmp_path: Path) -> None:
    text = "extends: executive\nname: Minister\npages: 2\n"
    minister, ours = load("minister", shelf(tmp_path, minister=text)), load("executive", Shelf())
    differing = {key for key in Audience.model_fields if vars(minister)[key] != vars(ours)[key]}
    assert differing == {"extends", "name", "pages"}
    assert (minister.name.plain, minister.pages) == ("Minister", 2)


def test_extending_can_take_a_limit_away(tmp_path: Path) -> None:
    on = shelf(tmp_path, minister="extends: executive\npages:\n")
    assert load("minister", on).pages is None


def test_one_that_extends_its_own_name_extends_ours(tmp_path: Path) -> None:
    on = shelf(tmp_path, executive="extends: executive\npages: 4\n")
    audience = load("executive", on)
    assert audience.pages == 4
    assert audience.sections == load("executive", Shelf()).sections


def test_a_chain_of_extensions(tmp_path: Path) -> None:
    on = shelf(
        tmp_path,
        first="extends: second\nname: First\n",
        second="extends: analyst\nname: Second\nceiling: AMBER\n",
        analyst="extends: analyst\nceiling: GREEN\npages: 9\n",
    )
    audience = load("first", on)
    assert (audience.name.plain, audience.ceiling, audience.pages) == ("First", Marking.AMBER, 9)
    assert audience.sections == load("analyst", Shelf()).sections


def test_names_that_are_numbers(tmp_path: Path) -> None:
    on = shelf(tmp_path, **{"7": "extends: 1.10\n", "1.10": WHOLE})
    assert load("7", on).name.plain == "Desk"


def test_a_briefing_finds_the_readers_that_lie_beside_it(tmp_path: Path) -> None:
    shelf(tmp_path, desk=WHOLE)
    data = {"actors": [made.actor("somebody")], "events": [made.event("a", made.claim("b"))]}
    brief = pipeline.view(made.briefing(data, tmp_path), "desk")
    assert brief.document.reader.name.plain == "Desk"
    assert brief.document.sections == ("chain",)


# What is wrong


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("name:", "2:6 a text is expected, nothing was found"),
        ('reader: ""', "2:9 the text is empty"),
        ("ceiling: TLP:PINK", f'2:10 unknown marking "TLP:PINK"; known: {KNOWN_MARKINGS}'),
        ("ceiling: amber", '2:10 unknown marking "amber"; did you mean "TLP:AMBER"?'),
        ("ceiling: WHITE", '2:10 "WHITE" was retired with TLP 2.0; write TLP:CLEAR'),
        ("sections: []", '2:11 "sections" is empty; at least one entry is expected'),
        ("sections: chain", '2:11 a list is expected, the text "chain" was found; write [chain]'),
        ("sections: [gaps, chian]", '2:18 unknown section "chian"; did you mean "chain"?'),
        ("sections: [gaps, ~]", "2:18 a text is expected, nothing was found"),
        ("sections: [gaps, {a: b}]", "2:18 a text is expected, a mapping was found"),
        ("sections: [gaps, gaps]", '2:18 the section "gaps" stands twice'),
        ("sections: [5]", f'2:12 unknown section "5"; known: {", ".join(SECTIONS)}'),
        ("sourcing: full", '2:11 unknown sourcing "full"; known: none, inline, annex'),
        ("sourcing: annex", '2:11 sourcing "annex" needs the section "sources"'),
        ("pages: 0", '2:8 "pages" is 0; 1 or more is expected'),
        ("pages: one", '2:8 a whole number is expected, the text "one" was found'),
        ("pages: 1.5", "2:8 a whole number is expected, the number 1.5 was found"),
        ("paper: a4", '2:8 unknown paper "a4"; did you mean "A4"?'),
        ("language: English", '2:11 "English" is not a language code such as en'),
        (
            "theme: ../dark",
            (
                '2:8 "../dark" is not a name of lower-case letters, digits and hyphens; '
                'did you mean "dark"?'
            ),
        ),
        ("extends: analist", '2:10 unknown audience "analist"; did you mean "analyst"?'),
        ("extends: ../press", '2:10 unknown audience "../press"; did you mean "press"?'),
        ("extends: [press]", "2:10 a text is expected, a list was found"),
        ("extends: true", "2:10 a text is expected, true was found; put it in quotes"),
        ("extends: desk", '2:10 "desk" extends itself in a circle'),
        ("page: 2", '2:1 unknown key "page"; did you mean "pages"?'),
    ],
)
def test_each_error_is_a_sentence_at_its_place(tmp_path: Path, line: str, expected: str) -> None:
    key = line.partition(":")[0]
    rest = "".join(kept for kept in WHOLE.splitlines(keepends=True) if not kept.startswith(key))
    on = shelf(tmp_path, desk=f"# Desk\n{line}\n{rest}")
    assert complaints("desk", on) == [f"desk.yaml:{expected}"]


def test_all_that_is_missing_is_told_in_one_pass(tmp_path: Path) -> None:
    on = shelf(tmp_path, desk="pages: 0\nceilling: TLP:RED\n")
    assert complaints("desk", on) == [
        'desk.yaml:1:1 "ceiling" is missing',
        'desk.yaml:1:1 "name" is missing',
        'desk.yaml:1:1 "reader" is missing',
        'desk.yaml:1:1 "sections" is missing',
        'desk.yaml:1:1 "sourcing" is missing',
        'desk.yaml:1:8 "pages" is 0; 1 or more is expected',
        'desk.yaml:2:1 unknown key "ceilling"; did you mean "ceiling"?',
    ]


def test_what_is_wrong_is_placed_in_the_file_that_says_it(tmp_path: Path) -> None:
    on = shelf(
        tmp_path,
        first="extends: second\npages: 0\nsections:\n  - chain\n  - gapps\n",
        second="\nname: Second\nreader:\n  - a list\nceiling: PINK\nsections: [timelime]\nfoo: 1\n",
    )
    assert complaints("first", on) == [
        'first.yaml:1:1 "sourcing" is missing',
        'first.yaml:2:8 "pages" is 0; 1 or more is expected',
        'first.yaml:5:5 unknown section "gapps"; did you mean "gaps"?',
        "second.yaml:4:3 a text is expected, a list was found",
        f'second.yaml:5:10 unknown marking "PINK"; known: {KNOWN_MARKINGS}',
        'second.yaml:6:12 unknown section "timelime"; did you mean "timeline"?',
        f'second.yaml:7:1 unknown key "foo"; known: {", ".join(Audience.model_fields)}',
    ]


def test_an_annex_that_has_no_sources_is_said_where_the_nearer_of_the_two_stands(
    tmp_path: Path,
) -> None:
    message = 'sourcing "annex" needs the section "sources"'
    on = shelf(
        tmp_path,
        fewer="extends: analyst\nsections: [chain]\n",
        more="extends: press\nsourcing: annex\n",
    )
    assert complaints("fewer", on) == [f"fewer.yaml:2:11 {message}"]
    assert complaints("more", on) == [f"more.yaml:2:11 {message}"]


def test_circles(tmp_path: Path) -> None:
    on = shelf(
        tmp_path,
        first="extends: second\n",
        second="# Two\nextends: third\n",
        third="# Three\n# Three\nextends: first\n",
    )
    assert complaints("first", on) == ['third.yaml:3:10 "first" extends itself in a circle']
    assert complaints("second", on) == ['first.yaml:1:10 "second" extends itself in a circle']


def test_the_last_of_a_chain_is_looked_for_where_it_is_named(tmp_path: Path) -> None:
    on = shelf(tmp_path, first="extends: second\n", second="# Two\nextends: none-such\n")
    assert complaints("first", on) == [
        (
            'second.yaml:2:10 unknown audience "none-such"; '
            "known: analyst, executive, first, press, second"
        )
    ]


@pytest.mark.parametrize("name", ["", ".", "..", "../press", "PRESS!", "x" * 300, "a\0b", "/etc"])
def test_an_unknown_audience_is_an_error(tmp_path: Path, name: str) -> None:
    [said] = complaints(name, shelf(tmp_path, desk=WHOLE))
    assert said.startswith(f'unknown audience "{name}"')


def test_an_unknown_audience_has_its_nearest_name(tmp_path: Path) -> None:
    on = shelf(tmp_path, desk=WHOLE)
    assert complaints("pres", on) == ['unknown audience "pres"; did you mean "press"?']
    known = "analyst, desk, executive, press"
    assert complaints("nobody", on) == [f'unknown audience "nobody"; known: {known}']


def test_what_is_no_yaml_is_said_at_its_place(tmp_path: Path) -> None:
    on = shelf(tmp_path, desk="- name: Desk\n", empty="")
    expected = "a mapping of keys and values is expected, a list was found"
    assert complaints("desk", on) == [f"desk.yaml:1:1 {expected}"]
    [said] = complaints("empty", on)
    assert said.startswith("empty.yaml:1:1 the file is empty")


def test_the_order_of_the_complaints_is_the_same_on_every_run(tmp_path: Path) -> None:
    shelf(tmp_path, desk="foo: 1\n")
    code = (
        "from pathlib import Path\n"
        "from briefings.audience import load\n"
        "from briefings.resources import Shelf\n"
        f"try: load('desk', Shelf.at(Path({str(tmp_path)!r})))\n"
        "except Exception as error: print(error)\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
    assert b'"name" is missing' in runs.pop()


# The limit of pages


def test_a_longer_brief_than_the_reader_has_time_for_is_refused(tmp_path: Path) -> None:
    shelf(tmp_path, desk=WHOLE + "pages: 1\n")
    claims = [made.claim(f"c{n}") for n in range(199)]
    data = {"actors": [made.actor("somebody")], "events": [made.event("a", *claims)]}
    brief = pipeline.view(made.briefing(data, tmp_path), "desk")
    with pytest.raises(TooLong, match=r"^the brief has \d+ pages; 1 is allowed$"):
        pipeline.render(brief, "pdf")
    assert pipeline.render(brief, "md").data, "what has no pages has no limit"


def test_an_unknown_worldview_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "audiences").mkdir()
    file = tmp_path / "audiences" / "mine.yaml"
    file.write_text("extends: analyst\nworldview: unn\n", "utf-8")
    with pytest.raises(InvalidInput, match=r':2:12: unknown worldview "unn"; did you mean "un"\?'):
        load("mine", Shelf.at(tmp_path))
    file.write_text("extends: analyst\nworldview: ne\n", "utf-8")
    assert load("mine", Shelf.at(tmp_path)).worldview == "ne"
    assert load("analyst", Shelf()).worldview == "un"
