"""Events in the order of time; labels and numbers made from what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import made
from tests.made import CLEAR, RED, actor, claim, event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.document import Document, View

ACTORS = [actor("somebody")]


def document(ceiling: str = CLEAR, *, data: dict[str, Any], **reader: object) -> Document:
    return made.document(made.briefing({"actors": ACTORS, **data}), made.reader(ceiling, **reader))


def refs(views: Iterable[View]) -> dict[str, str]:
    """Return the labels by the titles or texts, which are the ids that were written."""
    return {(getattr(v, "title", None) or v.text).plain.strip("."): v.ref for v in views}


def titles(views: Iterable[View]) -> list[str]:
    return [view.title.plain for view in views]


def test_events_stand_in_the_order_of_time_whatever_that_of_the_file() -> None:
    dates = {
        "day": "2024-03-02",
        "year": "2024",
        "open": "../2024-02",
        "month": "2024-03",
        "since": "2024-01-15/..",
        "minute": "2024-03-02T05:00Z",
        "zone": "2024-03-02T05:00+03:00",
        "about": "2023-12~",
    }
    events = [event(name, claim(f"c-{name}"), date=date) for name, date in dates.items()]
    expected = ["about", "year", "since", "open", "month", "day", "zone", "minute"]
    assert titles(document(data={"events": events})["events"]) == expected
    assert titles(document(data={"events": events[::-1]})["events"]) == expected


def test_events_of_one_date_stand_as_they_were_written() -> None:
    events = [event(name, claim(f"c-{name}")) for name in ("b", "c", "a")]
    assert titles(document(data={"events": events})["events"]) == ["b", "c", "a"]


def test_what_was_over_by_a_date_comes_before_what_began_on_it() -> None:
    events = [event("on", claim("c"), date="2024-03-01")]
    events += [event("by", claim("d"), date="../2024-03-01")]
    assert titles(document(data={"events": events})["events"]) == ["by", "on"]


PARTS = [
    event("late", claim("d"), date="2024-03", part_of="whole"),
    event("early", claim("e"), date="2024-01", part_of="whole"),
    event("inner", claim("f"), date="2024-01", part_of="early"),
    event("first", claim("a"), date="2023"),
    event("whole", claim("b"), claim("c"), date="2024-02"),
]


def test_parts_stand_in_their_whole_with_its_label() -> None:
    first, whole = document(data={"events": PARTS})["events"]
    assert (first.ref, whole.ref) == ("EV1", "EV2")
    assert refs(whole.parts) == {"early": "EV2.1", "late": "EV2.2"}
    assert refs(whole.parts[0].parts) == {"inner": "EV2.1.1"}
    assert refs(whole.claims) == {"b": "EV2a", "c": "EV2b"}
    assert refs(whole.parts[1].claims) == {"d": "EV2.2a"}


@pytest.mark.parametrize("events", [PARTS, PARTS[::-1]], ids=["parts first", "parts last"])
def test_every_part_knows_what_it_stands_in(events: list[dict[str, Any]]) -> None:
    first, whole = document(data={"events": events})["events"]
    assert first.around is None
    assert whole.around is None
    for view in (first, whole):
        assert all(c.around is view for c in view.claims)
    assert all(part.around is whole for part in whole.parts)
    assert whole.parts[0].parts[0].around is whole.parts[0]


def test_without_their_whole_parts_are_events_of_their_own() -> None:
    events = [entry | ({"marking": RED} if entry["id"] == "whole" else {}) for entry in PARTS]
    found = document(data={"events": events})["events"]
    assert refs(found) == {"first": "EV1", "early": "EV2", "late": "EV3"}
    assert all(view.around is None for view in found)


def test_numbers_are_made_from_what_is_left() -> None:
    hidden = {"marking": RED}
    data = {
        "events": [
            event("a", claim("x", **hidden), claim("y")),
            event("b", claim("z"), **hidden),
            event("c", claim("w")),
        ],
        "gaps": [{"id": n, "text": n, **({} if n != "h" else hidden)} for n in "ghi"],
        "context": [{"id": "k", "title": "k", "claims": [claim("v")]}],
    }
    low, high = document(data=data), document(RED, data=data)
    assert refs(low["events"]) == {"a": "EV1", "c": "EV2"}
    assert refs(low["events"][0].claims) == {"y": "EV1a"}
    assert refs(low["gaps"]) == {"g": "G1", "i": "G2"}
    assert refs(high["events"]) == {"a": "EV1", "b": "EV2", "c": "EV3"}
    assert refs(high["events"][0].claims) == {"x": "EV1a", "y": "EV1b"}
    assert refs(high["gaps"]) == {"g": "G1", "h": "G2", "i": "G3"}
    assert refs(low["context"]) == {"k": "CX1"}


def test_the_claims_of_a_long_list_all_have_their_letters() -> None:
    [view] = document(data={"events": [event("a", *(claim(f"c{n}") for n in range(55)))]})["events"]
    letters = [c.ref.removeprefix("EV1") for c in view.claims]
    assert (letters[0], letters[25], letters[26], letters[51:53]) == ("a", "z", "aa", ["az", "ba"])
    assert len(set(letters)) == 55


def test_what_is_not_shown_has_no_label() -> None:
    data = {"events": [event("a", claim("b"))], "gaps": [{"id": "g", "text": "g", "about": ["a"]}]}
    [gap] = document(data=data, sections=["gaps"], sourcing="none")["gaps"]
    assert [view.ref for view in gap.about] == [""]


def test_sources_are_numbered_as_they_are_first_cited() -> None:
    data = {
        "sources": [made.origin(n) for n in ("d", "unused", "a", "b", "c")],
        "events": [
            event("late", claim("y", via=["c", "a"]), date="2024-02"),
            event("early", claim("x", via=["a", "b"]), date="2024-01"),
        ],
    }
    data["sources"][3]["origin"] = "d"  # passed on, and cited by nobody
    found = document(data=data)
    assert [(s.number, s.title.plain) for s in found.sources] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "d"),
    ]
    assert found["sources"] == found.sources
