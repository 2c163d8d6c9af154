"""What stands around a brief in an office document: its facts, its head and its foot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from briefings.document import Document

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_COUNTER = re.compile(r"\{(page|pages)\}")


class Facts(NamedTuple):
    """Of one brief, all as plain text."""

    title: str
    authors: str
    subject: str
    label: str
    colour: str
    language: str
    day: tuple[int, int, int]
    head: str
    foot: str
    counted: tuple[str, ...]
    """``Page {page} of {pages}``: words, and ``page`` and ``pages`` between them."""

    @property
    def instant(self) -> str:
        """The day as ISO 8601 has an instant."""
        year, month, day = self.day
        return f"{year:04}-{month:02}-{day:02}T00:00:00Z"


def facts(document: Document) -> Facts:
    """Return the facts of a brief."""
    found = _DAY.match(document.published.token)
    year, month, day = (int(part or 1) for part in found.groups()) if found else (1980, 1, 1)
    return Facts(
        title=document.title.plain,
        authors="; ".join(author.name.plain for author in document.authors),
        subject=document.bluf.plain,
        label=document.marking.value,
        colour=document.marking.colour,
        language=document.written,
        day=(year, month, day),
        head=(document.series or document.title).plain,
        foot=document.id,
        counted=tuple(_COUNTER.split(document.language.word("words", "page"))),
    )
