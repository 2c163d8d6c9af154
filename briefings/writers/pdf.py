"""The PDF: the page through WeasyPrint, tagged, with our fonts and nothing fetched.

It keeps PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) at once.
"""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, Unequipped
from briefings.version import __version__
from briefings.writers import Written
from briefings.writers.enclose import enclose
from briefings.writers.finish import ends_apart, mend, naming_languages, pack
from briefings.writers.fonts import only_ours
from briefings.writers.layout import lay_out
from briefings.writers.recipe import recipe, whole
from briefings.writers.xmp import declare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefings.document import Document
    from briefings.resources import Shelf

_TRIES = 8
_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)", re.DOTALL)


def write(document: Document, marked: str, shelf: Shelf) -> Written:
    """Return the PDF and how many pages it has.

    Raises:
        InvalidInput: a template or the theme is wrong, or asks for something from elsewhere.
        TooLong: it has more pages than the audience allows.
        Unequipped: Pango is not there, or no font has a character of the text.
    """
    with heard() as said, only_ours(shelf):
        laid_out = lay_out(document, marked, shelf)
        data = _written(laid_out, document, shelf)
    complain(said)
    return Written(data, len(laid_out.pages))


def _written(laid_out: Any, document: Document, shelf: Shelf) -> bytes:  # noqa: ANN401
    """Return the PDF; one in a hundred is written again with other spaces where it does not fit."""
    _describe(laid_out.metadata, document)
    facts = _facts(document, recipe(document, shelf))
    data = b""
    for spaces in range(_TRIES):

        def finish(laid_out: Any, pdf: Any, spaces: int = spaces) -> None:  # noqa: ANN401
            mend(laid_out.pages, pdf)
            enclose(document, pdf, spaces)
            declare(pdf, facts)
            pack(pdf)

        # WeasyPrint leaves a file of colours open, which Python warns of.
        with warnings.catch_warnings(), naming_languages():
            warnings.simplefilter("ignore", ResourceWarning)
            data = laid_out.write_pdf(finisher=finish, pdf_variant="pdf/a-3a", pdf_tags=True)
        if ends_apart(data):
            break
    return data


def _describe(metadata: Any, document: Document) -> None:  # noqa: ANN401
    """Say in the metadata what the document says, whatever the shell of the page does."""
    metadata.title = document.title.plain
    metadata.authors = [author.name.plain for author in document.authors]
    metadata.description = document.bluf.plain
    metadata.keywords = [document.marking.value]
    metadata.generator = f"briefings {__version__}"
    metadata.created = metadata.modified = document.published.token
    metadata.lang = document.written


def _facts(document: Document, parts: Mapping[str, str]) -> dict[str, str]:
    """Return what is told of the brief besides, for a program that holds it against its source."""
    return {
        "id": document.id,
        "edition": document.version.plain,
        "asOf": document.as_of.token,
        "marking": document.marking.value,
        "audience": document.audience,
        "paper": document.paper.value,
        "program": __version__,
        "content": document.content_hash,
        "recipe": whole(parts),
        "parts": " ".join(f"{name}:{parts[name]}" for name in sorted(parts)),
    }


@contextmanager
def heard() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint would otherwise print."""
    logger = logging.getLogger("weasyprint")
    records: list[logging.LogRecord] = []

    class _Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler = _Collect(logging.WARNING)
    before = logger.handlers[:], logger.propagate, logger.level
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield records
    finally:
        logger.handlers, logger.propagate, level = before
        logger.setLevel(level)


def complain(said: list[logging.LogRecord]) -> None:
    """Raise what a reader would see on the page, or miss there.

    Raises:
        InvalidInput: something cannot be printed.
        Unequipped: no font has a character of the text.
    """
    messages = [record.getMessage() for record in said]
    missing = dict.fromkeys(m[1] for m in map(_NO_GLYPH.search, messages) if m)
    if missing:
        raise Unequipped(
            f"no font has the character {', '.join(_character(code) for code in missing)}; "
            "put a font that has it into a folder fonts/ beside the briefing"
        )
    for record in said:
        if record.levelno >= logging.ERROR:
            raise InvalidInput.of(f"the page cannot be printed as it is: {record.getMessage()}")


def _character(code: str) -> str:
    return f'"{chr(int(code, 16))}" (U+{code})'
