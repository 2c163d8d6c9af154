"""Draws the pictures of the documentation: every example for every reader in every theme.

``make pictures`` writes ``docs/gallery.md`` with its pictures in ``docs/gallery/``, and those that
the README shows. A picture that looks as it did is not written anew, so that a change of the
look shows in ``git status`` and nothing else does.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops
from pypdf import PdfReader

from tests.examples import BROWSED, EXAMPLES, ROOT, SHOWN, Case, rendered, viewed
from tests.pictures import apart, opened, pages, slim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
FOLDER = DOCS / "gallery"
DOTS = 72  # an inch
SHARP = 110  # what the README shows is looked at more closely
TIMES = 2  # so much finer a page is drawn first: on its own dots, thin lines are there or are not
STEP = 5  # of 255: coarser steps make greys violet, and two browns one
IN_A_ROW = 3
AROUND = 12  # dots of white round a crop
# Points at a page's head and foot that hold its number and marking, and the rule over a heading.
HEAD = FOOT = 33
ENOUGH = 0.4  # of what the fullest page shows: where the first shows so much, it is shown
RULE = 4


@dataclass(frozen=True, slots=True)
class Section:
    """Where a section begins: its page from 0, and its distance from the sheet's foot in points."""

    page: int
    top: float


def pictures() -> dict[Path, Image.Image]:
    """Return all pictures that the documentation shows, by their files."""
    drawn = {name: image for case in SHOWN for name, image in _of_each_page(case)}
    return drawn | dict(_of_the_readme())


def fine(pdf: bytes, dots: int) -> list[Image.Image]:
    """Return the pages of a PDF at so many dots an inch, thin lines as faint as they are thin."""
    return [image.reduce(TIMES) for image in pages(pdf, TIMES * dots)]


def kept(image: Image.Image) -> bytes:
    """Return a picture as it is written."""
    return slim(image, step=STEP)


def _of_each_page(case: Case) -> Iterator[tuple[Path, Image.Image]]:
    for number, image in enumerate(fine(rendered(case, "pdf"), DOTS), 1):
        yield FOLDER / f"{case}-{number}.png", image


def _of_the_readme() -> Iterator[tuple[Path, Image.Image]]:
    analyst, executive = (Case(EXAMPLES[0], name, BROWSED) for name in ("analyst", "executive"))
    yield DOCS / "executive.png", fine(rendered(executive, "pdf"), SHARP)[0]
    drawn = fine(rendered(analyst, "pdf"), SHARP)
    yield DOCS / "analyst.png", drawn[0]
    for name, section in (("chain", "chain"), ("map", "places")):
        yield DOCS / f"{name}.png", cropped(analyst, section, drawn)


def sections(case: Case) -> dict[str, Section]:
    """Return where each section of a brief begins, as the PDF's bookmarks tell."""
    document = viewed(case).document
    reader = PdfReader(io.BytesIO(rendered(case, "pdf")))
    words = {document.language.word("sections", name): name for name in document.sections}
    found = {}
    for entry in _flat(reader.outline):
        page = reader.get_destination_page_number(entry)
        if str(entry.title) in words and page is not None and entry.top is not None:
            found[words[str(entry.title)]] = Section(page, float(entry.top))
    return found


def _flat(entries: Any) -> Iterator[Any]:  # noqa: ANN401  # pypdf nests them in lists
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def cropped(case: Case, name: str, drawn: list[Image.Image]) -> Image.Image:
    """Return of a section what one page shows of it: the first, where that shows enough of it.

    It has the heading. Else it is the page that shows most.
    """
    every = sections(case)
    begin = every[name]
    later = [s for s in every.values() if (s.page, -s.top) > (begin.page, -begin.top)]
    end = min(later, key=lambda s: (s.page, -s.top), default=Section(len(drawn) - 1, FOOT))
    parts = []
    for number in range(begin.page, end.page + 1):
        sheet = drawn[number]
        # In points from the foot, as the PDF counts, into dots from the head.
        high = begin.top if number == begin.page else sheet.height * 72 / SHARP - HEAD
        low = end.top + RULE if number == end.page else FOOT
        box = [round(sheet.height - points * SHARP / 72) for points in (high, low)]
        if box[0] < box[1]:
            parts.append(_bare(sheet.crop((0, box[0], sheet.width, box[1]))))
    most = max(part.height for part in parts)
    return next(part for part in parts if part.height >= ENOUGH * most)


def _bare(image: Image.Image) -> Image.Image:
    """Return a picture with the same white all round."""
    white = Image.new("RGB", image.size, "white")
    left, top, right, bottom = ImageChops.difference(image, white).getbbox() or (0, 0, *image.size)
    out = Image.new("RGB", (right - left + 2 * AROUND, bottom - top + 2 * AROUND), "white")
    out.paste(image.crop((left, top, right, bottom)), (AROUND, AROUND))
    return out


def text(drawn: dict[Path, Image.Image]) -> str:
    """Return the page that shows them."""
    lines = [
        "# Gallery",
        "",
        "Every example for every reader, in every theme. `make pictures` draws it anew.",
    ]
    for path in EXAMPLES:
        of_it = [case for case in SHOWN if case.path == path]
        title = viewed(of_it[0]).document.title.plain
        lines += ["", f"## {title}", "", f"From `data/briefings/{path.name}`."]
        for case in of_it:
            names = [p for p in drawn if p.parent == FOLDER and p.name.startswith(f"{case}-")]
            reader = viewed(case).document.reader.name.plain
            lines += ["", f"### {reader}, theme `{case.theme}`: {path.stem}", ""]
            lines += _table(reader, names)
    return "\n".join([*lines, ""])


def _table(reader: str, names: list[Path]) -> Iterator[str]:
    across = min(IN_A_ROW, len(names))
    links = [f"gallery/{name.name}" for name in names]
    yield f"|{' |' * across}"
    yield f"|{' :-: |' * across}"
    for start in range(0, len(names), IN_A_ROW):
        row = list(enumerate(links, 1))[start : start + IN_A_ROW]
        cells = [
            f"[![{reader}: page {number} of {len(names)}]({link})]({link})" for number, link in row
        ]
        yield f"| {' | '.join(cells + [''] * (across - len(cells)))} |"


def stale(drawn: dict[Path, Image.Image]) -> list[Path]:
    """Return the files that are missing, look otherwise or show what is no more."""
    wrong = [
        path
        for path, image in drawn.items()
        # Held against what would be written, which has fewer colours.
        if not path.exists() or apart(opened(path.read_bytes()), opened(kept(image)))
    ]
    return wrong + [path for path in FOLDER.glob("*") if path not in drawn]


def main() -> None:
    """Write what is stale."""
    drawn = pictures()
    FOLDER.mkdir(exist_ok=True)
    for path in stale(drawn):
        path.unlink(missing_ok=True)
        if path in drawn:
            path.write_bytes(kept(drawn[path]))
            print(path.relative_to(ROOT))
    (DOCS / "gallery.md").write_text(text(drawn), "utf-8")


if __name__ == "__main__":
    main()
