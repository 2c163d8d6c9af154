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
_VARIABLES = (_VARIABLE, "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "FC_LANG")


@contextmanager
def only_ours(shelf: Shelf) -> Iterator[None]:
    """Let fontconfig see our fonts and the user's alone.

    The import of WeasyPrint stands inside too, as all that asks it for something: it sets up its
    default configuration then, and again when the page is laid out.
    """
    before = {name: os.environ.pop(name) for name in _VARIABLES if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="briefings-") as folder:
        file = Path(folder) / "fonts.conf"
        file.write_text(_configuration(shelf, Path(folder) / "cache"), "utf-8")
        os.environ[_VARIABLE] = str(file)
        try:
            yield
        finally:
            del os.environ[_VARIABLE]
            os.environ.update(before)


def folders(shelf: Shelf) -> list[Path]:
    """Return the folders in which fonts are looked for."""
    own = [folder / "fonts" for folder in shelf.own]
    return [shipped("data") / "fonts", *(folder for folder in own if folder.is_dir())]


def _configuration(shelf: Shelf, cache: Path) -> str:
    """Return what fontconfig reads; *cache* is for where the user's own cannot be written."""
    places = "".join(f"<dir>{escape(str(folder.resolve()))}</dir>" for folder in folders(shelf))
    families = "".join(f"<string>{family}</string>" for family in FALLBACK)
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  {places}
  <cachedir prefix="xdg">briefings/fontconfig</cachedir>
  <cachedir>{escape(str(cache))}</cachedir>
  <match target="pattern">
    <test name="family"><string>emoji</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Noto Emoji</string></edit>
  </match>
  <match target="pattern">
    <edit name="family" mode="append_last" binding="weak">{families}</edit>
  </match>
</fontconfig>
"""
