"""One schema a kind of file; one line in ``KINDS`` for each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefings.audience import Audience
from briefings.model import Briefing
from briefings.model.lexicon import Lexicon
from briefings.resources import shipped
from briefings.settings import Settings
from scripts.schemas import rules
from scripts.schemas.document import of_documents
from scripts.schemas.made import of_model
from scripts.schemas.words import of_languages

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
FOLDER = shipped("data") / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _briefing() -> Json:
    made = of_model(Briefing)
    rules.of_briefings(made)
    return made


def _audience() -> Json:
    made = of_model(Audience)
    rules.of_audiences(made)
    return made


def _workspace() -> Json:
    made = of_model(Settings)
    rules.of_workspaces(made)
    return made


def _register() -> Json:
    return rules.of_registers(of_model(Briefing))


def _lexicon() -> Json:
    return of_model(Lexicon)


# What a file is, and what makes the schema of it.
KINDS: dict[str, tuple[str, Callable[[], Json]]] = {
    "briefing": ("A briefing", _briefing),
    "audience": ("An audience", _audience),
    "workspace": ("A workspace", _workspace),
    "register": ("A register", _register),
    "language": ("A language", of_languages),
    "lexicon": ("A lexicon of likelihood", _lexicon),
}
# What we write and nobody else does.
WRITTEN: dict[str, tuple[str, Callable[[], Json]]] = {
    "document": ("A brief as JSON", of_documents),
}
SHIPPED = KINDS | WRITTEN


def text(kind: str) -> str:
    """Return the JSON Schema of a kind of file, as it is shipped."""
    title, make = SHIPPED[kind]
    made = {"$schema": DRAFT, "title": title, **make()}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
