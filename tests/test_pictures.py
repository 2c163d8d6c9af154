"""The look of every page, kept as a picture: what moves, vanishes or changes colour is seen.

``make test-pictures`` runs these; ``make pictures`` keeps the new pictures, which are then looked
at, each one, before they are committed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from briefings import pipeline
from briefings.resources import shipped
from tests.examples import ALL, EXAMPLES, Case, rendered
from tests.pictures import FAR, TILE, apart, check, opened, pages, shown, slim
from tests.rendering import put

pytestmark = pytest.mark.pictures
GOLDEN = Path(__file__).parent / "golden" / "pages"
ALL_OF_THEM = 3_000_000  # bytes


@pytest.mark.parametrize("case", ALL, ids=str)
def test_each_page_looks_as_it_did(case: Case, rewrite: bool) -> None:  # noqa: FBT001  # a fixture
    drawn = {f"{case}-{n}.png": image for n, image in enumerate(pages(rendered(case, "pdf")), 1)}
    wrong = [check(GOLDEN / name, image, rewrite=rewrite) for name, image in drawn.items()]
    left = [path for path in GOLDEN.glob(f"{case}-*.png") if path.name not in drawn]
    wrong += [f"{path}: there is no such page any more" for path in left if not rewrite]
    for path in left if rewrite else ():
        path.unlink()
    assert not any(wrong), "\n".join(["", *filter(None, wrong)])


def test_no_picture_is_left_over_and_all_are_small(rewrite: bool) -> None:  # noqa: FBT001
    kept = sorted(GOLDEN.glob("*.png"))
    left = [path for path in kept if path.stem.rpartition("-")[0] not in set(map(str, ALL))]
    for path in left if rewrite else ():
        path.unlink()
    assert rewrite or left == []
    assert sum(path.stat().st_size for path in kept) < ALL_OF_THEM


# The example's first page for the analyst, as it is and with one thing changed.

BLUF = "Russia attacked Ukraine with several"
YAML = EXAMPLES[0].read_text("utf-8")


def first_page(folder: Path, text: str = YAML, css: str = "") -> Image.Image:
    assert css or text == YAML or text.count("\n") == YAML.count("\n")
    theme = (shipped("templates") / "themes" / "default.css").read_text("utf-8")
    put(folder, {"templates/themes/default.css": theme + css, "brief.yaml": text})
    brief = pipeline.view(pipeline.load(folder / "brief.yaml", ["id=brief"]), "analyst")
    return pages(pipeline.render(brief, "pdf").data)[0]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    return opened(slim(first_page(tmp_path_factory.mktemp("kept"))))


def test_the_same_page_again_is_alike(kept: Image.Image, tmp_path: Path) -> None:
    assert apart(kept, first_page(tmp_path)) == ""


CHANGES = {
    "a title that is shifted by half a millimetre": "h1 { position: relative; top: 0.5mm }",
    "a text that is shifted by half a millimetre": ".bluf p { position: relative; left: 0.5mm }",
    "wider letters": ".meta p { letter-spacing: 0.02em }",
    "rules that are gone": "* { border-color: transparent }",
    "headings in grey": "h2 { color: #444 }",
    "another accent": ".series p, a { color: #1f7950 }",
    "small print a little paler": ".meta p { color: #8a8f9a }",
    "a larger title": "h1 { font-size: 17pt }",
    "a paragraph that is gone": ".bluf { display: none }",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_style_is_seen(change: str, kept: Image.Image, tmp_path: Path) -> None:
    css = f"@media print {{ {CHANGES[change].replace(' }', ' !important }')} }}"
    assert apart(kept, first_page(tmp_path, css=css)) != ""


@pytest.mark.parametrize(
    ("old", "new"),
    [("several", "serious"), ("attacked", "attached"), ("Russia attacked", "Persia attacked")],
)
def test_a_changed_word_is_seen(old: str, new: str, kept: Image.Image, tmp_path: Path) -> None:
    text = YAML.replace(BLUF, changed := BLUF.replace(old, new))
    assert changed in text
    assert changed != BLUF
    assert apart(kept, first_page(tmp_path, text)) != ""


def test_edges_that_are_drawn_otherwise_are_alike(kept: Image.Image) -> None:
    """Every other pixel of an edge darker and the next lighter, as far as colours go."""
    edges = kept.copy()
    pixels = edges.load()
    assert pixels is not None
    moved = 0
    for y in range(edges.height):
        for x in range(edges.width):
            colour = pixels[x, y]
            assert isinstance(colour, tuple)
            if 30 < min(colour) <= max(colour) < 225:
                by = 25 if (x + y) % 2 else -25
                pixels[x, y] = tuple(value + by for value in colour)
                moved += 1
    assert moved > 10_000
    assert apart(kept, edges) == ""


def test_another_size_is_seen_and_shown(kept: Image.Image) -> None:
    other = kept.crop((0, 0, kept.width - 1, kept.height))
    assert "dots" in apart(kept, other)
    assert shown(kept, other).size == other.size


def test_what_differs_is_marked() -> None:
    white = Image.new("RGB", (10 * TILE + 3, 10 * TILE), "white")
    other = white.copy()
    other.paste((255, 255 - 2 * FAR, 255), (4 * TILE, 4 * TILE, 6 * TILE, 6 * TILE))
    assert apart(white, other) == "4 tiles differ"
    marked = shown(white, other)
    colours = [marked.getpixel((at, at)) for at in (TILE, 5 * TILE, 8 * TILE)]
    assert colours == [(255, 255, 255), (220, 0, 0), (255, 255, 255)]


def test_a_difference_is_told_with_both_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.pictures.NEW", tmp_path / "new")
    white, black = (Image.new("RGB", (40, 40), colour) for colour in ("white", "black"))
    one = tmp_path / "kept" / "one.png"
    assert "there is no such picture" in check(one, white, rewrite=False)
    assert check(one, white, rewrite=True) == ""
    assert check(one, white, rewrite=False) == ""
    said = check(one, black, rewrite=False)
    assert said.startswith(f"{one}: 100 tiles differ")
    for name in ("one.png", "one.diff.png"):
        assert str(tmp_path / "new" / name) in said
        assert opened((tmp_path / "new" / name).read_bytes()).size == white.size
    before = one.read_bytes()
    assert check(one, white.point(lambda value: value - 3), rewrite=True) == ""
    assert one.read_bytes() == before, "alike, so it stays"
