"""One file a section; one line here for each, in the order in which a brief is usually read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefings.model.sections.actors import Actor, Side
from briefings.model.sections.context import Context
from briefings.model.sections.discrepancies import Discrepancy
from briefings.model.sections.events import Event
from briefings.model.sections.figures import Figure
from briefings.model.sections.gaps import Gap
from briefings.model.sections.history import Correction
from briefings.model.sections.indicators import Indicator
from briefings.model.sections.key_judgements import KeyJudgement
from briefings.model.sections.needs import Need
from briefings.model.sections.places import Place
from briefings.model.sections.sources import Source
from briefings.model.sections.warnings import Warned

if TYPE_CHECKING:
    from briefings.model.base import Portion


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: the key of the YAML that it shows, and what stands under that key."""

    key: str
    portion: type[Portion]


# What an audience may name under `sections`, each with its template `sections/<name>.md.j2`.
SECTIONS: dict[str, Section] = {
    "key_judgements": Section("key_judgements", KeyJudgement),
    "figures": Section("figures", Figure),
    "timeline": Section("events", Event),
    "accounts": Section("events", Event),
    "chain": Section("events", Event),
    "claims": Section("events", Event),
    "discrepancies": Section("discrepancies", Discrepancy),
    "needs": Section("needs", Need),
    "context": Section("context", Context),
    "warnings": Section("warnings", Warned),
    "gaps": Section("gaps", Gap),
    "indicators": Section("indicators", Indicator),
    "actors": Section("actors", Actor),
    "places": Section("places", Place),
    "sources": Section("sources", Source),
    "history": Section("corrections", Correction),
}

# What sections refer to and no section shows by itself.
REGISTERS: dict[str, type[Portion]] = {"sides": Side}

# What is shown only where something shown refers to it.
REFERRED = ("sides", "actors", "places", "sources")


def keys() -> dict[str, type[Portion]]:
    """Return every key of a briefing that holds a list of portions, with their class."""
    return REGISTERS | {section.key: section.portion for section in SECTIONS.values()}
