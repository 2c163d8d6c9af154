"""The figures are made of the document alone: what they hold, and how a user restyles them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from briefings import figures, pipeline, templating
from briefings.errors import InvalidInput
from briefings.figures import chain, matrix, scale, tally
from briefings.resources import Shelf
from tests.made import AMBER, CLEAR, actor, briefing, claim, document, event, judgement, reader
from tests.rendering import Page, brief, put, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefings.document import Document

SIDES = [{"id": name, "name": name.upper()} for name in ("east", "west", "mediator")]
ACTORS = [
    actor("somebody"),
    *(actor(f"{side['id']}-army", side=side["id"]) for side in SIDES),
    actor("east-navy", side="east"),
]


def made(events: Iterable[dict[str, Any]], **more: object) -> Document:
    """Return the document of a briefing with these events, for who gets every section."""
    data = {"sides": SIDES, "actors": ACTORS, "events": list(events), **more}
    return document(briefing(data), reader())


def act(name: str, *actors: str, **more: object) -> dict[str, Any]:
    return event(name, claim(f"{name}-claim"), actors=list(actors), **more)


def names(of: Document) -> dict[str, str]:
    found = chain.data(of)
    assert found
    return {c["event"].title.plain: c["name"] for m in found["moments"] for c in m["cards"]}


def test_the_first_two_sides_that_act_have_the_left_and_the_right() -> None:
    of = made(
        [
            act("third", "mediator-army", date="2024-01"),
            act("west", "west-army", date="2024-02"),
            act("east", "east-army", "east-navy", date="2024-03"),
            act("both", "east-army", "west-army", date="2024-04"),
            act("nobody", date="2024-05"),
        ]
    )
    assert names(of) == {
        "third": "card across",
        "west": "card right",
        "east": "card left",
        "both": "card across",
        "nobody": "card across",
    }


def test_a_side_that_does_not_act_takes_no_column() -> None:
    of = made([act("a", "mediator-army"), act("b", "west-army", date="2025")])
    assert names(of) == {"a": "card right", "b": "card left"}, "in the order of the briefing"


def test_one_side_alone_has_the_full_width() -> None:
    of = made([act("a", "east-army"), act("b")])
    found = chain.data(of)
    assert found
    assert not found["two"]
    assert set(names(of).values()) == {"card across whole"}
    assert "EAST ·" not in templating.strip(markdown(of)), "no side to tell from another"


def markdown(of: Document) -> str:
    from briefings.resources import Shelf

    return templating.markdown(of, Shelf())


def test_what_happens_at_one_time_on_both_sides_shares_a_row() -> None:
    of = made([act("a", "east-army"), act("b", "west-army"), act("c", "west-army")])
    assert names(of) == {"a": "card left beside", "b": "card right beside", "c": "card right"}
    apart = made([act("a", "west-army"), act("b", "east-army")])
    assert names(apart) == {"a": "card right", "b": "card left"}, "the order of time comes first"
    dates = made([act("a", "east-army", date="2024"), act("b", "west-army", date="2025")])
    assert names(dates) == {"a": "card left", "b": "card right"}


def test_a_long_card_shares_no_row_and_may_be_divided() -> None:
    of = made([act("a", "east-army", text="Long. " * 300), act("b", "west-army")])
    assert names(of) == {"a": "card left long", "b": "card right"}


def test_parts_stand_two_in_a_row_where_they_fit() -> None:
    parts = [act(f"part{n}", part_of="whole") for n in range(3)]
    long = act("long", part_of="whole", text="Long. " * 300)
    found = chain.data(made([act("whole", "east-army"), *parts, long]))
    assert found
    card = found["moments"][0]["cards"][0]
    assert [part["name"] for part in card["parts"]] == ["part", "part", "part whole", "part whole"]


def test_in_a_card_of_full_width_claims_stand_two_in_a_row_where_they_fit() -> None:
    of = made(
        [
            event("pair", claim("a"), claim("b"), date="2024-01"),
            event("one", claim("c"), date="2024-02"),
            event("long", claim("d"), claim("e", text="Long. " * 60), date="2024-03"),
            event("part", claim("f"), claim("g"), part_of="one"),
        ]
    )
    whole = "card across whole"
    assert names(of) == {"pair": f"{whole} paired", "one": whole, "long": whole}
    found = chain.data(of)
    assert found
    assert found["moments"][1]["cards"][0]["parts"][0]["name"] == "part whole paired"
    sides = made([event("a", claim("a"), claim("b"), actors=["east-army"]), act("b", "west-army")])
    assert names(sides)["a"] == "card left beside", "half as wide, and read from above"


def test_moments_are_in_order_and_no_event_is_lost() -> None:
    events = [
        act(f"e{n:02}", ACTORS[n % 5]["id"], date=f"2024-01-{n // 3 + 1:02}") for n in range(40)
    ]
    found = chain.data(made(events))
    assert found
    said = [c["event"].title.plain for m in found["moments"] for c in m["cards"]]
    assert said == [f"e{n:02}" for n in range(40)]
    assert len(found["moments"]) == 14


def test_the_chain_reads_in_order_without_the_picture(tmp_path: Path) -> None:
    of = made(
        [act("a", "east-army"), act("b", "west-army", date="2025", responds_to=["a"])],
    )
    text = templating.strip(markdown(of))
    section = text.partition("## Chain of events\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (.*)$", section, re.MULTILINE) == ["2024", "2025"]
    assert "-   EV2 **b**\n\n    WEST · west-army · claimed · answers EV1\n" in section
    del tmp_path


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
