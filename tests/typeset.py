"""What stands on laid-out pages, line by line, and what of it a reader would stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MEASURE = 82  # characters: a line has some 75, more where many of them are narrow


def lines(pages: Sequence[Any]) -> Iterator[tuple[Any, Any, list[Any]]]:
    """Yield each line of text with its block and its own texts, without those of blocks in it."""
    for sheet in pages:
        for block in sheet._page_box.children[0].descendants():  # noqa: SLF001
            for line in getattr(block, "children", ()):
                if type(line).__name__ == "LineBox":
                    yield block, line, list(texts(line))


def texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        if type(child).__name__ in {"InlineBox", "TextBox"}:
            yield from texts(child)


def strayed(pages: Sequence[Any]) -> Iterator[str]:
    """Yield what is wider than its column, cell or card."""
    for block, _, found in lines(pages):
        right = block.content_box_x() + block.width + 1
        for text in found:
            if text.position_x + text.width - right > 0 and text.text.strip():
                yield text.text


def too_long(pages: Sequence[Any]) -> Iterator[str]:
    """Yield lines of running text, which is in serifs, that are longer than is read with ease."""
    for _, _, found in lines(pages):
        serif = [text.text for text in found if "Source Serif" in text.style["font_family"][0]]
        if len(said := "".join(serif).strip()) > MEASURE:
            yield said
