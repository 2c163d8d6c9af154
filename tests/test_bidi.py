"""Names that run from right to left, among words and numbers of ours that do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from briefings import pipeline
from briefings.model.inline import Inline
from briefings.templating import signs
from briefings.writers import layout
from briefings.writers.fonts import only_ours
from briefings.writers.page import content, page
from tests.profiles import PROFILES, wrong
from tests.rendering import YAML, brief

if TYPE_CHECKING:
    from pathlib import Path

ARABIC, HEBREW = "محمد", "שלום"
SALVO = f"""
events:
  - id: strike
    date: 2024-11-21
    title: "{ARABIC} (7)"
    systems: [{{name: {ARABIC}, launched: 7}}, {{name: {HEBREW}, launched: 4}}]
    claims: [{{id: burned, speaker: ministry, text: "نص 12 (x)"}}]
"""
# Marks, embeddings, overrides and isolates (UAX 9), and the signs of templates.
UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]")


@pytest.fixture
def made(tmp_path: Path) -> pipeline.Brief:
    return brief(tmp_path, YAML.partition("events:")[0].replace("The ministry", ARABIC) + SALVO)


def rendered(made: pipeline.Brief, form: str) -> str:
    return pipeline.render(made, form).data.decode()


def test_the_page_sets_such_a_text_apart(made: pipeline.Brief) -> None:
    html = rendered(made, "html")
    assert f'<bdi dir="rtl">{ARABIC}</bdi>, 7\u00a0launched' in html
    assert f'<bdi dir="rtl">{HEBREW}</bdi>, 4\u00a0launched' in html
    assert f'<strong><bdi dir="rtl">{ARABIC} (7)</bdi></strong>' in html
    assert f'<bdi dir="rtl">{ARABIC}</bdi> said: <bdi dir="rtl">نص 12\u00a0(x)</bdi>' in html
    assert not UNSEEN.search(html)


@pytest.mark.parametrize("form", ["md", "txt", "gfm", "mkdocs", "mediawiki", "dokuwiki"])
def test_texts_of_a_wiki_have_their_letters_alone(made: pipeline.Brief, form: str) -> None:
    text = rendered(made, form)
    assert f"{ARABIC}, 7 launched" in text
    assert not UNSEEN.search(text)
    assert "bdi" not in text


def test_on_paper_a_number_stands_after_the_name_before_it(made: pipeline.Brief) -> None:
    boxes = [box for box in printed(made) if getattr(box, "text", "").strip()]
    for name, number in ((ARABIC, ", 7\u00a0launched"), (HEBREW, ", 4\u00a0launched")):
        at = next(n for n, box in enumerate(boxes) if box.text.startswith(number))
        before, after = boxes[at - 1], boxes[at]
        assert before.text == name
        assert after.position_y == pytest.approx(before.position_y, abs=2)
        assert after.position_x >= before.position_x + before.width - 0.01
    quoted = next(box for box in boxes if box.text.startswith("نص"))
    assert quoted.style["direction"] == "rtl", "what is said begins at its right"


def printed(made: pipeline.Brief) -> list[Any]:
    """Return the boxes of all pages, in the order of the text."""
    with only_ours(made.shelf):
        inside = content(made.document, made.marked, made.shelf)
        html = page(made.document, inside, made.shelf)
        laid_out = layout.pages_of(layout.load(), html, made.document, made.shelf)
    return [box for sheet in laid_out.pages for box in sheet._page_box.descendants()]  # noqa: SLF001


@pytest.mark.parametrize("profile", PROFILES)
def test_its_pdf_keeps_to_its_profiles(made: pipeline.Brief, profile: str) -> None:
    assert wrong(pipeline.render(made, "pdf").data, profile) == []


def test_what_is_set_apart() -> None:
    def way(text: str, direction: str) -> str:
        said = signs.apart(Inline.literal(text), direction)
        found = re.search(f"{signs.ARGUMENT}(.*?){signs.TEXT}", said)
        return found[1] if found else ""

    assert way(ARABIC, "ltr") == way(f"7 {ARABIC} in Latin", "ltr") == "rtl"
    assert way(f"Strike near {ARABIC}", "ltr") == "ltr"
    assert way("Strike", "rtl") == "ltr"
    assert way("Москва 7", "ltr") == way("7 (8)", "ltr") == way("7 (8)", "rtl") == ""
    assert way(ARABIC, "rtl") == ""
