"""Symbols of places that are close: none covers another, and each is led to its own point."""

from __future__ import annotations

from math import atan2, degrees
from typing import Any

import pytest

from briefings.figures.map.beside import HALF
from tests.figures.maps import At, assert_sound, boxes, figure


def test_places_at_one_point_stand_on_two_sides_of_it() -> None:
    found = figure(At("A", 50, 30, roles="target"), At("B", 50, 30, roles="origin site"))
    assert_sound(found)
    assert len(found["labels"]) == 2
    (point, other) = found["points"]
    assert point == other
    assert_apart(found)
    low = [mark for mark in found["marks"] if mark["role"] != "origin"]
    assert sum(mark["x"] - point["x"] for mark in low) == pytest.approx(0, abs=0.2)


def test_places_so_close_that_one_would_cover_the_other_are_led_to_their_points() -> None:
    far = At("Far", 30, 30)
    found = figure(At("A", 50, 30), At("B", 50.01, 30.01, roles="target"), far)
    assert_apart(found)
    assert len(found["points"]) == 2
    ends = {(stem["x1"], stem["y1"]) for stem in found["stems"]}
    assert ends == {(point["x"], point["y"]) for point in found["points"]}


@pytest.mark.parametrize(("east", "north"), [(0.05, 0.1), (0.1, 0.2), (0.2, 0.2)])
def test_no_label_stands_on_the_dot_of_a_place_whose_symbol_stands_off_it(
    east: float, north: float
) -> None:
    found = figure(
        At("A place", 50, 30),
        At("B", 50 + north, 30 + east, roles="target"),
        At("C", 50 - east, 30 - north / 2, roles="origin"),
        At("Far", 30, 30),
    )
    assert found["points"]
    for point in found["points"]:
        for left, top, right, low in boxes(found):
            assert not (left - 1 < point["x"] < right + 1 and top - 1 < point["y"] < low + 1)


@pytest.mark.parametrize(("east", "north"), [(0.3, 0), (0, 0.2), (0.2, 0.15), (-0.2, 0.15)])
def test_lines_that_lead_to_two_close_places_do_not_look_like_one(
    east: float, north: float
) -> None:
    found = figure(At("A", 50, 30), At("B", 50 + north, 30 + east), At("Far", 30, 30))
    assert_apart(found)
    one, other = (atan2(s["y2"] - s["y1"], s["x2"] - s["x1"]) for s in found["stems"])
    turn = abs(degrees(one - other)) % 360
    assert min(turn, 360 - turn) < 150


def test_of_two_close_places_one_keeps_its_point_where_it_does_not_hide_the_other() -> None:
    found = figure(At("A", 50, 30), At("B", 50, 30.9), At("Far", 35, 30))
    assert_apart(found)
    assert len(found["points"]) == 1


def assert_apart(found: dict[str, Any]) -> None:
    """No symbol covers another, or the point of another."""
    marks = [(mark["x"], mark["y"]) for mark in found["marks"]]
    points = [(point["x"], point["y"]) for point in found["points"]]
    for number, (x, y) in enumerate(marks):
        others = marks[:number] + marks[number + 1 :]
        assert all(max(abs(x - a), abs(y - b)) > 2 * HALF for a, b in others)
        assert all(max(abs(x - a), abs(y - b)) > HALF for a, b in points)
