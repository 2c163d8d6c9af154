"""Themes: one style sheet each, the user's own first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, unknown
from briefings.resources import read_bounded

if TYPE_CHECKING:
    from briefings.resources import Shelf

MAX_THEME = 2_000_000


def theme(name: str, shelf: Shelf) -> str:
    """Return the style sheet of a theme.

    Raises:
        InvalidInput: there is none, or it would end the element that it stands in.
    """
    path = shelf.find("templates", f"themes/{name}.css")
    if path is None:
        known = {p.stem for d in shelf.folders("templates") for p in (d / "themes").glob("*.css")}
        raise InvalidInput.of(unknown("theme", name, sorted(known)))
    try:
        css = read_bounded(path, MAX_THEME).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.of("the theme is not UTF-8", str(path)) from None
    if "</" in css or "<!" in css:
        raise InvalidInput.of('a theme cannot hold "</" or "<!"', str(path))
    return css
