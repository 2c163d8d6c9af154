"""Text comes out as it was written, in Markdown and on the page, whatever it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from markdown import Markdown
from markdown_it import MarkdownIt

from briefings import pipeline
from briefings.errors import InvalidInput
from tests.awkward import SIGNS
from tests.hard import ELEMENTS, Hard, briefing, squeezed, write
from tests.rendering import YAML, Page, brief, put
from tests.signs import even
from tests.test_alike import nasty

if TYPE_CHECKING:
    from pathlib import Path

WIKI = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PYTHON_MARKDOWN = Markdown(extensions=["tables"])
SCHEMES = ("http:", "https:", "mailto:", "#")


def rendered(folder: Path, hard: Hard) -> dict[str, Page]:
    """Return a hard briefing as each parser shows it."""
    made = pipeline.view(pipeline.load(write(folder, briefing(hard))), "tester")
    markdown = pipeline.render(made, "md").data.decode()
    return {
        "our page": Page(pipeline.render(made, "html").data.decode()),
        "CommonMark": Page(WIKI.render(markdown)),
        "Python-Markdown": Page(str(PYTHON_MARKDOWN.reset().convert(markdown))),
    }


def check(folder: Path, hard: Hard) -> None:
    pages = rendered(folder, hard)
    for name, page in pages.items():
        shown = squeezed(page.text)
        assert not re.search("[\ufdd0-\ufdef\x02\x03]", shown), f"{name}: a sign is left"
        # Ours puts spaces that do not break before units; the others show what is written.
        alike = even if name == "our page" else squeezed
        lost = [text for text in hard.expected if alike(text) not in alike(page.text)]
        assert not lost, f"{name}: {lost}"
        assert {tag for tag, _ in page.elements} <= ELEMENTS, name
        for link in page.all("a"):
            assert link["href"].lower().startswith(SCHEMES), name
    whole = [
        [tag for tag, _ in pages[name].elements if tag not in ("thead", "tbody", "p")]
        for name in ("CommonMark", "Python-Markdown")
    ]
    assert whole[0] == whole[1], "the same structure"


def test_every_sign_in_every_field(tmp_path: Path) -> None:
    for start in range(0, len(SIGNS), 7):  # another sign in each field each time
        check(tmp_path, Hard(SIGNS[start:] + SIGNS[:start]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nasty)
def test_any_text_in_every_field(tmp_path: Path, text: str) -> None:
    check(tmp_path, Hard([text]))


def test_markdown_can_be_read_as_it_stands(tmp_path: Path) -> None:
    made = pipeline.view(pipeline.load(write(tmp_path, briefing(Hard(["plain"])))), "tester")
    markdown = pipeline.render(made, "md").data.decode()
    assert not re.search(r"<[a-zA-Z/!?]", markdown), "no HTML"
    assert not re.search(r"&#?\w+;", markdown)
    assert "\n\n\n" not in markdown
    assert not re.search(r"[ \t]$", markdown, re.MULTILINE)
    assert markdown.endswith("\n")
    assert not markdown.startswith("\n")
    assert not re.search("[\ufdd0-\ufdef]", markdown)
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    tables = [t.splitlines() for t in re.findall(r"(?:^\|.*\n)+", markdown, re.MULTILINE)]
    assert rows
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table}) == 1, table[0]
        assert re.fullmatch(r"\|( :?-+:? \|)+", table[1])


def test_the_page_stands_alone(tmp_path: Path) -> None:
    html = pipeline.render(brief(tmp_path), "html").data.decode()
    page = Page(html)
    policy = next(m for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'; ")
    assert "script" not in policy["content"]
    tags = {tag for tag, _ in page.elements}
    assert tags <= ELEMENTS
    assert not any("src" in attributes for _, attributes in page.elements)
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    for link in page.all("a"):
        assert link["href"].startswith(("#", "http:", "https:", "mailto:"))
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids)), "each id once"
    assert {link["href"][1:] for link in page.all("a") if link["href"][0] == "#"} <= set(ids)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///"]
)
def test_a_link_of_another_scheme_never_comes_out(tmp_path: Path, url: str) -> None:
    for text in (f"[x]({url})", f"<{url}>", f"![x]({url})", f"*[x]({url.upper()})*"):
        with pytest.raises(InvalidInput, match="does not begin with http:, https: or mailto:"):
            brief(tmp_path, YAML.replace("A strike was reported.", f"'{text}'"))
    shown = brief(tmp_path, YAML.replace("A strike was reported.", f"'See {url} or [x] {url}'"))
    page = Page(pipeline.render(shown, "html").data.decode())
    assert not [a for a in page.all("a") if not a["href"].startswith("#")]


def test_emphasis_code_and_links_work_and_html_does_not(tmp_path: Path) -> None:
    text = "*a* **b** `c` [d](https://e.org/f) <b>g</b> <script>alert(1)</script> &lt;"
    made = brief(tmp_path, YAML.replace("A strike was reported.", f"'{text}'"))
    html = pipeline.render(made, "html").data.decode()
    assert (
        '<em>a</em> <strong>b</strong> <code class="whole">c</code> <a href="https://e.org/f">d</a>'
        in html
    )
    assert "&lt;b&gt;g&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;" in html


def test_head_and_style_hold_any_text(tmp_path: Path) -> None:
    hard = "</title></style><script>\"'} /* {{ ]]> --> \U0001f680"
    yaml = YAML.replace("A *strike*", f"'{hard.replace(chr(39), chr(39) * 2)}'")
    page = Page(html := pipeline.render(brief(tmp_path, yaml), "html").data.decode())
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert html.count("</style>") == 2, "how closely it is set, and the theme"
    assert html.count("</title>") == 1
    assert hard in page.text.replace("\u00a0", " ")


@pytest.mark.parametrize("css", ["a{}</style><script>", "a{} </STYLE >", "<!-- -->", "</p"])
def test_a_theme_cannot_end_its_element(tmp_path: Path, css: str) -> None:
    put(tmp_path, {"templates/themes/default.css": css})
    path = (tmp_path / "templates/themes/default.css").resolve()
    with pytest.raises(InvalidInput) as caught:
        brief(tmp_path)
    assert str(caught.value) == f'{path}: a theme cannot hold "</" or "<!"'


ELSEWHERE = {
    "body { background: url(https://example.org/a.png) }": "https://example.org/a.png",
    "@import 'https://example.org/a.css';": "https://example.org/a.css",
    "/* a */@import/**/'http://a.b/c';": "http://a.b/c",
    "@import url(file:///etc/passwd);": "file:///etc/passwd",
    "@font-face { font-family: X; src: url(file:///a.ttf) } body { font-family: X }": (
        "file:///a.ttf"
    ),
    "body { background: url(../a.png) }": "../a.png",
    "body { background: u\\72l('//example.org/a.png') }": "//example.org/a.png",
    "li { list-style-image: url(ftp://example.org/a) }": "ftp://example.org/a",
    "body::before { content: url(https://example.org/b.svg) }": "https://example.org/b.svg",
    "@page { background: image-set('https://example.org/b.svg' 1x) }": "https://example.org/b.svg",
}


@pytest.mark.parametrize(("css", "url"), ELSEWHERE.items())
def test_a_theme_asks_for_nothing_from_elsewhere(tmp_path: Path, css: str, url: str) -> None:
    put(tmp_path, {"templates/themes/default.css": css})
    path = (tmp_path / "templates/themes/default.css").resolve()
    with pytest.raises(InvalidInput) as caught:
        brief(tmp_path)
    said = f'{path}:1: a theme cannot ask for "{url}": nothing is fetched but '
    assert (
        str(caught.value).splitlines()[0] == f"{said}data: addresses and pictures beside the theme"
    )


def test_a_theme_may_hold_data(tmp_path: Path) -> None:
    css = "body { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }"
    put(tmp_path, {"templates/themes/default.css": css})
    assert css in pipeline.render(brief(tmp_path), "html").data.decode()


def test_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match='unknown format "pfd"; did you mean "pdf"'):
        pipeline.render(brief(tmp_path), "pfd")
