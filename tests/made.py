"""Briefings, readers and briefs made in a test, without a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefings import audience as audiences
from briefings import document as documents
from briefings import language, model, source, templating, writers
from briefings.audience import Audience
from briefings.model import lexicon
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS
from briefings.resources import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefings.document import Document
    from briefings.model import Briefing

MARKINGS = tuple(Marking)
CLEAR, GREEN, AMBER, STRICT, RED = (marking.value for marking in MARKINGS)
HEAD: dict[str, Any] = {
    "title": "A title",
    "bluf": "A bottom line.",
    "as_of": "2024-11-21",
    "published": "2024-11-22",
    "marking": CLEAR,
    "authors": ["Desk"],
}


def briefing(data: dict[str, Any], folder: Path | None = None) -> Briefing:
    """Return the briefing of data as a YAML file would hold it; JSON is YAML."""
    read = source.parse(json.dumps(HEAD | data).encode(), "case.yaml")
    return model.build(read, name="case", folder=folder)


def reader(ceiling: Marking | str = CLEAR, **more: object) -> Audience:
    """Return one who gets every section, with all the sourcing."""
    data = {"name": "Somebody", "reader": "one who reads", "ceiling": ceiling}
    rest = {"sections": list(SECTIONS), "sourcing": "annex"}
    return Audience.model_validate(data | rest | more)


def document(of: Briefing, to: Audience) -> Document:
    shelf = Shelf.at(of.folder)
    left = audiences.cut(of, to.ceiling)
    words = language.load(to.language or of.language, shelf)
    return documents.make(left, "reader", to, words, lexicon.load(of.lexicon, shelf))


def written(made: Document, form: str, folder: Path | None = None) -> bytes:
    shelf = Shelf.at(folder)
    return writers.write(made, templating.markdown(made, shelf), form, shelf).data


def event(name: str, *claims: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"id": name, "date": "2024", "title": name, "claims": list(claims), **more}


def claim(name: str, speaker: str = "somebody", **more: object) -> dict[str, Any]:
    return {"id": name, "speaker": speaker, "text": f"{name}.", **more}


def actor(name: str, **more: object) -> dict[str, Any]:
    return {"id": name, "name": name, **more}


def origin(name: str, **more: object) -> dict[str, Any]:
    return {"id": name, "title": name, "type": "news", "reliability": "B", **more}


def judgement(name: str, *basis: str, **more: object) -> dict[str, Any]:
    said = {"text": f"{name}.", "likelihood": "likely", "confidence": "low", "reason": "So far."}
    return {"id": name, **said, "basis": list(basis), **more}


def reached(thing: object) -> Iterator[object]:
    """Yield everything that an object of the document holds, however deep."""
    seen: set[int] = set()
    waiting: list[object] = [thing]
    while waiting:
        here = waiting.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        if isinstance(here, (str, bytes, int, float, Marking)) or here is None:
            continue
        if isinstance(here, documents.View):
            waiting += [getattr(here, name) for name in dir(here)]
        elif hasattr(here, "__dataclass_fields__"):
            waiting += [getattr(here, name) for name in here.__dataclass_fields__]
        elif hasattr(here, "items"):
            waiting += [*here.keys(), *here.values()]  # type: ignore[attr-defined]
        elif isinstance(here, (list, tuple, set)):
            waiting += here
        else:
            raise TypeError(f"a document holds a {type(here).__name__}")
