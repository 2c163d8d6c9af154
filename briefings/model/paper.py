"""The sheet that a PDF is laid out for: one with a name, or one of any size."""

from __future__ import annotations

import re
from enum import StrEnum

from briefings.errors import InvalidInput, unknown

LEAST, MOST = 50.0, 1200.0  # millimetres; a label in 12 points needs so much, and no plotter more
NARROW, SLIM = 130.0, 75.0  # below these a sheet has room for less beside one another
EXAMPLE = "90mm x 160mm"
_LENGTH = r"[0-9]{1,4}(\.[0-9]{1,2})? ?(mm|cm|in|pt)"
SIZE = rf"{_LENGTH}? ?[x\u00d7] ?{_LENGTH}"
_SIDE = re.compile(r"([0-9.]+) ?([a-z]*)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_SIDES = {"A4": (210.0, 297.0), "letter": (215.9, 279.4)}


class Paper(StrEnum):
    """The sheet that a PDF is laid out for: one of these, or any ``width x height``."""

    A4 = "A4"
    """210 mm by 297 mm."""
    LETTER = "letter"
    """8.5 by 11 inches."""

    @classmethod
    def _missing_(cls, value: object) -> Paper | None:
        """Make a sheet of a size that is written as it is kept: ``Paper("90mm x 160mm")``."""
        if not isinstance(value, str) or not re.fullmatch(SIZE, value) or _spelt(value) != value:
            return None
        made = str.__new__(cls, value)
        made._name_ = made._value_ = value
        return made

    def __reduce_ex__(self, proto: object) -> tuple[type[Paper], tuple[str]]:
        # By its value: by its name, as some releases of Python do it, a size would not be found.
        return Paper, (self.value,)

    @classmethod
    def read(cls, text: str) -> Paper:
        """Return the sheet of that name, or of that size in any spelling: ``9 x 16 cm``.

        Raises:
            ValueError: there is no such sheet, with what is expected.
        """
        if text in list(cls):
            return cls(text)
        if not re.fullmatch(SIZE, text):
            if text[:1].isdecimal():
                raise ValueError(
                    f'"{text}" is no size of a sheet; width x height in mm, cm, in or pt is '
                    f"expected, as in {EXAMPLE}"
                )
            said = unknown("paper", text, cls)
            if near := next((paper for paper in cls if paper.lower() == text.lower()), None):
                raise ValueError(f'unknown paper "{text}"; did you mean "{near}"?')
            raise ValueError(said if said.endswith("?") else f"{said}, or a size as {EXAMPLE}")
        made = cls(_spelt(text))
        if not all(LEAST <= side <= MOST for side in made.sides):
            raise ValueError(
                f'"{text}" is out of bounds: a sheet is from {LEAST:g} to {MOST:g} mm wide and high'
            )
        return made

    @classmethod
    def named(cls, word: str) -> Paper:
        """Return the sheet that is called so, whatever its capitals, or that has this size.

        Raises:
            InvalidInput: there is none.
        """
        for paper in cls:
            if paper.lower() == word.lower():
                return paper
        try:
            return cls.read(" ".join(word.lower().split()) if word[:1].isdecimal() else word)
        except ValueError as error:
            raise InvalidInput.of(str(error)) from None

    @property
    def sides(self) -> tuple[float, float]:
        """Its width and its height in millimetres."""
        if self.value in _SIDES:
            return _SIDES[self.value]
        width, height = (
            float(number) * _MILLIMETRES[unit]
            for number, unit in (_parts(side) for side in self.value.split(" x "))
        )
        return width, height

    @property
    def size(self) -> str:
        """Its size as CSS says it."""
        return self.value.replace(" x ", " ")

    @property
    def margins(self) -> dict[str, float]:
        """What a theme leaves white, in millimetres: at its top, its sides and its bottom.

        A brief that fills an A4 sheet is to fit a letter, which is 18 mm shorter. What is smaller
        has as little as the label in its head needs.
        """
        width, height = self.sides
        side = round(min(17.0, max(4.0, width * 17 / 210)), 1)
        if height >= _SIDES["A4"][1]:
            return {"top": 13, "side": side, "bottom": 12}
        return {"top": 11, "side": side, "bottom": 13.5 if width < SLIM else 10.5}


def _spelt(size: str) -> str:
    """Return a size as it is kept: what is said of the second side holds for the first as well."""
    first, second = (_parts(side.strip()) for side in re.split("[x\u00d7]", size))
    return f"{float(first[0]):g}{first[1] or second[1]} x {float(second[0]):g}{second[1]}"


def _parts(side: str) -> tuple[str, str]:
    found = _SIDE.fullmatch(side)
    assert found  # noqa: S101  # it has the form of a size
    return found[1], found[2]
