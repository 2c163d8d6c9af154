"""The likelihood scale: the place of a term among the terms of its lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefings.document import Document


def data(document: Document, low: str, high: str) -> dict[str, Any] | None:
    """Return the steps of the lexicon, the least likely first, and which one it is.

    Args:
        document: the brief; only one with judgements has a lexicon.
        low: the lower end of the term's range, in per cent.
        high: the upper end.
    """
    if document.lexicon is None:
        return None
    terms = document.lexicon.terms
    ranges = [(str(term.low), str(term.high)) for term in terms]
    if (low, high) not in ranges:
        return None
    number = ranges.index((low, high))
    return {"steps": len(terms), "number": number + 1, "term": terms[number].term}
