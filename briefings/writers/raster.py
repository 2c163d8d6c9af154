"""Pictures of dots: a part of a page, laid out as for paper, and drawn by PDFium."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefings.errors import Unequipped
from briefings.model.paper import Paper
from briefings.writers.fonts import only_ours
from briefings.writers.layout import load, pages_of
from briefings.writers.page import content, page
from briefings.writers.pdf import complain, heard

if TYPE_CHECKING:
    from types import ModuleType

    from briefings.document import Document
    from briefings.resources import Shelf

INSTALL = 'pip install "briefings[pictures]"'
WIDTH = 1600  # dots: twice what a wiki has room for, so that it is sharp on every screen
SHEET = Paper("190mm x 800mm")  # its text is as wide as on paper; what is higher goes on to a next
_SIDE, _FOOT = 7, 22.0  # white around it: millimetres, and CSS pixels below
_OVER = f"""
:root {{ --sheet-side: {_SIDE}mm }}
@page {{ @bottom-left {{ content: none }} @bottom-center {{ content: none }}
         @bottom-right {{ content: none }} }}
"""
_POINTS = 0.75  # of a CSS pixel


def pictures(document: Document, marked: str, shelf: Shelf) -> list[bytes]:
    """Return a part of a brief as PNG, the marking of the whole above it.

    Args:
        document: the brief.
        marked: the part, as Markdown with the signs for the page.
        shelf: where templates, themes and fonts are looked up.

    Raises:
        InvalidInput: the theme or a figure's template is missing or wrong.
        Unequipped: a library is missing, or no font has a character of the text.
    """
    pdfium = _pdfium()
    sheet = replace(document, paper=SHEET)
    with heard() as said, only_ours(shelf):
        weasyprint = load()
        inside = content(replace(document, paper=Paper.A4), marked, shelf)  # a map of full width
        html = page(sheet, inside, shelf, over=_OVER)
        laid_out = pages_of(weasyprint, html, sheet, shelf)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # as for a PDF
            data = laid_out.write_pdf()
    complain(said)
    drawn = pdfium.PdfDocument(data)
    try:
        ends = [_end(one) + _FOOT for one in laid_out.pages]
        return [_png(one, end) for one, end in zip(drawn, ends, strict=True)]
    finally:
        drawn.close()


def _pdfium() -> ModuleType:
    try:
        import pypdfium2  # noqa: PLC0415  # an extra, for pictures alone
    except ModuleNotFoundError:
        raise Unequipped(f"figures as PNG need pypdfium2; install it: {INSTALL}") from None
    found: ModuleType = pypdfium2
    return found


def _end(sheet: Any) -> float:  # noqa: ANN401  # WeasyPrint has no types
    """Return where the last line or drawing of a page ends, in CSS pixels from its top."""
    text = sheet._page_box.children[0]  # noqa: SLF001  # there is no other way to ask
    seen = (b for b in text.descendants() if getattr(b, "text", "") or hasattr(b, "replacement"))
    return float(max((b.position_y + b.height for b in seen), default=0))


def _png(sheet: Any, end: float) -> bytes:  # noqa: ANN401  # PDFium has no types
    """Return a page down to where its text ends."""
    from PIL import Image  # noqa: PLC0415  # it comes with PDFium's extra

    width, height = sheet.get_size()
    foot = max(0.0, height - end * _POINTS)
    bitmap = sheet.render(scale=WIDTH / width, crop=(0, foot, 0, 0))
    # In 256 colours, which takes a third of the bytes; this way of choosing them keeps those of a
    # label as they are, though few dots have them.
    image = bitmap.to_pil().convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=0)
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=9)
    return written.getvalue()
