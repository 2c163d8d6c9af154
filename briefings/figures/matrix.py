"""Who says what: the matters down the side, the speakers across, in each cell the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefings.document import Document, View

MOST = 8  # speakers beside one another; a printed page holds no more


def data(document: Document) -> list[dict[str, Any]] | None:
    """Return one table, or several where there are more speakers than a page is wide.

    A table has its ``speakers``, and ``rows``: each a ``matter`` (an event or a matter of context)
    with ``cells``, for every speaker the claims that he makes about it. A matter stands only in
    the tables in which somebody speaks of it.
    """
    matters = list(_matters(document))
    speakers = list({id(s): s for matter in matters for s in _speakers(matter)}.values())
    # As even as they come: 9 speakers are 5 and 4.
    tables = -(-len(speakers) // MOST)
    size = -(-len(speakers) // tables) if tables else 1
    parts = [speakers[start : start + size] for start in range(0, len(speakers), size)]
    return [{"speakers": part, "rows": list(_rows(matters, part))} for part in parts] or None


def _matters(document: Document) -> Iterator[View]:
    for event in document["events"]:
        yield from _with_parts(event)
    if "context" in document.sections:
        yield from document["context"]


def _with_parts(event: View) -> Iterator[View]:
    yield event
    for part in event.parts:
        yield from _with_parts(part)


def _speakers(matter: View) -> list[View]:
    return [claim.speaker for claim in matter.claims]


def _rows(matters: Iterable[View], speakers: Sequence[View]) -> Iterator[dict[str, Any]]:
    for matter in matters:
        cells = [[c for c in matter.claims if c.speaker is speaker] for speaker in speakers]
        if any(cells):
            yield {"matter": matter, "cells": cells}
