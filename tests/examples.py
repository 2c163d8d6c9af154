"""Every brief that the proofs look at: each example for each of its readers, in each theme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from briefings import pipeline
from briefings.resources import shipped
from briefings.workspace import DEFAULT_AUDIENCES

if TYPE_CHECKING:
    from briefings.model import Briefing

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "data" / "briefings").glob("*.yaml"))
TESTS = sorted((ROOT / "tests" / "briefings").glob("*.yaml"))  # much on the page, and little
THEMES = sorted(path.stem for path in (shipped("templates") / "themes").glob("*.css"))
BROWSED = "default"  # the theme of the shipped audiences


@dataclass(frozen=True, slots=True)
class Case:
    """One briefing for one reader in one theme."""

    path: Path
    audience: str
    theme: str

    def __str__(self) -> str:
        return f"{self.path.stem}.{self.audience}.{self.theme}"


def readers(path: Path) -> list[str]:
    """Return the audiences that a briefing names, or our three."""
    found: list[str] = yaml.safe_load(path.read_text("utf-8")).get("audiences", [])
    return found or list(DEFAULT_AUDIENCES)


SHOWN = [Case(p, name, theme) for p in EXAMPLES for name in readers(p) for theme in THEMES]
ALL = [*SHOWN, *(Case(p, name, theme) for p in TESTS for name in readers(p) for theme in THEMES)]
# A page has no length, so every reader can look at every one.
PAGES = [
    Case(p, name, theme)
    for p in (*EXAMPLES, *TESTS)
    for name in DEFAULT_AUDIENCES
    for theme in THEMES
]


@cache
def loaded(path: Path) -> Briefing:
    return pipeline.load(path)


def viewed(case: Case) -> pipeline.Brief:
    """Return the brief in the case's theme, whichever the audience's own is."""
    brief = pipeline.view(loaded(case.path), case.audience)
    return replace(brief, document=replace(brief.document, theme=(case.theme,)))


@cache
def rendered(case: Case, form: str) -> bytes:
    return pipeline.render(viewed(case), form).data
