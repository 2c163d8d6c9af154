"""Texts of the map: broken into lines, with the room that they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefings.figures.map.widths import BOLD, REGULAR, metrics

if TYPE_CHECKING:
    from collections.abc import Callable

ELLIPSIS = "…"
LINE = 1.12  # of the size, from one line to the next
ASCENT, DESCENT = 0.74, 0.24  # of the size: what letters take above and below their line
SAFE = 1.02  # letters of another font may be a little wider


@dataclass(frozen=True, slots=True)
class Words:
    """A text in lines, at a size in points, with its width and height."""

    lines: tuple[str, ...]
    size: float
    width: float
    height: float


def wrapped(text: str, size: float, most: float, *, bold: bool = False, lines: int = 2) -> Words:
    """Return a text in as few lines as its width allows, each at most so many points wide.

    The lines are about as long as one another. What does not fit ends with an ellipsis.
    """
    font = metrics(BOLD if bold else REGULAR)
    limit = most / size / SAFE
    made = _lines(text.split(), font.width, limit, lines)
    width = max(font.width(line) for line in made) * size * SAFE
    height = (ASCENT + DESCENT + (len(made) - 1) * LINE) * size
    return Words(made, size, width, height)


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in points."""
    return metrics(BOLD if bold else REGULAR).width(text) * size * SAFE


def length(text: str, size: float, *, bold: bool = False) -> float | None:
    """Return how long our font sets a text, in points; nothing where it lacks one of its letters.

    A browser that has another font is told to set it as long.
    """
    font = metrics(BOLD if bold else REGULAR)
    return None if font.lacks(text) else round(font.width(text) * size, 1)


def _lines(
    words: list[str], width: Callable[[str], float], limit: float, most: int
) -> tuple[str, ...]:
    """Return the fewest lines that fit, broken where the longest of them is the shortest."""
    whole = " ".join(words)
    wide = width(whole)
    if wide <= limit or most == 1:
        return (_cut(whole, width, limit),)
    for count in range(2, most + 1):
        if wide <= limit * count:
            for share in (1.0, 1.1, 1.25, 1.5, 2.0):
                made = _filled(words, width, min(limit, wide / count * share), count)
                if all(width(line) <= limit for line in made):
                    return made
    return tuple(_cut(line, width, limit) for line in _filled(words, width, limit, most))


def _filled(
    words: list[str], width: Callable[[str], float], limit: float, most: int
) -> tuple[str, ...]:
    """Fill one line after the other; the last takes the rest."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if len(lines) == most or width(longer) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _cut(line: str, width: Callable[[str], float], limit: float) -> str:
    if width(line) <= limit:
        return line
    kept = line
    while kept and width(kept + ELLIPSIS) > limit:
        kept = kept[: min(len(kept) - 1, int(4 * limit))]  # of no font a letter is that narrow
    return kept.rstrip() + ELLIPSIS
