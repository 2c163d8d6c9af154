"""The escalation chain: which card stands where, and that none is lost."""

from __future__ import annotations

import re

from briefings import templating
from briefings.figures import chain
from tests.acting import ACTORS, act, made, markdown, names
from tests.made import claim, event


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


def test_a_part_names_its_side_where_another_acts_in_the_whole() -> None:
    of = made(
        [
            act("whole", "west-army"),
            act("theirs", "west-army", part_of="whole"),
            act("nobodys", part_of="whole"),
            act("ours", "east-army", part_of="whole"),
            act("between", "mediator-army", part_of="whole"),
            act("east", "east-army", date="2025"),
        ]
    )
    found = chain.data(of)
    assert found
    parts = {p["event"].title.plain: p for p in found["moments"][0]["cards"][0]["parts"]}
    sides = {name: part["side"] and part["side"].name.plain for name, part in parts.items()}
    assert sides == {"theirs": None, "nobodys": None, "ours": "EAST", "between": "MEDIATOR"}
    assert {name for name, part in parts.items() if part["own"]} == {"ours"}
    assert parts["ours"]["own"] == "of-left"
    assert "of-left" in parts["ours"]["name"].split()


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


def test_the_chain_reads_in_order_without_the_picture() -> None:
    of = made(
        [act("a", "east-army"), act("b", "west-army", date="2025", responds_to=["a"])],
    )
    text = templating.strip(markdown(of))
    section = text.partition("## Chain of events\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (.*)$", section, re.MULTILINE) == ["2024", "2025"]
    assert "-   EV2 **b**\n\n    WEST · west-army · claimed · answers EV1\n" in section
