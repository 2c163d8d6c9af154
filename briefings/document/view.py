"""What templates see: a frozen document of views, with nothing in it that may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefings.model.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefings.audience import Paper, Sourcing
    from briefings.language import Language
    from briefings.model.marking import Marking


def digest(data: str | bytes) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8, in 64 hex digits."""
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a list or a date: what it is for the program, and how it is read.

    It equals its token, so that a template can ask ``claim.stance == "denies"``.
    """

    token: str
    text: Inline

    def __str__(self) -> str:
        return str(self.text)

    def __html__(self) -> str:
        return self.text.__html__()

    def __eq__(self, other: object) -> bool:
        return self.token == (other.token if isinstance(other, Term) else other)

    def __hash__(self) -> int:
        return hash(self.token)


def term(token: str, said: str) -> Term:
    """Return a term whose reading is plain text."""
    return Term(token, Inline.literal(said))


class View:
    """One part of the document; its fields are attributes.

    ``kind`` says what it is. ``ref`` is how other parts point at it (``E2.1``), and is empty
    where the part itself is not shown, or the reader gets no annex to check it against. A field
    left empty in the YAML is ``None`` or ``()``.
    """

    __slots__ = ("_fields",)

    def __init__(self, fields: dict[str, Any]) -> None:
        object.__setattr__(self, "_fields", fields)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        fields: dict[str, Any] = object.__getattribute__(self, "_fields")
        try:
            return fields[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a document does not change; {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a document does not change; {name!r} cannot be deleted")

    def __dir__(self) -> list[str]:
        return sorted(object.__getattribute__(self, "_fields"))

    def __repr__(self) -> str:
        return f"<{self.kind} {self.ref}>"


@dataclass(frozen=True, slots=True)
class Document:
    """One brief for one reader, before it has a form.

    ``parts`` holds, under the keys of the YAML, the portions that the reader's sections show;
    ``sections`` are those of the reader's sections that have something to show, in order, and
    ``headings`` what each is called. ``sources`` are
    the sources that anything refers to, by number, ``corrected`` are the entries of the version
    history that put an error right, which every reader is told. ``marking`` is the highest of all
    that is left.

    ``audience`` is the name by which the reader was asked for, and ``graded`` whether grades are
    shown. ``written`` is the language of the briefing's own text (BCP 47), which may be another
    than that of the words around it. ``markings`` are those of title, bluf, series and notice.
    ``held`` is everything that is in here, under the keys of the YAML, in the order of the
    briefing. ``made_with`` has a SHA-256 for the audience, the language and the lexicon.
    ``source`` is all of this as YAML in UTF-8, from which the same document is made again.
    """

    id: str
    reader: View
    sourcing: Sourcing
    paper: Paper
    theme: tuple[str, ...]
    worldview: str
    pages: int | None
    language: Language
    marking: Marking
    title: Inline
    bluf: Inline
    series: Inline | None
    issue: int | None
    notice: Inline | None
    as_of: Term
    published: Term
    version: Inline
    authors: tuple[View, ...]
    lexicon: View | None
    sections: tuple[str, ...]
    headings: Mapping[str, Inline]
    parts: Mapping[str, tuple[View, ...]]
    sources: tuple[View, ...]
    corrected: tuple[View, ...]
    audience: str
    graded: bool
    written: str
    markings: Mapping[str, Marking]
    held: Mapping[str, tuple[View, ...]]
    made_with: Mapping[str, str]
    source: bytes = b""

    @property
    def content_hash(self) -> str:
        """SHA-256 of ``source``, in 64 hex digits."""
        return digest(self.source)

    @property
    def fingerprint(self) -> str:
        """What a page prints of ``content_hash``: its first 12 digits."""
        return self.content_hash[:12]

    def __getitem__(self, key: str) -> tuple[View, ...]:
        """Return what is shown under a key of the YAML, such as ``"events"``."""
        return self.parts[key]

    def __iter__(self) -> Iterator[View]:
        """Yield every portion that is shown."""
        for views in self.parts.values():
            yield from views
