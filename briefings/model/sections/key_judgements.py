"""Key judgements: what the analyst makes of it (ICD 203)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from briefings.model.base import Pointed
from briefings.model.fields import Line, PointId, Text
from briefings.model.vocabulary import Confidence


class KeyJudgement(Pointed):
    """A judgement with its likelihood, a confidence with its reason, and what it stands on.

    ``likelihood`` is a term of the briefing's lexicon. It is about the event; ``confidence`` is
    about the basis. ICD 203 forbids the two in one sentence, so each has a field of its own.
    """

    kind: ClassVar[str] = "judgement"

    text: Text
    """The judgement. Neither likelihood nor confidence stands in it. Example: ``Millbrook stays
    empty beyond 17 March.``.
    """
    likelihood: Line
    """How likely it is: a term of the briefing's lexicon, or one half of a term of two. Examples:
    ``likely``, ``almost certain``, ``unlikely``.
    """
    confidence: Confidence
    """How good the basis of the judgement is. Example: ``moderate``."""
    reason: Text
    """Why the confidence is what it is. Example: ``Two independent gauges agree; the forecast is a
    day old.``.
    """
    basis: Annotated[list[PointId], Field(min_length=1)]
    """The parts that it rests on. Example: ``[second-crest, count-town]``."""
