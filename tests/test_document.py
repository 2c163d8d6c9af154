"""The document of one reader: numbered, ordered and derived from what is left, and frozen."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any

import pytest

from briefings.document import Document, View
from briefings.model.marking import Marking
from tests import made
from tests.made import AMBER, CLEAR, GREEN, RED, actor, claim, event, judgement

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE: dict[str, Any] = {
    "sides": [{"id": "north", "name": "The north"}],
    "actors": [
        actor("somebody"),
        actor("other", side="north"),
        actor("idle"),
        actor("hidden", marking=RED),
    ],
}


def document(ceiling: str = CLEAR, *, data: dict[str, Any], **reader: object) -> Document:
    return made.document(made.briefing(BASE | data), made.reader(ceiling, **reader))


PARTS = [
    event("late", claim("d"), date="2024-03", part_of="whole"),
    event("early", claim("e"), date="2024-01", part_of="whole"),
    event("inner", claim("f"), date="2024-01", part_of="early"),
    event("first", claim("a"), date="2023"),
    event("whole", claim("b"), claim("c"), date="2024-02"),
]


def titles(views: Iterable[View]) -> list[str]:
    return [view.title.plain for view in views]


# In which order


def test_what_answers_an_event_comes_after_it_though_it_began_before() -> None:
    events = [
        event("days", claim("a"), date="2024-03-01/2024-03-05", responds_to=["hour"]),
        event("hour", claim("b"), date="2024-03-01T04:00Z", follows=["minute"]),
        event("minute", claim("c"), date="2024-03-01T04:00Z"),
        event("later", claim("d"), date="2024-03-06"),
        event("earlier", claim("e"), date="2024-02"),
    ]
    found = document(data={"events": events})
    assert titles(found["events"]) == ["earlier", "minute", "hour", "days", "later"]


def test_two_that_answer_each_other_and_a_thousand_in_a_row_have_an_order() -> None:
    date = "2024-03-01/2024-03-05"
    row = [event(f"e{n}", claim(f"c{n}"), date=date, follows=[f"e{n + 1}"]) for n in range(999)]
    last = event("e999", claim("c999"), date=date, follows=["e998"])
    found = titles(document(data={"events": [*row, last]})["events"])
    assert len(set(found)) == 1000
    assert found.index("e500") < found.index("e499")


# What is derived


def test_the_status_of_an_event_is_made_from_what_is_left() -> None:
    denied = {"stance": "denies"}
    claims = [claim("a"), claim("b", "other", stance="confirms", marking=GREEN)]
    claims += [claim("c", marking=AMBER, **denied)]
    statuses = {
        ceiling: document(ceiling, data={"events": [event("x", *claims)]})["events"][0].status
        for ceiling in (CLEAR, GREEN, AMBER)
    }
    assert statuses == {CLEAR: "claimed", GREEN: "confirmed", AMBER: "disputed"}


def test_what_goes_back_to_one_side_is_one_origin() -> None:
    data: dict[str, Any] = {
        "sides": [{"id": "s", "name": "s"}],
        "actors": [actor("somebody", side="s"), actor("other", side="s")],
        "events": [event("x", claim("a"), claim("b", "other"))],
    }
    assert document(data=data)["events"][0].status == "claimed"
    data["actors"] = [actor("somebody"), actor("other", side="s")]
    assert document(data=data)["events"][0].status == "corroborated"


def test_a_speaker_is_the_actor_though_a_source_has_the_same_id() -> None:
    sources = [made.origin("somebody", origin="other"), made.origin("wire", origin="other")]
    claims = [claim("a"), claim("b", "other")]
    data: dict[str, Any] = {"sources": sources, "events": [event("x", *claims)]}
    assert document(data=data)["events"][0].status == "corroborated"
    via = [claim("a", via=["somebody"]), claim("b", "other")]
    assert document(data=data | {"events": [event("x", *via)]})["events"][0].status == "claimed"


def test_a_grade_is_that_of_the_source_at_hand() -> None:
    sources = [made.origin("far"), made.origin("near", reliability="D")]
    claims = [
        claim("x", via=["far", "near"], credibility=3),
        claim("y", credibility=2),
        claim("z", via=["far", "near"], reliability="F", credibility=4),
    ]
    data = {"sources": sources, "events": [event("e", *claims)]}
    x, y, z = document(AMBER, data=data)["events"][0].claims
    assert (x.grade.plain, x.credibility, y.grade, y.credibility) == ("D3", "3", None, "2")
    assert z.grade.plain == "F4"


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ({}, AMBER),
        ({"sections": ["gaps"], "sourcing": "none"}, GREEN),
        ({"sections": ["history"], "sourcing": "none"}, CLEAR),
        ({"sections": ["chain"], "sourcing": "none"}, AMBER),
    ],
)
def test_the_banner_is_the_highest_of_what_is_left_and_shown(
    reader: dict[str, Any], expected: str
) -> None:
    data: dict[str, Any] = {
        "marking": RED,
        "title": {CLEAR: "A"},
        "bluf": {CLEAR: "A"},
        "authors": [{"name": "Desk", "marking": CLEAR}],
        "actors": [actor("somebody", marking=CLEAR)],
        "events": [event("x", claim("a", marking=AMBER), claim("b"), marking=CLEAR)],
        "gaps": [{"id": "g", "text": "g", "marking": GREEN}, {"id": "h", "text": "h"}],
        "corrections": [{"date": "2024-01-01", "version": "1", "text": "A", "marking": CLEAR}],
    }
    assert document(made.STRICT, data=data, **reader).marking.value == expected


@pytest.mark.parametrize("name", ["title", "bluf", "notice", "series"])
def test_the_texts_of_the_head_and_the_authors_count_for_the_banner(name: str) -> None:
    data: dict[str, Any] = {"events": [event("x", claim("a"))], name: {GREEN: "A", CLEAR: "B"}}
    assert document(RED, data=data).marking is Marking.GREEN
    assert document(data=data).marking is Marking.CLEAR
    data = {"events": data["events"], "authors": ["A", {"name": "B", "marking": AMBER}]}
    assert document(RED, data=data).marking is Marking.AMBER


# What is in it at all


def test_without_sourcing_there_are_no_sources_and_no_grades() -> None:
    data: dict[str, Any] = {
        "sources": [made.origin("a"), made.origin("b", origin="a")],
        "events": [event("e", claim("c", via=["a", "b"], credibility=2))],
        "warnings": [claim("w", title="w", via=["b"], credibility=1)],
    }
    for sourcing, there in (("none", False), ("inline", True), ("annex", True)):
        found = document(data=data, sourcing=sourcing)
        views = [part for part in made.reached(found) if isinstance(part, View)]
        assert any(view.kind == "source" for view in views) is there
        assert ("sources" in found.sections, bool(found.sources)) == (there, there)
        for view in views:
            if view.kind in ("claim", "warning"):
                assert bool(view.via) is bool(view.grade) is bool(view.credibility) is there


def test_registers_hold_only_what_is_referred_to() -> None:
    places = [
        {"id": n, "name": n, "lat": 1.0, "lon": 1.0, "precision": "city"} for n in ("used", "idle")
    ]
    data: dict[str, Any] = {
        "places": places,
        "sources": [made.origin("used"), made.origin("idle")],
        "events": [
            event("x", claim("a", via=["used"]), places=[{"place": "used", "role": "site"}]),
            event("y", claim("b", "other", via=["idle"]), actors=["idle"], marking=RED),
        ],
    }
    low = document(data=data)
    assert [view.name.plain for view in low["actors"]] == ["somebody"]
    assert [view.name.plain for view in low["places"]] == ["used"]
    assert titles(low["sources"]) == ["used"]
    high = document(RED, data=data)
    assert {view.name.plain for view in high["actors"]} == {"somebody", "other", "idle"}
    assert set(titles(high["sources"])) == {"used", "idle"}


def test_sections_are_those_that_show_something_in_the_readers_order() -> None:
    data = {"events": [event("x", claim("a"))], "gaps": [{"id": "g", "text": "g", "marking": RED}]}
    names = ["gaps", "claims", "needs", "chain"]
    found = document(data=data, sections=names, sourcing="inline")
    assert found.sections == ("claims", "chain")
    assert document(RED, data=data, sections=names, sourcing="inline").sections[0] == "gaps"
    assert set(found.parts) == {"gaps", "events", "needs"}


def test_nothing_of_a_section_that_is_not_shown_is_there_unless_it_is_referred_to() -> None:
    data = {"events": [event("x", claim("a"))], "gaps": [{"id": "g", "text": "secret of gaps"}]}
    found = document(data=data, sections=["chain"], sourcing="none")
    assert not any(isinstance(p, View) and p.kind == "gap" for p in made.reached(found))
    with pytest.raises(KeyError):
        found["gaps"]


def test_corrections_are_told_to_every_reader_who_may_see_them() -> None:
    entry = {"date": "2024-01-01", "version": "1", "text": "A", "corrects": True}
    data: dict[str, Any] = {"events": [event("x", claim("a"))]}
    data["corrections"] = [entry, entry | {"marking": RED}, entry | {"corrects": False}]
    assert len(document(data=data, sections=["chain"], sourcing="none").corrected) == 1
    assert len(document(RED, data=data, sections=["chain"], sourcing="none").corrected) == 2


def test_no_id_of_the_author_is_in_a_view() -> None:
    data = {"events": PARTS, "key_judgements": [judgement("j", "a")]}
    views = [part for part in made.reached(document(data=data)) if isinstance(part, View)]
    assert len(views) > 10
    assert not {"id", "part_of"} & {name for view in views for name in dir(view)}


# Frozen


def test_a_document_does_not_change() -> None:
    found = document(data={"events": PARTS})
    for name in ("title", "parts", "marking"):
        with pytest.raises(FrozenInstanceError):
            setattr(found, name, None)
    with pytest.raises(TypeError):
        found.parts["gaps"] = ()  # type: ignore[index]
    assert all(isinstance(views, tuple) for views in found.parts.values())


def test_a_view_does_not_change() -> None:
    [view, *_] = document(data={"events": PARTS})["events"]
    with pytest.raises(AttributeError, match="a document does not change; 'title' cannot be set"):
        view.title = "other"
    with pytest.raises(AttributeError, match="'more' cannot be set"):
        view.more = "other"
    with pytest.raises(AttributeError, match="'title' cannot be deleted"):
        del view.title
    with pytest.raises(AttributeError, match=r"^nothing$"):
        view.nothing  # noqa: B018
    lists = [part for part in made.reached(view) if isinstance(part, (list, dict, set))]
    assert not lists


def test_a_term_is_its_token_and_reads_in_the_readers_language() -> None:
    [view, *_] = document(data={"events": PARTS})["events"]
    assert view.status == "claimed"
    assert view.status in {"claimed", "denied"}
    assert view.status != "denied"
    assert str(view.date) == "2023"


def test_a_thousand_events_may_each_follow_the_one_before() -> None:
    events = [
        event(f"e{n}", claim(f"c{n}"), **({"follows": [f"e{n - 1}"]} if n else {}))
        for n in range(1000)
    ]
    data = {"events": events, "key_judgements": [judgement("j", "e999")]}
    found = document(data=data)
    assert found["key_judgements"][0].basis[0].ref == "EV1000"
    assert found["events"][999].follows[0] is found["events"][998]
