"""Where in templates something happens: in those that run, or that an error came through."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

Place = tuple[str, int]  # a template's file, and the line


def running() -> Iterator[tuple[FrameType, Place | None]]:
    """Yield what runs, the innermost first; where it is a template, with its place."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  # no other way while it goes on
    while frame:
        yield frame, _place(frame, frame.f_lineno)
        frame = frame.f_back


def passed(error: BaseException) -> list[Place]:
    """Return the places in templates that an error came through, the innermost first."""
    found: list[Place] = []
    trace = error.__traceback__
    while trace:
        if place := _place(trace.tb_frame, trace.tb_lineno):
            found.insert(0, place)
        trace = trace.tb_next
    return found


def _place(frame: FrameType, line: int) -> Place | None:
    file = frame.f_code.co_filename
    template = frame.f_globals.get("__jinja_template__")
    if template is not None and file == template.filename:
        return file, template.get_corresponding_lineno(line)
    # What Jinja puts in for it, once the error has left the template that was asked for.
    return (file, line) if "__jinja_exception__" in frame.f_globals else None
