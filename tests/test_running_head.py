"""The head of a page says when it begins amid what happened at one time, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.writers import layout
from briefings.writers.fonts import only_ours
from briefings.writers.page import content, page
from tests.rendering import YAML, brief, put

if TYPE_CHECKING:
    from pathlib import Path

EVENT = """
  - id: e{n:02}
    date: {date}
    title: Another fire
    claims: [{{id: c{n}, speaker: ministry, text: It burned.}}]
"""
# Events, and nothing behind them on their last page but one section.
READER = "extends: analyst\nceiling: TLP:RED\nsections: [chain, actors]\nsourcing: none\n{more}"
MANY = 16


def heads(folder: Path, dates: list[str], more: str = "") -> list[str]:
    """Return what stands at the left in the head of each page."""
    put(folder, {"audiences/own.yaml": READER.format(more=more)})
    events = "".join(EVENT.format(n=n, date=date) for n, date in enumerate(dates))
    made = brief(folder, YAML.partition("events:")[0] + "events:" + events, "own")
    with only_ours(made.shelf):
        html = page(made.document, content(made.document, made.marked, made.shelf), made.shelf)
        drawn = layout.pages_of(layout.load(), html, made.document, made.shelf)
    return [head(sheet) for sheet in drawn.pages]


def head(sheet: Any) -> str:  # noqa: ANN401  # WeasyPrint has no types
    boxes = sheet._page_box.children  # noqa: SLF001  # there is no other way to ask
    found = next(b for b in boxes if getattr(b, "at_keyword", "") == "@top-left")
    return "".join(getattr(b, "text", "") for b in found.descendants()).replace("\u00a0", " ")


def test_a_page_that_goes_on_with_a_day_says_so(tmp_path: Path) -> None:
    first, *others = heads(tmp_path, ["2024-11-20"] * MANY)
    assert first == "A strike"
    assert others
    assert set(others) == {"A strike · 20 November 2024 (continued)"}


def test_a_page_that_begins_with_a_day_says_nothing_twice(tmp_path: Path) -> None:
    said = heads(tmp_path, [f"2024-11-{n + 1:02}" for n in range(MANY)])
    assert len(said) > 1
    assert set(said) == {"A strike"}


def test_what_follows_the_chain_is_of_no_day(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"templates/sections/actors.md.j2": "{% for n in range(200) %}\nA line.\n\n{% endfor %}"},
    )
    said = heads(tmp_path, ["2024-11-20"])
    assert len(said) > 1
    assert set(said) == {"A strike"}


def test_it_is_said_in_the_language_of_the_reader(tmp_path: Path) -> None:
    *_, last = heads(tmp_path, ["2024-11-20"] * MANY, "language: fr\n")
    assert last == "A strike · 20 novembre 2024 (suite)"


def test_on_a_narrow_sheet_there_is_no_room_for_it(tmp_path: Path) -> None:
    said = heads(tmp_path, ["2024-11-20"] * MANY, "paper: 90 x 160 mm\n")
    assert set(said) == {"A strike"}
