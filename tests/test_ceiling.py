"""What the ceiling withholds is gone, with all that cannot stand without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from briefings.audience import cut
from briefings.errors import NothingToSay
from briefings.model.base import Pointed, shape
from briefings.model.marking import Marking
from tests import made
from tests.made import AMBER, CLEAR, GREEN, MARKINGS, RED, STRICT, actor, claim, event, judgement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.model import Briefing
    from briefings.model.base import Model

SOMEBODY = actor("somebody")
levels = pytest.mark.parametrize("ceiling", MARKINGS, ids=lambda marking: marking.name)


def left(ceiling: str, **data: Any) -> Briefing:  # noqa: ANN401
    """Return what is left of a briefing with one event that anyone may see beside the data."""
    data["actors"] = [SOMEBODY, *data.get("actors", [])]
    data["events"] = [event("plain", claim("said")), *data.get("events", [])]
    return cut(made.briefing(data), Marking(ceiling))


def ids(briefing: Briefing, key: str) -> list[str]:
    """Return the ids of what stands under a key, but not what ``left`` has put there."""
    found = [part.id for part in briefing.portions(key) if isinstance(part, Pointed)]
    return [name for name in found if name not in ("plain", "somebody")]


def part(briefing: Briefing, key: str, name: str) -> Any:  # noqa: ANN401
    return next(p for p in briefing.portions(key) if isinstance(p, Pointed) and p.id == name)


def parts(thing: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield everything that stands in a part, however deep."""
    model: type[Model] = type(thing)
    for name in shape(model).nested:
        value = getattr(thing, name)
        for inner in value if isinstance(value, list) else [value] if value else []:
            yield inner
            yield from parts(inner)


# Markings


@levels
def test_each_ceiling_leaves_what_is_marked_as_high_or_lower(ceiling: Marking) -> None:
    gaps = [
        {"id": m.name.lower().replace("_", "-"), "text": "?", "marking": m.value} for m in MARKINGS
    ]
    expected = ["clear", "green", "amber", "amber-strict", "red"][: ceiling.level + 1]
    assert ids(left(ceiling.value, gaps=gaps), "gaps") == expected


@levels
@pytest.mark.parametrize("top", MARKINGS, ids=lambda marking: marking.name)
def test_what_has_no_marking_has_the_briefings(ceiling: Marking, top: Marking) -> None:
    data = {
        "marking": top.value,
        "title": {CLEAR: "A"},
        "bluf": {CLEAR: "A."},
        "gaps": [{"id": "clear", "text": "?", "marking": CLEAR}, {"id": "none", "text": "?"}],
    }
    cut_ = cut(made.briefing(data), ceiling)
    assert ids(cut_, "gaps") == (["clear", "none"] if top <= ceiling else ["clear"])


def test_what_stands_in_a_portion_has_its_marking_or_a_higher_one() -> None:
    claims = [claim("none"), claim("red", marking=RED), claim("clear", marking=CLEAR)]
    data: dict[str, Any] = {"marking": AMBER, "title": {CLEAR: "A"}, "bluf": {CLEAR: "A."}}
    data |= {"gaps": [{"id": "gap", "text": "?", "marking": CLEAR}]}
    data |= {"actors": [SOMEBODY | {"marking": CLEAR}]}
    data |= {"events": [event("green", *claims, marking=GREEN)]}
    briefing = made.briefing(data)
    assert ids(cut(briefing, Marking.CLEAR), "events") == []
    green = part(cut(briefing, Marking.GREEN), "events", "green")
    assert [c.id for c in green.claims] == ["none", "clear"]
    red = part(cut(briefing, Marking.RED), "events", "green")
    assert [c.marking for c in red.claims] == [Marking.GREEN, Marking.RED, Marking.GREEN]


@levels
def test_every_portion_that_is_left_carries_its_marking(ceiling: Marking) -> None:
    inferred = {"what": "A", "basis": "A", "marking": AMBER}
    systems = [{"name": "A"}, {"name": "B", "marking": RED}]
    events = [
        event("a", claim("b"), claim("c", marking=STRICT), inferred=inferred, systems=systems)
    ]
    cut_ = left(ceiling.value, events=events, marking=CLEAR)
    found = list(parts(cut_))
    assert found
    assert all(p.marking is not None and p.marking <= ceiling for p in found)
    assert cut_.marking <= ceiling
    [inner] = [p for p in cut_.portions("events") if getattr(p, "id", "") == "a"]
    assert bool(getattr(inner, "inferred")) is (ceiling >= Marking.AMBER)  # noqa: B009
    assert len(getattr(inner, "systems")) == 1 + (ceiling is Marking.RED)  # noqa: B009


def test_authors_are_withheld_too() -> None:
    authors = ["Desk", {"name": "Source handler", "marking": RED}]
    assert len(left(STRICT, authors=authors).authors) == 1
    assert len(left(RED, authors=authors).authors) == 2


# What cannot stand without what is gone

