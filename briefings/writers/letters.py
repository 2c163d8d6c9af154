"""The letters of a drawing that stands by itself: as much of our font as is written in it.

A browser that shows a file as a picture gives it no font but those of the machine; and a label is
placed by how wide our letters are.
"""

from __future__ import annotations

import base64
import io
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING

from briefings.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY = "Source Sans 3"
_FILES = {"normal": "SourceSans3-Regular.ttf", "bold": "SourceSans3-Bold.ttf"}


def faces(written: Mapping[str, str]) -> str:
    """Return a style sheet that holds the letters.

    Args:
        written: what is written in each weight, ``normal`` and ``bold``.
    """
    return "".join(
        # In this very spelling MediaWiki lets a font into an SVG that is uploaded.
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
        f'src:url("data:;base64,{_letters(weight, "".join(sorted({*text})))}")}}'
        for weight, text in written.items()
        if text.strip()
    )


@lru_cache(16)
def _letters(weight: str, text: str) -> str:
    """Return a WOFF2 file of the characters of a text that our font has, in Base64."""
    from fontTools import subset  # noqa: PLC0415  # a fifth of a second, for drawings as files alone

    options = subset.Options(flavor="woff2", hinting=False, name_IDs=[], recalc_timestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    made = io.BytesIO()
    path = shipped("data") / "fonts" / _FILES[weight]
    with closing(subset.load_font(path, options)) as font:
        subsetter.subset(font)
        subset.save_font(font, made, options)
    return base64.b64encode(made.getvalue()).decode()
