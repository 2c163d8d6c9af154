"""The names on a map: each beside its own place, and nothing collides."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import fromstring

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.figures.map.atlas import atlas
from briefings.figures.map.room import BETWEEN, Room
from briefings.figures.map.text import wrapped
from tests.figures.maps import (
    KURSK,
    KYIV,
    SVG,
    TAMBOV,
    At,
    assert_sound,
    boxes,
    figure,
    numbers,
    svg,
    tree,
)


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
    (halo,) = (e for e in root.iter(f"{SVG}use") if e.get("class") == "map-halos")
    names = next(e for e in root.iter() if e.get("id") == (halo.get("href") or "")[1:])
    assert "".join(names.itertext()).strip() == "Kyiv"
    assert halo.get("stroke")
    assert float(halo.get("stroke-width") or 0) <= 2.5


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
    places = [
        At(
            data.draw(st.sampled_from(["Ы", "Name", "A rather long name of a town"])),
            max(-90.0, min(90.0, lat + near / 2 * data.draw(st.floats(-1, 1)))),
            (lon + near * data.draw(st.floats(-1, 1)) + 180) % 360 - 180,
            data.draw(st.sampled_from(["exact", "city", "region", "country"])),
            data.draw(st.none() | codes.filter(lambda c: len(c) < 7 and c[:1].isupper())),
            data.draw(st.sampled_from(["site", "origin", "target", "site origin"])),
        )
        for _ in range(data.draw(st.integers(1, 14), "places"))
    ]
    found = figure(*places)
    assert_sound(found)
    text = svg(*places)
    fromstring(text)  # noqa: S314
    assert "nan" not in text.replace("Nan", "")
    assert "inf" not in "".join(found[key] for key in ("land", "borders", "regions", "unsettled"))


def test_two_symbols_of_an_area_at_the_edge_stay_within_the_frame() -> None:
    far_up = At("Ы", 78.75, 0.0, "region", roles="site origin")
    assert_sound(figure(At("Ы", 0.0, 0.0, "exact"), far_up))


def test_the_districts_of_one_city_are_all_named() -> None:
    places = [
        At(f"District {n}", 50.42 + n % 4 * 0.02, 30.45 + n // 4 * 0.02, "exact") for n in range(12)
    ]
    found = figure(*places)
    assert_sound(found)
    assert len(found["labels"]) == 12


def test_two_names_in_a_row_do_not_read_as_one() -> None:
    for number in range(12):  # one after the other they come closer
        towns = [At(f"Long Town {n}", 50, 30 + n * (1.2 + number / 10)) for n in range(4)]
        found = sorted(boxes(figure(*towns, At("Far", 42, 30))))
        for (_, top, right, low), (left, above, _, below) in pairwise(found):
            assert left - right >= BETWEEN - 0.1 or below <= top or above >= low


def test_a_line_to_a_name_does_not_run_along_an_outline() -> None:
    """Its halo would wipe the outline out."""
    room = Room(200, 200)
    room.draw([[(100, 55), (100, 97)]], 1.0)  # up from the symbol
    for box in ((103, 60, 200, 140), (0, 60, 97, 140), (0, 103, 200, 200)):
        room.take(box)  # neither beside it nor below there is room
    words = wrapped("A name", 7.4, 100, bold=True)
    placed = room.label((100, 100), (3.4, 3.4), words, crossing=True)
    assert placed
    assert placed.leader
    (from_x, _), (to_x, _) = placed.leader
    assert abs(from_x - to_x) > 3
