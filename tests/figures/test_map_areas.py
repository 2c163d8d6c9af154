"""What stands for a place on a map, and below it in the legend: symbols, hatching, circles."""

from __future__ import annotations

import re

import pytest

from briefings.figures.map.beside import ABOVE
from briefings.figures.map.frame import WIDTH
from briefings.figures.map.shapes import area
from tests.figures.maps import (
    KYIV,
    MIXED,
    SVG,
    UKRAINE,
    UNKNOWN,
    At,
    figure,
    notes,
    numbers,
    tree,
)


def test_each_role_has_its_own_shape_and_several_stand_above_the_point() -> None:
    found = figure(At("Kyiv", 50.45, 30.52, roles="site origin target"))
    assert [mark["role"] for mark in found["marks"]] == ["origin", "target", "site"]
    (point,) = figure(KYIV)["marks"]
    assert {mark["x"] for mark in found["marks"]} == {point["x"]}
    heights = [point["y"] - mark["y"] for mark in found["marks"]]
    assert heights == pytest.approx([2 * ABOVE, ABOVE, 0], abs=0.1)
    (stem,) = found["stems"]
    assert (stem["x1"], stem["y1"]) == (point["x"], point["y"])
    assert [item["role"] for item in found["legend"]] == ["origin", "target", "site"]
    root = tree(At("Kyiv", 50.45, 30.52, roles="site origin target"))
    shapes = [e.get("d") or e.tag for e in root.iter() if "map-symbol" in (e.get("class") or "")]
    assert len(set(shapes)) == 3


def test_a_legend_tells_only_what_occurs() -> None:
    assert [item["text"] for item in figure(KYIV)["legend"]] == ["site"]
    region = At("Kursk region", 51.73, 36.19, "region", "RU-KRS", "target")
    assert [i["text"] for i in figure(KYIV, region)["legend"]] == ["target", "site", "region only"]


def test_a_legend_tells_role_by_shape_and_precision_by_hatching_as_they_are_on_the_map() -> None:
    found = figure(*MIXED)
    filled = {item["role"]: item["filled"] for item in found["legend"] if not item["precision"]}
    assert filled == {"origin": False, "target": False, "site": True}, "hollow, where all are"
    cells = {
        item["precision"]: [(cell["role"], cell["hatch"]) for cell in item["cells"]]
        for item in found["legend"]
        if item["precision"]
    }
    regions = [("origin", "origin"), ("target", "target"), ("site", "origin")]
    assert cells == {"region": regions, "country": [("target", "target")]}


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_each_hatching_on_the_map_is_in_the_legend(theme: str) -> None:
    """Whatever the role, what is known as a region is hatched one way, a country the other."""
    root = tree(*MIXED, theme=theme)
    ways: dict[str, set[bool]] = {"region": set(), "country": set()}
    for element in root.iter(f"{SVG}path"):
        kind = (element.get("class") or "").split()[0:1]
        if kind and kind[0].removeprefix("map-") in ways and "L" in (element.get("d") or ""):
            ax, ay, bx, by = map(int, re.findall(r"-?[0-9]+", element.get("d") or "")[:4])
            ways[kind[0].removeprefix("map-")].add((bx - ax) * (by - ay) > 0)
    assert ways == {"region": {True}, "country": {False}}


def test_the_hatching_of_a_country_leaves_out_its_regions() -> None:
    region = At("Cherkasy region", 49.2, 31, "region", "UA-71")
    alone = figure(*MIXED)["hatches"][0]
    around = figure(*MIXED, region)["hatches"][0]
    assert alone["precision"] == around["precision"] == "country"
    assert alone["outline"] == around["outline"]
    assert around["lines"].count("M") > alone["lines"].count("M") > 10


def test_an_islet_in_a_large_area_has_no_edge() -> None:
    """It would be a blot in the colour of a symbol."""
    (hatch,) = figure(KYIV, UKRAINE)["hatches"]
    rings = [numbers(f"M{ring}") for ring in hatch["outline"].split("M")[1:]]
    sizes = [abs(area([(x / 10, y / 10) for x, y in ring])) for ring in rings]
    assert max(sizes) > 1000
    assert min(sizes) > 5


def test_only_what_is_known_as_an_area_is_hatched() -> None:
    found = figure(KYIV, At("Kursk region", 51.73, 36.19, "region", "RU-KRS", "target"))
    (hatch,) = found["hatches"]
    assert hatch["role"] == "target"
    assert hatch["lines"]
    assert [mark["filled"] for mark in found["marks"]] == [True, False]


def test_a_large_country_does_not_drown_what_is_known_better() -> None:
    near = figure(KYIV, At("Kursk", 51.73, 36.19))
    with_russia = figure(
        KYIV, At("Kursk", 51.73, 36.19), At("Russia", 61.5, 105.3, "country", "RU", "target")
    )
    assert with_russia["scale"]["text"] == near["scale"]["text"]
    assert [hatch["lines"] for hatch in with_russia["hatches"]] == [""]
    # A symbol somewhere in it would pass for the place: it is told below the map instead.
    assert with_russia["marks"] == near["marks"]
    told = "Not placed on the map: Russia (target; country only)."
    assert told in notes(with_russia)


def test_a_country_alone_is_hatched_whole() -> None:
    (hatch,) = figure(At("Sudan", 15, 30, "country", "SD"))["hatches"]
    assert hatch["lines"].count("M") > 10


def test_a_country_that_is_elsewhere_is_named_below() -> None:
    far = At("United States", 39, -98, "country", "US", "origin")
    found = figure(At("Gaza City", 31.5, 34.45), far)
    said = "Not placed on the map: United States (origin; country only)."
    assert said in notes(found)
    assert len(found["marks"]) == 1


def test_a_region_without_an_outline_is_a_circle_of_50_kilometres() -> None:
    found = figure(*UNKNOWN)
    (hatch,) = found["hatches"]
    xs = [x for x, _ in numbers(hatch["outline"])]
    kilometres = float(found["scale"]["text"].split()[0]) / found["scale"]["length"]
    assert (max(xs) - min(xs)) / 10 * kilometres == pytest.approx(100, rel=0.05)


def test_an_island_country_too_small_for_its_symbol_still_has_it() -> None:
    found = figure(At("Nauru", -0.53, 166.93, "country", "NR"))
    (mark,) = found["marks"]
    assert mark["x"] == pytest.approx(WIDTH / 2, abs=5)
    assert numbers(found["land"])
