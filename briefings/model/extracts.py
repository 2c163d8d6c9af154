"""What an extract may state and an author may not, and the other way round.

An extract is a reader's own view of a briefing, written as a briefing. Where that reader is shown
no grades, how sure an event is and who stands behind it cannot be derived again, so both are
stated. An author never writes them: they follow from the claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.model.vocabulary import Reliability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.errors import Problem
    from briefings.source import Source

STATED = {
    "status": "a status is derived from the claims; only an extract states it",
    "speakers": "the speakers are derived from the claims; only an extract states them",
}
OF_EXTRACTS = ("extract", *STATED)  # keys that no author is offered
_GRADES = ", ".join(Reliability)


def check(source: Source) -> Iterator[Problem]:
    """Yield a problem for each field that stands where it cannot or is missing where it must."""
    extract = source.data.get("extract")
    graded = not isinstance(extract, dict) or extract.get("grades") is not False
    for index, event in _mappings(source.data.get("events")):
        if not graded and event.get("status") is None:
            yield source.problem(("events", index), '"status" is missing')
        for name, said in STATED.items() if graded else ():
            if name in event:
                yield source.problem(("events", index, name), said, at_key=True)
    for index, origin in _mappings(source.data.get("sources")):
        if graded and "reliability" not in origin:
            yield source.problem(("sources", index), '"reliability" is missing')
        elif graded and origin["reliability"] is None:
            said = f"one of {_GRADES} is expected, nothing was found"
            yield source.problem(("sources", index, "reliability"), said)


def _mappings(items: Any) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: ANN401
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield index, item
