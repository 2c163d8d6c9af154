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
    """What it is called. Example: ``Notice to shipping 14``."""
    publisher: Line | None = None
    """Who published it. Example: ``Port authority``."""
    author: Line | None = None
    """Who wrote it. Example: ``A. Writer``."""
    type: SourceKind
    """What kind of thing it is. Example: ``official``."""
    published: Date | None = None
    """When it was published; an interview, when it was held. Examples: ``2026-05-03``, ``2026-05``.
    """
    retrieved: Day | None = None
    """When it was read. Example: ``2026-05-03T16:20Z``."""
    url: Url | None = None
    """Where it is. Example: ``https://example.org/notices/14``."""
    archive: Url | None = None
    """Where a copy of it is kept. Example: ``https://archive.example.org/notices/14``."""
    sha256: Sha256 | None = None
    """The fingerprint of the file that was read. Example:
    ``9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08``.
    """
    language: LanguageCode | None = None
    """The language that it is in. Example: ``uk``."""
    # Only an extract for a reader who is shown no grades lacks it.
    reliability: Reliability | None = None
    """How reliable it is, on the Admiralty scale. Every source of an author's has one. Example:
    ``B``.
    """
    descriptor: Text | None = None
    """What speaks for and against it. Example: ``First-hand, and party to the matter.``."""
    origin: OriginId | None = None
    """The actor or the source that it passes on: three outlets with one origin are one origin.
    Example: ``port-authority``.
    """
