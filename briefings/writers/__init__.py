"""The formats: one file each, one line each in ``WRITERS``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, unknown
from briefings.writers.limits import check_length, last_resort
from briefings.writers.wiki import FLAVOURS

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

# A module is imported when its format is asked for: WeasyPrint alone takes most of a second.
WRITERS = {
    "md": "briefings.writers.md",
    "html": "briefings.writers.html",
    "pdf": "briefings.writers.pdf",
    "txt": "briefings.writers.txt",
    "json": "briefings.writers.as_json",
    **{name: f"briefings.writers.wiki.{name.replace('-', '_')}" for name in FLAVOURS},
}


@dataclass(frozen=True, slots=True)
class Written:
    """A finished brief: its bytes, and its pages where the format has pages."""

    data: bytes
    pages: int | None = None


def suffix(form: str) -> str:
    """Return how the file of a format ends: as the format is called, or as its wiki knows it."""
    return FLAVOURS.get(form, form)


def check(form: str) -> None:
    """Raise ``InvalidInput`` where there is no such format."""
    if form not in WRITERS:
        raise InvalidInput.of(unknown("format", form, WRITERS))


def write(document: Document, marked: str, form: str, shelf: Shelf) -> Written:
    """Write a document, with its marked Markdown, in one format.

    Raises:
        InvalidInput: there is no such format, or a template or a theme is wrong.
        TooLong: the brief has more pages than its audience allows.
        Unequipped: a library or a font that the format needs is missing.
    """
    check(form)
    check_length(document, marked, shelf)
    writer = import_module(WRITERS[form])
    with last_resort(document, shelf):
        written: Written = writer.write(document, marked, shelf)
    return written
