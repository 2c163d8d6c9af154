"""Every two special characters side by side, in texts of which no character may be lost."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from briefings import pipeline
from briefings.model.addresses import BadText
from briefings.model.inline import Inline
from tests.awkward import SIGNS
from tests.hard import Hard, briefing, squeezed, write
from tests.rendering import Page

if TYPE_CHECKING:
    from pathlib import Path

    from briefings.pipeline import Brief

SPECIAL = [c for c in map(chr, range(33, 127)) if not c.isalnum()] + list(
    "\u2019\u201c\u00ab\u00e9\u0416\U0001f680\u2014"
)
# What one wiki or another reads beyond Markdown.
OF_WIKIS = [
    *("(x)=", "www.a_b_.org", "@me #12 !3 %4 ~5 &6 :+1:", "%%c%% ==m== ^^ ^id ~~s~~", "++k++"),
    *(
        "[[a|b]]",
        "{{ a }}",
        "{{{1}}}",
        "<!-- c -->",
        "--8<-- x",
        ":::note",
        "a:b::c",
        "::",
        "RFC 12",
    ),
    *("ISBN 978-3-16-148410-0", "__TOC__", "FIXME 8-) (c) -> 6x4 LOL", "''a''", "'", "''", "~~~~"),
    *(
        "<nowiki>",
        "</nowiki>",
        "%%",
        "%",
        "<ref>x</ref>",
        "((n))",
        "\\\\",
        "----",
        "^ a | b",
        "...",
    ),
    *("-{a}-", "---", '"q"', "news:x", "[http://a b]", "&nbsp;", "{|", "|}", "|-", "!!", "\\ \\"),
    *("+/- =/= c/o 1/2 1st (tm) (r)", "///Footnotes Go Here///", ":8ball: 06:30:15", "10^6^"),
    *("#REDIRECT [[x]]", "$1 and $2", "(a)=", "^[x]", "`]`", "==", ">! s", "> [!NOTE]", "|| a"),
]
ALL = SIGNS + OF_WIKIS


def hard_briefs(folder: Path) -> dict[str, tuple[Brief, Hard]]:
    """Return briefs in which each sign stands in some field, in another each time."""
    found = {}
    for start in range(0, len(ALL), 7):
        hard = Hard(ALL[start:] + ALL[:start])
        path = write(folder, briefing(hard))
        found[str(start)] = (pipeline.view(pipeline.load(path), "tester"), hard)
    return found


def pairs(folder: Path) -> tuple[Brief, list[str]]:
    """Return a brief with each pair, as a text and as a line in bold, and what is to be read."""
    data = briefing(Hard(["plain"]))
    expected = []
    data["gaps"] = []
    for number, (one, other) in enumerate(product(SPECIAL, SPECIAL)):
        pair = one + other
        text = f"{pair} g{number}g {pair} x{pair}x{pair}"
        line = f"{pair} n{number}n {pair}x{pair}"
        expected.append(Inline.literal(line).plain)
        data["actors"].append({"id": f"a{number}", "name": line, "description": "known"})
        try:
            expected.append(Inline.parse(text).plain)
        except BadText:  # a link without a text
            continue
        data["gaps"].append({"id": f"g{number}", "text": text})
    # Who is nowhere named is not shown.
    data["events"][0]["actors"] = [actor["id"] for actor in data["actors"]]
    return pipeline.view(pipeline.load(write(folder, data)), "tester"), expected


def lost(expected: list[str], shown: str) -> list[str]:
    """Return what cannot be read on a page; a space may be one that does not break."""
    text = even(shown)
    return [one for one in expected if even(one) not in text]


def even(text: str) -> str:
    return squeezed(text.replace("\u00a0", " "))


def skeleton(html: str) -> list[str]:
    """Return what a page is made of: its headings, and its tables by rows and cells."""
    body = re.sub(
        r'<div id="toc".*?</div>\s*</div>|<div class="toctitle".*?</div>', "", html, flags=re.DOTALL
    )
    tags = [tag for tag, _ in Page(body).elements]
    return [tag for tag in tags if re.fullmatch("h[1-6]|table|tr|t[hd]", tag)]