HIDDEN = actor("hidden", marking=RED)
HIDDEN_EVENT = event("hidden-event", claim("hidden-claim"), marking=RED)
BY_HIDDEN = {"text": "A.", "speaker": "hidden"}
BY_SOMEBODY = {"text": "A.", "speaker": "somebody"}
PLACES = [
    {"id": name, "name": "A", "lat": 1.0, "lon": 1.0, "precision": "city", "marking": marking}
    for name, marking in (("seen", CLEAR), ("unseen", RED))
]


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("events", event("x", claim("a", "hidden"))),
        ("events", event("x", claim("a", marking=RED), claim("b", "hidden"))),
        ("context", {"id": "x", "title": "A", "claims": [claim("a", "hidden")]}),
        ("warnings", {"id": "x", "title": "A", **BY_HIDDEN}),
        ("needs", {"id": "x", "sector": "A", **BY_HIDDEN}),
        ("figures", {"id": "x", "value": "1", "label": "A", "claim": "hidden-claim"}),
        (
            "discrepancies",
            {"id": "x", "title": "A", "text": "A", "between": ["said", "hidden-claim"]},
        ),
        ("discrepancies", {"id": "x", "title": "A", "text": "A", "between": ["hidden-event"]}),
        ("key_judgements", judgement("x", "hidden-claim", "hidden-event")),
        ("indicators", {"id": "x", "text": "A", "suggests": "A", "basis": ["hidden-event"]}),
        # What would seem to come from elsewhere, or to be independent.
        ("warnings", {"id": "x", "title": "A", **BY_SOMEBODY, "via": ["open", "wire"]}),
        ("actors", actor("x", side="dark")),
        ("sources", made.origin("x", origin="wire")),
        ("sources", made.origin("x", origin="hidden")),
        ("events", event("x", claim("a", via=["copy"]))),
    ],
)
def test_what_cannot_stand_without_what_is_gone_goes_too(key: str, entry: dict[str, Any]) -> None:
    data: dict[str, Any] = {"actors": [HIDDEN], "events": [HIDDEN_EVENT]}
    data["sides"] = [{"id": "dark", "name": "A", "marking": RED}]
    wire = made.origin("wire", marking=RED)
    data["sources"] = [wire, made.origin("copy", origin="wire"), made.origin("open")]
    data[key] = [*data.get(key, []), entry]
    assert "x" in ids(left(RED, **data), key)
    assert "x" not in ids(left(STRICT, **data), key)


@pytest.mark.parametrize(
    ("key", "entry", "field", "expected"),
    [
        ("events", event("x", claim("a"), actors=["hidden", "somebody"]), "actors", ["somebody"]),
        ("events", event("x", claim("a"), actors=["hidden"]), "actors", []),
        (
            "events",
            event("x", claim("a"), responds_to=["hidden-event", "plain"]),
            "responds_to",
            ["plain"],
        ),
        ("events", event("x", claim("a"), enabled_by=["hidden-event"]), "enabled_by", []),
        ("events", event("x", claim("a"), follows=["hidden-event"]), "follows", []),
        ("events", event("x", claim("a"), part_of="hidden-event"), "part_of", None),
        ("key_judgements", judgement("x", "hidden-claim", "said"), "basis", ["said"]),
        ("gaps", {"id": "x", "text": "A", "about": ["hidden-event"]}, "about", []),
        ("gaps", {"id": "x", "text": "A", "about": ["hidden-claim", "plain"]}, "about", ["plain"]),
        ("warnings", {"id": "x", "title": "A", **BY_SOMEBODY, "answer": BY_HIDDEN}, "answer", None),
    ],
)
def test_other_references_go_alone(
    key: str, entry: dict[str, Any], field: str, expected: object
) -> None:
    data: dict[str, Any] = {"actors": [HIDDEN], "events": [HIDDEN_EVENT]}
    data[key] = [*data.get(key, []), entry]
    assert getattr(part(left(RED, **data), key, "x"), field) not in (expected, None)
    assert getattr(part(left(STRICT, **data), key, "x"), field) == expected


def test_a_place_that_is_gone_takes_its_part_in_the_event_with_it() -> None:
    at = [{"place": "seen", "role": "site"}, {"place": "unseen", "role": "target"}]
    events = [event("x", claim("a"), places=at)]
    seen = part(left(GREEN, places=PLACES, events=events), "events", "x").places
    assert [entry.place for entry in seen] == ["seen"]


def test_a_chain_of_answers_is_cut_where_one_of_them_is_gone() -> None:
    claims = [claim("a"), claim("b", marking=RED, answers="a"), claim("c", answers="b")]
    claims += [claim("d", answers="c"), claim("e", "hidden", answers="c"), claim("f", answers="e")]
    data: dict[str, Any] = {"actors": [HIDDEN], "events": [event("x", *claims)]}
    answers = {c.id: c.answers for c in part(left(GREEN, **data), "events", "x").claims}
    assert answers == {"a": None, "c": None, "d": "c", "f": None}


