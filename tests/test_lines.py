"""No line ends before its words do: between a day and its month, or for a last space alone."""

from __future__ import annotations

import re

import pytest

from briefings.resources import Shelf
from briefings.writers import layout
from briefings.writers.body import body
from briefings.writers.fonts import only_ours
from briefings.writers.lines import unbroken_lines

TEXT = "Either side names its terms for talks, or rules them out. "
MONTHS = ("March", "November")


def _first_line(width: float) -> str:
    """Return the first line of a text before an element, in a column of so many pixels."""
    weasyprint = layout.load()
    html = (
        f"<html lang=en><style>p {{ font: 12px 'Source Serif 4'; width: {width}px }}</style>"
        f"<p>{TEXT}<em>If seen</em> so"
    )
    fonts = weasyprint.text.fonts.FontConfiguration()
    pages = weasyprint.HTML(string=html).render(font_config=fonts).pages
    boxes = list(pages[0]._page_box.descendants())  # noqa: SLF001
    lines = [box for box in boxes if type(box).__name__ == "LineBox"]
    return "".join(getattr(box, "text", "") for box in lines[0].descendants()).strip()


def _natural() -> float:
    """Return the width of the text without its last space."""
    weasyprint = layout.load()
    html = f"<style>p {{ font: 12px 'Source Serif 4'; white-space: nowrap }}</style><p>{TEXT}"
    pages = weasyprint.HTML(string=html).render().pages
    found = [b for b in pages[0]._page_box.descendants() if getattr(b, "text", "")]  # noqa: SLF001
    return float(found[0].width)


def test_a_text_stays_on_the_line_that_holds_all_but_its_last_space() -> None:
    with only_ours(Shelf()):
        width = _natural() + 0.5
        assert _first_line(width) == "Either"  # what WeasyPrint alone makes of it
        with unbroken_lines():
            assert _first_line(width) == TEXT.strip()


def test_a_text_that_does_not_fit_is_broken_where_it_was() -> None:
    with only_ours(Shelf()):
        width = _natural() - 1
        alone = _first_line(width)
        with unbroken_lines():
            assert _first_line(width) == alone


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("On 3 March it rained.", "On 3\u00a0March it\u00a0rained."),
        ("*By* 21 November 2024.", " 21\u00a0November\u00a02024."),
        ("# Salvo, 21 November 2024", "Salvo, 21\u00a0November\u00a02024"),
        ("`3 March`", "3 March"),
        ("In 3 Marching orders.", "In 3 Marching\u00a0orders."),
    ],
)
def test_a_day_keeps_its_month(marked: str, expected: str) -> None:
    made = re.sub("<[^>]*>", "", body(marked, lambda _: "", MONTHS))
    assert expected in made
    assert ("\u00a0" in made) == ("\u00a0" in expected)
