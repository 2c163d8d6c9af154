"""The closed lists of words: stances, grades, roles, derived statuses.

Grades are those of the Admiralty system (NATO AJP-2.1): reliability A to F for a source,
credibility 1 to 6 for what it says. F and 6 mean that there is no basis to judge. The two are
never averaged. Confidence is that of ICD 203 (2015).
"""

from __future__ import annotations

from enum import StrEnum

from briefings.errors import InvalidInput, unknown


class Stance(StrEnum):
    """What a speaker does with a claim."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DISPUTES = "disputes"
    DECLINES = "declines-to-comment"
    NO_INFORMATION = "has-no-information"


class Status(StrEnum):
    """What can be said of an event as a whole; always derived from its claims."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    DENIED = "denied"
    UNVERIFIED = "unverified"


class Sourcing(StrEnum):
    """How much of the sourcing a reader is shown, the least first."""

    NONE = "none"
    INLINE = "inline"
    ANNEX = "annex"


class Confidence(StrEnum):
    """How good the basis of a judgement is (ICD 203)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Reliability(StrEnum):
    """Admiralty grade of a source."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Precision(StrEnum):
    """What a place's coordinates stand for."""

    EXACT = "exact"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


class Role(StrEnum):
    """What a place is to an event."""

    ORIGIN = "origin"
    TARGET = "target"
    SITE = "site"


class SourceKind(StrEnum):
    """What kind of thing a source is."""

    NEWS = "news"
    OFFICIAL = "official"
    SOCIAL = "social-media"
    REPORT = "report"
    DATA = "data"
    INTERVIEW = "interview"
    INTERNAL = "internal"
    UNNAMED = "unnamed-media"


class Paper(StrEnum):
    """The sheet that a PDF is laid out for."""

    A4 = "A4"
    LETTER = "letter"

    @classmethod
    def named(cls, word: str) -> Paper:
        """Return the sheet that is called so, whatever its capitals.

        Raises:
            InvalidInput: there is none.
        """
        for paper in cls:
            if paper.lower() == word.lower():
                return paper
        raise InvalidInput.of(unknown("paper", word, cls))


class Worldview(StrEnum):
    """Whose borders a map shows."""

    UN = "un"
    NE = "ne"
