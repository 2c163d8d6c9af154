"""Pictures of pages, small enough to be kept, and whether two of them look alike.

A kept picture has 16 steps of each colour. Two pictures are compared by the mean colours of their
tiles of 4 by 4 pixels: where a letter's edge is drawn a little darker here and lighter there, as
another release of the drawing library does, the mean hardly moves; where a line, a word or a colour
is another, it does. ``test_pictures`` proves both.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

DOTS = 56  # an inch; the smallest text is then four dots high, and an A4 page 463 by 655
STEP = 17  # 255 in 15 steps
TILE = 4
# Of 255, how far the mean of a tile may be off, and how many tiles may be farther.
# Keeping in 16 steps moves it by 8 at most, and two changed letters move more than FEW by 12.
FAR = 11
FEW = 2
NEW = Path(__file__).parents[1] / "out" / "pictures"  # where one looks after a failure


def pages(pdf: bytes, dots: int = DOTS) -> list[Image.Image]:
    """Return the pages of a PDF, drawn by Poppler."""
    found = shutil.which("pdftoppm")
    assert found, "pdftoppm is not installed; run: make test-pictures"
    with tempfile.TemporaryDirectory() as folder:
        command = [found, "-png", "-r", str(dots), "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True, capture_output=True)
        return [opened(path.read_bytes()) for path in sorted(Path(folder).iterdir())]


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def slim(image: Image.Image, most: int = 256, step: int = STEP) -> bytes:
    """Return a picture as a small PNG, of few steps of each colour and at most so many colours."""
    steps = image.convert("RGB").point([round(value / step) * step for value in range(256)] * 3)
    colours = steps.getcolors(1 << 24) or []
    palette = steps.quantize(
        min(len(colours), most), Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    palette.save(out, "PNG", optimize=True, compress_level=9)
    return out.getvalue()


def apart(first: Image.Image, second: Image.Image) -> str:
    """Return in words how two pictures differ, or nothing where they look alike."""
    if first.size != second.size:
        return "{} by {} dots, not {} by {}".format(*second.size, *first.size)
    far = sum(_off(first, second).histogram()[FAR + 1 :])
    return f"{far} tiles differ" if far > FEW else ""


def _off(first: Image.Image, second: Image.Image) -> Image.Image:
    """Return for each tile how far its colour is off, in that of its three that is most."""
    tiles = ImageChops.difference(first.reduce(TILE), second.reduce(TILE))
    red, green, blue = tiles.split()
    return ImageChops.lighter(red, ImageChops.lighter(green, blue))


def check(kept: Path, drawn: Image.Image, *, rewrite: bool) -> str:
    """Return in words how a picture differs from the one that is kept, or nothing.

    With *rewrite* it is kept in its place, unless both look alike: the file does not change then.
    """
    there = opened(kept.read_bytes()) if kept.exists() else None
    why = apart(there, drawn) if there else "there is no such picture"
    if not why:
        return ""
    if rewrite:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(slim(drawn))
        return ""
    NEW.mkdir(parents=True, exist_ok=True)
    new, difference = NEW / kept.name, NEW / f"{kept.stem}.diff.png"
    drawn.save(new)
    if there:
        shown(there, drawn).save(difference)
    return f"{kept}: {why}\n  new: {new}\n  what differs: {difference if there else 'everything'}"


def shown(first: Image.Image, second: Image.Image) -> Image.Image:
    """Return the second picture, faint, with what is off in red."""
    white = Image.new("RGB", second.size, "white")
    faint = Image.blend(second.convert("L").convert("RGB"), white, 0.6)
    if first.size != second.size:
        return faint
    marks = _off(first, second).point([0] * (FAR + 1) + [255] * (255 - FAR))
    # The last tiles of a row and a column may stand out over the edge.
    grown = marks.resize([side * TILE for side in marks.size], Image.Resampling.NEAREST)
    faint.paste((220, 0, 0), mask=grown.crop((0, 0, *second.size)))
    return faint
