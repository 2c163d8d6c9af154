"""The last line of a published page: the same in every dialect, and what tells of an edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.model.written import SLUG_PATTERN
from briefings.publish import marker
from briefings.publish.layouts import LAYOUTS
from briefings.publish.marker import Marker
from briefings.writers import EXTRAS
from briefings.writers.wiki import FLAVOURS

SLUGS = st.from_regex(f"^{SLUG_PATTERN}$", fullmatch=True)
HEX = st.text("0123456789abcdef", min_size=marker.DIGITS, max_size=marker.DIGITS)
BRIEFS = st.builds(
    Marker,
    kind=st.just("brief"),
    id=SLUGS,
    audience=SLUGS,
    version=st.sampled_from(["1", "1.2", "10.0.3"]),
    as_of=st.sampled_from(["2026-05-03", "2026-05-03T18:00Z", "2026-05-03T18:00+02:00"]),
    content=HEX,
    files=st.dictionaries(st.sampled_from(["pdf", "map.svg", "map-2.svg"]), HEX),
)
OTHERS = st.builds(Marker, kind=st.sampled_from(["index", "series", "moved"]), id=SLUGS) | st.just(
    Marker("sidebar", "sidebar")
)
ABOVE = "# A fire\n\nIt burns."


def page(one: Marker, above: str = ABOVE) -> str:
    return f"{above}\n\n{one.line(marker.fingerprint(above))}\n"


def test_every_format_that_is_laid_out_is_one_of_a_page() -> None:
    assert set(LAYOUTS) == {"md", *FLAVOURS} - {*EXTRAS}  # no store takes those


@given(BRIEFS | OTHERS)
def test_what_a_marker_says_is_read_again(one: Marker) -> None:
    assert marker.read(page(one)) == marker.Read(one, edited=False)
    assert marker.MENTION in page(one).encode()


@pytest.mark.parametrize("quiet", sorted({one.quiet for one in LAYOUTS.values()} - {""}))
def test_a_marker_that_is_hidden_is_read_all_the_same(quiet: str) -> None:
    one = Marker("sidebar", "sidebar")
    line = one.line(marker.fingerprint(ABOVE))
    assert line.startswith("briefings: sidebar · page ")  # a reader of DokuWiki sees it
    text = f"{ABOVE}\n\n{quiet.format(line=line)}\n"
    assert marker.read(text) == marker.Read(one, edited=False)
    assert marker.read(text.replace("burns", "burned")) == marker.Read(one, edited=True)


def test_the_name_of_a_sidebar_that_stands_twice_is_read_as_ever() -> None:
    page_of = marker.fingerprint(ABOVE)
    text = f"{ABOVE}\n\n//briefings%%:%% sidebar sidebar · page {page_of}//\n"
    assert marker.read(text) == marker.Read(Marker("sidebar", "sidebar"), edited=False)


@pytest.mark.parametrize(
    ("change", "edited"),
    [
        (lambda text: text.replace("\n", "\r\n"), False),
        (lambda text: text.replace("burns.", "burns.  "), False),
        (lambda text: text + "\n\n", False),
        (lambda text: text.rstrip(), False),
        (lambda text: text.replace("burns", "burned"), True),
        (lambda text: text.replace("fire\n", "fire\n\n"), True),
        (lambda text: text + "\nA remark of mine.\n", True),
        (lambda text: "\n" + text, True),
    ],
)
def test_an_edit_is_what_a_reader_can_see(change: object, *, edited: bool) -> None:
    one = Marker("brief", "fire", "press", "1", "2026-05-03", "0123456789ab", {"pdf": "0" * 12})
    assert callable(change)
    assert marker.read(change(page(one))) == marker.Read(one, edited)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "We make our briefings: index of them",
        "briefings: index",
        "briefings: novel · page 0123456789ab",
        "briefings: fire · press · version 1 · as of 2026 · page 0123456789ab",
        "briefings: index · page 0123456789",
        "briefings: index · pdf x · page 0123456789ab",
    ],
)
def test_what_only_looks_like_a_marker_is_none(line: str) -> None:
    assert marker.read(f"{ABOVE}\n\n{line}\n") is None
