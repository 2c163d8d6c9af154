"""Style sheets that are parsed once a process: one serves every layout of every brief."""

from __future__ import annotations

import re
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 8  # style sheets that are kept
# What puts more into a layout than rules; a style sheet with one of these is read each time.
_MORE = re.compile(r"@(color-profile|counter-style|font-face|import|layer|[\w-]*\\)", re.IGNORECASE)
_kept: dict[tuple[str, str], Any] = {}


@contextmanager
def parsed_once() -> Iterator[None]:
    """Let WeasyPrint take a style sheet that it has read before as it was read."""
    css: Any = import_module("weasyprint.css")  # it has no types
    read = css.CSS

    def reading(*, string: str = "", media_type: str = "", page_rules: Any, **more: Any) -> Any:  # noqa: ANN401
        if not string or _MORE.search(string):
            return read(string=string, media_type=media_type, page_rules=page_rules, **more)
        key = string, media_type
        if key not in _kept:
            while len(_kept) >= MOST:
                del _kept[next(iter(_kept))]
            _kept[key] = read(string=string, media_type=media_type, page_rules=[], **more)
        # A layout has one list of all rules for its pages, whichever style sheet they are from.
        page_rules += _kept[key].page_rules
        sheet = copy(_kept[key])
        sheet.page_rules, sheet.layers = page_rules, more["layers"]
        return sheet

    css.CSS = reading
    try:
        yield
    finally:
        css.CSS = read
