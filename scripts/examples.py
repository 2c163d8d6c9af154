"""Draws the pictures of docs/examples.md: every page of every brief that is made there.

As those of the gallery, one that looks as it did is not written anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.gallery import fine, kept
from tests.examples import ROOT
from tests.pictures import apart, opened
from tests.workspaces import FOLDER, MADE, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

DOTS = {"alert": 110}  # an inch; the narrow one is shown larger
OTHERS = 80


def pictures() -> dict[Path, Image.Image]:
    """Return all of them by their files."""
    return {
        FOLDER / f"{example}-{number}.png": image
        for example in MADE
        for number, image in enumerate(
            fine(rendered(example, "pdf"), DOTS.get(example.name, OTHERS)), 1
        )
    }


def stale(drawn: dict[Path, Image.Image]) -> list[Path]:
    """Return the files that are missing, look otherwise or show what is no more."""
    wrong = [
        path
        for path, image in drawn.items()
        if not path.exists() or apart(opened(path.read_bytes()), opened(kept(image)))
    ]
    return wrong + [path for path in FOLDER.glob("*.png") if path not in drawn]


def main() -> None:
    """Write what is stale."""
    drawn = pictures()
    for path in stale(drawn):
        path.unlink(missing_ok=True)
        if path in drawn:
            path.write_bytes(kept(drawn[path]))
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
