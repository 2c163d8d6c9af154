"""The map in a browser, whose font is none of ours: its letters take no more room than ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.figures.map.widths import BOLD, metrics
from tests.figures.maps import SVG, At, tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TOWNS = (At("Lom", 43.83, 23.24), At("Calafat", 43.99, 22.93), At("ตัวเมือง", 43.2, 23.5))


def texts(root: Element) -> dict[str, Element]:
    return {text.text or "": text for text in root.iter(f"{SVG}text")}


def test_on_a_screen_each_text_is_as_wide_as_our_font_has_it() -> None:
    found = texts(tree(*TOWNS, screen=True))
    wide = metrics(BOLD).width("Calafat") * 7.4
    assert found["Calafat"].get("textLength") == f"{wide:.1f}"
    without = [said for said, text in found.items() if not text.get("textLength")]
    assert without == ["ตัวเมือง"], "how wide the letters are that our font lacks nobody knows"
    adjusted = {text.get("lengthAdjust") for text in found.values() if text.get("textLength")}
    assert adjusted == {"spacingAndGlyphs"}


def test_on_paper_the_font_is_ours_and_no_text_is_drawn_out() -> None:
    assert not [text for text in texts(tree(*TOWNS)).values() if text.get("textLength")]
