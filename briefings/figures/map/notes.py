"""What must be said below a map: of borders, and of what the map does not or not quite show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.figures.map.extent import beyond
from briefings.figures.map.text import measure, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.figures.map.places import Place
    from briefings.figures.map.shapes import Pen
    from briefings.figures.map.symbols import Drawn, Hatch
    from briefings.language import Language

NOTE = 6.3
MOST = 3  # lines: of more places than these hold, the rest is counted
ENOUGH = 100  # lines: no sentence is cut


def notes(
    pen: Pen, hatched: Sequence[Hatch], drawn: Drawn, language: Language, width: float
) -> list[str]:
    """Return the notes in lines, each note on a line of its own; none is cut."""
    lines: list[str] = []
    for note in _notes(pen, hatched, drawn, language, width):
        words = " ".join(part for word in note.split() for part in _parted(word, width))
        lines += wrapped(words, NOTE, width, lines=ENOUGH).lines
    return lines


def _parted(word: str, width: float) -> Iterator[str]:
    """Yield a word in parts that fit on a line: some languages put no spaces between theirs."""
    part = ""
    for letter in word:
        if measure(part + letter, NOTE) > width:
            yield part
            part = ""
        part += letter
    yield part


def _notes(
    pen: Pen, hatched: Sequence[Hatch], drawn: Drawn, language: Language, width: float
) -> Iterator[str]:
    yield language.word("words", "map_disclaimer")
    outside = {id(place) for place in drawn.outside}
    areas = [hatch for hatch in hatched if id(hatch.place) not in outside]
    circles = [hatch for hatch in areas if hatch.radius is not None]
    if circles:
        number = language.number(int(circles[0].radius or 0))  # on one map all are as large
        names = [hatch.place.name for hatch in circles]
        yield _listed(language, "map_circle", names, width, number=number)
    cut = [h.place for h in areas if h.radius is None and beyond(pen.atlas, pen.frame, _code(h))]
    if cut:
        yield _listed(language, "map_beyond", [place.name for place in cut], width)
    if drawn.outside:
        yield _listed(
            language, "map_outside", [told(place, language) for place in drawn.outside], width
        )
    if drawn.points:
        yield language.word("words", "map_aside")
    if drawn.stacked:
        yield language.word("words", "map_stacked")
    if drawn.unnamed:
        number = language.number(drawn.unnamed)
        yield language.word("words", "map_unnamed").format(number=number)


def _code(hatch: Hatch) -> str:
    return hatch.place.region or ""


def told(place: Place, language: Language) -> str:
    """Return a place with its roles and what is known of it."""
    sentence = language.word("words", "map_place")
    roles = ", ".join(place.words)
    return sentence.format(place=place.name, role=roles, precision=place.said)


def _listed(language: Language, word: str, items: Sequence[str], width: float, **more: str) -> str:
    """Return a sentence that names as many places as a few lines hold, and counts the others."""
    said = language.word("words", word)
    names = list(dict.fromkeys(items))

    def told_of(many: int) -> str:
        places = "; ".join(names[:many])
        if many < len(names):
            left = language.number(len(names) - many)
            places = language.word("words", "map_others").format(places=places, number=left)
        return said.format(places=places, **more)

    def fits(many: int) -> bool:
        return measure(told_of(many), NOTE) <= width * (MOST - 0.5)

    many = 1  # at the least, however long its name is
    while many < len(names) and fits(many + 1):
        many += 1
    return told_of(many)
