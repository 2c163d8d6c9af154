"""A place that lies far outside of the region which it is said to be in is a finding."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefings import build
from briefings.figures.map.astray import astray
from tests.commands import run
from tests.examples import EXAMPLES
from tests.rendering import YAML, put

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "places:\n  - {{id: p, name: P, lat: {}, lon: {}, precision: {}, region: {}}}\n"


@pytest.mark.parametrize(
    ("region", "lat", "lon"),
    [
        ("UA", 50.45, 30.52),
        ("UA-30", 50.45, 30.52),
        ("UA-30", 50.3, 30.9),  # in the next region, 15 km from the border
        ("UA-51", 46.3, 30.9),  # at sea, off Odesa
        ("UA-43", 44.95, 34.1),  # in one view of the world
        ("RU", 44.95, 34.1),  # and in the other
        ("RU-CHU", 66.0, 171.0),
        ("RU-CHU", 64.42, -173.23),  # beyond the 180th meridian
        ("FJ", -16.8, -179.97),
        ("FJ", -18.14, 178.44),
        ("AQ", -90.0, 0.0),
        ("AQ", -78.46, 106.8),
        ("US", 48.98, -109.0),  # below a border of 2,000 km along a parallel
        ("CA", 49.02, -109.0),
        ("TV", -8.52, 179.2),  # an atoll
        ("UA-99", 0.0, 0.0),  # of which nothing is known
    ],
)
def test_a_place_in_its_region_or_near_it_is_in_order(region: str, lat: float, lon: float) -> None:
    assert astray(region, lat, lon, whole=False) == ""


@pytest.mark.parametrize(
    ("region", "lat", "lon", "said"),
    [
        ("RU-AST", 50.45, 30.52, "1,071 km outside RU-AST, in UA-30"),
        ("UA", 44.43, 26.1, "201 km outside UA, in RO-B"),
        ("UA-51", 45.6, 31.5, "94 km outside UA-51"),
        ("CA", 48.5, -109.0, "55 km outside CA, in US-MT"),
        ("RU-CHU", 64.9, -163.7, "265 km outside RU-CHU, in US-AK; lon 163.7 would be in it"),
        (
            "UA-30",
            30.52,
            50.45,
            "2,726 km outside UA-30, in IR-18; lat and lon seem to be changed over",
        ),
        ("US-DC", 38.9, 77.04, "10,960 km outside US-DC, in CN-XJ; lon -77.04 would be in it"),
        ("NZ", 41.29, 174.78, "7,876 km outside NZ; lat -41.29 would be in it"),
        ("ES", -40.0, 176.0, "18,130 km outside ES, in NZ-MWT"),
        ("RU", -56.3, -75.0, "14,973 km outside RU"),
    ],
)
def test_how_far_it_is_and_whose_it_is_there(
    region: str, lat: float, lon: float, said: str
) -> None:
    assert astray(region, lat, lon, whole=False) == f"{lat:g}, {lon:g} is {said}"


@pytest.mark.parametrize(
    ("region", "lat", "lon"), [("MV", 2.6, 73.2), ("KI", -3.0, -168.7), ("FJ", -17.9, 179.3)]
)
def test_what_stands_for_all_of_a_group_of_islands_may_be_at_sea(
    region: str, lat: float, lon: float
) -> None:
    assert astray(region, lat, lon, whole=True) == ""
    assert astray(region, lat, lon + 40, whole=True) != ""


def test_the_command_tells_it_and_renders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"brief.yaml": YAML + PLACE.format(46.35, -48.04, "city", "RU-AST")})
    monkeypatch.chdir(tmp_path)
    ran = run("check", "brief.yaml")
    line = YAML.count("\n") + 2
    assert (ran.code, ran.out) == (1, "")
    said = "46.35, -48.04 is 6,551 km outside RU-AST; lon 48.04 would be in it\n"
    assert ran.err.startswith(f"brief.yaml:{line}:72: {said}")
    ran = run("check", "--json", "brief.yaml")
    assert (ran.code, [one["finding"] for one in json.loads(ran.out)]) == (1, [True])
    assert run("render", "brief.yaml", "-a", "analyst", "-t", "md").code == 0


def test_one_of_the_register_is_told_in_its_file(tmp_path: Path) -> None:
    place = PLACE.format(46.35, -48.04, "city", "RU-AST").partition("\n")[2]
    put(
        tmp_path,
        {
            "briefings.toml": "",
            "data/register/places.yaml": "places:\n" + place,
            "data/brief.yaml": YAML.replace(
                "events:\n  - ", "events:\n  - places: [{place: p, role: site}]\n    "
            ),
        },
    )
    (problem,) = build.problems([tmp_path / "data" / "brief.yaml"])
    assert problem.file.endswith("places.yaml")
    assert problem.finding


def test_our_own_are_free_of_it() -> None:
    assert build.problems(EXAMPLES) == []


def test_no_outline_is_read_unless_a_briefing_is_checked() -> None:
    code = (
        "import sys; from briefings import pipeline; from pathlib import Path;"
        f"pipeline.load(Path({str(EXAMPLES[0])!r})); print('atlas' in ' '.join(sys.modules));"
        f"pipeline.checked(Path({str(EXAMPLES[0])!r})); print('atlas' in ' '.join(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
