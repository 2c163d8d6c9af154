"""The closed lists of words: stances, grades, roles, derived statuses.

Grades are those of the Admiralty system (NATO AJP-2.1): reliability A to F for a source,
credibility 1 to 6 for what it says. F and 6 mean that there is no basis to judge. The two are
never averaged. Confidence is that of ICD 203 (2015).
"""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """What a speaker does with a claim."""

    ASSERTS = "asserts"
    """Says that it is so."""
    CONFIRMS = "confirms"
    """Says that what others say is so."""
    DENIES = "denies"
    """Says that it is not so."""
    DISPUTES = "disputes"
    """Says that it is otherwise."""
    DECLINES = "declines-to-comment"
    """Was asked and says nothing of it."""
    NO_INFORMATION = "has-no-information"
    """Was asked and says that it does not know."""


class Status(StrEnum):
    """What can be said of an event as a whole; always derived from its claims."""

    CONFIRMED = "confirmed"
    """Independent origins support it, and one of them confirms it."""
    CORROBORATED = "corroborated"
    """Independent origins support it, and none confirms it."""
    CLAIMED = "claimed"
    """One origin supports it."""
    DISPUTED = "disputed"
    """Somebody says otherwise."""
    DENIED = "denied"
    """It is only denied."""
    UNVERIFIED = "unverified"
    """Nobody supports it."""


class Sourcing(StrEnum):
    """How much of the sourcing a reader is shown, the least first."""

    NONE = "none"
    """No sources."""
    INLINE = "inline"
    """The sources beside each claim."""
    ANNEX = "annex"
    """The sources in a section of their own, with their grades."""


class Confidence(StrEnum):
    """How good the basis of a judgement is (ICD 203)."""

    LOW = "low"
    """The basis is thin, or its parts do not agree."""
    MODERATE = "moderate"
    """The basis is credible, and not good enough for more."""
    HIGH = "high"
    """The basis is good, and its parts agree."""


class Reliability(StrEnum):
    """Admiralty grade of a source."""

    A = "A"
    """Completely reliable."""
    B = "B"
    """Usually reliable."""
    C = "C"
    """Fairly reliable."""
    D = "D"
    """Not usually reliable."""
    E = "E"
    """Unreliable."""
    F = "F"
    """Reliability cannot be judged, which is not the worst grade."""


class Precision(StrEnum):
    """What a place's coordinates stand for."""

    EXACT = "exact"
    """The spot itself."""
    CITY = "city"
    """Somewhere in the town."""
    REGION = "region"
    """Somewhere in the region."""
    COUNTRY = "country"
    """Somewhere in the country."""


class Role(StrEnum):
    """What a place is to an event."""

    ORIGIN = "origin"
    """Where it came from."""
    TARGET = "target"
    """What it was aimed at."""
    SITE = "site"
    """Where it happened."""


class SourceKind(StrEnum):
    """What kind of thing a source is."""

    NEWS = "news"
    """A report of news media."""
    OFFICIAL = "official"
    """A statement of an authority or a party."""
    SOCIAL = "social-media"
    """A post on a social network."""
    REPORT = "report"
    """A study or a report of some length."""
    DATA = "data"
    """Measurements, images or records that speak for themselves."""
    INTERVIEW = "interview"
    """What somebody said when asked."""
    INTERNAL = "internal"
    """A record of one's own organisation."""
    UNNAMED = "unnamed-media"
    """Media that the source at hand does not name."""
    UNSTATED = "not-stated"
    """Of which the source at hand does not say what kind of thing it is."""


class Worldview(StrEnum):
    """Whose borders a map shows."""

    UN = "un"
    """Those that the United Nations recognise."""
    NE = "ne"
    """Those on the ground, as Natural Earth sees them."""


class Pictures(StrEnum):
    """As what the figures of a wiki's page stand beside it."""

    NONE = "none"
    """As nothing: the page has them in words, as tables and lists."""
    SVG = "svg"
    """As drawings, sharp at any size: those figures that are geometry, such as the map."""
    PNG = "png"
    """As pictures of dots: these, and the escalation chain as it is laid out on a page."""
