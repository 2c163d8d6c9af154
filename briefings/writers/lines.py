"""Lines as long as their words allow, where WeasyPrint ends one too early.

A text that is followed by an element ends with a space. Where all of it fits on a line but for that
space, WeasyPrint takes the line for one that cannot be broken, and breaks it after its first word,
or within the first that can be hyphenated.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 1.5  # times the width of a line that a text may seem to take and still fit
_SPACES = ("normal", "nowrap", "pre-line")  # values of ``white-space`` that hang a last space


@contextmanager
def unbroken_lines() -> Iterator[None]:
    """Let a text without its last space stay on a line into which it fits."""
    inline: Any = import_module("weasyprint.layout.inline")  # it has no types
    split = inline.split_first_line

    def splitting(
        text: str,
        style: Any,  # noqa: ANN401
        context: Any,  # noqa: ANN401
        max_width: float,
        *more: Any,  # noqa: ANN401
        **named: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        found = split(text, style, context, max_width, *more, **named)
        _, length, resume, *_ = found
        words = text.rstrip(" ")
        if resume is None or words == text or style["white_space"] not in _SPACES:
            return found
        # Nothing else is worth a second layout: by the width of what is on the line, all might fit.
        if found[3] * len(words.encode()) > ROOM * max_width * max(length, 1):
            return found
        whole = split(words, style, context, max_width, *more, **named)
        if whole[2] is None and whole[3] <= max_width:
            return (*whole[:2], len(text.encode()), *whole[3:])
        return found

    inline.split_first_line = splitting
    try:
        yield
    finally:
        inline.split_first_line = split
