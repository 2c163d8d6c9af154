"""The formats: one file each, one line each in ``WRITERS``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, Unequipped, unknown
from briefings.writers.limits import check_length, last_resort, own
from briefings.writers.wiki import FLAVOURS, called

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefings.document import Document
    from briefings.document.listing import Listing
    from briefings.resources import Shelf

# A module is imported when its format is asked for: WeasyPrint alone takes most of a second.
WRITERS = {
    "md": "briefings.writers.md",
    "html": "briefings.writers.html",
    "pdf": "briefings.writers.pdf",
    "txt": "briefings.writers.txt",
    "json": "briefings.writers.as_json",
    "docx": "briefings.writers.office.docx",
    "odt": "briefings.writers.office.odt",
    **{name: f"briefings.writers.wiki.{name.replace('-', '_')}" for name in FLAVOURS},
}

# Formats that need more than comes with the program, and the extra that brings it.
EXTRAS = {"confluence": "confluence", "docx": "office", "odt": "office"}
# What each extra brings, by the name that it is imported by.
BRINGS = {
    "confluence": ("md2conf",),
    "office": ("PIL", "pypandoc", "pypdfium2"),
    "pictures": ("PIL", "pypdfium2"),
    "preview": ("starlette", "uvicorn", "watchfiles"),
    "wikis": ("mwclient", "requests", "urllib3"),
}
PACKED = frozenset({"pdf", "docx", "odt"})  # no text that a terminal could show
# Formats of text that can show a file beside it. A page and a PDF have their figures in them.
SHOWING = frozenset({"md", *FLAVOURS})
NO_FIGURES = "none"


@dataclass(frozen=True, slots=True)
class Written:
    """A finished brief.

    Attributes:
        data: its bytes.
        pages: how many it has, where the format has pages.
        beside: the pictures that it shows, each under the name of the file that it links to.
    """

    data: bytes
    pages: int | None = None
    beside: Mapping[str, bytes] = field(default_factory=dict)


def suffix(form: str) -> str:
    """Return how the file of a format ends: as the format is called, or as its wiki knows it."""
    return FLAVOURS.get(form, form)


def there(extra: str) -> bool:
    """Whether all that an extra brings is installed."""
    return all(find_spec(name) for name in BRINGS[extra])


def check_extras(forms: Iterable[str]) -> None:
    """Tell at once of every extra that formats need and that is not there.

    Raises:
        Unequipped: one or more are missing.
    """
    wanted = dict.fromkeys(form for form in forms if form in EXTRAS)
    lacking = [form for form in wanted if not there(EXTRAS[form])]
    if lacking:
        extras = ",".join(dict.fromkeys(EXTRAS[form] for form in lacking))
        verb = "needs" if len(lacking) == 1 else "need"
        more = f"{' and '.join(lacking)} {verb} more than is installed"
        raise Unequipped(f'{more}; install it: pip install "briefings[{extras}]"')


def check(form: str) -> None:
    """Raise ``InvalidInput`` where there is no such format."""
    if form not in WRITERS:
        raise InvalidInput.of(unknown("format", form, WRITERS))


def write(  # noqa: PLR0913  # the last two are what publishing says
    document: Document,
    marked: str,
    form: str,
    shelf: Shelf,
    figures: str = NO_FIGURES,
    *,
    published: bool = False,
) -> Written:
    """Write a document, with its marked Markdown, in one format.

    Args:
        document: the brief.
        marked: its Markdown, with the signs for the page.
        form: the format.
        shelf: where templates, themes and fonts are looked up.
        figures: as what they stand beside it (``Pictures``), if it is one of ``SHOWING``.
        published: whether it is a page with others beside it, to which it leads.

    Raises:
        InvalidInput: there is no such format, a template or a theme is wrong, or a template's
            link leads where none may.
        TooLong: the brief has more pages than its audience allows.
        Unequipped: a library or a font that the format needs is missing.
    """
    check(form)
    check_length(document, marked, shelf)
    writer = import_module(WRITERS[form])
    with last_resort(document, shelf):
        _check_links(marked, form, shelf, listing=published)
        check_extras([form])
        if form in SHOWING and figures != NO_FIGURES:
            from briefings.writers.beside import beside  # noqa: PLC0415  # no other needs a theme

            marked, drawn = beside(document, marked, shelf, figures)
            files = {called(name, form): data for name, data in drawn.items()}
        else:
            files = {}
        written: Written = writer.write(document, marked, shelf)
    return replace(written, beside=files)


def write_listing(listing: Listing, marked: str, form: str, shelf: Shelf) -> bytes:
    """Write a page that leads to briefs in the dialect of a wiki.

    Raises:
        InvalidInput: a template makes far more of it than there is to tell, or a link that leads
            where none may.
    """
    check_length(listing, marked, shelf)
    writer = import_module(WRITERS[form])
    with last_resort(listing, shelf):
        _check_links(marked, form, shelf, listing=True)
        written: Written = writer.write(listing, marked, shelf)
    return written.data


def _check_links(marked: str, form: str, shelf: Shelf, *, listing: bool = False) -> None:
    """Look at the links of somebody's own templates; those of a briefing have been checked."""
    if own(shelf):
        from briefings.writers import leading  # noqa: PLC0415  # for these alone

        leading.check(marked, form, shelf, listing=listing)
