"""What can be said of an event is derived from its claims; names lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings import source as yaml
from briefings.errors import InvalidInput
from briefings.model import Briefing, build
from briefings.model.base import Pointed
from briefings.model.sections.actors import Actor
from briefings.model.sections.events import Event, origin, status
from briefings.model.sections.sources import Source

if TYPE_CHECKING:
    from briefings.model.vocabulary import Status

ACTORS = """
  - {id: ministry, name: Ministry, side: north}
  - {id: army, name: Army, side: north}
  - {id: governor, name: Governor, side: south}
  - {id: witness, name: Witness}
  - {id: monitor, name: Monitor}
  - {id: official, name: An official, identified: false}
  - {id: officer, name: An officer, side: south, identified: false}
"""
SOURCES = """
  - {id: wire, title: A, type: news, reliability: B}
  - {id: post, title: B, type: news, reliability: B}
  - {id: copy, title: C, type: news, reliability: B, origin: wire}
  - {id: recopy, title: D, type: news, reliability: B, origin: copy}
  - {id: quote, title: E, type: news, reliability: B, origin: ministry}
  - {id: requote, title: F, type: news, reliability: B, origin: quote}
  - {id: leak, title: G, type: news, reliability: C, origin: official}
"""


def briefing(claims: list[str]) -> Briefing:
    text = f"""
title: A
bluf: A.
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
authors: [Desk]
sides: [{{id: north, name: North}}, {{id: south, name: South}}]
actors: {ACTORS}
sources: {SOURCES}
events:
  - id: strike
    date: 2024-11-21
    title: A
    claims:
