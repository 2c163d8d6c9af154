"""Projections against known values, and cutting to a window."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.figures.map import clip
from briefings.figures.map.frame import WIDTH, around
from briefings.figures.map.hatching import hatching
from briefings.figures.map.inside import rows, spot
from briefings.figures.map.projection import RADIUS, Azimuthal, EqualEarth
from briefings.figures.map.room import Room
from briefings.figures.map.shapes import area, path
from briefings.figures.map.text import wrapped
from briefings.figures.map.widths import BOLD, REGULAR, metrics

LONS = st.floats(-180, 180)
LATS = st.floats(-90, 90)


def test_azimuthal_is_as_in_snyders_example() -> None:
    """Snyder 1987, page 333: a sphere of 3 units, centre 40 N 100 W, the point 20 S 100 E."""
    ((x, y),) = Azimuthal(-100, 40).forward([100], [-20])
    assert (3 * x / RADIUS, 3 * y / RADIUS) == pytest.approx((-4.2339303, 4.0257775), abs=1e-7)


def test_equal_earth_is_as_published() -> None:
    """Savric et al. 2018: the equator is 2 * 2.7066 radii long, the globe 2 * 1.3173 high."""
    (right, _), (_, top) = EqualEarth(0).forward([180, 0], [0, 90])
    assert right / RADIUS == pytest.approx(2.7066, abs=1e-3)
    assert top / RADIUS == pytest.approx(1.3173, abs=1e-3)


@given(LONS, LATS, LONS, st.floats(-89, 89))
def test_azimuthal_comes_back(lon: float, lat: float, x: float, y: float) -> None:
    projection = Azimuthal(lon, lat)
    ((east, north),) = projection.forward([x], [y])
    if math.hypot(east, north) > 1.9 * RADIUS:
        return  # near the antipode, which is a whole circle
    back = projection.inverse(east, north)
    assert back is not None
    ((again, up),) = projection.forward([back[0]], [back[1]])
    assert math.hypot(again - east, up - north) < 0.01


@given(LONS, LONS, st.floats(-89, 89))
def test_equal_earth_comes_back(lon: float, x: float, y: float) -> None:
    east = lon + ((x - lon + 180) % 360 - 180) * 0.999
    ((px, py),) = EqualEarth(lon).forward([east], [y])
    back = EqualEarth(lon).inverse(px, py)
    assert back is not None
    assert back[0] == pytest.approx(east, abs=1e-6)
    assert back[1] == pytest.approx(y, abs=1e-6)


def test_off_the_globe_there_is_nothing() -> None:
    assert Azimuthal(0, 0).inverse(2.1 * RADIUS, 0) is None
    assert EqualEarth(0).inverse(2.8 * RADIUS, 0) is None
    assert EqualEarth(0).inverse(0, 1.4 * RADIUS) is None


@pytest.mark.parametrize("projection", [Azimuthal(30, 50), EqualEarth(10)])
def test_areas_are_true(projection: Azimuthal | EqualEarth) -> None:
    """A piece of one degree by one is R² · Δλ · Δ(sin φ) square kilometres."""
    for lat in (-60, 0, 45, 70):
        steps = [i / 50 for i in range(51)]
        xs = [20 + s for s in steps] + [21] * 51 + [21 - s for s in steps] + [20] * 51
        ys = [lat] * 51 + [lat + s for s in steps] + [lat + 1] * 51 + [lat + 1 - s for s in steps]
        found = abs(area(projection.forward(xs, ys)))
        sines = math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat))
        assert found == pytest.approx(RADIUS**2 * math.radians(1) * sines, rel=2e-4)


SQUARE = (0.0, 0.0, 10.0, 10.0)


def test_a_ring_is_cut_to_a_window() -> None:
    ring = [(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0)]
    assert abs(area(clip.polygon(ring, SQUARE))) == pytest.approx(30)
    assert clip.polygon([(-5.0, 2.0), (-1.0, 2.0), (-1.0, 8.0)], SQUARE) == []
    around_it = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)]
    assert abs(area(clip.polygon(around_it, SQUARE))) == pytest.approx(100)


@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=3, max_size=30))
def test_what_is_cut_is_within(ring: list[clip.Point]) -> None:
    for x, y in clip.polygon(ring, SQUARE):
        assert -1e-9 <= x <= 10 + 1e-9
        assert -1e-9 <= y <= 10 + 1e-9


def test_a_line_is_cut_where_it_leaves() -> None:
    line = [(-20.0, 5.0), (-10.0, 5.0), (5.0, 5.0), (20.0, 5.0), (30.0, 5.0), (5.0, 6.0)]
    assert list(clip.lines(line, SQUARE)) == [
        [(-10.0, 5.0), (5.0, 5.0), (20.0, 5.0)],
        [(30.0, 5.0), (5.0, 6.0)],
    ]


def test_long_pieces_are_divided() -> None:
    made = clip.dense([(0.0, 0.0), (10.0, 0.0), (10.0, 1.0)], 4, closed=True)
    assert made[:4] == [pytest.approx(p) for p in ((0, 0), (10 / 3, 0), (20 / 3, 0), (10, 0))]
    assert len(made) == 7
    assert clip.dense([(0.0, 0.0), (1.0, 0.0)], 4, closed=False) == [(0, 0), (1, 0)]


def test_a_path_has_whole_numbers_and_leaves_out_what_is_too_near() -> None:
    ring = [(0.0, 0.0), (0.1, 0.1), (10.0, 0.0), (10.0, -10.04)]
    assert path([ring], closed=True) == "M0 0l100 0 0-100z"
    assert path([[(1.0, 1.0), (1.0, 1.1)]], closed=True) == ""


@pytest.mark.parametrize(("precision", "steps"), [("region", 3.6), ("country", 7.0)])
def test_hatching_is_within_and_at_even_steps(precision: str, steps: float) -> None:
    whole = [(0.0, 0.0), (36.0, 0.0), (36.0, 36.0), (0.0, 36.0)]
    hole = [(8.0, 8.0), (28.0, 8.0), (28.0, 28.0), (8.0, 28.0)]
    lines = ends(hatching([whole], precision))
    assert len(lines) == pytest.approx(36 * 2**0.5 / steps, abs=1)
    assert all(-0.1 < value < 36.1 for line in lines for value in line)
    longer = sum(math.dist(line[:2], line[2:]) for line in lines)
    shorter = sum(
        math.dist(line[:2], line[2:]) for line in ends(hatching([whole, hole], precision))
    )
    assert longer * steps == pytest.approx(36 * 36, rel=0.1)
    assert shorter * steps == pytest.approx(36 * 36 - 20 * 20, rel=0.1)


def ends(path: str) -> list[tuple[float, ...]]:
    found = (re.findall("-?[0-9]+", line) for line in path.split("M")[1:])
    return [tuple(int(value) / 10 for value in line) for line in found]


def test_room_is_found_well_inside() -> None:
    wide = [[(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0)]]
    found = spot(rows(wide, 200, 100), (20, 8), Room(200, 100))
    assert found is not None
    assert abs(found[0] - 50) < 1
    assert abs(found[1] - 30) < 10
    assert spot(rows(wide, 200, 100), (120, 8), Room(200, 100)) is None


def test_the_antimeridian_is_a_line_like_any_other() -> None:
    there = around([(179.0, -17.0), (-179.0, -17.0)])
    west, _, east, _ = there.window
    assert 1 < east - west < 20
    assert abs((there.projection.lon % 360) - 180) < 0.1


def test_a_pole_in_the_frame_has_all_longitudes() -> None:
    there = around([(0.0, 85.0), (120.0, 85.0), (240.0, 85.0)])
    assert there.round_pole
    assert there.window[3] == 90
    assert around([(0.0, -85.0), (120.0, -85.0), (240.0, -85.0)]).window[1] == -90
    assert not around([(10.0, 50.0)]).round_pole


@given(st.lists(st.tuples(LONS, LATS), min_size=1, max_size=8))
def test_what_a_frame_is_around_is_in_it(places: list[clip.Point]) -> None:
    there = around(places)
    found = there.points([x for x, _ in places], [y for _, y in places])
    if isinstance(there.projection, EqualEarth):
        return  # which leaves out the Antarctic, and counts longitudes from its middle
    for x, y in found:
        assert 10 < x < WIDTH - 10
        assert 10 < y < there.height - 10


def test_widths_are_those_of_the_font() -> None:
    from fontTools.ttLib import TTFont

    from briefings.resources import shipped

    for name in (REGULAR, BOLD):
        font = TTFont(shipped("data") / "fonts" / name)
        cmap, advances = font.getBestCmap(), font["hmtx"]
        for letter in "AWil. \u2019éЖщїЄßŁ0":
            wanted = advances[cmap[ord(letter)]][0] / font["head"].unitsPerEm
            assert metrics(name).width(letter) == pytest.approx(wanted)


def test_a_letter_that_the_font_lacks_takes_some_room() -> None:
    assert metrics(BOLD).width("中") == 1.0
    assert 0.4 < metrics(BOLD).width("ب") < 1.0


@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_no_line_is_wider_than_allowed(text: str) -> None:
    words = wrapped(text, 7.4, 104, bold=True, lines=3)
    assert 1 <= len(words.lines) <= 3
    assert words.width <= 104.01


def test_a_name_is_broken_into_lines_of_much_the_same_length() -> None:
    words = wrapped("International airport of Novosibirsk Tolmachevo", 7.4, 104, bold=True)
    assert words.lines == ("International airport of", "Novosibirsk Tolmachevo")
