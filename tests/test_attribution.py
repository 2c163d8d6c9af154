"""A brief credits each statement to who made it: speakers, documents, origins and markings."""

from __future__ import annotations

from typing import Any

import pytest

from briefings import templating
from briefings.resources import Shelf
from tests.made import (
    AMBER,
    CLEAR,
    actor,
    briefing,
    claim,
    document,
    event,
    judgement,
    origin,
    reader,
    written,
)

ACTORS = [actor("somebody"), actor("other"), actor("third")]


def text(data: dict[str, Any], section: str = "", **more: object) -> str:
    """Return the Markdown of a briefing for who reads one section, or all."""
    shown = {"sections": [section]} if section else {}
    to = reader(AMBER, **shown, **more)
    made = document(briefing({"actors": ACTORS} | data), to)
    return templating.strip(templating.markdown(made, Shelf()))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "confirmed (said: somebody and other; confirmed: third)"),
        ("fr", "confirmé (affirmé : somebody et other; confirmé : third)"),
    ],
)
def test_who_says_a_thing_is_not_among_those_who_confirm_it(language: str, said: str) -> None:
    told = [claim("a"), claim("b", "third", stance="confirms"), claim("c", "other"), claim("d")]
    found = text({"events": [event("x", *told)]}, "timeline", sourcing="none", language=language)
    assert said in found.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "claimed (said: somebody; confirmed, no second origin: other)"),
        ("fr", "affirmé (affirmé : somebody; confirmé, sans seconde origine : other)"),
    ],
)
def test_who_confirms_what_stays_a_claim_is_no_second_origin(language: str, said: str) -> None:
    data: dict[str, Any] = {
        "sides": [{"id": "s", "name": "s"}],
        "actors": [actor("somebody", side="s"), actor("other", side="s")],
        "events": [event("x", claim("a"), claim("b", "other", stance="confirms"))],
    }
    found = text(data, "timeline", sourcing="none", language=language)
    assert said in found.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_statuses_that_stand_in_a_brief_are_explained_and_no_other() -> None:
    events = [
        event("x", claim("a"), claim("b", "other", stance="denies")),
        event("y", claim("c")),
        event("z", claim("d"), claim("e", "third"), part_of="y"),
    ]
    found = text({"events": events}, "accounts")
    for meaning in ("Disputed: somebody", "Claimed: there", "Corroborated: independent"):
        assert meaning in found
    for meaning in ("Confirmed:", "Denied:", "Unverified:"):
        assert meaning not in found


def test_who_refuses_and_who_doubts_are_named_beside_the_others() -> None:
    told = [
        claim("a", credibility=5),
        claim("b", "other", stance="declines-to-comment"),
        claim("c", "third", stance="has-no-information"),
    ]
    found = text({"events": [event("x", *told)]}, "timeline", sourcing="none")
    assert "(said: somebody; no comment: other; no information: third)" in found


def test_a_speakers_own_document_is_named() -> None:
    sources = [
        origin("bulletin", type="official", publisher="somebody"),
        origin("daily", publisher="Daily News"),
        origin("shock", publisher="other"),
    ]
    told = [
        claim("a", via=["bulletin", "daily"]),
        claim("b", via=["bulletin"]),
        claim("c", "other", via=["shock"]),
    ]
    data = {"sources": sources, "events": [event("x", *told)]}
    found = text(data, "accounts", sourcing="inline")
    assert "somebody said: a. (bulletin; Daily News)\n" in found
    assert "somebody said: b. (bulletin)\n" in found
    assert "other said: c. (news report)\n" in found, "a headline is a claim and no name"


def test_no_bracket_follows_another() -> None:
    told = [claim("a"), claim("b", "other", via=["s"], answers="a"), claim("c", answers="b")]
    data = {"sources": [origin("s", publisher="Daily")], "events": [event("x", *told)]}
    found = text(data, "accounts", sourcing="inline")
    assert "b. (Daily; in answer to: somebody)\n" in found
    assert "c. (in answer to: other)\n" in found
    assert "b. [1]\u00a0B1 (in answer to: EV1a)" in text(
        data | {"events": [event("x", told[0], told[1] | {"credibility": 1})]}, "accounts"
    )


def test_a_long_note_is_broken_in_a_cell_too() -> None:
    need = {"id": "n", "sector": "S", "speaker": "somebody", "text": "T.", "required": 1}
    sources = [origin("s", publisher="The Daily News of the Lower Town")]
    data = {
        "sources": sources,
        "events": [event("x", claim("a"))],
        "needs": [need | {"via": ["s"]}],
    }
    made = document(briefing({"actors": ACTORS} | data), reader(AMBER, sourcing="inline"))
    cell = written(made, "html").decode().partition("somebody <span")[2].partition("</td>")[0]
    assert cell == ' class="note long">(The Daily News of the Lower Town)</span>'


