"""Who says what: a statement with its speaker, and the claim that takes a stance."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from briefings.model.base import Pointed, Portion
from briefings.model.fields import ActorId, ClaimId, SourceId, Text
from briefings.model.vocabulary import Reliability, Stance

# Admiralty credibility, 1 (confirmed by other sources) to 5 (improbable); 6: cannot be judged.
Credibility = Annotated[int, Strict(), Field(ge=1, le=6)]


class Statement(Portion):
    """What a speaker says, and the chain of sources it came through, the origin first.

    ``reliability`` is that of the source at hand, the last of the chain, unless it is given here.
    """

    # Without a link of its chain a statement would seem to come straight from the next.
    stands_on: ClassVar[tuple[str, ...]] = ("via",)

    speaker: ActorId
    """Who says it. Example: ``port-authority``."""
    text: Text
    """What is said, in words that stand alone. Example: ``Silo 4 burned for three hours.``."""
    via: list[SourceId] = []
    """The chain of sources that it came through, the origin first, the one at hand last. Example:
    ``[notice-14]``.
    """
    reliability: Reliability | None = None
    """How reliable the source at hand is, where that is another grade than the source's own.
    Example: ``B``.
    """
    credibility: Credibility | None = None
    """How credible it is, on the Admiralty scale: 1 confirmed by other sources, 2 probably true, 3
    possibly true, 4 doubtful, 5 improbable, 6 cannot be judged. Example: ``2``.
    """


class Claim(Statement, Pointed):
    """A statement about an event, or about the situation, with its stance."""

    kind: ClassVar[str] = "claim"

    stance: Stance = Stance.ASSERTS
    """What the speaker does with the claim. Example: ``denies``."""
    answers: ClaimId | None = None
    """The claim that this one answers. Example: ``fire-crew``."""
