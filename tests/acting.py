"""Briefs of a few events in which sides act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings import templating
from briefings.figures import chain
from briefings.resources import Shelf
from tests.made import actor, briefing, claim, document, event, reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.document import Document

SIDES = [{"id": name, "name": name.upper()} for name in ("east", "west", "mediator")]
ACTORS = [
    actor("somebody"),
    *(actor(f"{side['id']}-army", side=side["id"]) for side in SIDES),
    actor("east-navy", side="east"),
]


def made(events: Iterable[dict[str, Any]], **more: object) -> Document:
    """Return the document of a briefing with these events, for who gets every section."""
    data = {"sides": SIDES, "actors": ACTORS, "events": list(events), **more}
    return document(briefing(data), reader())


def act(name: str, *actors: str, **more: object) -> dict[str, Any]:
    """Return an event of which somebody tells, done by these actors."""
    return event(name, claim(f"{name}-claim"), actors=list(actors), **more)


def markdown(of: Document) -> str:
    """Return a brief as our own templates make it, with the signs for the page."""
    return templating.markdown(of, Shelf())


def names(of: Document) -> dict[str, str]:
    """Return the names of each card of the chain, by the title of its event."""
    found = chain.data(of)
    assert found
    return {c["event"].title.plain: c["name"] for m in found["moments"] for c in m["cards"]}
