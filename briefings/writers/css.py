"""What a style sheet may not say: what asks for something from elsewhere, and endless numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinycss2

from briefings.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A number alone counts columns, steps of a counter, layers; one with a unit is a length.
MAX_NUMBER, MAX_REPEATED, MAX_LENGTH, MIN_LENGTH = 10_000, 100, 100_000, 0.001

_ELSE = "nothing is fetched but data: addresses and pictures beside the theme"
# Functions of CSS whose texts are addresses.
_FETCHING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element")


def problems(
    css: str,
    file: str,
    tokens: Sequence[Any] | None = None,
    more: Iterable[tuple[int, str]] = (),
) -> list[Problem]:
    """Return what a style sheet asks for from elsewhere, and numbers that no page needs.

    Args:
        css: its text.
        file: its name.
        tokens: what it consists of by now, where that is no longer its text.
        more: what else is wrong, each with its line.
    """
    lines = css.split("\n")
    tokens = tinycss2.parse_component_value_list(css) if tokens is None else tokens
    said = [
        *more,
        *(
            (line, f'a theme cannot ask for "{address}": {_ELSE}')
            for line, address in _fetched(tokens)
            if not address.lower().startswith(("data:", "#"))
        ),
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
