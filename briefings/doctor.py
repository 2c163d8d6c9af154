"""Whether this machine can make every format, in plain words."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefings import writers
from briefings.errors import Unequipped, visible
from briefings.resources import Shelf, shipped
from briefings.writers import layout
from briefings.writers.fonts import FALLBACK, only_ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

MIN_FONTS = 20
_PAGE = "<html lang=en><title>Trial</title><p>Trial Проба تجربة 試し ✓"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what it is like."""

    sound: bool
    what: str


def examine() -> Iterator[Finding]:
    """Yield what was found, from the interpreter to a trial PDF."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(sys.version_info >= (3, 11), f"Python {version} (3.11 or newer is needed)")
    for kind, pattern, what in (
        ("templates", "*.j2", "templates"),
        ("data", "*.yaml", "YAML files"),
    ):
        files = list(shipped(kind).rglob(pattern))
        yield Finding(bool(files), f"{len(files)} {what} came with briefings")
    fonts = list((shipped("data") / "fonts").glob("*.ttf"))
    yield Finding(len(fonts) >= MIN_FONTS, f"{len(fonts)} font files came with briefings")
    yield Finding(sound=True, what=_extras())
    with only_ours(Shelf()):  # WeasyPrint looks at fonts from its import on
        yield from _printing()


def _extras() -> str:
    """Say which extras are there; one that is not is no fault of the machine."""
    there = [name for name in writers.BRINGS if writers.there(name)]
    others = [name for name in writers.BRINGS if name not in there]
    lacking = f"; not installed: {', '.join(others)}" if others else ""
    return f"extras: {', '.join(there) or 'none'}{lacking}"


def _printing() -> Iterator[Finding]:
    try:
        weasyprint = layout.load()
    except Unequipped as error:
        yield Finding(sound=False, what=str(error))
        return
    except ImportError as error:
        what = f"PDFs need WeasyPrint, which cannot be loaded: {error}"
        yield Finding(sound=False, what=visible(what))
        return
    pango = weasyprint.text.ffi.pango.pango_version()
    said = f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}"
    yield Finding(sound=True, what=f"WeasyPrint {weasyprint.__version__} with Pango {said}")
    try:
        yield _trial(weasyprint)
    except Exception as error:  # noqa: BLE001  # whatever it is, this is where it must be told
        what = f"a trial PDF cannot be made: {type(error).__name__}: {error}"
        yield Finding(sound=False, what=visible(what))


def _trial(weasyprint: ModuleType) -> Finding:
    """Make a small PDF and look which fonts it took."""
    fonts = weasyprint.text.fonts.FontConfiguration()
    data = weasyprint.HTML(string=_PAGE).write_pdf(font_config=fonts, uncompressed_pdf=True)
    wanted = [name.replace(" ", "-").encode() for name in FALLBACK[:1]]
    found = all(name in data for name in wanted)
    what = "a trial PDF was made with our fonts" if found else "a trial PDF lacks our fonts"
    return Finding(found, what)
