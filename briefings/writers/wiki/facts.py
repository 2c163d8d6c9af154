"""What stands in a brief's metadata, where a wiki has a place for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefings.document.listing import Listing

if TYPE_CHECKING:
    from briefings.document import Document

Facts = dict[str, str | int | list[str]]


def facts(document: Document | Listing) -> Facts:
    """Return what tells one brief from another; what is empty is left out."""
    if isinstance(document, Listing):
        return {"title": document.title.plain, "marking": document.marking.value}
    found: dict[str, str | int | list[str] | None] = {
        "title": document.title.plain,
        "id": document.id,
        "series": document.series.plain if document.series else None,
        "issue": document.issue,
        "version": document.version.plain,
        "as_of": document.as_of.token,
        "published": document.published.token,
        "marking": document.marking.value,
        "audience": document.audience,
        "language": document.language.code,
        "authors": [author.name.plain for author in document.authors],
        "content": document.fingerprint,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def front_matter(facts: Facts) -> str:
    """Return facts as YAML front matter; a value of JSON is one of YAML, whatever it holds."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    return "\n".join(["---", *map(_printable, lines), "---"])


def comment(facts: Facts) -> str:
    """Return facts as a comment of HTML, which nothing in them can end."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    escaped = (line.replace("--", "-\\u002d").replace(">", "\\u003e") for line in lines)
    return "\n".join(["<!--", *map(_printable, escaped), "-->"])


def _printable(line: str) -> str:
    """Write what YAML takes for the end of a line, or for nothing at all, as JSON may."""
    return "".join(
        c if c.isprintable() or ord(c) > 0xFFFF else f"\\u{ord(c):04x}"  # noqa: PLR2004
        for c in line
    )
