"""Text in a picture that is drawn (SVG), against what is drawn behind it: axe cannot tell that.

Behind a letter may lie land, water and a border. What counts is the colour that fills most of the
text's box, and each other that fills a good part of it; a thin line that crosses it does not. A
halo (``paint-order: stroke``) stands between the letters and all that. What a box that scrolls
sideways hides is not looked at: a wider window shows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.pictures import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.browsing import Browser

    Colour = tuple[int, ...]

ENOUGH = 4.5
ENOUGH_FOR_LARGE = 3.0  # from 24 px on
PART = 0.15  # of the box: what fills less is a line
HALO = 1.5  # px on each side of a letter
_TEXTS = """
const found = [];
for (const text of document.querySelectorAll("svg text")) {
  const leaves = text.querySelector("tspan") ? text.querySelectorAll("tspan") : [text];
  for (const leaf of leaves) {
    const box = leaf.getBoundingClientRect(), style = getComputedStyle(leaf);
    if (!leaf.textContent.trim() || !box.width || style.visibility !== "visible") continue;
    const around = leaf.closest(".scroll")?.getBoundingClientRect();
    if (around && (box.left < around.left || box.right > around.right)) continue;
    found.push({
      said: leaf.textContent.trim(), fill: style.fill, opacity: style.fillOpacity,
      size: parseFloat(style.fontSize) * leaf.getScreenCTM().a,
      halo: style.paintOrder.startsWith("stroke") ? style.stroke : "none",
      around: parseFloat(style.strokeWidth) * leaf.getScreenCTM().a / 2,
      box: [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY],
    });
  }
}
for (const text of document.querySelectorAll("svg text")) text.style.visibility = "hidden";
return found;
"""
_SHOW = 'for (const t of document.querySelectorAll("svg text")) t.style.visibility = "";'
_RGB = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")


def faint(browser: Browser) -> list[str]:
    """Return each text of the page's drawings that stands out too little, with its contrast."""
    texts: list[dict[str, Any]] = browser.ask(_TEXTS)
    if not texts:
        return []
    behind = opened(browser.picture())
    browser.ask(_SHOW)
    found = []
    for text in texts:
        left, top, right, bottom = map(round, text["box"])
        box = behind.crop((left, top, right, bottom))
        colours = box.getcolors(1 << 24) or []
        grounds = list(_grounds(colours, box.width * box.height))
        if text["halo"] != "none" and text["around"] >= HALO:
            grounds = [_read(text["halo"])]
        least = min((_contrast(_read(text["fill"]), ground) for ground in grounds), default=1.0)
        enough = ENOUGH_FOR_LARGE if text["size"] >= 24 else ENOUGH
        if least < enough or text["opacity"] != "1":
            found.append(f"{text['said']}: {least:.1f}:1")
    return found


def _grounds(colours: Iterable[tuple[int, Any]], size: int) -> Iterable[Colour]:
    """Yield the colours that fill a good part, those that differ by a shade taken as one."""
    shades: dict[Colour, list[tuple[int, Colour]]] = {}
    for count, colour in colours:
        shades.setdefault(tuple(value // 16 for value in colour), []).append((count, colour))
    for alike in shades.values():
        if sum(count for count, _ in alike) >= PART * size:
            yield max(alike)[1]


def _read(colour: str) -> Colour:
    found = _RGB.fullmatch(colour)
    assert found, f"a colour of a text is plain, not {colour}"
    return tuple(map(int, found.groups()))


def _contrast(first: Colour, second: Colour) -> float:
    """Return the contrast of two colours, as WCAG 2 reckons it."""
    dark, light = sorted(map(_luminance, (first, second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    shares = [value / 255 for value in colour]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
