"""The PDF: the page through WeasyPrint, tagged (PDF/UA-1), with our fonts and nothing fetched."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, Unequipped
from briefings.writers import Written
from briefings.writers.fonts import only_ours
from briefings.writers.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.document import Document
    from briefings.resources import Shelf

_NO_LETTER = re.compile(rb"^(<[0-9a-fA-F]+>) <>$", re.MULTILINE)
_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)", re.DOTALL)


def write(document: Document, marked: str, shelf: Shelf) -> Written:
    """Return the PDF and how many pages it has.

    Raises:
        InvalidInput: a template or the theme is wrong, or asks for something from elsewhere.
        TooLong: it has more pages than the audience allows.
        Unequipped: Pango is not there, or no font has a character of the text.
    """
    with _heard() as said, only_ours(shelf):
        laid_out = lay_out(document, marked, shelf)
        data = laid_out.write_pdf(finisher=_finish, pdf_variant="pdf/ua-1", pdf_tags=True)
    _complain(said)
    return Written(data, len(laid_out.pages))


def _finish(_document: object, pdf: Any) -> None:  # noqa: ANN401  # pydyf has no types
    """Mend what PDF/UA asks for and WeasyPrint does not give."""
    elements: dict[Any, Any] = {entry.reference: entry for entry in pdf.objects}
    for entry in list(pdf.objects):
        _name_glyphs(entry)
        if isinstance(entry, dict) and entry.get("S") == "/LI":
            _give_body(entry, elements, pdf)


def _name_glyphs(entry: Any) -> None:  # noqa: ANN401
    """Give glyphs that stand for no letter of their own a zero-width one.

    In some scripts one letter is drawn by several glyphs; the first carries the text.
    """
    stream = getattr(entry, "stream", None)
    if stream and any(b"begincmap" in _bytes(part) for part in stream):
        entry.stream = [_NO_LETTER.sub(rb"\1 <200b>", _bytes(part)) for part in stream]


def _give_body(item: Any, elements: dict[Any, Any], pdf: Any) -> None:  # noqa: ANN401
    """Put paragraphs and lists of a list item into its one body."""
    kids = list(item["K"])
    labels = [kid for kid in kids if elements[kid]["S"] == "/Lbl"]
    others = [kid for kid in kids if kid not in labels]
    if [elements[kid]["S"] for kid in others] in ([], ["/LBody"]):
        return
    element, array = type(item), type(item["K"])
    body = element(item | {"S": "/LBody", "K": array(others), "P": item.reference})
    pdf.add_object(body)
    for kid in others:
        elements[kid]["P"] = body.reference
        if elements[kid]["S"] == "/LBody":
            elements[kid]["S"] = "/P"
    item["K"] = array([*labels, body.reference])


def _bytes(part: object) -> bytes:
    return part if isinstance(part, bytes) else str(part).encode()


@contextmanager
def _heard() -> Iterator[list[logging.LogRecord]]:
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


def _complain(said: list[logging.LogRecord]) -> None:
    """Raise what a reader would see on the page, or miss there."""
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
