"""The map as a whole: what it shows, that it is right everywhere, and that nothing collides."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.figures import map as locator
from briefings.figures.map.atlas import atlas
from briefings.figures.map.beside import ABOVE
from briefings.figures.map.frame import WIDTH
from briefings.figures.map.shapes import area
from tests import made
from tests.figures.maps import SVG, At, document, figure, numbers, svg, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

KYIV = At("Kyiv", 50.45, 30.52, "city", "UA-30")
WORLD = (
    At("Geneva", 46.2, 6.15),
    At("New York", 40.7, -74),
    At("Nairobi", -1.28, 36.8),
    At("Santiago", -33.45, -70.66, roles="origin"),
    At("Tokyo", 35.7, 139.7, roles="target"),
    At("Wellington", -41.3, 174.8),
)
FIJI = (At("Suva", -18.14, 178.44), At("Apia", -13.83, -171.77))
BERING = (At("Provideniya", 64.42, -173.23), At("Chukotka", 66, 171, "region", "RU-CHU"))
POLAR = (At("Alert", 82.5, -62.35), At("North Pole", 90, 0, "exact"), At("Tiksi", 71.64, 128.87))
SOUTH = (At("Vostok", -78.46, 106.8), At("South Pole", -90, 0, "exact"))
UNKNOWN = (At("Somewhere", 14.0, 37.2, "region", "ET-ZZZ"), At("Gondar", 12.6, 37.47))
CASES = {
    "world": WORLD,
    "fiji": FIJI,
    "bering": BERING,
    "polar": POLAR,
    "south": SOUTH,
    "city": (KYIV,),
    "exact": (At("Here", 10.0, 20.0, "exact"),),
    "unknown": UNKNOWN,
    "country": (At("Sudan", 15, 30, "country", "SD"),),
    "no code": (At("Some town", 15, 30), At("Some region", 16, 31, "region")),
    "ocean": (At("Point Nemo", -48.9, -123.4, "exact"),),
}


def notes(found: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in found["notes"])


def boxes(found: dict[str, Any]) -> Iterator[tuple[float, float, float, float]]:
    for label in found["labels"]:
        box = label["box"]
        yield box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def assert_sound(found: dict[str, Any]) -> None:
    """Nothing collides, nothing is outside the frame."""
    rectangles = list(boxes(found))
    for mark in found["marks"]:
        rectangles.append((mark["x"] - 2, mark["y"] - 2, mark["x"] + 2, mark["y"] + 2))
        assert 0 <= mark["x"] <= WIDTH
        assert 0 <= mark["y"] <= found["frame"]
    labels = len(found["labels"])
    for number, (left, top, right, low) in enumerate(rectangles[:labels]):
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert low <= found["frame"]
        for a, b, c, d in itertools.islice(rectangles, number + 1, None):
            assert not (left + 0.2 < c and right - 0.2 > a and top + 0.2 < d and low - 0.2 > b)


@pytest.mark.parametrize("case", CASES)
def test_every_part_of_the_world_is_drawn(case: str) -> None:
    found = figure(*CASES[case])
    assert_sound(found)
    assert len(found["labels"]) == len(CASES[case])
    root = tree(*CASES[case])
    assert root.get("role") == "img"
    text = "".join(root.itertext())
    assert "nan" not in text.lower().replace("nan-", "")
    for at in CASES[case]:
        assert at.name in (root.findtext(f"{SVG}title") or "")
    if case != "ocean":
        assert numbers(found["land"])


def test_land_is_where_it_should_be() -> None:
    """Vostok stands on land and Point Nemo in the sea; each is in the middle of its map."""
    middle = WIDTH / 2 * 10
    for case, on_land in (("ocean", False), ("country", True)):
        found = figure(*CASES[case])
        height = found["frame"] / 2 * 10
        assert on_path(found["land"], middle, height) is on_land


def on_path(path: str, x: float, y: float) -> bool:
    inside = False
    for ring in path.split("M")[1:]:
        points = numbers(f"M{ring}")
        for (ax, ay), (bx, by) in itertools.pairwise([*points, points[0]]):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                inside = not inside
    return inside


@pytest.mark.parametrize("case", ["fiji", "bering", "polar"])
def test_no_outline_runs_across_the_map(case: str) -> None:
    """A polygon that is cut at the wrong meridian leaves straight pieces through the picture."""
    found = figure(*CASES[case])
    edge = 15
    for ring in found["land"].split("M")[1:]:
        points = numbers(f"M{ring}")
        for (ax, ay), (bx, by) in itertools.pairwise([*points, points[0]]):
            long = abs(ax - bx) + abs(ay - by) > 900
            within = all(
                edge < x < WIDTH * 10 - edge and edge < y < found["frame"] * 10 - edge
                for x, y in ((ax, ay), (bx, by))
            )
            assert not (long and within)


def test_chukotka_is_one_piece_across_the_180th_meridian() -> None:
    found = figure(*BERING)
    (hatch,) = found["hatches"]
    widest = max(
        max(x for x, _ in points) - min(x for x, _ in points)
        for points in (numbers(f"M{ring}") for ring in hatch["outline"].split("M")[1:])
    )
    assert widest > 2000  # tenths of a point: most of what the frame has for it


def test_a_world_map_has_no_scale_and_a_regional_one_has() -> None:
    assert figure(*WORLD)["scale"] is None
    bar = figure(KYIV)["scale"]
    assert bar["text"].endswith(" km")
    assert bar["text"].split()[0].lstrip("125").strip("0,") == ""
    assert bar["x"] + bar["length"] < WIDTH


def test_a_single_place_gets_enough_around_it() -> None:
    found = figure(KYIV)
    assert found["land"]
    assert found["borders"]
    assert {"text": "Belarus"}.items() <= {
        line["text"]: line for name in found["countries"] for line in name["lines"]
    }["Belarus"].items()


def test_there_is_no_map_without_a_place_in_an_event() -> None:
    data = {
        "actors": [made.actor("somebody")],
        "places": [KYIV.data(0)],
        "events": [made.event("e", made.claim("c"))],
    }
    assert locator.data(made.document(made.briefing(data), made.reader())) is None


def test_there_is_no_map_for_one_who_is_shown_no_events() -> None:
    reader = {"sections": ["actors", "sources"]}
    assert locator.data(document(KYIV, **reader)) is None


def test_places_of_parts_of_an_event_are_on_it() -> None:
    data = {
        "actors": [made.actor("somebody")],
        "places": [KYIV.data(0), At("Lviv", 49.84, 24.03).data(1)],
        "events": [
            made.event("whole", made.claim("a"), places=[{"place": "p0", "role": "target"}]),
            made.event(
                "part", made.claim("b"), part_of="whole", places=[{"place": "p1", "role": "site"}]
            ),
        ],
    }
    found = locator.data(made.document(made.briefing(data), made.reader()))
    assert found is not None
    assert {mark["role"] for mark in found["marks"]} == {"target", "site"}


def test_what_is_above_the_ceiling_is_on_no_map() -> None:
    data = {
        "actors": [made.actor("somebody")],
        "marking": made.CLEAR,
        "places": [KYIV.data(0), At("Secretville", 49.84, 24.03).data(1)],
        "events": [
            made.event("seen", made.claim("a"), places=[{"place": "p0", "role": "target"}]),
            made.event(
                "unseen",
                made.claim("b"),
                marking=made.RED,
                places=[{"place": "p1", "role": "site"}],
            ),
        ],
    }
    found = locator.data(made.document(made.briefing(data), made.reader(made.CLEAR)))
    assert "Secretville" not in str(found)
    assert "Kyiv" in str(found)


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


KURSK = At("Kursk region", 51.73, 36.19, "region", "RU-KRS", "target")
UKRAINE = At("Ukraine", 48.4, 31.2, "country", "UA", "target")
TAMBOV = At("Tambov region", 52.72, 41.45, "region", "RU-TAM", "origin site")
ASTRAKHAN = At("Astrakhan region", 46.35, 48.04, "region", "RU-AST", "origin")
MIXED = (KYIV, KURSK, UKRAINE, TAMBOV, ASTRAKHAN)


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


def test_no_label_of_a_region_runs_over_its_outline() -> None:
    found = figure(KYIV, KURSK, TAMBOV, At("Volgograd", 48.71, 44.51, "region", "RU-VGG", "origin"))
    for hatch in found["hatches"]:
        for x, y in numbers(hatch["outline"].partition("z")[0]):
            for left, top, right, low in boxes(found):
                assert not (left < x / 10 < right and top < y / 10 < low)


def test_a_label_is_nearest_to_its_own_symbol_or_led_to_it() -> None:
    towns = [At(f"Town {n}", 44 + n % 3 * 0.06, 25 + n * 0.09) for n in range(9)]
    found = figure(*towns, At("Far", 46, 28))
    for label, box in zip(found["labels"], boxes(found), strict=True):
        if label["leader"]:
            continue
        middles = [(mark["x"], mark["y"]) for mark in found["marks"]]
        away = sorted(
            max(box[0] - x, x - box[2], 0) + max(box[1] - y, y - box[3], 0) for x, y in middles
        )
        assert away[1] - away[0] > 1


def test_a_halo_is_drawn_around_each_letter_and_no_box() -> None:
    root = tree(KYIV)
    (halo,) = root.iter(f"{SVG}use")
    names = next(e for e in root.iter() if e.get("id") == (halo.get("href") or "")[1:])
    assert "".join(names.itertext()).strip() == "Kyiv"
    assert halo.get("stroke")
    assert float(halo.get("stroke-width") or 0) <= 2.5


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


def test_crimea_is_drawn_as_the_worldview_has_it() -> None:
    crimea = At("Simferopol", 44.95, 34.1, "city", "UA-43")
    un, ne = figure(crimea), figure(crimea, worldview="ne")
    assert not un["unsettled"]
    assert ne["unsettled"]
    assert atlas("un") is not atlas("ne")


def test_the_words_are_those_of_the_language() -> None:
    found = figure(KYIV, language="fr")
    assert "frontières" in found["notes"][-1]["text"]
    assert "Biélorussie" in str(found["countries"])


def test_a_name_is_never_markup() -> None:
    name = "<script>&\"' {{ 7 * 7 }} {place}"
    text = svg(At(name, 50.45, 30.52))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "{{ 7 * 7 }}" in "".join(tree(At(name, 50.45, 30.52)).itertext())


def test_cyrillic_and_long_names() -> None:
    name = "Міжнародний аеропорт «Бориспіль» імені Данила Галицького"
    found = figure(At(name, 50.34, 30.89), KYIV)
    assert_sound(found)
    (lines,) = [b["lines"] for b in found["labels"] if len(b["lines"]) > 1]
    assert " ".join(line["text"] for line in lines) == name


def test_a_dozen_close_places_are_all_named() -> None:
    places = [
        At(f"Village number {n}", 35.5 + n % 4 * 0.07, 36.5 + n // 4 * 0.11) for n in range(12)
    ]
    found = figure(*places)
    assert_sound(found)
    assert len(found["labels"]) == 12


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_collides_wherever_the_places_are(data: st.DataObject) -> None:
    codes = st.sampled_from([*sorted(atlas("un").regions), *sorted(atlas("un").countries)[:200]])
    near = data.draw(st.sampled_from([180.0, 20.0, 1.0]), "spread")
    lat, lon = data.draw(st.floats(-90, 90)), data.draw(st.floats(-180, 180))
    places = []
    for number in range(data.draw(st.integers(1, 14), "places")):
        places.append(
            At(
                data.draw(st.sampled_from(["Ы", "Name", "A rather long name of a town"])),
                max(-90.0, min(90.0, lat + near / 2 * data.draw(st.floats(-1, 1)))),
                (lon + near * data.draw(st.floats(-1, 1)) + 180) % 360 - 180,
                data.draw(st.sampled_from(["exact", "city", "region", "country"])),
                data.draw(st.none() | codes.filter(lambda c: len(c) < 7 and c[:1].isupper())),
                data.draw(st.sampled_from(["site", "origin", "target", "site origin"])),
            )
        )
        assert number >= 0
    found = figure(*places)
    assert_sound(found)
    text = svg(*places)
    fromstring(text)  # noqa: S314
    assert "nan" not in text.replace("Nan", "")
    assert "inf" not in "".join(found[key] for key in ("land", "borders", "regions", "unsettled"))


def test_the_same_places_give_the_same_map_in_another_process() -> None:
    code = (
        "from tests.figures.test_map import *; from hashlib import sha256;"
        "print(sha256(''.join(svg(*CASES[c]) for c in CASES).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": zone, "HOME": "/nonexistent"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(said) == 1


def test_an_unknown_worldview_is_an_error() -> None:
    with pytest.raises(ValueError, match="worldview"):
        document(KYIV, worldview="us")


def test_a_close_map_tells_in_a_corner_where_it_is() -> None:
    small = figure(At("Beirut", 33.89, 35.5))["inset"]
    assert small["land"]
    here = small["here"]
    assert here["x"] + here["width"] / 2 == pytest.approx(small["width"] / 2, abs=0.1)
    assert 0 < here["width"] < small["width"] / 2
    assert small["x"] < WIDTH / 2, "on the sea, which is west of Beirut"
    assert figure(*WORLD)["inset"] is None
    assert figure(*BERING)["inset"] is None


def test_a_place_on_the_far_side_of_the_180th_meridian_is_on_a_world_map() -> None:
    places = (At("Honolulu", 21.3, -157.86), At("Tokyo", 35.7, 139.7), At("Lima", -12.05, -77.04))
    found = figure(*places, At("Auckland", -36.85, 174.76))
    assert found["scale"] is None
    assert len(found["marks"]) == 4
    assert len({mark["x"] for mark in found["marks"]}) == 4


def test_an_island_country_too_small_for_its_symbol_still_has_it() -> None:
    found = figure(At("Nauru", -0.53, 166.93, "country", "NR"))
    (mark,) = found["marks"]
    assert mark["x"] == pytest.approx(WIDTH / 2, abs=5)
    assert numbers(found["land"])


def test_the_districts_of_one_city_are_all_named() -> None:
    places = [
        At(f"District {n}", 50.42 + n % 4 * 0.02, 30.45 + n // 4 * 0.02, "exact") for n in range(12)
    ]
    found = figure(*places)
    assert_sound(found)
    assert len(found["labels"]) == 12


def test_no_inset_hides_a_place() -> None:
    corners = [At(f"C{lat}{lon}", 34 + lat, 36 + lon) for lat in (0, 1.3) for lon in (0, 3)]
    found = figure(*corners)
    assert_sound(found)
    if small := found["inset"]:
        for mark in found["marks"]:
            inside = small["x"] < mark["x"] < small["x"] + small["width"]
            assert not (inside and small["y"] < mark["y"] < small["y"] + small["height"])


def test_no_border_that_only_another_worldview_has_is_drawn_in_a_region() -> None:
    """Western Sahara has no regions in the UN's view; Morocco has some there on the ground."""
    assert not atlas("un").inner("EH", 0)
    un, ne = atlas("un").outline("SY-QU", 0), atlas("ne").outline("SY-QU", 0)
    assert set(un) != set(ne)
