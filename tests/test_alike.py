"""Two parsers, and CommonMark with and without tables, read what a text is written as alike."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from briefings.model.addresses import BadText
from briefings.model.inline import Inline, Node
from tests.awkward import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

Piece = tuple[str, str, tuple["Piece", ...]]

COMMONMARK = MarkdownIt("commonmark")
GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PYTHON_MARKDOWN = Markdown(extensions=["tables"])


def python_markdown(text: str) -> str:
    return str(PYTHON_MARKDOWN.reset().convert(text))


RENDERERS: dict[str, Callable[[str], str]] = {
    "commonmark": COMMONMARK.render,
    "gfm": GFM.render,
    "python-markdown": python_markdown,
}
# A template, the element that holds the text, and which renderers know that element.
PLACES = {
    "paragraph": ("{}", "p"),
    "heading": ("## {}", "h2"),
    "item": ("- {}", "li"),
    "second item": ("1. a\n2. {}", "li"),
    "cell": ("| a | b |\n| --- | --- |\n| {} | z |", "td"),
    "last cell": ("| a | b |\n| --- | --- |\n| z | {} |", "td"),
    "one column": ("| a |\n| --- |\n| {} |", "td"),
}
RENAMED = {"a": "link", "em": "em", "strong": "strong", "code": "code"}


class _Trees(HTMLParser):
    """Collects the content of each element of one kind as a tree; other tags are kept by name."""

    def __init__(self, wanted: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = wanted
        self.found: list[tuple[Piece, ...]] = []
        self.stack: list[tuple[str, str, list[Piece]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.stack or tag == self.wanted:
            href = dict(attrs).get("href") or ""
            self.stack.append((RENAMED.get(tag, f"<{tag}>"), href, []))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if not self.stack:
            return
        kind, href, children = self.stack.pop()
        if not self.stack:
            self.found.append(tuple(children))
        elif kind == "<p>":  # a list item of several paragraphs
            self.stack[-1][2].extend(children)
        else:
            self.stack[-1][2].append((kind, href, tuple(children)))

    def handle_data(self, data: str) -> None:
        if not self.stack:
            return
        children = self.stack[-1][2]
        if children and children[-1][0] == "text":
            data = children.pop()[1] + data
        children.append(("text", data, ()))


def shown(renderer: str, place: str, markdown: str) -> tuple[Piece, ...]:
    template, element = PLACES[place]
    parser = _Trees(element)
    parser.feed(RENDERERS[renderer](template.format(markdown)))
    parser.close()
    return parser.found[1 if place in ("second item", "last cell") else 0]


def expected(nodes: tuple[Node, ...]) -> tuple[Piece, ...]:
    return tuple(
        ("text", node.text, ())
        if node.kind == "text"
        else ("code", "", (("text", node.text, ()),))
        if node.kind == "code"
        else (node.kind, node.text, expected(node.children))
        for node in nodes
    )


def check(inline: Inline) -> None:
    """All renderers show the same text with the same structure, wherever it stands."""
    markdown = str(inline)
    for place in PLACES:
        for renderer in RENDERERS:
            if renderer == "commonmark" and PLACES[place][1] == "td":
                continue
            found = shown(renderer, place, markdown)
            assert found == expected(inline.nodes), f"{renderer}, {place}: {markdown!r}"
    if "&" not in markdown:  # in a text of the YAML character references have no meaning
        assert Inline.parse(markdown).nodes == inline.nodes


def parsed(text: str) -> Inline | None:
    try:
        return Inline.parse(text)
    except BadText:
        return None


@pytest.mark.parametrize("text", SIGNS)
def test_signs_read_alike_everywhere(text: str) -> None:
    check(Inline.literal(text))
    inline = Inline.parse(text)
    check(inline)
    check(Inline.literal(inline.plain))


PARTS = [
    *"*_`|<>&[](){}\\!#$%~^=+-:;.,'\"@?/1aЖ",
    *" \u00a0\u3000\u200b\u200d\u2060\ufeff\u0301🚀€«»—",
    *["**", "***", "__", "``", "```", "a", "b", " a", "b ", "ab", " ", "  ", "\n", "12"],
    *["&amp;", "&#60", "&#x3c;", "&lt;", "&copy", "<b>", "</b>", "<!--", "-->", "<script>", "<?"],
    *["](http://a.b/c_d)", "](http://a.b/?c=1&lt;d)", "](<http://a.b/c d>)", "![", "[a]", "]: "],
    *["<http://a.b/_c_>", "http://a.b", "{{", "{%", "[[", "[^1]", "~~", "$$", "\\\\", "::", "!!!"],
    *["*a*", "**a**", "`a`", "_a_", "*a", "a*", "**a", "a**", "[a](http://a.b)"],
]
nasty = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


@given(nasty)
def test_any_parsed_text_reads_alike_everywhere(text: str) -> None:
    if inline := parsed(text):
        check(inline)


@given(nasty)
def test_any_literal_text_reads_alike_everywhere(text: str) -> None:
    inline = Inline.literal(text)
    if inline.plain:
        check(inline)
    assert inline.plain == " ".join(part for part in _lines(text).split(" ") if part).strip()


def _lines(text: str) -> str:
    return text.replace("\n", " ").strip()


@given(st.text())
def test_no_text_raises_anything_but_bad_text(text: str) -> None:
    if inline := parsed(text):
        assert inline.plain == inline.plain.strip() != ""
        assert "\n" not in str(inline)
