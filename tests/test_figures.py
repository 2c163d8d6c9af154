"""The figures are made of the document alone: what they hold, and how a user restyles them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from briefings import figures, pipeline, templating
from briefings.errors import InvalidInput
from briefings.figures import matrix, scale, tally
from briefings.resources import Shelf
from tests.acting import ACTORS, SIDES, act, made, markdown, names
from tests.made import AMBER, CLEAR, actor, briefing, claim, document, event, judgement, reader
from tests.rendering import Page, brief, put, sentences

if TYPE_CHECKING:
    from pathlib import Path


def test_the_matrix_has_every_claim_once() -> None:
    of = made(
        [
            event("a", claim("a1"), claim("a2", "east-army", stance="denies", answers="a1")),
            event("b", claim("b1"), claim("b2"), part_of="a"),
        ],
        context=[{"id": "c", "title": "c", "claims": [claim("c1", "west-army")]}],
    )
    tables = matrix.data(of)
    assert tables
    (table,) = tables
    assert [s.name.plain for s in table["speakers"]] == ["somebody", "east-army", "west-army"]
    rows = {
        r["matter"].title.plain: [[c.ref for c in cell] for cell in r["cells"]]
        for r in table["rows"]
    }
    assert rows == {
        "a": [["EV1a"], ["EV1b"], []],
        "b": [["EV1.1a", "EV1.1b"], [], []],
        "c": [[], [], ["CX1a"]],
    }
    assert "| EV1 a | said EV1a | denied EV1b | |" in templating.strip(markdown(of))


def test_many_speakers_are_several_tables_of_about_one_size() -> None:
    people = [actor(f"p{n}") for n in range(17)]
    of = made([event("a", *(claim(f"c{n}", f"p{n}") for n in range(17)))], actors=people)
    tables = matrix.data(of)
    assert tables
    assert [len(table["speakers"]) for table in tables] == [6, 6, 5]


def counted(*systems: dict[str, Any]) -> list[dict[str, Any]]:
    found = tally.data(made([act("a", systems=list(systems))]))
    assert found
    return found


@pytest.mark.parametrize(
    ("stated", "left", "problem"),
    [
        ({"launched": 7, "intercepted": 6}, 1, None),
        ({"launched": 7, "intercepted": 6, "remaining": 1}, 1, None),
        ({"launched": 7, "intercepted": 6, "remaining": 3}, 1, "other"),
        ({"launched": 6, "intercepted": 7}, None, "more"),
        ({"intercepted": 6}, None, None),
        ({"remaining": 0}, None, None),
    ],
)
def test_what_remains_is_worked_out_from_what_is_stated(
    stated: dict[str, int], left: int | None, problem: str | None
) -> None:
    (row,) = counted({"name": "X", **stated})
    assert (row["left"], row["problem"]) == (left, problem)


def test_counts_of_one_system_are_brought_together_and_never_added() -> None:
    row, other = counted(
        {"name": "X", "launched": 7},
        {"name": "X", "intercepted": 6},
        {"name": "X", "launched": 9},
        {"name": "Y", "launched": 1},
    )
    assert row["launched"] == [7, 9]
    assert (row["left"], row["problem"]) == (None, "several")
    assert (other["launched"], other["intercepted"]) == ([1], [])


def test_the_tally_says_what_does_not_add_up() -> None:
    of = made([act("a", systems=[{"name": "X", "launched": 7, "intercepted": 6, "remaining": 3}])])
    assert "| X | 7 | 6 | 3 · does not add up: 7 less\u00a06 is\u00a01 | somebody |" in markdown(of)


def test_a_count_is_of_the_speaker_of_its_claim() -> None:
    told = [claim("one"), claim("two", "other")]
    systems: list[dict[str, Any]] = [
        {"name": "Known", "intercepted": 1, "claim": "two"},
        {"name": "Not known", "intercepted": 1},
    ]
    of = made([event("a", *told, systems=systems)], actors=[actor("somebody"), actor("other")])
    assert "| Known | not stated | 1 | not stated | other |" in markdown(of)
    assert "| Not known | not stated | 1 | not stated | not stated |" in markdown(of)


def test_what_is_counted_in_two_attacks_is_not_brought_together() -> None:
    of = made(
        [
            act("may", date="2024-05", systems=[{"name": "X", "launched": 10}]),
            act("june", date="2024-06", systems=[{"name": "X", "intercepted": 4}]),
            act("part", date="2024-06", part_of="june", systems=[{"name": "X", "launched": 4}]),
        ]
    )
    text = markdown(of)
    assert "| X (EV1) | 10 | not stated | not stated | somebody |" in text
    assert "| X (EV2) | 4 | 4 | not stated; 4 less\u00a04 leaves\u00a00 | somebody |" in text


def test_a_figure_says_when_its_speaker_denies_it() -> None:
    told = event("a", claim("c", stance="denies"))
    of = made([told], figures=[{"id": "f", "value": "300", "label": "killed", "claim": "c"}])
    assert "killed · somebody denied" in templating.strip(markdown(of))


def test_there_is_no_tally_without_a_result() -> None:
    assert tally.data(made([act("a", systems=[{"name": "X", "launched": 7}])])) is None


def test_the_scale_has_a_step_for_each_term_of_the_lexicon() -> None:
    of = made([act("a")], key_judgements=[judgement("j", "a")])
    assert scale.data(of, "55", "80") == {"steps": 7, "number": 5, "term": of.lexicon.terms[4].term}  # type: ignore[union-attr]
    assert scale.data(of, "55", "81") is None
    assert scale.data(made([act("a")]), "55", "80") is None, "no judgement, no lexicon"


def test_a_figure_holds_nothing_above_the_ceiling() -> None:
    data = {
        "actors": ACTORS,
        "sides": SIDES,
        "marking": AMBER,
        "title": {CLEAR: "A title"},
        "bluf": {CLEAR: "A line."},
        "authors": [{"name": "Desk", "marking": CLEAR}],
        "events": [
            act(
                "open",
                "somebody",
                marking=CLEAR,
                systems=[{"name": "Secret", "marking": AMBER, "intercepted": 3}],
            ),
            act("secret", "somebody"),
        ],
    }
    data["actors"] = [actor("somebody", marking=CLEAR)]
    of = document(briefing(data), reader(CLEAR))
    assert list(names(of)) == ["open"]
    assert tally.data(of) is None
    assert "ecret" not in markdown(of)


def test_an_unknown_figure_is_told_with_the_nearest(tmp_path: Path) -> None:
    (said,) = sentences(tmp_path, '{{ figure("chian") }}')
    assert said == 'briefing.md.j2:1: unknown figure "chian"; did you mean "chain"?'
    with pytest.raises(InvalidInput, match='unknown figure "chian"; did you mean "chain"'):
        figures.data("chian", made([act("a")]), Shelf())


def test_a_template_of_ones_own_redraws_a_figure(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "templates/figures/chain.md.j2": "{{ figure.moments | length }} in all",
            "templates/figures/chain.svg.j2": "<svg><title>{{ paint.accent }}</title></svg>",
        },
    )
    found = brief(tmp_path)
    assert "## Chain of events\n\n1 in all\n" in templating.strip(found.marked)
    html = pipeline.render(found, "html").data.decode()
    assert "<svg><title>#1d4f7c</title></svg>" in html


def test_every_figure_has_its_module_and_a_template() -> None:
    from briefings.resources import shipped

    folder = shipped("templates") / "figures"
    drawn = {path.name.partition(".")[0] for path in folder.glob("*.j2")}
    assert drawn == set(figures.FIGURES)


def test_tables_can_be_moved_with_the_keyboard_and_are_named(tmp_path: Path) -> None:
    page = Page(pipeline.render(brief(tmp_path), "html").data.decode())
    boxes = [a for a in page.all("div") if a.get("class") == "scroll"]
    ids = {a["id"] for _, a in page.elements if "id" in a}
    assert boxes
    for box in boxes:
        assert (box["tabindex"], box["role"]) == ("0", "group")
        assert box["aria-labelledby"] in ids
    assert {a["scope"] for a in page.all("th")} == {"col", "row"}


def test_a_source_in_another_language_says_so(tmp_path: Path) -> None:
    source = "{id: s, title: Пожар, language: ru, type: news, reliability: B}"
    from tests.rendering import YAML

    yaml = YAML.replace("text: It burned.", "text: It burned., via: [s]") + f"sources: [{source}]\n"
    html = pipeline.render(brief(tmp_path, yaml), "html").data.decode()
    assert '<span lang="ru"><strong>Пожар</strong></span>' in html
    put(tmp_path, {"audiences/fr.yaml": "extends: analyst\nlanguage: fr\n"})
    html = pipeline.render(brief(tmp_path, yaml, "fr"), "html").data.decode()
    assert '<html lang="en"' in html, "the text itself is English"
    assert '<h2><span lang="fr">Enchaînement des faits</span></h2>' in html