def test_every_portion_says_its_own_marking() -> None:
    place = {"id": "p", "name": "P", "lat": 1.0, "lon": 1.0, "precision": "city"}
    data = {
        "marking": AMBER,
        "notice": {CLEAR: "Read on."},
        "actors": [one | {"marking": CLEAR} for one in ACTORS],
        "places": [place | {"marking": CLEAR}],
        "events": [
            event(
                "x",
                claim("a", marking=CLEAR),
                claim("b", "other"),
                claim("c", "third", marking=AMBER),
                marking=CLEAR,
                places=[{"place": "p", "role": "site", "marking": "TLP:GREEN"}],
            )
        ],
        "warnings": [
            {"id": "w", "title": "W", "speaker": "somebody", "text": "Look out.", "marking": CLEAR}
        ],
    }
    found = text(data)
    assert "> Read on. (TLP:CLEAR)" in found
    assert "P (site) (TLP:GREEN)" in found
    assert "Look out. (TLP:CLEAR)" in found
    assert "third said: c. (TLP:AMBER)" in found, "as high as the brief, in what is lower"
    assert "| EV1 x (TLP:CLEAR) | said EV1a | " in found
    assert "| said EV1c (TLP:AMBER) |" in found
    assert "A part without a marking of its own has the marking of what it stands in" in found


def test_the_terms_of_likelihood_are_explained_to_every_reader() -> None:
    data = {"events": [event("x", claim("a"))], "key_judgements": [judgement("k", "a")]}
    found = text(data, "key_judgements", sourcing="none")
    assert "Likelihood terms: ICD 203. The percentages" in found


def test_points_are_a_list_with_an_and() -> None:
    said = [claim("a"), claim("b"), claim("c")]
    data = {"events": [event("x", *said)], "key_judgements": [judgement("k", "a", "b", "c")]}
    assert "Rests on EV1a, EV1b and EV1c." in text(data)


def test_the_newest_version_stands_first_however_they_are_written() -> None:
    entries = [{"date": f"2024-11-{day}", "version": str(day), "text": "A"} for day in (11, 13, 12)]
    data = {"events": [event("x", claim("a"))], "corrections": entries}
    found = text(data, "history")
    assert found.index("Version 13,") < found.index("Version 12,") < found.index("Version 11,")


def test_actors_stand_by_side_and_name_and_mere_names_are_no_section() -> None:
    sides = [{"id": "n", "name": "North"}, {"id": "s", "name": "South"}]
    actors = [
        actor("somebody", description="Who."),
        actor("bare"),
        actor("zoe", side="n"),
        actor("adam", side="s"),
        actor("Bea", side="n"),
        actor("South", side="s"),
    ]
    for one in actors:
        one["id"] = one["id"].lower()
    claims = [claim(f"c{number}", one["id"]) for number, one in enumerate(actors)]
    data = {"sides": sides, "actors": actors, "events": [event("x", *claims)]}
    found = text(data).partition("## Who is who")[2].partition("\n---")[0]
    assert [line.split("**")[1] for line in found.splitlines() if "**" in line] == [
        *("Bea", "zoe", "adam", "South", "bare", "somebody")
    ]
    assert "Who is who" not in text(
        data | {"sides": [], "actors": ACTORS, "events": [event("x", claim("a"))]}
    )


def test_a_side_that_is_the_actor_is_named_once() -> None:
    sides = [{"id": "n", "name": "North"}, {"id": "s", "name": "South"}]
    actors = [*ACTORS, actor("north", side="n") | {"name": "North"}, actor("south", side="s")]
    events = [event("x", claim("a"), actors=["north"]), event("y", claim("b"), actors=["south"])]
    found = text({"sides": sides, "actors": actors, "events": events}, "chain")
    assert "    North · claimed\n" in found
    assert "    South · south · claimed\n" in found


def test_a_call_is_held_and_a_paper_published() -> None:
    sources = [
        origin("call", type="interview", published="2024-11-20", origin="other"),
        origin("paper", published="2024-11-21"),
    ]
    told = event("x", claim("a", "other", via=["call"]), claim("b", via=["paper"]))
    found = text({"sources": sources, "events": [told]})
    assert "interview, held 20 November 2024" in found
    assert "news report, published 21 November 2024" in found
    assert "Origin: other." in found


def test_what_to_watch_has_labels() -> None:
    watched = {"id": "i", "text": "Smoke.", "suggests": "Fire.", "basis": ["a"]}
    found = text({"events": [event("x", claim("a"))], "indicators": [watched]}, "indicators")
    assert "-   I1 Smoke. *If seen:* Fire." in found
