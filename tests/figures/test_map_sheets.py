"""The map on a narrow sheet: drawn for it, so that its type is as large as on any other."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import pytest

from briefings.figures.map.frame import WIDTH
from briefings.figures.map.text import measure
from briefings.model.paper import Paper
from briefings.resources import Shelf
from briefings.writers import vector
from tests.figures.maps import At, document, figure, svg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROAD = (
    At("Kyiv", 50.45, 30.52, "city", "UA-30"),
    At("Tambov region", 52.72, 41.45, "region", "RU-TAM", "origin"),
    At("Ukraine", 48.4, 31.2, "country", "UA", "target"),
    At("A settlement with a very long name on the river", 49.1, 33.0),
)
CASES = {
    "road": ROAD,
    "city": ROAD[:1],
    "world": (At("Geneva", 46.2, 6.15), At("Tokyo", 35.7, 139.7), At("Wellington", -41.3, 174.8)),
    "pole": (At("Alert", 82.5, -62.35), At("Tiksi", 71.64, 128.87)),
}
SHEETS = ("50mm x 120mm", "90mm x 160mm", "148mm x 210mm", "190mm x 250mm")


def on(sheet: str, *places: At) -> dict[str, Any]:
    return figure(*places, paper=Paper.named(sheet))


def texts(found: dict[str, Any]) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of all texts that stand below the frame."""
    for size, lines in ((7.2, found["legend"]), (6.3, found["notes"])):
        for line in lines:
            x, wide = line.get("text_x", line["x"]), measure(line["text"], size) - 0.5
            yield x, line["y"] - 5, x + wide, line["y"]
    if scale := found["scale"]:
        yield scale["x"], scale["y"] - 5, found["width"], scale["y"]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("case", CASES)
def test_it_is_as_wide_as_the_text_and_nothing_collides(case: str, sheet: str) -> None:
    found = on(sheet, *CASES[case])
    paper = Paper.named(sheet)
    room = (paper.sides[0] - 2 * paper.margins["side"]) / 25.4 * 72
    assert found["width"] == pytest.approx(room, abs=0.1)
    labels = [label["box"] for label in found["labels"]]
    boxes = [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in labels]
    assert all(x >= 0 and x2 <= room and y2 <= found["frame"] for x, _, x2, y2 in boxes)
    below = list(texts(found))
    assert all(x2 <= room + 0.5 and y2 <= found["height"] for _, _, x2, y2 in below)
    for (a, b, c, d), (e, f, g, h) in itertools.combinations(boxes + below, 2):
        assert not (a + 0.2 < g and c - 0.2 > e and b + 0.2 < h and d - 0.2 > f)


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_place_on_it_has_its_symbol_and_its_label(sheet: str) -> None:
    found = on(sheet, *ROAD)
    assert len(found["marks"]) == len(figure(*ROAD)["marks"])
    assert len(found["labels"]) == len(figure(*ROAD)["labels"])
    assert 0.3 < found["frame"] / found["width"] < 1


def test_the_type_has_the_same_size_on_every_sheet() -> None:
    sizes = [re.findall('font-size="([0-9.]+)"', svg(*ROAD, paper=Paper.named(s))) for s in SHEETS]
    assert all(size == sizes[0] for size in sizes)
    assert min(map(float, sizes[0])) >= 6


@pytest.mark.parametrize("sheet", ["A4", "letter", "297mm x 420mm"])
def test_on_a_usual_sheet_and_a_larger_one_it_has_its_full_width(sheet: str) -> None:
    assert on(sheet, *ROAD) == figure(*ROAD)
    assert figure(*ROAD)["width"] == WIDTH


def test_as_a_file_it_has_its_full_width_whatever_the_sheet() -> None:
    files = [vector.file(document(*ROAD, paper=Paper.named(s)), Shelf(), "map") for s in SHEETS]
    assert files[0]
    assert len({made.data for made in files if made}) == 1
    assert f'width="{WIDTH + 16:g}pt"'.encode() in files[0].data


def test_a_country_is_as_whole_on_a_narrow_sheet_as_on_a_wide_one() -> None:
    for places in CASES.values():
        wide, narrow = figure(*places), on("90mm x 160mm", *places)
        assert bool(wide["scale"]) == bool(narrow["scale"]), "of the whole world in both or neither"
        assert [h["role"] for h in wide["hatches"]] == [h["role"] for h in narrow["hatches"]]