"""
    for number, claim in enumerate(claims):
        text += f"      - {{id: c{number}, text: A., {claim}}}\n"
    return build(yaml.parse(text.encode(), "case.yaml"), name="case", folder=None)


P = TypeVar("P", bound=Pointed)


def by_id(found: Briefing, key: str, kind: type[P]) -> dict[str, P]:
    return {part.id: part for part in found.all_of(key, kind)}


def derived(*claims: str) -> Status:
    """Derive the status of an event with claims such as ``ministry confirms``."""
    found = briefing([as_yaml(claim) for claim in claims])
    event = by_id(found, "events", Event)["strike"]
    return status(event.claims, by_id(found, "actors", Actor), by_id(found, "sources", Source))


def as_yaml(claim: str) -> str:
    speaker, stance, *more = claim.split()
    return ", ".join(
        [f"speaker: {speaker}", f"stance: {stance}", *(m.replace("=", ": ") for m in more)]
    )


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        # one origin
        (["ministry asserts"], "claimed"),
        (["ministry confirms"], "claimed"),
        (["ministry asserts", "ministry confirms"], "claimed"),
        # two and more
        (["ministry asserts", "governor asserts"], "corroborated"),
        (["ministry asserts", "governor confirms"], "confirmed"),
        (["ministry asserts", "witness asserts", "monitor confirms"], "confirmed"),
        # a side is one origin, whoever speaks for it
        (["ministry asserts", "army asserts"], "claimed"),
        (["ministry asserts", "army confirms"], "claimed"),
        (["ministry asserts", "army confirms", "governor asserts"], "confirmed"),
        (["witness asserts", "monitor asserts"], "corroborated"),
        # nobody supports it
        (["ministry declines-to-comment"], "unverified"),
        (["ministry has-no-information", "governor declines-to-comment"], "unverified"),
        # somebody is silent
        (["ministry asserts", "governor declines-to-comment"], "claimed"),
        (["ministry asserts", "governor has-no-information"], "claimed"),
        # somebody is against it
        (["ministry denies"], "denied"),
        (["ministry denies", "governor denies"], "denied"),
        (["ministry denies", "governor disputes"], "denied"),
        (["ministry denies", "governor has-no-information"], "denied"),
        (["ministry disputes"], "disputed"),
        (["ministry asserts", "governor denies"], "disputed"),
        (["ministry asserts", "governor disputes"], "disputed"),
        (["ministry confirms", "witness confirms", "governor denies"], "disputed"),
        (["ministry asserts", "ministry denies"], "disputed"),
        # who is not named adds no origin, whatever the side
        (["official asserts"], "claimed"),
        (["official asserts", "officer asserts"], "claimed"),
        (["ministry asserts", "official asserts"], "claimed"),
        (["ministry asserts", "officer confirms"], "claimed"),
        (["ministry asserts", "witness asserts", "official confirms"], "corroborated"),
        (["ministry asserts", "witness confirms", "official asserts"], "confirmed"),
        # a claim of doubtful credibility supports nothing
        (["ministry asserts credibility=4"], "unverified"),
        (["ministry asserts credibility=5"], "unverified"),
        (["ministry asserts credibility=3"], "claimed"),
        (["ministry asserts credibility=6"], "claimed"),
        (["ministry asserts", "governor asserts credibility=4"], "claimed"),
        (["ministry asserts", "governor confirms credibility=5"], "claimed"),
        (["ministry asserts credibility=4", "governor denies"], "denied"),
        (["ministry asserts credibility=4", "governor disputes"], "disputed"),
        # what goes back to one origin is one
        (["witness asserts via=[wire]", "monitor asserts via=[post]"], "corroborated"),
        (["witness asserts via=[copy]", "monitor asserts via=[recopy]"], "claimed"),
        (["witness asserts via=[quote]", "ministry asserts"], "claimed"),
        (["witness asserts via=[requote]", "army confirms"], "claimed"),
        (["witness asserts via=[requote]", "governor asserts"], "corroborated"),
        (["witness asserts via=[leak]", "monitor asserts"], "claimed"),
        (["witness asserts via=[post,copy]", "monitor asserts via=[recopy]"], "claimed"),
    ],
)
def test_what_can_be_said_of_an_event(claims: list[str], expected: str) -> None:
    assert derived(*claims) == expected
    assert derived(*reversed(claims)) == expected  # the order of the claims means nothing


SPEAKERS = ["ministry", "army", "governor", "witness", "official", "officer"]
STANCES = ["asserts", "confirms", "denies", "disputes", "declines-to-comment", "has-no-information"]
some_claims = st.lists(
    st.builds(
        "{} {} credibility={} via={}".format,
        st.sampled_from(SPEAKERS),
        st.sampled_from(STANCES),
        st.integers(1, 6),
        st.sampled_from(["[]", "[wire]", "[copy]", "[recopy,post]", "[quote]", "[leak]"]),
    ),
    min_size=1,
    max_size=5,
)


@given(some_claims)
def test_repeating_what_was_said_makes_nothing_firmer(claims: list[str]) -> None:
    assert derived(*claims, *claims) == derived(*claims)


def test_sources_that_go_round_in_a_circle_come_to_an_end() -> None:
    """They are refused in a file; what walks them must still end."""
    found = briefing([as_yaml("witness asserts via=[wire]")])
    sources = by_id(found, "sources", Source)
    sources["wire"] = sources["wire"].model_copy(update={"origin": "post"})
    sources["post"] = sources["post"].model_copy(update={"origin": "wire"})
    [claim] = by_id(found, "events", Event)["strike"].claims
    assert origin(claim, {}, sources) in ("wire", "post")
    sources["wire"] = sources["wire"].model_copy(update={"origin": "wire"})
    assert origin(claim, {}, sources) == "wire"


def test_a_claim_through_a_source_that_is_not_there_goes_back_to_its_speaker() -> None:
    """A source can be withheld from a reader."""
    found = briefing([as_yaml("witness asserts via=[wire]")])
    [claim] = by_id(found, "events", Event)["strike"].claims
    assert origin(claim, {}, {}) == "witness"


def test_names_that_are_numbers_lead_somewhere() -> None:
    text = """
title: A
bluf: A.
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
authors: [Desk]
actors: [{id: 7, name: Seven}, {id: 1.10, name: One}, {id: '12', name: Twelve}]
events:
  - id: 2024
    date: 2024
    title: A
    actors: ['7', 1.10, 12]
    claims: [{id: 1, speaker: 7, text: A.}]
  - id: 2025
    date: 2025
    title: B
    follows: [2024]
    claims: [{id: 2, speaker: 1.10, text: A., answers: 1}]
"""
    build(yaml.parse(text.encode(), "case.yaml"), name="case", folder=None)
    wrong = text.replace("follows: [2024]", "follows: [2026, 2025]").replace("id: 2,", "id: 1,")
    with pytest.raises(InvalidInput) as caught:
        build(yaml.parse(wrong.encode(), "case.yaml"), name="case", folder=None)
    assert [problem.message for problem in caught.value.problems] == [
        'there is no event "2026"; did you mean "2025"?',
        '"2025" cannot point at itself',
        'the id "1" stands twice; the first is in line 14',
        '"1" cannot point at itself',
    ]
