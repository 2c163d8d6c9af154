"""Where the links of somebody's own templates may lead, and what is only text in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cmarkgfm
import markdown
import pytest

from briefings import pipeline
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from briefings.templating import signs
from briefings.writers import WRITERS, leading, md
from tests.rendering import brief, put

if TYPE_CHECKING:
    from pathlib import Path

FORMS = [form for form in WRITERS if form not in ("docx", "odt")]  # these ask pandoc; see below
ELSEWHERE = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java&#115;cript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "vbscript:x",
    "//example.org/x",
    "../beside.py",
    "/etc/passwd",
    "page:Other",
    "",
]
HTML = [
    "<script>alert(1)</script>",
    "a <b onclick=x>b</b>",
    "<!-- x -->",
    "![remote](https://example.org/x.png)",
    "<https://example.org/x>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "> [y]: javascript:alert(1)\n\n[y]",
    "<{{ mark('x', 'script') }}>alert(1)</script>",
]


def rendered(folder: Path, template: str, form: str) -> str:
    put(folder, {"templates/briefing.md.j2": template})
    return pipeline.render(brief(folder), form).data.decode("utf-8", "replace")


@pytest.mark.parametrize("url", ELSEWHERE)
@pytest.mark.parametrize("form", [*FORMS, "docx", "odt"])
def test_no_format_leads_elsewhere(tmp_path: Path, form: str, url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rendered(tmp_path, f"# Title\n\nSee [this]({url}).\n", form)
    assert [p.message.split('"')[0] for p in caught.value.problems] == ["a link leads to "]


def test_it_is_told_at_the_template(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        rendered(tmp_path, "# Title\n\nSee [this](file:///x) or [that](data:,y).\n", "gfm")
    told = [(p.file.rpartition("/")[2], p.line, p.column) for p in caught.value.problems]
    assert told == [("briefing.md.j2", 3, 12), ("briefing.md.j2", 3, 33)]
    assert 'leads to "file:///x"; http:, https:, mailto: or a #' in str(caught.value)


def test_a_sign_between_the_halves_hides_no_link(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="javascript"):
        rendered(tmp_path, "[x]{{ mark('a', '') }}(javascript:alert)\n", "md")


@pytest.mark.parametrize("form", FORMS)
def test_what_may_be_led_to_is(tmp_path: Path, form: str) -> None:
    text = "# T\n\n[a](https://example.org/a) [b](mailto:desk@example.org) [c](#here)\n"
    said = rendered(tmp_path, text, form)
    assert form in ("json", "pdf") or (
        "https://example.org/a" in said and "desk@example.org" in said
    )


@pytest.mark.parametrize(
    ("form", "url", "fits"),
    [
        ("gfm", "2024.press.md", True),
        ("otterwiki", "/2024/a/x.pdf", True),
        ("gfm", "//example.org", False),
        ("gfm", "javascript:x", False),
        ("gfm", "file:x", False),
        ("github-wiki", "page:Home", True),
        ("github-wiki", "x.pdf", True),
        ("github-wiki", "file:x.pdf", False),
        ("mediawiki", "page:Desk:Briefs", True),
        ("mediawiki", "file:x.pdf", True),
        ("mediawiki", "javascript:x", False),
        ("dokuwiki", "file:///etc/passwd", False),
        ("dokuwiki", "page:doc>x", False),
    ],
)
def test_pages_of_a_wiki_lead_to_one_another(
    tmp_path: Path, form: str, url: str, *, fits: bool
) -> None:
    shelf = Shelf((tmp_path,))
    if fits:
        leading.check(f"[x]({url})", form, shelf, listing=True)
        return
    with pytest.raises(InvalidInput):
        leading.check(f"[x]({url})", form, shelf, listing=True)


@pytest.mark.parametrize("html", HTML)
def test_html_of_a_template_is_only_text_in_markdown(tmp_path: Path, html: str) -> None:
    said = rendered(tmp_path, f"# Title\n\n{html}\n", "md")
    for page in (
        cmarkgfm.github_flavored_markdown_to_html(said, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE),
        markdown.markdown(said),
    ):
        for sign in ("<script", "<b ", "<!--", "<img", 'href="javascript'):
            assert sign not in page, page


def test_what_is_only_text_stays_as_it_was_written(tmp_path: Path) -> None:
    text = "Title\n=====\n\n* one\n* two, 3 \\< 5, _so_\n"
    assert rendered(tmp_path, text, "md") == text


def test_a_picture_beside_the_page_stays(tmp_path: Path) -> None:
    put(tmp_path, {"templates/x.md.j2": ""})
    one = brief(tmp_path)
    shown = f"<b>\n\n{signs.picture('map.png', 'Map')}\n"
    written = md.write(one.document, shown, one.shelf)
    assert written.data.decode() == "&lt;b>\n\n![Map](map.png)\n"
