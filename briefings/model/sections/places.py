"""Places, with what their coordinates stand for."""

from __future__ import annotations

from typing import ClassVar

from briefings.model.base import Pointed
from briefings.model.fields import Latitude, Line, Longitude, Region
from briefings.model.vocabulary import Precision


class Place(Pointed):
    """A place: WGS 84 degrees, north and east positive. ``region`` is its ISO 3166-1 or -2 code."""

    kind: ClassVar[str] = "place"

    name: Line
    lat: Latitude
    lon: Longitude
    precision: Precision
    region: Region | None = None
