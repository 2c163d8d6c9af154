"""Bounds of a page that was made with templates or themes of somebody's own.

How large a page may be is counted, so it is the same everywhere. Behind that, as a last resort,
stand limits of time and of memory: they catch what nobody has thought of.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput
from briefings.writers.clock import Late, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from briefings.document import Document
    from briefings.document.listing import Listing
    from briefings.resources import Shelf

SECONDS, BYTES_A_SECOND = 60, 2_000  # of this process's own work; ours take a twentieth of it
MEMORY = 3 << 30
PAGES, BYTES_A_PAGE = 300, 1_000
CHARACTERS, FOR_A_BYTE, PARAGRAPH = 500_000, 20, 50_000


def own(shelf: Shelf) -> bool:
    """Whether somebody's own templates come before ours."""
    return len(shelf.folders("templates")) > 1


def check_length(document: Document | Listing, marked: str, shelf: Shelf) -> None:
    """Refuse Markdown that is far longer than what there is to tell, or one endless paragraph.

    Raises:
        InvalidInput: it is too long.
    """
    most = CHARACTERS + FOR_A_BYTE * len(document.source)
    if len(marked) > most:
        said = f"the templates make {len(marked):,} characters of this briefing"
        raise InvalidInput.of(f"{said}; {most:,} are the most")
    # A parser goes through a paragraph once for each sign in it; a table is read cell by cell.
    for paragraph in marked.split("\n\n") if own(shelf) else ():
        if len(paragraph) > PARAGRAPH and not paragraph.lstrip().startswith("|"):
            said = f"the templates make a paragraph of {len(paragraph):,} characters"
            raise InvalidInput.of(f"{said}; {PARAGRAPH:,} are the most")


@contextmanager
def last_resort(document: Document | Listing, shelf: Shelf) -> Iterator[None]:
    """Stop what takes far longer, or far more memory, than any page does.

    Only for templates of somebody's own. Memory is that of the whole process, so another thread
    than the main one has its clock and no more.

    Raises:
        InvalidInput: it was stopped.
    """
    if not own(shelf):
        yield
        return
    seconds = SECONDS + len(document.source) // BYTES_A_SECOND
    alone = threading.current_thread() is threading.main_thread()
    heard = alone and hasattr(signal, "setitimer")
    try:
        with _rung(seconds) if heard else watched(seconds), _less_memory(wanted=alone):
            yield
    except Late:
        said = f"the page takes more than {seconds} seconds to make; see templates and themes"
        raise InvalidInput.of(said) from None
    except RecursionError:
        raise InvalidInput.of("lists or quotations stand in one another without end") from None
    except MemoryError:
        said = "the page takes more memory than there is for it; see templates and themes"
        raise InvalidInput.of(said) from None


@contextmanager
def _rung(seconds: float) -> Iterator[None]:
    """Stop the main thread after so much work of this process, by a signal."""
    heard = signal.signal(signal.SIGPROF, _stop)
    running = signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, *running)
        signal.signal(signal.SIGPROF, heard)


def _stop(_: int, __: FrameType | None) -> None:
    raise Late


@contextmanager
def _less_memory(*, wanted: bool) -> Iterator[None]:
    """Allow only so much more memory than is taken already, where the system can tell."""
    taken = Path("/proc/self/statm")
    if not (wanted and taken.exists()):
        yield
        return
    import resource  # noqa: PLC0415  # not everywhere

    pages = int(taken.read_text("ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + MEMORY
    unlimited = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_AS, (most if soft == unlimited else min(most, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def so_many_pages(document: Document) -> Iterator[None]:
    """Stop a layout that goes on and on, as one on sheets of a millimetre does.

    Raises:
        InvalidInput: it was stopped.
    """
    from weasyprint.layout import page  # noqa: PLC0415  # for PDFs alone

    most = PAGES + len(document.source) // BYTES_A_PAGE
    make = page.remake_page

    def counting(index: int, *more: Any) -> Any:  # noqa: ANN401
        if index >= most:
            raise InvalidInput.of(f"the brief has more than {most} pages; see the theme's @page")
        return make(index, *more)

    page.remake_page = counting
    try:
        yield
    finally:
        page.remake_page = make
