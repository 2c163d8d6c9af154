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
    """Where it is. Example: ``millbrook``."""
    role: Role
    """What the place is to the event. Example: ``target``."""


class System(Portion):
    """A weapon, vehicle or tool with the numbers that were stated, and only those.

    ``claim`` is the one that states them; where only one speaker speaks of the event, it is theirs.
    """

    stands_on: ClassVar[tuple[str, ...]] = ("claim",)

    name: Line
    """What it is. Example: ``Storm Shadow cruise missile``."""
    claim: ClaimId | None = None
    """The claim that states the numbers. Example: ``kh101-claim``."""
    launched: Count | None = None
    """How many were launched, where that was stated. Example: ``7``."""
    intercepted: Count | None = None
    """How many were intercepted, where that was stated. Example: ``6``."""
    remaining: Count | None = None
    """How many were neither, where that was stated. Example: ``1``."""


class Inferred(Portion):
    """What the sources do not state and the analyst concludes, with the reason."""

    what: Line
    """What is concluded. Example: ``the year``."""
    basis: Text
    """Why it may be concluded. Example: ``The article gives day and month; it names a law of
    2024.``.
    """


LINKS = ("responds_to", "enabled_by", "follows", "part_of")


class Event(Pointed):
    """Something that happened, or that somebody says happened."""

    kind: ClassVar[str] = "event"

    date: Date
    """When it happened, as precisely as is known. Examples: ``2024-11-21``, ``2024-11``,
    ``2024-11-21T05:00Z``, ``2024-11-19/2024-11-21``, ``2024-11~``.
    """
    title: Line
    """What happened, in a few words. Example: ``Levee fails at Millbrook``."""
    text: Text | None = None
    """What a reader must know beside the claims. Example: ``It is the first failure since 1998.``.
    """
    actors: list[ActorId] = []
    """Who took part. Example: ``[civil-protection]``."""
    places: list[At] = []
    """Where it happened, and from where."""
    systems: list[System] = []
    """The weapons, vehicles or tools, with their numbers."""
    responds_to: list[EventId] = []
    """Earlier events that it answers. Example: ``[storm-shadow-strike]``."""
    enabled_by: list[EventId] = []
    """Earlier events that made it possible. Example: ``[permission]``."""
    follows: list[EventId] = []
    """Earlier events that it comes after, where no link is stated. Example: ``[rain]``."""
    part_of: EventId | None = None
    """The larger event that it is a part of. Example: ``flood``."""
    inferred: Inferred | None = None
    """What of it no source states and the analyst concludes."""
    claims: Annotated[list[Claim], Field(min_length=1)]
    """Who says what of it; what can be said of the event as a whole follows from them."""
    # An extract alone states these two; from an author's claims they are derived.
    status: Status | None = None
    """Stated in an extract without grades only; otherwise it follows from the claims. Example:
    ``claimed``.
    """
    speakers: list[ActorId] = []
    """Stated in an extract without grades only: who stands behind it. Example: ``[municipality]``.
    """


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
