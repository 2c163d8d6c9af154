"""The outlines of the world: whole, small, and on the right side of every border."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefings.figures.map.atlas import Atlas, atlas, meets
from briefings.resources import shipped

GEO = shipped("data") / "geo"
ROOT = Path(__file__).parent.parent.parent
UN, NE = atlas("un"), atlas("ne")
# All of ISO 3166-1 (249 codes).
ISO = (Path(__file__).parent / "iso-3166-1.txt").read_text("utf-8").split()


def holds(view: Atlas, code: str, lat: float, lon: float, level: int = 0) -> bool:
    """Say whether a country or region holds a point, by the even-odd rule over all its arcs."""
    inside = False
    for arc in view.outline(code, level):
        xs, ys = view.line(arc, level)
        for ax, ay, bx, by in zip(xs, ys, xs[1:], ys[1:], strict=False):
            if (ay > lat) != (by > lat):
                x = ax + (lat - ay) / (by - ay) * (bx - ax)
                # Eastward of the point, on the half of the globe that is east of it.
                inside ^= 0 < (x - lon) % 360 < 180
    return inside


def test_it_is_at_most_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in GEO.iterdir()) < 3_000_000


def test_every_country_of_iso_3166_has_an_outline_and_a_name() -> None:
    assert len(ISO) == 249
    for view in (UN, NE):
        assert set(ISO) <= set(view.countries)
        for code in ISO:
            assert view.outline(code, len(view.index["steps"]) - 1)
            assert all(view.name(code, language) for language in ("en", "fr"))


def test_a_language_without_names_gets_the_english_ones() -> None:
    assert UN.name("DE", "xx") == UN.name("DE", "en") == "Germany"


REGIONS = {
    "RU-AST": (46.35, 48.04),
    "RU-TAM": (52.72, 41.45),
    "RU-VGG": (49.5, 44.0),
    "RU-KRS": (51.73, 36.19),
    "UA-30": (50.45, 30.52),
    "UA-43": (44.95, 34.10),
    "UA-40": (44.6, 33.6),
}


@pytest.mark.parametrize("code", REGIONS)
def test_the_regions_of_the_example_are_where_they_are(code: str) -> None:
    for view in (UN, NE):
        for level in range(3):
            assert holds(view, code, *REGIONS[code], level)
        assert not holds(view, code, REGIONS[code][0], REGIONS[code][1] + 15)


WHERE = {
    # place: latitude, longitude, country in the UN's view, on the ground
    "Simferopol": (44.95, 34.10, "UA", "RU"),
    "Sevastopol": (44.6, 33.6, "UA", "RU"),
    "Donetsk": (48.0, 37.8, "UA", "UA"),
    "Kyrenia": (35.32, 33.32, "CY", "CYN"),
    "Hargeisa": (9.56, 44.06, "SO", "SOL"),
    "Laayoune": (27.15, -13.15, "EH", "MA"),
    "Tifariti": (26.15, -10.6, "EH", "EH"),
    "Guelmim": (28.98, -10.06, "MA", "MA"),
    "Golan": (33.0, 35.8, "SY", "IL"),
    "Tiberias": (32.78, 35.52, "IL", "IL"),
    "Kazrin": (32.99, 35.69, "SY", "IL"),
    "Pristina": (42.66, 21.16, "XK", "XK"),
    "Ramallah": (31.9, 35.2, "PS", "PS"),
    "Sukhumi": (43.0, 41.05, "GE", "GE"),
    "Longyearbyen": (78.2, 16.0, "SJ", "SJ"),
    "Cayenne": (4.6, -52.6, "GF", "GF"),
    "Paris": (48.85, 2.35, "FR", "FR"),
    "Anadyr": (66.0, 178.5, "RU", "RU"),
    "Provideniya": (65.5, -174.0, "RU", "RU"),
}


@pytest.mark.parametrize("place", WHERE)
def test_a_place_is_in_one_country_of_each_worldview(place: str) -> None:
    lat, lon, un, ne = WHERE[place]
    for view, wanted in ((UN, un), (NE, ne)):
        near = view.countries_in(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
        assert [code for code in near if holds(view, code, lat, lon)] == [wanted]


def test_a_region_ends_where_its_country_does() -> None:
    for view in (UN, NE):
        for country in ("UA", "RU", "DE", "US", "IN"):
            outline = set(view.outline(country, 0))
            inner = set(view.inner(country, 0))
            assert not outline & inner
            codes = {code for code in view.regions if code.startswith(f"{country}-")}
            codes -= {"US-PR"} | ({"UA-43", "UA-40"} if view is NE else set())
            for code in codes:
                assert set(view.outline(code, 0)) <= outline | inner


def test_every_outline_closes_at_every_level() -> None:
    for code in UN.countries:
        for level in range(len(UN.index["steps"])):
            for ring in UN.rings(UN.outline(code, level)):
                ends = [UN.ends(arc)[::-1] if back else UN.ends(arc) for arc, back in ring]
                following = [*ends[1:], ends[0]]
                assert all(a[1] == b[0] for a, b in zip(ends, following, strict=True))


def test_lines_that_meet_at_a_node_meet_at_every_level() -> None:
    for level, step in enumerate(UN.index["steps"]):
        for arc in (*UN.outline("UA", level), *UN.inner("UA", level)):
            xs, ys = UN.line(arc, level)
            for node, x, y in zip(UN.ends(arc), (xs[0], xs[-1]), (ys[0], ys[-1]), strict=True):
                there = UN.node(node, level)
                assert abs(there[0] - x) * step < 0.01
                assert abs(there[1] - y) * step < 0.01


def test_arcs_are_in_their_boxes() -> None:
    for code in ("RU", "FJ", "US", "AQ", "UA"):
        for arc in UN.outline(code, 0):
            west, south, east, north = UN.boxes[arc]
            xs, ys = UN.line(arc, 0)
            assert west <= min(xs) <= max(xs) <= east
            assert south <= min(ys) <= max(ys) <= north


@pytest.mark.parametrize(
    ("box", "window", "met"),
    [
        ((170, -20, 190, -10), (-178, -18, -175, -15), True),
        ((170, -20, 190, -10), (178, -18, 185, -15), True),
        ((-180, -20, -170, -10), (178, -18, 185, -15), True),
        ((10, 0, 20, 10), (25, 0, 30, 10), False),
        ((10, 0, 20, 10), (12, 11, 14, 12), False),
        ((10, 0, 20, 10), (-180, -90, 180, 90), True),
        ((350, 0, 352, 10), (-11, 0, -9, 5), True),
    ],
)
def test_boxes_meet_on_any_turn_of_the_globe(
    box: tuple[float, ...], window: tuple[float, ...], *, met: bool
) -> None:
    assert meets(box, window) is met


def test_unsettled_borders_are_marked() -> None:
    crimea = set(NE.outline("UA-43", 0)) & set(NE.outline("UA", 0)) & set(NE.outline("RU", 0))
    assert crimea
    assert crimea <= NE.unsettled
    assert not crimea & UN.unsettled, "where there is no border, none is unsettled"
    settled = set(UN.outline("PL", 0)) & set(UN.outline("DE", 0))
    assert settled
    assert not settled & UN.unsettled


def test_what_is_said_of_the_sources_is_what_the_script_asks_for() -> None:
    readme = (GEO / "README.md").read_text("utf-8")
    script = (ROOT / "scripts" / "geo" / "sources.py").read_text("utf-8")
    sums = re.findall(r'"([0-9a-f]{64})"', script)
    assert len(sums) == 3
    assert all(digest in readme for digest in sums)
    for name in re.findall(r"\((LICENSE-[\w.-]+)\)", readme):
        assert (GEO / name).is_file()


def test_the_index_and_the_arrays_fit() -> None:
    index = json.loads((GEO / "index.json").read_text("utf-8"))
    sizes = {"i": 4, "H": 2, "h": 2, "b": 1}
    wanted = sum(sizes[kind] * count for _, kind, count in index["arrays"])
    assert wanted == (GEO / "arcs.bin").stat().st_size
