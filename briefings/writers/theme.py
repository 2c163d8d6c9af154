"""Themes: one style sheet each, laid over ours; the user's own comes before ours of its name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import tinycss2

from briefings.audience import BASE_THEME
from briefings.errors import InvalidInput, Problem, unknown
from briefings.resources import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from briefings.resources import Shelf

MAX_THEME = 2_000_000
# A number alone counts columns, steps of a counter, layers; one with a unit is a length.
MAX_NUMBER, MAX_REPEATED, MAX_LENGTH, MIN_LENGTH = 10_000, 100, 100_000, 0.001

# Functions of CSS whose texts are addresses.
_FETCHING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element")


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
    """Return one style sheet.

    Raises:
        InvalidInput: it is not one that a page can hold.
    """
    try:
        css = read_bounded(path, MAX_THEME).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.of("the theme is not UTF-8", str(path)) from None
    if "</" in css or "<!" in css:
        raise InvalidInput.of('a theme cannot hold "</" or "<!"', str(path))
    try:
        found = problems(css, str(path))
    except RecursionError:
        raise InvalidInput.of("the theme is nested too deep", str(path)) from None
    if found:
        raise InvalidInput(found)
    return css


def problems(css: str, file: str) -> list[Problem]:
    """Return what a style sheet asks for from elsewhere, and numbers that no page needs."""
    lines = css.split("\n")
    tokens = tinycss2.parse_component_value_list(css)
    said = [
        (line, f'a theme cannot ask for "{address}": nothing is fetched but data: addresses')
        for line, address in _fetched(tokens)
        if not address.lower().startswith(("data:", "#"))
    ]
    said += [(line, f"{number} is out of bounds: {why}") for line, number, why in _excesses(tokens)]
    return [
        Problem(what, file, line, 0, lines[min(line, len(lines)) - 1].strip())
        for line, what in sorted(said, key=lambda pair: pair[0])
    ]


def _excesses(tokens: Iterable[Any], most: int = MAX_NUMBER) -> Iterator[tuple[int, str, str]]:
    """Yield each number of which a layout would be without end, with its line and the bound."""
    for token in tokens:
        if token.type in ("number", "dimension", "percentage"):
            largest = most if token.type == "number" else MAX_LENGTH
            if abs(token.value) > largest:
                yield token.source_line, token.serialize(), f"{largest:,} is the most"
            elif 0 < abs(token.value) < MIN_LENGTH:
                yield token.source_line, token.serialize(), f"{MIN_LENGTH} is the least"
        elif token.type == "function":
            inner = MAX_REPEATED if token.lower_name == "repeat" else most
            yield from _excesses(token.arguments, inner)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _excesses(token.content, most)


def _fetched(tokens: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Yield the address of each url(), each import, and each text where an address can stand."""
    importing = False
    for token in tokens:
        if token.type == "url" or (token.type == "string" and importing):
            yield token.source_line, token.value
        elif token.type == "error" and token.kind == "bad-url":
            yield token.source_line, "something that is no address"
        elif token.type == "function":
            strings = [t for t in token.arguments if t.type == "string"]
            if token.lower_name in _FETCHING:
                yield from ((string.source_line, string.value) for string in strings)
            yield from _fetched(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _fetched(token.content)
        if token.type not in ("whitespace", "comment"):
            importing = token.type == "at-keyword" and token.lower_value == "import"
