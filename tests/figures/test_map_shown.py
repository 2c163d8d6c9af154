"""What a map shows of areas and of crowds: all that matters, and a line on what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefings.figures.map.atlas import atlas
from briefings.figures.map.beside import MANY
from briefings.figures.map.frame import WIDTH
from briefings.figures.map.pieces import SCATTERED, pieces, shown
from briefings.figures.map.room import SQUARE, Room
from tests.figures.maps import KYIV, UNKNOWN, At, assert_sound, boxes, figure, notes, numbers, tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DISCLAIMER = "The boundaries and names shown imply no opinion on the legal status of any territory."
BEYOND = "Parts of these lie beyond the map: {}."


def country(name: str, code: str | None, roles: str = "site") -> At:
    return At(name, 1.4, 173, "country", code, roles)


def parts(outline: str) -> list[list[tuple[int, int]]]:
    """Return the rings of a path, in points, the widest first."""
    rings = [numbers(f"M{ring}") for ring in outline.split("M")[1:]]
    return sorted(rings, key=lambda ring: min(x for x, _ in ring) - max(x for x, _ in ring))


@pytest.mark.parametrize("code", ["MY", "NZ", "PH", "ID", "JP", "DK"])
def test_the_main_pieces_of_a_country_are_all_in_the_frame(code: str) -> None:
    found = figure(country("Here", code))
    (hatch,) = found["hatches"]
    assert hatch["lines"]
    most = sum(piece.area for piece in pieces(atlas("un"), code)) * 0.95
    wanted, total = 0, 0.0
    for piece in pieces(atlas("un"), code):
        if total < most:
            wanted, total = wanted + 1, total + piece.area
    whole = [ring for ring in parts(hatch["outline"]) if all(_inside(found, at) for at in ring)]
    assert len(whole) >= wanted > 1


def _inside(found: dict[str, float], at: tuple[int, int]) -> bool:
    return 0 < at[0] < WIDTH * 10 and 0 < at[1] < found["frame"] * 10


@pytest.mark.parametrize(("code", "groups"), [("MV", 12), ("KI", 12), ("TV", 5), ("FM", 7)])
def test_islands_too_small_to_hatch_have_a_symbol_each(code: str, groups: int) -> None:
    """One symbol would pass for one island, or for a point in the open sea."""
    found = figure(country("Islands", code, "target"))
    assert_sound(found)
    assert len(found["marks"]) >= groups
    assert {(mark["role"], mark["filled"]) for mark in found["marks"]} == {("target", False)}
    assert len(found["labels"]) == 1
    assert notes(found) == DISCLAIMER


def test_kiribati_is_shown_on_both_sides_of_the_180th_meridian() -> None:
    lons = [piece.middle[0] % 360 for piece in pieces(atlas("un"), "KI")]
    assert min(lons) < 175
    assert max(lons) > 205
    across = [mark["x"] for mark in figure(country("Kiribati", "KI"))["marks"]]
    assert max(across) - min(across) > WIDTH / 2


def test_of_little_land_all_is_shown_and_of_much_what_matters() -> None:
    world = atlas("un")
    for code in ("MV", "KI", "SC", "PF"):
        assert sum(piece.area for piece in pieces(world, code)) < SCATTERED
        assert len(shown(world, code)) == sum(len(piece.points) for piece in pieces(world, code))
    lons = [x for x, _ in shown(world, "FR")]
    assert -6 < min(lons) < 0, "not Clipperton, in the Pacific"
    assert max(lons) > 9, "but Corsica"


def test_what_the_frame_cuts_off_is_said() -> None:
    assert BEYOND.format("Portugal") in notes(figure(country("Portugal", "PT")))
    assert BEYOND.format("Portugal; Spain") in notes(
        figure(country("Portugal", "PT"), country("Spain", "ES"))
    )
    assert "beyond" not in notes(figure(country("Sudan", "SD")))
    assert "hors de la carte" in notes(figure(country("Portugal", "PT"), language="fr"))


def test_a_piece_along_the_hatching_is_outlined() -> None:
    """Palawan lies at 45 degrees, between two lines of the hatching of an origin."""
    (hatch,) = figure(country("Philippines", "PH", "origin"))["hatches"]
    assert len(parts(hatch["missed"])) > 3
    drawn = tree(country("Philippines", "PH", "origin"))
    assert any(element.get("d") == hatch["missed"] for element in drawn.iter())
    assert not figure(country("Sudan", "SD"))["hatches"][0]["missed"]


@pytest.mark.parametrize("code", [None, "UA-30", "ZZ", "ZZ-9"])
def test_a_country_that_is_not_known_here_is_told_and_not_drawn(code: str | None) -> None:
    found = figure(KYIV, At("Somewhere", 50.6, 30.9, "country", code, "target"))
    alone = figure(KYIV)
    assert found["marks"] == alone["marks"]
    assert found["scale"] == alone["scale"], "nor does its point change the frame"
    assert "Not placed on the map: Somewhere (target; country only)." in notes(found)
    assert all(not hatch["outline"] for hatch in found["hatches"])


def test_where_nothing_can_be_placed_the_map_says_so() -> None:
    found = figure(At("Somewhere", 50.6, 30.9, "country", "ZZ"))
    assert found["marks"] == found["labels"] == found["legend"] == []
    assert "Not placed on the map: Somewhere (site; country only)." in notes(found)


@pytest.mark.parametrize("code", [None, "ZZ-1", "GB-SCT"])
def test_a_circle_is_dashed_and_said_to_be_one(code: str | None) -> None:
    place = At("Scotland", 57, -4, "region", code, "target")
    assert "GB-SCT" not in atlas("un").regions
    found = figure(place)
    assert found["hatches"][0]["circle"]
    said = "A dashed circle of 50 km radius stands for: Scotland. No outline is known here."
    assert said in notes(found)
    for theme in ("default", "plain"):
        assert _dashes(tree(place, theme=theme)) == [True]
    assert "cercle en tirets de 50 km" in notes(figure(place, language="fr"))


def test_a_true_outline_is_not_dashed() -> None:
    region = At("Kursk region", 51.73, 36.19, "region", "RU-KRS", "target")
    assert _dashes(tree(region)) == [False]
    assert "circle" not in notes(figure(region))


def _dashes(drawn: Element) -> list[bool]:
    edges = [e for e in drawn.iter() if (e.get("class") or "").startswith("map-region ")]
    return [e.get("stroke-dasharray") is not None for e in edges if e.get("stroke-width") == "7"]


def test_a_circle_on_a_coarse_map_has_the_radius_that_is_said() -> None:
    far = At("Far", -30.0, 30.0)
    found = figure(UNKNOWN[0], far)
    (hatch,) = found["hatches"]
    xs = [x for x, _ in numbers(hatch["outline"])]
    kilometres = float(found["scale"]["text"].split()[0].replace(",", ""))
    radius = (max(xs) - min(xs)) / 20 * kilometres / found["scale"]["length"]
    assert radius == pytest.approx(250, rel=0.05)
    assert "A dashed circle of 250 km radius" in notes(found)


def test_many_places_at_one_point_share_a_symbol_for_each_role() -> None:
    roles = ["site", "origin", "target site"]
    places = [At(f"Place {n}", 50, 30, roles=roles[n % 3]) for n in range(MANY + 1)]
    found = figure(*places)
    assert_sound(found)
    assert [mark["role"] for mark in found["marks"]] == ["origin", "target", "site"]
    assert len(found["labels"]) == MANY + 1


def test_an_area_without_room_does_not_cover_a_point() -> None:
    found = figure(At("Town", 14, 37.2), At("Around it", 14, 37.2, "region"), At("Far", -30, 30))
    there = [(mark["x"], mark["y"]) for mark in found["marks"]]
    assert len(set(there)) == 3


def test_which_of_several_symbols_stands_at_the_place_is_said() -> None:
    said = "the lowest stands at the place or is led to it"
    assert said in notes(figure(At("A", 50, 30, roles="target site"), At("B", 51, 33)))
    assert said not in notes(figure(At("A", 50, 30, roles="target"), At("B", 51, 33)))
    areas = At("Tambov region", 52.72, 41.45, "region", "RU-TAM", "origin site")
    assert said not in notes(figure(areas, At("B", 51, 33))), "of an area there is no such place"


def test_places_without_a_label_are_counted() -> None:
    places = [At(f"Village number {n} of the valley", 50, 30) for n in range(120)]
    found = figure(*places)
    missing = len(places) - len(found["labels"])
    assert missing > 0
    said = f"Places without a label, for want of room: {missing}; the table names them."
    assert said in notes(found)
    assert "label" not in notes(figure(KYIV))


def test_a_note_is_never_cut_and_a_long_list_is_counted() -> None:
    absent = [At(f"Country number {n} of many", 10, 10, "country") for n in range(60)]
    found = figure(KYIV, *absent, At("Region", 50, 31, "region"))
    assert found["notes"][0]["text"] == DISCLAIMER
    assert "…" not in notes(found)
    told = [n for n in range(60) if f"number {n} of many" in notes(found)]
    assert 3 < len(told) < 20
    assert f"; others: {60 - len(told)}." in notes(found)
    ys = [note["y"] for note in found["notes"]]
    assert ys == sorted(set(ys))
    assert ys[-1] < found["height"]
    assert all(note["text"] for note in found["notes"])


def test_a_long_disclaimer_and_a_long_name_are_set_whole() -> None:
    found = figure(At("Word " * 120, 10, 10, "country"))
    assert notes(found).count("Word") == 120


def test_a_note_without_spaces_is_broken_and_not_cut() -> None:
    found = figure(At("字" * 180, 10, 10, "country"))
    assert notes(found).count("字") == 180
    assert "…" not in notes(found)


def test_a_label_beside_one_symbol_or_several_touches_none_of_them() -> None:
    half = 3.6 + 0.25  # a diamond and its line
    for roles in ("target", "origin target site", "target site"):
        hall = At("Data hall", 46.9, -8.7, "exact", roles=roles)
        for other in (At("Terminal", 46.4, -9.3), At("Gate", 46.95, -8.65), KYIV):
            found = figure(hall, other)
            for left, top, right, low in boxes(found):
                for mark in found["marks"]:
                    beside = top < mark["y"] < low
                    assert (
                        not beside
                        or mark["x"] + half + 1.5 < left
                        or right + 1.5 < mark["x"] - half
                    )


def test_room_is_taken_as_without_squares() -> None:
    """The squares by which boxes are found leave none out, whatever the boxes' edges."""
    edges = [0.0, 3.0, SQUARE, SQUARE + 0.5, 2 * SQUARE, 40.0, 90.0]
    every = [(a, b, c, d) for a in edges for b in edges for c in edges for d in edges]
    asked = [(a + 3, b + 3, c + 3, d + 3) for a, b, c, d in every if a < c and b < d]
    for taken in asked[::7]:
        room = Room(200, 200)
        room.take(taken)
        left, top, right, low = taken
        for a, b, c, d in asked:
            assert room.free((a, b, c, d)) is not (a < right and c > left and b < low and d > top)


def test_labels_of_a_crowd_do_not_collide() -> None:
    places = [At(f"V {n}", 50 + n % 14 * 0.2, 30 + n // 14 * 0.3) for n in range(200)]
    found = figure(*places)
    taken = list(boxes(found))
    assert len(taken) > 60
    for number, (left, top, right, low) in enumerate(taken):
        for a, b, c, d in taken[number + 1 :]:
            assert not (left + 0.2 < c and right - 0.2 > a and top + 0.2 < d and low - 0.2 > b)
