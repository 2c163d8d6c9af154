"""Pictures beside a page: its figures as files, which a wiki shows.

A drawing that stands in a paragraph of its own becomes a picture; one within a line, such as the
likelihood scale, has nothing to say without it. A picture of dots can also show what CSS lays out,
so the chain becomes one. The table or the list of a figure stays below.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import accumulate
from typing import TYPE_CHECKING

from briefings.document.view import digest
from briefings.model.escape import escape
from briefings.model.vocabulary import Pictures
from briefings.templating import signs, strip
from briefings.writers import raster, vector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.document import Document
    from briefings.resources import Shelf

DASH = " \u2013 "
LAID_OUT = ("chain",)  # blocks that CSS makes a picture of
_DRAWING = (
    f"{signs.MARK}{signs.DRAWN}{signs.ARGUMENT}(?P<said>[^{signs.MARK}{signs.TEXT}]*)"
    f"{signs.TEXT}{signs.UNMARK}"
)
_BLOCK = f"{signs.OPEN}(?P<block>{'|'.join(LAID_OUT)})[^{signs.CLOSE}]*{signs.CLOSE}"
_ALONE = re.compile(f"^(?P<lead>[ \t]*)(?:{_DRAWING}[ \t]*$|{_BLOCK})", re.MULTILINE)
_EDGE = re.compile(f"{signs.OPEN}|{signs.END}")
_MOMENT = re.compile(r"^### (.+)$", re.MULTILINE)
_STRANGE = re.compile(r"[^\w.+-]+")


class _Figures:
    """The figures of a brief as files of one kind."""

    def __init__(
        self, document: Document, marked: str, shelf: Shelf, kind: str, *, laid_out: bool
    ) -> None:
        self.document, self.marked, self.shelf = document, marked, shelf
        self.kind, self.laid_out = Pictures(kind), laid_out
        self.files: dict[str, bytes] = {}

    def whole(self) -> str:
        """Return the marked Markdown with the pictures in it."""
        return _ALONE.sub(self.shown, self.marked)

    def shown(self, found: re.Match[str]) -> str:
        """Return what stands in the place of a drawing, or before a block and with its sign."""
        if found["block"] is None:
            name = "-".join(found["said"].split())
            return "\n\n".join(
                found["lead"] + sign for sign in self.signs(name, *self.drawn(found))
            )
        if self.kind is Pictures.SVG or not self.laid_out:
            return found[0]
        inner = _within(self.marked, found.start())
        pictures = raster.pictures(self.document, inner, self.shelf)
        said = self.signs(found["block"], self.told(inner), pictures)
        return "".join(f"{found['lead']}{sign}\n\n" for sign in said) + found[0]

    def drawn(self, found: re.Match[str]) -> tuple[str, list[bytes]]:
        """Return the title and the picture of a drawing, or none where there is none to draw."""
        drawing = vector.file(self.document, self.shelf, found["said"])
        if drawing is None:
            return "", []
        if self.kind is Pictures.SVG:
            return drawing.title, [drawing.data]
        return drawing.title, raster.pictures(self.document, found[0].strip(), self.shelf)

    def signs(self, name: str, title: str, pictures: list[bytes]) -> Iterator[str]:
        """Keep pictures as files, and yield how each is shown."""
        for number, data in enumerate(pictures, 1):
            numbered = f"{name}-{number}" if number > 1 else name
            file = f"{_stem(self.document)}.{numbered}.{self.kind.value}"
            self.files[file] = data
            said = f"{title} ({number}/{len(pictures)})" if len(pictures) > 1 else title
            yield signs.picture(file, escape(said))

    def told(self, chain: str) -> str:
        """Return what a picture of the chain shows: from when to when."""
        moments = [moment.replace("\\", "") for moment in _MOMENT.findall(strip(chain))]
        ends = dict.fromkeys((moments[0], moments[-1])) if moments else ()
        heading = self.document.language.word("sections", "chain")
        return f"{heading}: {DASH.join(ends)}" if ends else heading


_MADE: deque[tuple[Document, tuple[str, str, bool], tuple[str, dict[str, bytes]]]] = deque(maxlen=2)


def beside(
    document: Document, marked: str, shelf: Shelf, kind: str, *, laid_out: bool = True
) -> tuple[str, dict[str, bytes]]:
    """Return the marked Markdown with its pictures in it, and their files by name.

    Args:
        document: the brief.
        marked: its Markdown, with the signs for the page.
        shelf: where templates and themes are looked up.
        kind: as what figures are drawn: ``svg`` or ``png``.
        laid_out: whether what CSS lays out is a picture too, where it can be.

    Raises:
        InvalidInput: the theme or a figure's template is missing or wrong.
        Unequipped: for PNG, a library is missing.
    """
    asked = (marked, str(kind), laid_out)
    for of, before, made in _MADE:  # the same for each dialect in which a brief is written
        if of is document and before == asked:
            return made
    figures = _Figures(document, marked, shelf, kind, laid_out=laid_out)
    made = figures.whole(), figures.files
    _MADE.append((document, asked, made))
    return made


def _within(marked: str, start: int) -> str:
    """Return the block that begins at *start*, with its signs."""
    edges = list(_EDGE.finditer(marked, start))
    depths = accumulate(1 if edge[0] == signs.OPEN else -1 for edge in edges)
    ends = (edge.end() for edge, depth in zip(edges, depths, strict=True) if depth == 0)
    return marked[start : next(ends, len(marked))]


def _stem(document: Document) -> str:
    """Return how the names of the files begin: with signs alone that every wiki can link to."""
    plain = _STRANGE.sub("-", document.id)
    told = f"-{digest(document.id)[:6]}" if plain != document.id else ""
    return f"{plain}{told}.{document.audience}"
