"""The three workspaces of ``docs/examples``, each with the brief that is made in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from briefings import pipeline
from tests.examples import ROOT

FOLDER = ROOT / "docs" / "examples"
PAGE = ROOT / "docs" / "examples.md"


@dataclass(frozen=True, slots=True)
class Example:
    """A workspace with one briefing for one reader, and how many pages that has."""

    name: str
    briefing: str
    audience: str
    pages: int

    def __str__(self) -> str:
        return self.name


MADE = [
    Example("minister", "2024-11-21-ukraine-strike", "minister", 2),
    Example("questions", "2025-03-14-riverbend-flood", "public", 2),
    Example("alert", "2026-08-19-tarn-road", "field", 1),
]
MINISTER, QUESTIONS, ALERT = MADE


@cache
def made(example: Example) -> pipeline.Brief:
    path = FOLDER / example.name / "data" / f"{example.briefing}.yaml"
    return pipeline.view(pipeline.load(path), example.audience)


@cache
def rendered(example: Example, form: str) -> bytes:
    return pipeline.render(made(example), form).data
