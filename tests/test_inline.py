"""What a text of the YAML becomes, and what it cannot say."""

from __future__ import annotations

import pytest

from briefings.model.addresses import BadText, checked_url
from briefings.model.escape import escape, escape_start
from briefings.model.inline import Inline


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
        ("$*a*$", "&#36;*a*&#36;"),
        ("US$5 or $6", "US&#36;5 or $6"),
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
