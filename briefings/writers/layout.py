"""The pages of a brief: laid out by WeasyPrint, closer or looser where that is better."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, TooLong, Unequipped
from briefings.resources import shipped
from briefings.writers import fit
from briefings.writers.limits import so_many_pages
from briefings.writers.lines import unbroken_lines
from briefings.writers.page import content, page
from briefings.writers.parsed import parsed_once
from briefings.writers.theme import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from markupsafe import Markup

    from briefings.document import Document
    from briefings.resources import Shelf

# Where a table's words alone are wider than the sheet: better a word in pieces than one unseen.
SQUEEZED = "table { table-layout: fixed; font-size: 7.4pt; line-height: 9.4pt }"


def lay_out(document: Document, marked: str, shelf: Shelf) -> Any:  # noqa: ANN401
    """Return WeasyPrint's pages: no more than the audience allows, and none nearly empty.

    Raises:
        InvalidInput: a template or the theme is wrong, or text would run off a page.
        TooLong: set as close as may be, it has more pages than the audience allows.
        Unequipped: Pango is not there.
    """
    weasyprint = load()
    inside = content(document, marked, shelf)  # drawn once, for all tries
    tried = dict(tries(document, inside, shelf))
    chosen = fit.best(list(tried), document.pages)
    kept = tried[chosen]
    off = _off_the_sheet(kept.pages)
    if off:
        html = page(document, inside, shelf, chosen.setting, SQUEEZED)
        kept = pages_of(weasyprint, html, document, shelf)
        off = _off_the_sheet(kept.pages)
    number = len(kept.pages)
    if document.pages and number > document.pages:
        allowed = "1 is" if document.pages == 1 else f"{document.pages} are"
        raise TooLong(f"the brief has {number} pages; {allowed} allowed")
    if off:
        raise InvalidInput.of(f"{off}; shorten or divide it")
    return kept


def tries(document: Document, inside: Markup, shelf: Shelf) -> Iterator[tuple[fit.Layout, Any]]:
    """Yield each layout that is tried, with WeasyPrint's pages.

    Raises:
        InvalidInput: a template or the theme is wrong.
        Unequipped: Pango is not there.
    """
    weasyprint = load()
    tried: list[fit.Layout] = []
    setting: fit.Setting | None = fit.AS_THE_THEME
    while setting is not None:
        html = page(document, inside, shelf, setting)
        laid_out = pages_of(weasyprint, html, document, shelf)
        filled = tuple(_filled(sheet) for sheet in laid_out.pages)
        tried.append(fit.Layout(setting, filled, tuple(_left_over(laid_out.pages))))
        yield tried[-1], laid_out
        setting = fit.following(tried, document.pages)


def pages_of(weasyprint: ModuleType, html: str, document: Document, shelf: Shelf) -> Any:  # noqa: ANN401  # WeasyPrint has no types
    """Lay out a page, with no network and no file within reach."""
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    source = weasyprint.HTML(string=html, url_fetcher=fetcher)
    theme = _blamed_on_the_theme(document.theme, shelf)
    with theme, parsed_once(), unbroken_lines(), so_many_pages(document):
        return source.render(font_config=fonts, pdf_tags=True)


def _filled(sheet: Any) -> float:  # noqa: ANN401
    """Return how much of a page's height stands above its last line, as a fraction."""
    box = sheet._page_box  # noqa: SLF001  # there is no other way to ask
    lines = [b for b in _flow(box).descendants() if getattr(b, "text", "")]
    bottom = max((b.position_y + b.height for b in lines), default=0)
    return float((bottom - box.margin_top) / box.height)


def _left_over(pages: Iterable[Any]) -> Iterator[float]:
    """Yield how much of each page a section takes that began before it and ends on it."""
    before = None
    for sheet in pages:
        box = sheet._page_box  # noqa: SLF001  # there is no other way to ask
        main = next((b for b in _flow(box).descendants() if b.element_tag == "main"), None)
        sections = main.children if main else []
        goes_on = len(sections) > 1 and sections[0].element is before
        yield float(sections[0].height / box.height) if goes_on else 0.0
        before = sections[-1].element if sections else None


def _flow(page_box: Any) -> Any:  # noqa: ANN401
    """Return the box of the text, without those of the margins: it is the first."""
    return page_box.children[0]


def _off_the_sheet(pages: Iterable[Any]) -> str:
    """Return what a reader would not see, as a sentence: text that runs off the sheet."""
    for number, sheet in enumerate(pages, 1):
        box = sheet._page_box  # noqa: SLF001  # there is no other way to ask
        foot = box.margin_top + box.height
        for line in _flow(box).descendants():
            text = getattr(line, "text", "").strip()
            below = text and line.position_y + line.height / 2 > foot
            if below or (text and not -1 <= line.position_x <= sheet.width + 1 - line.width):
                shown = f"{text[:60]}…" if len(text) > 60 else text  # noqa: PLR2004
                return f'"{shown}" runs off page {number}'
    return ""


@contextmanager
def _blamed_on_the_theme(names: Iterable[str], shelf: Shelf) -> Iterator[None]:
    """Take what goes wrong in the layout for the fault of a theme that is not ours."""
    ours = shipped("templates").resolve()
    own = [path for path in files(names, shelf) if not path.is_relative_to(ours)]
    try:
        yield
    except (ArithmeticError, LookupError, MemoryError, RecursionError, ValueError) as error:
        if not own:
            raise
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"the page cannot be laid out with this theme ({what})"
        raise InvalidInput.of(message, str(own[-1])) from error


def load() -> ModuleType:
    """Return WeasyPrint.

    Raises:
        Unequipped: a system library that it stands on is missing.
    """
    try:
        import weasyprint  # noqa: PLC0415  # most of a second, for PDFs alone
    except OSError as error:
        raise Unequipped(
            "PDFs need Pango, which is not installed; on Debian or Ubuntu: "
            "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "on a Mac: brew install pango"
        ) from error
    loaded: ModuleType = weasyprint
    return loaded
