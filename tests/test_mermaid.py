"""Mermaid reads every timeline, and reads in it what stands beside it as a list."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from briefings import pipeline
from briefings.writers.wiki.markdown import timeline
from briefings.writers.wiki.tree import Node, read
from tests import nodeengines, signs
from tests.examples import EXAMPLES, TESTS, loaded
from tests.test_alike import nasty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.pipeline import Brief

pytestmark = pytest.mark.wikis
FORMS = ("gfm", "gitlab-wiki", "obsidian")
Moments = list[tuple[str, list[str]]]


def moments(brief: Brief) -> Moments:
    """Return of each moment of the chain its date, and what happened then."""
    return [
        (
            next(n.plain for n in moment.children if n.kind == "heading"),
            [
                next(item.every("strong")).plain
                for part in moment.children
                if part.kind == "list"
                for item in part.children
            ],
        )
        for moment in read(brief.marked).every("block")
        if moment.text == "moment"
    ]


def chain(periods: Moments) -> Node:
    """Return the block of a chain with these moments."""
    blocks = []
    for date, titles in periods:
        items = [
            Node("item", children=[Node("strong", children=[Node("text", t)])]) for t in titles
        ]
        heading = Node("heading", number=3, children=[Node("text", date)])
        blocks.append(Node("block", "moment", children=[heading, Node("list", children=items)]))
    return Node("block", "chain", children=blocks)


def letters(said: Iterable[str]) -> list[str]:
    """Return what a drawing keeps of texts: their letters and digits, if there are any."""
    return [kept for text in said if (kept := re.sub(r"[\W_]", "", text))]


def drawn(diagrams: list[str]) -> list[Moments]:
    """Return what Mermaid reads in timelines, which has to be all of them."""
    bare = [d.removeprefix("```mermaid\n").removesuffix("\n```") for d in diagrams]
    found = nodeengines.mermaid(bare)
    wrong = [(one, text) for one, text in zip(found, bare, strict=True) if "error" in one]
    assert not wrong
    assert {(one["type"], one["title"]) for one in found} <= {("timeline", "")}
    return [[(date, events) for date, events in one["periods"]] for one in found]


def check(made: list[Moments], shown: list[Moments]) -> None:
    for wanted, found in zip(made, shown, strict=True):
        assert [letters([date]) for date, _ in wanted] == [letters([date]) for date, _ in found]
        for (_, titles), (_, events) in zip(wanted, found, strict=True):
            assert letters(titles) == letters(events)


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> list[Brief]:
    hard = signs.hard_briefs(tmp_path_factory.mktemp("hard")).values()
    found = [pipeline.view(loaded(path), "analyst") for path in (*EXAMPLES, *TESTS)]
    return [*found, *(made for made, _ in hard)]


@pytest.mark.parametrize("form", FORMS)
def test_the_timeline_of_every_brief_is_its_chain(form: str, briefs: list[Brief]) -> None:
    texts = [pipeline.render(brief, form).data.decode() for brief in briefs]
    found = [re.findall(r"^```mermaid\n.*?^```$", t, re.MULTILINE | re.DOTALL) for t in texts]
    kept = [brief for brief, diagrams in zip(briefs, found, strict=True) if diagrams]
    assert len(kept) > len(EXAMPLES)
    check([moments(brief) for brief in kept], drawn([one for [one] in filter(None, found)]))


def test_no_sign_is_read_as_one_of_the_drawing() -> None:
    pairs = [f"{a}{b}" for a, b in product(signs.SPECIAL, signs.SPECIAL)]
    words = ["title a", "section b", "timeline", "accTitle: c", "accDescr {d}", "%%{init: {}}%%"]
    made: list[Moments] = [
        [("21 November 2024", [f"{sign} b {sign} c{sign}", sign + "d", "e"])]
        for sign in (*pairs, *signs.ALL, *words, "06:00: f", "<br>", "#quot;", "$$g$$")
    ]
    check(made, drawn([timeline(chain(one)) for one in made]))


@given(st.lists(nasty.map(lambda text: f"a{text}"), min_size=100, max_size=100))
@settings(max_examples=5, derandomize=True, phases=[Phase.generate])  # each starts Node
def test_any_title_is_drawn(titles: list[str]) -> None:
    made: list[Moments] = [[("By 2024", [title])] for title in titles]
    check(made, drawn([timeline(chain(one)) for one in made]))
