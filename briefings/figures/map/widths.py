"""How wide a text is, from the metrics of the bundled fonts.

Reads the tables ``head``, ``hhea``, ``hmtx`` and ``cmap`` (format 4) of a TrueType file, as the
OpenType specification 1.9 describes them. A library for fonts takes longer to import than a map
takes to draw.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cache
from struct import unpack_from
from sys import byteorder
from unicodedata import east_asian_width

from briefings.resources import shipped

REGULAR, BOLD = "SourceSans3-Regular.ttf", "SourceSans3-Bold.ttf"
_UNKNOWN, _WIDE = 0.62, 1.0  # ems of a letter that the font lacks; another font draws it


class Metrics:
    """The advance widths of one font."""

    def __init__(self, name: str) -> None:
        data = (shipped("data") / "fonts" / name).read_bytes()
        tables = {}
        for number in range(unpack_from(">H", data, 4)[0]):
            tag, _, offset, _ = unpack_from(">4sLLL", data, 12 + 16 * number)
            tables[tag.decode()] = offset
        self._em: int = unpack_from(">H", data, tables["head"] + 18)[0]
        count: int = unpack_from(">H", data, tables["hhea"] + 34)[0]
        self._advances = _shorts(data, tables["hmtx"], 2 * count)[::2]
        self._read_cmap(data, tables["cmap"])
        self._known: dict[str, float] = {}

    def _read_cmap(self, data: bytes, table: int) -> None:
        for number in range(unpack_from(">H", data, table + 2)[0]):
            offset = table + unpack_from(">L", data, table + 8 + 8 * number)[0]
            if unpack_from(">H", data, offset)[0] == 4:  # noqa: PLR2004  # format 4
                break
        count = unpack_from(">H", data, offset + 6)[0] // 2
        self._ends = _shorts(data, offset + 14, count)
        self._starts = _shorts(data, offset + 16 + 2 * count, count)
        self._deltas = _shorts(data, offset + 16 + 4 * count, count)
        rest = (unpack_from(">H", data, offset + 2)[0] - 16 - 6 * count) // 2
        self._offsets = _shorts(data, offset + 16 + 6 * count, rest)

    def width(self, text: str) -> float:
        """Return the width of a text in ems, without kerning, which only makes it narrower."""
        known = self._known
        for letter in text:
            if letter not in known:
                known[letter] = self._width(letter)
        return sum(known[letter] for letter in text)

    def lacks(self, text: str) -> bool:
        """Say whether another font has to draw any of the letters, however wide it has them."""
        return not all(self._glyph(ord(letter)) for letter in text)

    def _width(self, letter: str) -> float:
        glyph = self._glyph(ord(letter))
        if glyph:
            return self._advances[min(glyph, len(self._advances) - 1)] / self._em
        return _WIDE if east_asian_width(letter) in "WF" else _UNKNOWN

    def _glyph(self, code: int) -> int:
        segment = bisect_left(self._ends, code)
        if segment == len(self._ends) or self._starts[segment] > code:
            return 0
        offset = self._offsets[segment]
        if not offset:
            return (code + self._deltas[segment]) & 0xFFFF
        glyph = self._offsets[segment + offset // 2 + code - self._starts[segment]]
        return (glyph + self._deltas[segment]) & 0xFFFF if glyph else 0


def _shorts(data: bytes, offset: int, count: int) -> array[int]:
    made = array("H", data[offset : offset + 2 * count])
    if byteorder == "little":  # the file has the high byte first
        made.byteswap()
    return made


@cache
def metrics(name: str) -> Metrics:
    """Return the one table of a font's widths."""
    return Metrics(name)
