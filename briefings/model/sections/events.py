"""Events: the escalation chain, and what can be said of each from its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from briefings.model.base import Pointed, Portion
from briefings.model.fields import ActorId, ClaimId, Count, Date, EventId, Line, PlaceId, Text
from briefings.model.sections.claims import Claim
from briefings.model.vocabulary import Role, Stance, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefings.model.sections.actors import Actor
    from briefings.model.sections.sources import Source

DOUBTFUL = (4, 5)  # Admiralty credibility: doubtful, improbable


class At(Portion):
    """A place and what it is to the event."""

    place: PlaceId
    role: Role


class System(Portion):
    """A weapon, vehicle or tool with the numbers that were stated, and only those.

    ``claim`` is the one that states them; where only one speaker speaks of the event, it is theirs.
    """

    stands_on: ClassVar[tuple[str, ...]] = ("claim",)

    name: Line
    claim: ClaimId | None = None
    launched: Count | None = None
    intercepted: Count | None = None
    remaining: Count | None = None


class Inferred(Portion):
    """What the sources do not state and the analyst concludes, with the reason."""

    what: Line
    basis: Text


LINKS = ("responds_to", "enabled_by", "follows", "part_of")


class Event(Pointed):
    """Something that happened, or that somebody says happened."""

    kind: ClassVar[str] = "event"

    date: Date
    title: Line
    text: Text | None = None
    actors: list[ActorId] = []
    places: list[At] = []
    systems: list[System] = []
    responds_to: list[EventId] = []
    enabled_by: list[EventId] = []
    follows: list[EventId] = []
    part_of: EventId | None = None
    inferred: Inferred | None = None
    claims: Annotated[list[Claim], Field(min_length=1)]
    # An extract alone states these two; from an author's claims they are derived.
    status: Status | None = None
    speakers: list[ActorId] = []


def status(
    claims: Iterable[Claim], actors: Mapping[str, Actor], sources: Mapping[str, Source]
) -> Status:
    """Derive what can be said of an event from its claims.

    Origins are counted, not outlets, and all organs of one side are one origin. A claim of doubtful
    credibility supports nothing, and a speaker whom nobody names adds no further origin.

    - *disputed*: somebody supports it and somebody denies or disputes it;
    - *denied*: it is only denied; *disputed*: it is only disputed;
    - *confirmed*: two or more origins support it, and one of them confirms;
    - *corroborated*: two or more origins support it, none confirms;
    - *claimed*: one origin supports it;
    - *unverified*: nobody supports it.
    """
    claims = list(claims)
    stances = {claim.stance for claim in claims}
    supporting = [claim for claim in claims if _supports(claim)]
    if stances & {Stance.DENIES, Stance.DISPUTES}:
        only_denied = not supporting and Stance.DENIES in stances
        return Status.DENIED if only_denied else Status.DISPUTED
    if not supporting:
        return Status.UNVERIFIED
    named = [(origin(claim, actors, sources), claim.stance) for claim in supporting]
    named = [(name, stance) for name, stance in named if name is not None]
    if len({name for name, _ in named}) > 1:
        confirmed = any(stance is Stance.CONFIRMS for _, stance in named)
        return Status.CONFIRMED if confirmed else Status.CORROBORATED
    return Status.CLAIMED


def speakers(
    claims: Iterable[Claim], actors: Mapping[str, Actor], sources: Mapping[str, Source]
) -> list[str]:
    """Return who stands behind an event: one speaker for each origin that supports it.

    Whom nobody names stands for no origin, and is named beside the others. Where nobody supports
    the event, it is everybody who speaks of it.
    """
    claims = list(claims)
    found: dict[str, str] = {}
    for claim in [claim for claim in claims if _supports(claim)] or claims:
        found.setdefault(
            origin(claim, actors, sources) or f"unnamed:{claim.speaker}", claim.speaker
        )
    return list(dict.fromkeys(found.values()))


def _supports(claim: Claim) -> bool:
    supporting = claim.stance in (Stance.ASSERTS, Stance.CONFIRMS)
    return supporting and claim.credibility not in DOUBTFUL


def origin(claim: Claim, actors: Mapping[str, Actor], sources: Mapping[str, Source]) -> str | None:
    """Return the side, actor or source that a claim goes back to; ``None`` where none is named."""
    stated = (sources[name].origin for name in claim.via if name in sources)
    name = next((name for name in stated if name), claim.speaker)
    seen = {name}
    # One id may be that of an actor and of a source: it is the actor that is meant.
    while name not in actors and name in sources:
        further = sources[name].origin
        if not further or further in seen:
            break
        seen.add(name := further)
    actor = actors.get(name)
    if actor is None:
        return name
    if not actor.identified:
        return None
    return f"side:{actor.side}" if actor.side else name
