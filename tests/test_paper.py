"""Sheets by name and of any size: how they are said, and that all has room on them."""

from __future__ import annotations

import io
import pickle
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from briefings import pipeline, settings
from briefings.audience import load
from briefings.errors import InvalidInput
from briefings.model.paper import NARROW, SLIM, Paper
from briefings.resources import Shelf
from briefings.verify import verify
from briefings.writers.fonts import only_ours
from briefings.writers.layout import lay_out
from tests.commands import run, settle
from tests.made import MARKINGS
from tests.rendering import YAML, brief, put

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("A4", "A4"),
        ("letter", "letter"),
        ("90mm x 160mm", "90mm x 160mm"),
        ("90 x 160 mm", "90mm x 160mm"),
        ("90x160mm", "90mm x 160mm"),
        ("9.00 cm \u00d7 16.50cm", "9cm x 16.5cm"),
        ("3.5in x 160mm", "3.5in x 160mm"),
        ("255pt x 453pt", "255pt x 453pt"),
    ],
)
def test_a_sheet_is_kept_in_one_spelling(said: str, kept: str) -> None:
    paper = Paper.read(said)
    assert paper.value == str(paper) == kept
    assert paper == Paper.read(kept) == pickle.loads(pickle.dumps(paper))  # noqa: S301
    assert hash(paper) == hash(Paper(kept))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("a4", 'unknown paper "a4"; did you mean "A4"?'),
        ("A3", 'unknown paper "A3"; known: A4, letter, or a size as 90mm x 160mm'),
        ("90 x 160", '"90 x 160" is no size of a sheet; width x height in mm, cm, in or pt is'),
        ("90mm", '"90mm" is no size of a sheet; '),
        ("90mm x 160px", '"90mm x 160px" is no size of a sheet; '),
        ("1e9mm x 1mm", '"1e9mm x 1mm" is no size of a sheet; '),
        ("49mm x 160mm", '"49mm x 160mm" is out of bounds: a sheet is from 50 to 1200 mm wide'),
        ("90mm x 121cm", '"90mm x 121cm" is out of bounds: '),
        ("0mm x 0mm", '"0mm x 0mm" is out of bounds: '),
    ],
)
def test_what_is_no_sheet_is_told_in_a_sentence(said: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"paper|sheet") as caught:
        Paper.read(said)
    assert str(caught.value).startswith(why)
    put(tmp_path, {"audiences/own.yaml": f"extends: press\npaper: {said}\n"})
    with pytest.raises(InvalidInput) as told:
        load("own", Shelf.at(tmp_path))
    assert f"own.yaml:2:8: {why}" in str(told.value)
    put(tmp_path, {"briefings.toml": f"paper = '{said}'\n"})
    with pytest.raises(InvalidInput) as told:
        settings.load(Shelf.at(tmp_path))
    assert why in str(told.value)


def test_only_those_with_a_name_are_listed() -> None:
    Paper.read("90mm x 160mm")
    assert list(Paper) == ["A4", "letter"]
    with pytest.raises(ValueError, match="90 x 160mm"):
        Paper("90 x 160mm")  # not as it is kept


def test_the_margins_of_the_sheets_with_names_are_as_they_were() -> None:
    assert Paper.A4.margins == {"top": 13, "side": 17, "bottom": 12}
    assert Paper.LETTER.margins == {"top": 11, "side": 17, "bottom": 10.5}
    assert Paper("90mm x 160mm").margins["side"] < Paper("120mm x 160mm").margins["side"] < 17


def test_a_sheet_of_any_size_from_the_audience_the_workspace_and_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch, tmp_path)
    put(tmp_path, {"brief.yaml": YAML, "briefings.toml": "paper = '10cm x 16cm'\n"})
    put(tmp_path, {"audiences/phone.yaml": "extends: analyst\npaper: 90 x 160 mm\n"})
    for options, kept, width in (
        (["-a", "phone"], "90mm x 160mm", 90.0),
        (["-a", "analyst"], "10cm x 16cm", 100.0),
        (["-a", "analyst", "--paper", "4in x 16cm"], "4in x 16cm", 101.6),
        (["-a", "phone", "--paper", "LETTER"], "letter", 215.9),
    ):
        ran = run("render", "brief.yaml", "-t", "pdf", "-o", "out", *options)
        assert ran.code == 0, ran.err
        pdf = tmp_path / ran.lines[0]
        box = PdfReader(pdf).pages[0].mediabox
        assert float(box.width) == pytest.approx(width * 72 / 25.4, abs=0.01)
        assert f"<brief:paper>{kept}</brief:paper>".encode() in pdf.read_bytes()
        assert verify(pdf).verdict == "same"
    changed = pdf.read_bytes().replace(b">letter<", b">lettre<")
    (tmp_path / "changed.pdf").write_bytes(changed)
    assert "there is no paper" in verify(tmp_path / "changed.pdf").sentence
    assert "A4|letter|W x H" in run("render", "-h").out


def texts(box: Any) -> list[Any]:  # noqa: ANN401
    return [one for one in box.descendants() if getattr(one, "text", "")]


@pytest.mark.parametrize("width", [50, 60, SLIM - 0.5, SLIM, 90, NARROW - 0.5, NARROW, 210])
@pytest.mark.parametrize("marking", MARKINGS, ids=str)
def test_head_and_foot_have_room_beside_one_another(
    width: float, marking: str, tmp_path: Path
) -> None:
    """Each label whole, in 12 points, on the sheet, and nothing over anything else."""
    yaml = YAML.replace("TLP:GREEN", str(marking)) + "series: A series with a name of some length\n"
    put(tmp_path, {"audiences/own.yaml": f"extends: analyst\npaper: {width}mm x 160mm\n"})
    made = brief(tmp_path, yaml, "own")
    with only_ours(made.shelf):
        sheets = lay_out(made.document, made.marked, made.shelf).pages
    for sheet in sheets:
        boxes = [b for b in sheet._page_box.children[1:] if texts(b)]  # noqa: SLF001
        said = [text for box in boxes for text in texts(box)]
        assert [t.text for t in said].count(str(marking)) == 2
        assert any(f"of {len(sheets)}" in t.text for t in said)
        for text in said:
            assert text.position_x >= 0
            assert text.position_x + text.width <= sheet.width + 0.01
            if text.text == str(marking):
                assert text.style["font_size"] == pytest.approx(16)  # CSS pixels
        # What is hidden beyond its box is not seen.
        areas = {
            (b.position_x, b.position_y, b.position_x + b.margin_width(), b.position_y + b.height)
            if b.style["overflow"] == "hidden"
            else (t.position_x, t.position_y, t.position_x + t.width, t.position_y + t.height)
            for b in boxes
            for t in texts(b)
        }
        for one, other in combinations(sorted(areas), 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1]
            assert apart or other[3] <= one[1], (one, other)


def test_a_narrow_page_is_one_column(tmp_path: Path) -> None:
    put(tmp_path, {"audiences/own.yaml": "extends: analyst\npaper: 90mm x 160mm\n"})
    html = pipeline.render(brief(tmp_path, YAML, "own"), "html").data.decode()
    assert '<main class="narrow">' in html
    assert "size: 90mm 160mm;" in html
    pdf = PdfReader(io.BytesIO(pipeline.render(brief(tmp_path, YAML, "own"), "pdf").data))
    assert "It burned" in "".join(page.extract_text() for page in pdf.pages)
