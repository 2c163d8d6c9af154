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
    """What the place is called. Example: ``Millbrook``."""
    lat: Latitude
    """Degrees north of the equator; south is negative. Example: ``48.46``."""
    lon: Longitude
    """Degrees east of Greenwich; west is negative. Example: ``35.04``."""
    precision: Precision
    """What the coordinates stand for; a region or a country is drawn as an area and gets no pin.
    Example: ``city``.
    """
    region: Region | None = None
    """The country or its part in ISO 3166-1 or 3166-2. ``check`` tells where the coordinates are
    more than 25 km outside of it. Examples: ``UA``, ``UA-30``.
    """
