"""Our fonts and no others: the same page on every machine.

fontconfig is given a configuration of its own, which names our folder and the user's ``fonts/``.
Fonts installed on the machine are not looked at.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from briefings.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.resources import Shelf

# Text in a script that the page's own family lacks falls back in this order, on every machine.
FALLBACK = (
    "Source Serif 4",
    "Source Sans 3",
    "IBM Plex Sans Arabic",
    "DejaVu Sans",
    "Noto Emoji",
    "Droid Sans Fallback",
)
_VARIABLE = "FONTCONFIG_FILE"


@contextmanager
def only_ours(shelf: Shelf) -> Iterator[None]:
    """Let fontconfig, while it is set up inside, see our fonts and the user's alone."""
    before = os.environ.get(_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="briefings-") as folder:
        file = Path(folder) / "fonts.conf"
        file.write_text(_configuration(shelf), "utf-8")
        os.environ[_VARIABLE] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before


def folders(shelf: Shelf) -> list[Path]:
    """Return the folders in which fonts are looked for."""
    own = shelf.own / "fonts" if shelf.own else None
    return [shipped("data") / "fonts", *([own] if own and own.is_dir() else [])]


def _configuration(shelf: Shelf) -> str:
    places = "".join(f"<dir>{escape(str(folder.resolve()))}</dir>" for folder in folders(shelf))
    families = "".join(f"<string>{family}</string>" for family in FALLBACK)
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  {places}
  <cachedir prefix="xdg">briefings/fontconfig</cachedir>
  <match target="pattern">
    <test name="family"><string>emoji</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Noto Emoji</string></edit>
  </match>
  <match target="pattern">
    <edit name="family" mode="append_last" binding="weak">{families}</edit>
  </match>
</fontconfig>
"""
