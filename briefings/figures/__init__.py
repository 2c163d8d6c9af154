"""The figures: one file each, one line each in ``FIGURES``.

A figure is made from the document alone. Its module has ``data(document, *arguments)``, which
returns what its templates draw, or ``None`` where there is nothing to draw; they are

- ``figures/<name>.md.j2``: the figure as Markdown, which is also its text equivalent; CSS lays it
  out on the page;
- ``figures/<name>.svg.j2``: a drawing, for what is geometry; it stands on the page only.
"""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from briefings import plugins
from briefings.errors import InvalidInput, unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefings.document import Document
    from briefings.resources import Shelf

FIGURES = {
    "chain": "briefings.figures.chain",
    "map": "briefings.figures.map",
    "matrix": "briefings.figures.matrix",
    "numbers": "briefings.figures.numbers",
    "tally": "briefings.figures.tally",
    "scale": "briefings.figures.scale",
    "timeline": "briefings.figures.timeline",
}


def known(shelf: Shelf) -> dict[str, Callable[..., Any]]:
    """Return the figures of installed packages that this shelf may use, by name."""
    return plugins.brought(plugins.FIGURES, shelf, FIGURES)


def data(name: str, document: Document, shelf: Shelf, *arguments: str) -> Any:  # noqa: ANN401
    """Return what the templates of a figure draw: plain data, or ``None`` for nothing.

    Raises:
        InvalidInput: there is no such figure, or the one of a package fails.
        TypeError: it is given what it does not take.
    """
    others = {} if name in FIGURES else known(shelf)
    if name not in (*FIGURES, *others):
        raise InvalidInput.of(unknown("figure", name, [*FIGURES, *others]))
    make = others.get(name) or import_module(FIGURES[name]).data
    try:
        signature(make).bind(document, *arguments)
    except TypeError as error:
        raise TypeError(f'figure("{name}", ...): {error}') from None
    try:
        return make(document, *arguments)
    except Exception as error:
        if name in FIGURES:
            raise
        what = f"{type(error).__name__}: {error}"
        raise InvalidInput.of(
            f'the figure "{name}" of an installed package fails: {what}'
        ) from error
