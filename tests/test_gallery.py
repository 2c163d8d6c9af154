"""The gallery shows every example for every reader in every theme, and shows it as it is."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from scripts import gallery, wikis
from tests.examples import BROWSED, EXAMPLES, ROOT, SHOWN, Case, rendered, viewed
from tests.pictures import opened

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (ROOT / "docs" / "gallery.md").read_text("utf-8")
LINKS = re.findall(r"\]\(([^)]+)\)", TEXT)
ALL_OF_THEM = 4_000_000  # bytes
ONE_OF_A_WIKI = 150_000


@pytest.mark.parametrize("case", SHOWN, ids=str)
def test_each_brief_has_its_place(case: Case) -> None:
    reader = viewed(case).document.reader.name.plain
    assert f"### {reader}, theme `{case.theme}`: {case.path.stem}\n" in TEXT
    assert f"(gallery/{case}-1.png)" in TEXT


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_has_its_title_and_its_file(path: Path) -> None:
    title = viewed(next(case for case in SHOWN if case.path == path)).document.title.plain
    assert f"## {title}\n" in TEXT
    assert f"From `data/briefings/{path.name}`." in TEXT


def test_each_link_leads_to_a_file_and_each_file_is_shown() -> None:
    for link in LINKS:
        assert (ROOT / "docs" / link).is_file(), link
    files = {f"gallery/{path.name}" for path in (ROOT / "docs" / "gallery").iterdir()}
    assert files == {link for link in LINKS if link.startswith("gallery/")}


def test_each_picture_says_what_it_is() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\((gallery/[^)]+)\)", TEXT)
    assert len(shown) == len({name for _, name in shown})
    for said, name in shown:
        number = name.removesuffix(".png").rpartition("-")[2]
        assert re.fullmatch(rf".+: page {number} of \d+", said), said


def test_all_of_it_is_small() -> None:
    pictures = [*(ROOT / "docs").glob("*.png"), *(ROOT / "docs" / "gallery").iterdir()]
    assert sum(path.stat().st_size for path in pictures) < ALL_OF_THEM


def test_each_picture_of_a_wiki_is_shown_and_small() -> None:
    text = (ROOT / "docs" / "wikis.md").read_text("utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(wikis/([a-z]+)\.png\)", text)
    assert shown == list(wikis.SHOWN)
    files = {path.name: path.stat().st_size for path in (ROOT / "docs" / "wikis").iterdir()}
    assert set(files) == {f"{name}.png" for name in shown}
    assert max(files.values()) < ONE_OF_A_WIKI
    for name in files:
        image = opened((ROOT / "docs" / "wikis" / name).read_bytes())
        assert image.size == (wikis.WIDE, wikis.HIGH)


@pytest.mark.pictures
def test_it_shows_what_is_rendered_today() -> None:
    drawn = gallery.pictures()
    assert [path.name for path in gallery.stale(drawn)] == [], "run: make pictures"
    assert gallery.text(drawn) == TEXT, "run: make pictures"


@pytest.mark.pictures
def test_what_is_stale_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "FOLDER", tmp_path)
    white, black = (Image.new("RGB", (40, 40), colour) for colour in ("white", "black"))
    for name, image in (("same", white), ("other", black), ("gone", white)):
        image.save(tmp_path / f"{name}.png")
    drawn = {tmp_path / f"{name}.png": white for name in ("same", "other", "missing")}
    stale = {path.stem for path in gallery.stale(drawn)}
    assert stale == {"other", "gone", "missing"}


@pytest.mark.pictures
@pytest.mark.parametrize("name", ["chain", "map"])
def test_a_crop_is_of_its_section(name: str) -> None:
    """Its edge is white, and where the section is said to begin the PDF has its heading."""
    image = opened((ROOT / "docs" / f"{name}.png").read_bytes())
    edge = image.crop((0, 0, image.width, gallery.AROUND // 2))
    assert edge.getcolors() == [(edge.width * edge.height, (255, 255, 255))]
    case = Case(EXAMPLES[0], "analyst", BROWSED)
    section = {"map": "places"}.get(name, name)
    place = gallery.sections(case)[section]
    top = round(842 - place.top)  # A4 in points, from above
    command = ["pdftotext", "-f", str(place.page + 1), "-l", str(place.page + 1), "-r", "72"]
    area = ["-x", "0", "-y", str(top), "-W", "595", "-H", "60", "-", "-"]
    done = subprocess.run(
        [*command, *area],
        input=rendered(case, "pdf"),
        capture_output=True,
        check=True,
    )
    heading = viewed(case).document.language.word("sections", section)
    assert done.stdout.decode().strip().startswith(heading)


# The map's origins and targets, a note's ground, a line between cards, as the theme has them.
APART = ((138, 82, 0), (156, 31, 31), (242, 244, 248), (208, 211, 218))


def test_what_is_kept_has_the_colours_of_the_page() -> None:
    page = Image.effect_noise((200, 200), 90).convert("RGB")  # greys, as letters' edges are
    for number, colour in enumerate(APART):
        page.paste(colour, (10, 10 + 20 * number, 190, 20 + 20 * number))
    there = opened(gallery.kept(page))
    for number, colour in enumerate(APART):
        found = there.getpixel((100, 15 + 20 * number))
        assert isinstance(found, tuple)
        assert max(abs(a - b) for a, b in zip(found, colour, strict=True)) <= gallery.STEP


@pytest.mark.parametrize(("shown", "page"), [(0.5, 0), (0.2, 1)])
def test_a_crop_is_of_the_first_page_where_that_shows_enough(
    shown: float, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = {"chain": gallery.Section(0, 800 * shown), "places": gallery.Section(2, 700)}
    monkeypatch.setattr(gallery, "sections", lambda _: where)
    colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200)]
    drawn = [Image.new("RGB", (900, 1286), colour) for colour in colours]
    found = gallery.cropped(SHOWN[0], "chain", drawn)
    assert found.getpixel((450, 50)) == colours[page]
