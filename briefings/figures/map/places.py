"""The places of a map: what the shown events name, and what each place is to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.document import Document, View

ROLES = ("origin", "target", "site")  # the order in which they are drawn and told
POINTS = ("exact", "city")


@dataclass(slots=True)
class Place:
    """One place of the map with its roles, in the order of ``ROLES``."""

    name: str
    lon: float
    lat: float
    precision: str
    region: str | None
    said: str  # how its precision is read
    roles: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def is_point(self) -> bool:
        """Whether it is known as a point, and not as an area."""
        return self.precision in POINTS


def places(document: Document) -> list[Place]:
    """Return the places that shown events name, from north to south and west to east."""
    found: dict[int, Place] = {}
    for at in _named(document.parts.get("events", ())):
        view = at.place
        place = found.setdefault(id(view), _place(view))
        if at.role.token not in place.roles:
            place.roles.append(at.role.token)
            place.words.append(at.role.text.plain)
    for place in found.values():
        pairs = sorted(zip(place.roles, place.words, strict=True), key=lambda p: ROLES.index(p[0]))
        place.roles, place.words = [role for role, _ in pairs], [word for _, word in pairs]
    return sorted(found.values(), key=lambda place: (-place.lat, place.lon, place.name))


def _named(events: Iterable[View]) -> Iterator[Any]:
    for event in events:
        yield from event.places
        yield from _named(event.parts)


def _place(view: View) -> Place:
    return Place(
        view.name.plain,
        float(view.lon),
        float(view.lat),
        view.precision.token,
        view.region and view.region.plain,
        view.precision.text.plain,
    )
