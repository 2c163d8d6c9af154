"""A map is drawn once for all that show it, and again where anything in it is another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefings.figures import map as locator
from briefings.figures.map.shapes import Pen
from tests.figures.maps import At, document, figure

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.figures.map.atlas import Atlas
    from briefings.figures.map.frame import Frame

HERE = At("Bergen", 60.39, 5.32, region="NO-46", roles="site")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was drawn, once for each time."""
    times: list[object] = []

    def counting(world: Atlas, frame: Frame) -> Pen:
        times.append(frame)
        return Pen(world, frame)

    monkeypatch.setattr(locator, "_kept", [])
    monkeypatch.setattr(locator, "Pen", counting)
    return times


def test_the_map_of_before_is_not_drawn_again(drawn: list[object]) -> None:
    assert figure(HERE) == figure(HERE)
    assert len(drawn) == 1


@pytest.mark.parametrize(
    "other",
    [
        document(replace(HERE, name="Bergen harbour")),
        document(replace(HERE, lat=60.4)),
        document(replace(HERE, precision="exact")),
        document(replace(HERE, precision="region", region="NO-46")),
        document(replace(HERE, roles="origin")),
        document(HERE, At("Oslo", 59.91, 10.75)),
        document(HERE, paper="90mm x 160mm"),
        document(HERE, language="fr"),
        replace(document(HERE), worldview="ne"),
    ],
)
def test_another_map_is_drawn(
    other: Document, drawn: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = figure(HERE)
    found = locator.data(other)
    assert len(drawn) == 2
    monkeypatch.setattr(locator, "_kept", [])
    assert found == locator.data(other)
    assert figure(HERE) == first


def test_what_somebody_changes_in_a_map_stays_his(drawn: list[object]) -> None:
    before = figure(HERE)
    changed = figure(HERE)
    changed["labels"][0]["lines"].clear()
    changed["land"] = ""
    assert figure(HERE) == before
    assert len(drawn) == 1


def test_few_maps_are_kept(drawn: list[object]) -> None:
    for number in range(locator.MOST + 1):
        figure(replace(HERE, lat=60 + number / 10))
    figure(replace(HERE, lat=60.1))
    assert len(drawn) == locator.MOST + 1
    figure(replace(HERE, lat=60))
    assert len(drawn) == locator.MOST + 2
