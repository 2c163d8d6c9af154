"""Themes: one style sheet each, laid over ours; the user's own comes before ours of its name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2

from briefings.audience import BASE_THEME
from briefings.errors import InvalidInput, unknown
from briefings.resources import read_bounded
from briefings.writers import pictures
from briefings.writers.css import problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefings.resources import Shelf

MAX_THEME = 2_000_000


def theme(names: Iterable[str], shelf: Shelf) -> str:
    """Return the style sheet: ours, and laid over it each theme that is named.

    Raises:
        InvalidInput: there is none, it would end the element that it stands in, or it asks for
            something from elsewhere.
    """
    return "\n".join(sheet(path) for path in files(names, shelf))


def files(names: Iterable[str], shelf: Shelf) -> list[Path]:
    """Return the files of a style sheet, in the order in which each is laid over those before.

    Raises:
        InvalidInput: there is no theme of some name.
    """
    found: list[Path] = []
    for name in dict.fromkeys((BASE_THEME, *names)):
        path = shelf.find("templates", f"themes/{name}.css")
        if path is None:
            raise InvalidInput.of(unknown("theme", name, known(shelf)))
        found.append(path)
    return found


def known(shelf: Shelf) -> list[str]:
    """Return the names of all themes."""
    return shelf.stems("templates", ".css", "themes")


@lru_cache(8)
def paint(css: str) -> dict[str, str]:
    """Return the custom properties of a style sheet, for drawings, which no style sheet reaches.

    They are those of its ``:root`` rules outside of ``@media``, each under its name with ``_`` for
    ``-``; of several of one name the last holds.
    """
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() != ":root":
            continue
        for declaration in tinycss2.parse_blocks_contents(rule.content, skip_comments=True):
            if declaration.type == "declaration" and declaration.name.startswith("--"):
                value = tinycss2.serialize(declaration.value).strip()
                found[declaration.name[2:].replace("-", "_")] = value
    return found


def sheet(path: Path) -> str:
    """Return one style sheet, with the pictures in it that it shows.

    Raises:
        InvalidInput: it is not one that a page can hold.
    """
    try:
        css = read_bounded(path, MAX_THEME).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.of("the theme is not UTF-8", str(path)) from None
    return _alone(css, path) or _with_pictures(css, path)


@lru_cache(16)
def _alone(css: str, path: Path) -> str:
    """Return a style sheet that shows no picture, or nothing where it shows one."""
    shown = _with_pictures(css, path)
    return css if shown is css else ""


def _with_pictures(css: str, path: Path) -> str:
    if "</" in css or "<!" in css:
        raise InvalidInput.of('a theme cannot hold "</" or "<!"', str(path))
    try:
        tokens = tinycss2.parse_component_value_list(css)
        shown = bool(pictures.named(tokens, path.parent))
        wrong = pictures.put_in(tokens, path.parent)
        found = problems(css, str(path), tokens, wrong)
    except RecursionError:
        raise InvalidInput.of("the theme is nested too deep", str(path)) from None
    if found:
        raise InvalidInput(found)
    return tinycss2.serialize(tokens) if shown else css


def made_of(path: Path) -> list[Path]:
    """Return the file of a style sheet, and those of the pictures that it shows."""
    css = read_bounded(path, MAX_THEME).decode("utf-8-sig", "replace")
    return [path, *pictures.named(tinycss2.parse_component_value_list(css), path.parent)]
