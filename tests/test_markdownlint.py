"""markdownlint finds nothing in any dialect of Markdown, but for what has a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from briefings.publish.layouts import LAYOUTS
from briefings.writers.wiki import FLAVOURS
from tests import nodeengines
from tests.examples import EXAMPLES, TESTS, loaded
from tests.test_publish_dialects import published

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.wikis
# Every rule holds that is not named here.
SETTINGS: dict[str, object] = {
    "default": True,
    "MD007": {"indent": 4},  # Python-Markdown knows no list in a list with less
    "MD013": False,  # a paragraph is one line: many renderers show a line's end as a break
    # So that what belongs to an item stands four in.
    "MD030": {"ul_single": 3, "ul_multi": 3, "ol_single": 2, "ol_multi": 2},
    "MD033": {"allowed_elements": ["a"]},  # a place that a link leads to
    "MD041": False,  # the marking stands above the title
}
OWN: dict[str, dict[str, object]] = {
    # MyST writes the places that links lead to otherwise than the linter knows.
    "myst": {"MD051": False},
}
FRONT = {"MD025": {"front_matter_title": ""}}  # it is metadata, and the page has its own title
# The last line of a published page, and what stands over the lists of a sidebar, are no headings.
PUBLISHED = {"MD036": False}
FORMS = ["md", *(form for form, suffix in FLAVOURS.items() if suffix.endswith(".md"))]
BRIEFS = [
    pipeline.view(loaded(path), who)
    for path in (*EXAMPLES, *TESTS)
    for who in ("analyst", "executive", "press")
]


def found(pages: dict[str, str], form: str, folder: Path, more: Mapping[str, object]) -> list[str]:
    """Return what is found in pages of a dialect, by the names of their files."""
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    said = nodeengines.linted(folder, SETTINGS | FRONT | OWN.get(form, {}) | dict(more))
    return [one for one in said if not tenth(one, pages)]


@pytest.mark.parametrize("form", FORMS)
def test_markdownlint_finds_nothing(form: str, tmp_path: Path) -> None:
    pages = {f"{n}.md": pipeline.render(one, form).data.decode() for n, one in enumerate(BRIEFS)}
    assert found(pages, form, tmp_path, {}) == []


@pytest.mark.parametrize("form", [form for form in FORMS if form in LAYOUTS])
def test_markdownlint_finds_nothing_in_what_is_published(form: str, tmp_path: Path) -> None:
    pages = {f"{number}.md": text for number, text in enumerate(published(form).pages.values())}
    assert found(pages, form, tmp_path, PUBLISHED) == []


def test_markdownlint_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# a\n### b\n\n| c |  |\n| --- | :-: |\n* d [e](#f)\n", "utf-8")
    said = " ".join(nodeengines.linted(tmp_path, SETTINGS | FRONT))
    for rule in ("MD001", "MD022", "MD030", "MD032", "MD051"):
        assert rule in said


def tenth(said: str, pages: dict[str, str]) -> bool:
    """Return whether a finding is one space after a number of two digits, four in as all items."""
    if "MD030" not in said:
        return False
    name, line, *_ = said.split(":")
    ordered = re.match(r"\s*\d\d\. \S", pages[name].splitlines()[int(line) - 1])
    return bool(ordered)
