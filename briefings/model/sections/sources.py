"""Sources, with their grades (Admiralty) and descriptors (ICD 206)."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import Date, Day, LanguageCode, Line, OriginId, Sha256, Text, Url
from briefings.model.vocabulary import Reliability, SourceKind


class Source(Pointed):
    """Where something was read or heard.

    ``origin`` names the actor or source that this one passes on: three outlets with one origin are
    one origin.
    """

    kind: ClassVar[str] = "source"
    # Without its origin a source would count as an origin of its own.
    stands_on: ClassVar[tuple[str, ...]] = ("origin",)

    title: Line
    publisher: Line | None = None
    author: Line | None = None
    type: SourceKind
    published: Date | None = None
    retrieved: Day | None = None
    url: Url | None = None
    archive: Url | None = None
    sha256: Sha256 | None = None
    language: LanguageCode | None = None
    # Only an extract for a reader who is shown no grades lacks it.
    reliability: Reliability | None = None
    descriptor: Text | None = None
    origin: OriginId | None = None
