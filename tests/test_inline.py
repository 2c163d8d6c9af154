"""Two parsers, and CommonMark with and without tables, read what a text is written as alike."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from briefings.model.addresses import BadText, checked_url
from briefings.model.escape import escape, escape_start
from briefings.model.inline import Inline, Node

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


SIGNS = [
    "|",
    "a | b",
    "\\|",
    "<",
    "a < b > c",
    "&amp;",
    "&",
    "AT&T",
    "R&D; S&P",
    "&copy;",
    "&copy 2024",
    "&#60; &#60 &#x3c; &#x3c &#",
    "*",
    "* *",
    "**",
    "* a",
    "5 * 3 * 2",
    "_",
    "a_b_c",
    "_a_b",
    "__init__",
    "`",
    "``",
    "`a",
    "{{ x }}",
    "{% x %}",
    "{: .class}",
    "a {#id}",
    "[[x]]",
    "[[x|y]]",
    "[ ] task",
    "[x] task",
    "$",
    "$5 and $6",
    "$x$ and $$y$$",
    "100$ or 200$",
    "~~x~~",
    "~x~",
    "~5 km, ~6 km",
    "~~~",
    "H~2~O",
    "1. x",
    "1) x",
    "1.",
    "1986. A great year",
    "1.5 km",
    "\u0661. x",
    "- x",
    "-",
    "--",
    "---",
    "- - -",
    "-5 °C",
    "—",
    "+",
    "+ x",
    "+1",
    "+++",
    "# x",
    "#",
    "##",
    "#4",
    "####### x",
    "C#",
    "x #",
    "x ##",
    "\\#",
    ">",
    "> x",
    ">x",
    ":",
    ": x",
    ":::note",
    ":-:",
    ":smile:",
    "=",
    "===",
    '=== "Tab"',
    "=5",
    "%",
    "% x",
    "!!! note",
    "!",
    "??? note",
    "?",
    "<script>alert(1)</script>",
    "<div>x</div>",
    "</p>",
    "<!-- x -->",
    "<!--",
    "<?php ?>",
    "<![CDATA[x]]>",
    "<b",
    "a<b>c",
    "![img](http://x)",
    "![img][x]",
    "http://",
    "http://example.org/a_b_(c)",
    "<http://example.org/a_b>",
    "<a@example.org>",
    "www.example.org",
    "a@example.org",
    "🚀",
    "*🚀*",
    "a*🚀*b",
    "*🚀*b",
    "👩\u200d🚀",
    "*a*🚀",
    "🚀*a*🚀",
    "Ракета «Орешник»",
    "*Ракета* «Орешник»",
    "дв*иж*ение",
    "*«цитата»*слово",
    "صاروخ *كلمة* وسط",
    "漢字*漢字*漢字",
    "**「強調」**文",
    "a\u200bb",
    "a\u200db",
    "\ufeffa",
    "a\ufeff",
    "a\u2060b",
    "*\u200ba\u200b*",
    "a*\u200b*b",
    "*a*\u200bb",
    "a*\u0301b*",
    "\\",
    "a\\",
    "\\\\",
    "\\*a\\*",
    "\\`a\\`",
    "\\<\\$\\@\\=\\:\\~",
    "\\[a\\]\\(b\\)",
    "\\`a`",
    "\\\\`a`",
    "\u00a0a\u00a0",
    "a\u00a0b",
    "a \u00a0 b",
    "*\u00a0a\u00a0*",
    "a\u3000b",
    "[^1]",
    "[^1]: note",
    "[a]: b",
    "[a]: http://example.org",
    "[a][b]",
    "[a] (b)",
    "*[a]: b",
    "*a*",
    "_a_",
    "**a**",
    "__a__",
    "***x***",
    "___x___",
    "*__x__*",
    "**_x_**",
    "***a** b*",
    "***a* b**",
    "*a **b***",
    "**a *b***",
    "*a **b** c*",
    "**a *b* c**",
    "*a _b_ c*",
    "**a __b__ c**",
    "*a***b**",
    "**a***b*",
    "*a* **b**",
    "*a*b*c*",
    "a*b*c",
    "a**b**c",
    "a**b**c*d*e**f**g",
    "*a*, **b**; *c*.",
    '**"a"**_b_',
    '_b_**"a"**',
    "**`a|`**_b_",
    '*"a"*',
    '("*a*")',
    "*a,*b",
    "*a* *b*",
    "*a**b*",
    "* a*",
    "*a *",
    "*a_b*",
    "*_a*",
    "*a\\**",
    "*a ~*~",
    "~*a*~",
    "*a*$ $*b*$",
    "*5 * 3*",
    "`a`",
    "`` a`b ``",
    "`a\\`",
    "`a|b`",
    "` a `",
    "`a  b`",
    "`<b>`",
    "`<!--`",
    "`<script>`",
    "`&amp;`",
    "`&#60 `",
    "`R&D`",
    "`{{ x }}`",
    "`[x](http://a)`",
    "`*a*`",
    "`_a_`",
    "`a_b`",
    "*`a`*",
    "**`a`**b",
    "x`a`y",
    "`a|b``c`",
    "*`a`*`b`",
    "`a`#",
    "`#`",
    "[a](http://example.org)",
    "[a](<http://example.org/b c>)",
    "[a](http://example.org/b_c_d*e*)",
    "[a](http://example.org/(b)c)",
    "[a](http://example.org/?b=1&c=2&copy;&lt=3&#60)",
    "[a](http://example.org/?b=1&amp;c=2)",
    "[a](http://example.org/\\*b)",
    "[a](http://example.org/%zz%20)",
    "[a](http://пример.рф/путь)",
    "[a](mailto:a@example.org)",
    "[a](HTTP://EXAMPLE.ORG)",
    "[a](http://[::1]/)",
    "[*a*](http://example.org)",
    "*[a](http://example.org)*",
    "**[a](http://example.org)**b",
    "*a [b](http://example.org) c*",
    "**a [b *c*](http://example.org) d**",
    "[a **b** `c`](http://example.org)",
    "[a](http://example.org)[b](http://example.org)",
    "[a](http://example.org) [b]",
    "[ a ](http://example.org)b",
    "![a](http://example.org)",
    "a![*b*](http://example.org)",
    "![![a](http://example.org)](http://example.org)",
    "[![a](http://example.org)](http://example.org)",
    "[a\\]b](http://example.org)",
    "[a|b](http://example.org/|)",
    "[`a]b`](http://example.org)",
    "[a](http://example.org)#",
    "[a](http://example.org)~b~",
    "[a](http://example.org){x}",
    "klzzwxh:0000",
    "wzxhzdk:0",
    "'a' \"b\" ... -- (c)",
]


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


@pytest.mark.parametrize(
    "text",
    [
        "Kh-101 and Shahed-136/131",
        "a_b is snake_case",
        "5 * 3 = 15",
        "R&D; no",
        "see #4, the C# team and 100 % of it",
        "about ~5 km; -5 °C; +3; $5 million, $6",
        'He said: "no!" - and left.',
        "*one*, **two** and `three` at [four](https://example.org/kh_101?a=1&b=2)",
        "10:30-11:00 UTC+2, 1.5 km, 3) or so",
    ],
)
def test_ordinary_prose_stays_as_it_was_typed(text: str) -> None:
    assert str(Inline.parse(text)) == text.replace("R&D;", "R&amp;D;")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("***x***", "**x**"),
        ("*a **b** c*", "*a* **b** *c*"),
        ("**a *b* c**", "**a b c**"),
        ("_a_ and __b__", "*a* and **b**"),
        ("*a***b**", "a**b**"),
        ("*see [b](http://a.b) too*", "*see* [*b*](http://a.b) *too*"),
        ("[ a ](http://a.b)c", "[a](http://a.b) c"),
        ("![a](http://a.b)", r"\![a](http://a.b)"),
        ("`a|b`", r"a\|b"),
        ("`` a ` b ``", r"a \` b"),
        ("*a*~b", "*a*&#126;b"),
        ("$*a*$", "$*a*&#36;"),
        ("<b>", "&lt;b>"),
        ("> a", r"\> a"),
        ("#4", r"\#4"),
        ("C#", r"C\#"),
        ("- a", r"\- a"),
        ("3. a", r"3\. a"),
        ("{{ a }}", r"\{\{ a \}\}"),
        ("[a](http://a.b/(c))", "[a](http://a.b/%28c%29)"),
    ],
)
def test_what_is_written(text: str, markdown: str) -> None:
    assert str(Inline.parse(text)) == markdown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text is empty"),
        (" \n ", "the text is empty"),
        ("a\n\nb", "a text is one paragraph; a blank line stands in it"),
        ("a\n \t\nb", "a text is one paragraph; a blank line stands in it"),
        (
            "[](http://a.b)",
            'the link "http://a.b" has no text; write [text](http://a.b)',
        ),
        *[
            (text, f'the address "{url}" does not begin with http:, https: or mailto:')
            for text, url in (
                ("[x](javascript:alert(1))", "javascript:alert(1)"),
                ("![x](data:image/png)", "data:image/png"),
                ("<ftp://a.b>", "ftp://a.b"),
                ("[x](../a)", "../a"),
                ("[x](#a)", "#a"),
            )
        ],
        ("[x]()", "a link has no address"),
        ("[x](http:a)", 'the address "http:a" names no host or mailbox'),
        ("[x](http://:80/)", 'the address "http://:80/" names no host or mailbox'),
        ("[x](mailto:)", 'the address "mailto:" names no host or mailbox'),
        (
            '[x](http://a.b "title")',
            "a link's title is not carried into a brief; leave it out",
        ),
    ],
)
def test_what_cannot_stand(text: str, message: str) -> None:
    with pytest.raises(BadText) as caught:
        Inline.parse(text)
    assert str(caught.value) == message


def test_the_plain_text_and_the_source_are_kept() -> None:
    inline = Inline.parse(" a *b*\n`c` [d](http://a.b) ")
    assert inline.plain == "a b c d"
    assert len(inline) == 7
    assert inline.source == " a *b*\n`c` [d](http://a.b) "
    assert Inline.literal("<a> & *b*").__html__() == "&lt;a&gt; &amp; *b*"


def test_escaping_by_hand() -> None:
    assert escape("a|b #") == r"a\|b \#"
    assert escape_start("# a") == r"\# a"
    assert escape_start("a") == "a"


def test_addresses() -> None:
    assert checked_url("https://a.b/c_d") == "https://a.b/c_d"
    with pytest.raises(BadText):
        checked_url("https://a b")
