"""The map as a whole: what it shows, and that it is right everywhere."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from briefings.figures import map as locator
from briefings.figures.map.atlas import atlas
from briefings.figures.map.frame import WIDTH
from tests import made
from tests.figures.maps import (
    BERING,
    CASES,
    KYIV,
    SVG,
    WORLD,
    At,
    assert_sound,
    document,
    figure,
    numbers,
    tree,
)


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


def test_the_same_places_give_the_same_map_in_another_process() -> None:
    code = (
        "from tests.figures.maps import *; from hashlib import sha256;"
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
