"""Themes: each laid over ours, and the drawings take their colours from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefings import build, pipeline
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from briefings.writers import theme
from tests.rendering import YAML, brief, put

if TYPE_CHECKING:
    from pathlib import Path


def page(folder: Path, wanted: str, **sheets: str) -> str:
    put(folder, {f"templates/themes/{name}.css": css for name, css in sheets.items()})
    put(folder, {"audiences/own.yaml": f"extends: analyst\ntheme: {wanted}\n"})
    return pipeline.render(brief(folder, YAML, "own"), "html").data.decode()


def test_a_theme_is_laid_over_ours(tmp_path: Path) -> None:
    html = page(tmp_path, "house", house="h1 { color: teal }")
    assert html.index("/* The default theme") < html.index("h1 { color: teal }")


def test_several_are_laid_over_one_another_in_order(tmp_path: Path) -> None:
    html = page(tmp_path, "[plain, house]", house="h1 { color: teal }")
    found = [
        html.index(said) for said in ("/* The default", "/* Black on white", "h1 { color: teal }")
    ]
    assert found == sorted(found)


def test_one_of_ones_own_with_our_name_replaces_ours(tmp_path: Path) -> None:
    html = page(tmp_path, "default", default="h1 { color: teal }")
    assert "/* The default theme" not in html
    assert "h1 { color: teal }" in html


@pytest.mark.parametrize("wanted", ["plian", "[plain, plian]"])
def test_an_unknown_one_is_told_with_the_nearest(tmp_path: Path, wanted: str) -> None:
    with pytest.raises(InvalidInput, match='unknown theme "plian"; did you mean "plain"'):
        page(tmp_path, wanted)


def test_drawings_take_their_colours_from_the_theme(tmp_path: Path) -> None:
    css = ":root { --accent: teal; --my-own: a b } @media print { :root { --accent: red } }"
    put(tmp_path, {"templates/themes/house.css": css})
    sheet = theme.theme(["house"], Shelf.at(tmp_path))
    assert theme.paint(sheet)["accent"] == "teal"
    assert theme.paint(sheet)["my_own"] == "a b"
    assert theme.paint(sheet)["step"], "what it does not name is ours"
    assert theme.paint(theme.theme(["plain"], Shelf()))["accent"] == "#000000"


def test_our_themes_name_only_colours_that_ours_has() -> None:
    base = theme.paint(theme.theme([], Shelf()))
    for name in theme.known(Shelf()):
        assert set(theme.paint(theme.theme([name], Shelf()))) == set(base), name


def test_a_theme_that_there_is_not_is_told_where_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, {"audiences/own.yaml": "extends: press\ntheme: plane\n"})
    with pytest.raises(InvalidInput) as caught:
        brief(tmp_path, YAML, "own")
    (told,) = caught.value.problems
    assert told.file.endswith("audiences/own.yaml")
    assert (told.line, told.message) == (2, 'unknown theme "plane"; did you mean "plain"?')
    put(tmp_path, {"brief.yaml": f"audiences: [own]\n{YAML}"})
    assert build.problems([tmp_path / "brief.yaml"]) == [told]
