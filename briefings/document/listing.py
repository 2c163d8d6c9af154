"""What the templates of a listing see: a page that leads to briefs, and is none itself.

It is made of the documents of readers, so nothing is in it that they may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefings.document.view import View
    from briefings.language import Language
    from briefings.model.inline import Inline
    from briefings.model.marking import Marking


@dataclass(frozen=True, slots=True)
class Listing:
    """An index, the page of a series, a sidebar, or what stands below a brief.

    Attributes:
        title: what the page is called.
        marking: the highest of all briefs that it lists.
        language: the words around the texts.
        entries: the briefs, the newest first. Each has ``title``, ``bluf``, ``date``, ``issue`` (or
            nothing), ``page`` (for ``page()``), ``series`` (a part, or nothing) and ``readers``
            (parts): of several, the page for each, with ``name``, ``title`` and ``page``.
        series: the series, by name. Each has ``name``, ``page`` and ``entries``.
        index: the name of the page that lists all.
        file: of what stands below a brief, the name of the PDF beside it; "" where there is none.
        source: what it is made of, as bytes.
        moved: whether it only leads from an old name of a brief to the new one.
    """

    title: Inline
    marking: Marking
    language: Language
    index: str
    entries: tuple[View, ...] = ()
    series: tuple[View, ...] = ()
    file: str = ""
    source: bytes = b""
    moved: bool = False

    @property
    def written(self) -> str:
        """The language of the texts (BCP 47): none but that of the words."""
        return self.language.code