def test_what_goes_takes_what_stands_on_it_however_long_the_chain() -> None:
    data: dict[str, Any] = {
        "actors": [HIDDEN],
        "events": [event("x", claim("a", "hidden"))],
        "figures": [{"id": "f", "value": "1", "label": "A", "claim": "a"}],
        "discrepancies": [{"id": "d", "title": "A", "text": "A", "between": ["f", "said"]}],
        "key_judgements": [judgement("j", "d"), judgement("k", "d", "said")],
        "gaps": [{"id": "g", "text": "A", "about": ["d", "f", "x", "a"]}],
    }
    cut_ = left(GREEN, **data)
    assert {key: ids(cut_, key) for key in data} == {
        "actors": [],
        "events": [],
        "figures": [],
        "discrepancies": [],
        "key_judgements": ["k"],
        "gaps": ["g"],
    }
    assert part(cut_, "key_judgements", "k").basis == ["said"]
    assert part(cut_, "gaps", "g").about == []


def test_a_reference_never_comes_to_mean_something_else() -> None:
    """An id stands once among the parts of one kind; a claim may have an event's."""
    data: dict[str, Any] = {
        "events": [event("x", claim("y"), marking=RED), event("z", claim("x"))],
        "gaps": [{"id": "g", "text": "A", "about": ["x", "z"]}],
        "key_judgements": [judgement("j", "x")],
        "actors": [actor("wire", marking=RED)],
        "sources": [made.origin("wire"), made.origin("copy", origin="wire")],
    }
    cut_ = left(GREEN, **data)
    assert part(cut_, "gaps", "g").about == ["z"]
    assert ids(cut_, "key_judgements") == []
    assert ids(cut_, "sources") == ["wire"]


# The texts of the head


@levels
@pytest.mark.parametrize("name", ["title", "bluf", "series", "notice"])
def test_of_the_texts_for_several_markings_the_highest_is_taken(
    name: str, ceiling: Marking
) -> None:
    texts = {RED: "of red", CLEAR: "of clear", AMBER: "of amber"}
    expected = "of red" if ceiling is Marking.RED else "of amber"
    expected = "of clear" if ceiling < Marking.AMBER else expected
    [found] = getattr(left(ceiling.value, **{name: texts}), name).values()
    assert found.plain == expected


def test_a_text_alone_has_the_briefings_marking() -> None:
    data: dict[str, Any] = {"marking": AMBER, "title": {CLEAR: "A"}, "bluf": {CLEAR: "A."}}
    data |= {"series": "A series", "gaps": [{"id": "g", "text": "?", "marking": CLEAR}]}
    assert cut(made.briefing(data), Marking.GREEN).series is None
    assert cut(made.briefing(data), Marking.AMBER).series


SAID = {"gaps": [{"id": "h", "text": "?"}]}
GAP = {"id": "g", "text": "?", "marking": AMBER}


@pytest.mark.parametrize(
    ("data", "lacks"),
    [
        ({"marking": AMBER, "bluf": {CLEAR: "A."}}, "no title and no portion"),
        ({"marking": AMBER, "title": {CLEAR: "A"}}, "no bottom line (bluf) and no portion"),
        ({"marking": AMBER}, "no title and no bottom line (bluf) and no portion"),
        ({}, "no portion"),
        ({**SAID, "authors": [{"name": "A", "marking": RED}]}, ""),
        ({**SAID, "title": {AMBER: "A"}}, "no title"),
        ({**SAID, "bluf": {AMBER: "A"}}, "no bottom line (bluf)"),
        ({"actors": [SOMEBODY], "places": PLACES, "sources": [made.origin("a")]}, "no portion"),
    ],
)
def test_a_brief_with_nothing_left_to_say_is_refused(data: dict[str, Any], lacks: str) -> None:
    briefing = made.briefing(data | {"gaps": [GAP, *data.get("gaps", [])]})
    if not lacks:
        assert cut(briefing, Marking.CLEAR)
        return
    with pytest.raises(NothingToSay) as caught:
        cut(briefing, Marking.CLEAR)
    assert str(caught.value) == f"nothing to say: {lacks} of it is marked TLP:CLEAR or lower"
    with pytest.raises(NothingToSay, match=r" of it is marked TLP:GREEN or lower$"):
        cut(briefing, Marking.GREEN)


def test_portions_that_stand_on_what_is_higher_are_told_apart() -> None:
    data: dict[str, Any] = {"actors": [HIDDEN], "events": [event("x", claim("a", "hidden"))]}
    why = "each portion that is marked so stands on what is marked higher"
    with pytest.raises(NothingToSay, match=f"^nothing to say: {why}$"):
        cut(made.briefing(data), Marking.CLEAR)
    said = f"no title of it is marked TLP:CLEAR or lower, and {why}"
    with pytest.raises(NothingToSay, match=said):
        cut(made.briefing(data | {"title": {AMBER: "A"}}), Marking.CLEAR)
