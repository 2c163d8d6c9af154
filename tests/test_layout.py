"""Pages: a limit that is kept, and no page that looks like an oversight."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from briefings import pipeline
from briefings.errors import TooLong
from briefings.model.paper import Paper
from briefings.writers import fit, layout
from briefings.writers.body import body
from briefings.writers.fonts import only_ours
from briefings.writers.page import content, page
from tests.examples import ALL, BROWSED, EXAMPLES, SHOWN, Case, viewed
from tests.rendering import YAML, brief, put
from tests.typeset import strayed, too_long

if TYPE_CHECKING:
    from pathlib import Path

EVENT = """
  - id: e{n}
    date: 2024-11-21
    title: Another fire
    claims: [{{id: c{n}, speaker: ministry, text: It burned.}}]
"""


def story(folder: Path, events: int, pages: str = "pages: 9\n") -> pipeline.Brief:
    """Return a brief that grows by a line with each event."""
    put(folder, {"audiences/own.yaml": f"extends: executive\nceiling: TLP:RED\n{pages}"})
    return brief(folder, YAML + "".join(EVENT.format(n=n) for n in range(events)), "own")


def pages(folder: Path, events: int, limit: str = "pages: 9\n") -> int:
    found = pipeline.render(story(folder, events, limit), "pdf").pages
    assert found
    return found


def test_a_brief_is_set_closer_before_it_is_refused(tmp_path: Path) -> None:
    loose = too_many(tmp_path, 0.0)
    assert pages(tmp_path, loose, "pages: 1\n") == 1
    with pytest.raises(TooLong, match=r"^the brief has [23] pages; 1 is allowed$"):
        pages(tmp_path, 2 * loose, "pages: 1\n")


def test_a_last_page_with_little_on_it_is_taken_in(tmp_path: Path) -> None:
    loose = too_many(tmp_path, 0.0)
    assert pages(tmp_path, loose) == 1, "one line too many for the first page"
    assert chosen(tmp_path, loose).setting.ease < 0


def test_a_last_page_that_is_half_full_is_filled_by_looser_lines(tmp_path: Path) -> None:
    kept = chosen(tmp_path, round(1.55 * too_many(tmp_path, 0.0)))
    assert len(kept.filled) == 2
    assert kept.setting.ease > 0
    assert kept.blemishes(None) == (0, 0)


def test_of_a_brief_that_no_ease_helps_the_least_white_is_kept(tmp_path: Path) -> None:
    """A page and a fifth: neither one page nor two that are full."""
    events = round(1.2 * too_many(tmp_path, 0.0))
    made = story(tmp_path, events)
    tried = recorded(made)
    kept = fit.best(tried, None)
    assert kept.blemishes(None)[1] > 0
    assert len(tried) == fit.TRIES
    assert kept.blemishes(None) == min(one.blemishes(None) for one in tried)
    assert chosen(tmp_path, events).filled == kept.filled


def test_the_longer_a_brief_the_fewer_layouts() -> None:
    def further(pages: int, limit: int | None = None) -> int:
        """Return how many layouts follow the first where none is better than it."""
        tried = [fit.Layout(fit.AS_THE_THEME, (0.9,) * (pages - 1) + (0.3,))]
        while (setting := fit.following(tried, limit)) is not None:
            tried.append(tried[0]._replace(setting=setting))
        return len(tried) - 1

    assert further(fit.PAGES + 1) == 0
    assert further(fit.PAGES // 2 + 1) == 1
    assert further(fit.PAGES // 2) == 2
    assert further(2) == fit.TRIES - 1
    assert further(fit.PAGES + 1, fit.PAGES) == 1, "it would be refused"


def test_no_page_begins_with_a_few_lines_that_are_left_over() -> None:
    full = fit.Layout(fit.AS_THE_THEME, (0.98, 0.9), (0.0, 0.0))
    torn = fit.Layout(fit.AS_THE_THEME, (0.98, 0.9), (0.0, fit.REST - 0.01))
    goes_on = fit.Layout(fit.AS_THE_THEME, (0.98, 0.9), (0.0, fit.REST + 0.01))
    assert [one.blemishes(2) for one in (full, torn, goes_on)] == [(0, 0), (0, fit.TORN), (0, 0)]
    closer = fit.following([torn], 2)
    assert closer
    assert closer.ease < 0


def test_what_is_left_over_is_measured(tmp_path: Path) -> None:
    kept = recorded(story(tmp_path, round(1.55 * too_many(tmp_path, 0.0))))[0]
    assert len(kept.filled) == len(kept.left_over) == 2
    assert kept.left_over[0] == 0
    assert 0.3 < kept.left_over[1] < kept.filled[1], "the events, above what to watch and the foot"
    assert recorded(story(tmp_path, 5))[0].left_over == (0,)


def test_what_is_set_closer_keeps_its_size_and_reaches_into_the_margins(tmp_path: Path) -> None:
    size, leading, side = fit.Setting(fit.CLOSEST).factors
    assert size == 1
    assert leading < 1
    made = story(tmp_path, 5)
    with only_ours(made.shelf):
        html = page(
            made.document,
            content(made.document, "", made.shelf),
            made.shelf,
            fit.Setting(fit.CLOSEST),
        )
    assert f"--sheet-side: {17 * side:g}mm" in html


def test_where_little_is_lacking_each_page_ends_a_little_higher() -> None:
    tried = [fit.Layout(fit.AS_THE_THEME, (0.95, 0.95, 0.95, 0.95, 0.6))]
    lifted = fit.following(tried, None)
    assert lifted
    assert lifted.foot == pytest.approx((fit.LAST + fit.SLACK - 0.6) / 4)
    assert lifted.factors == (1, 1, 1), "the type is the theme's own"
    tried = [fit.Layout(fit.AS_THE_THEME, (0.95, 0.95, 0.3))]
    lifted = fit.following(tried, None)
    assert lifted
    assert lifted.foot == 0, "so much white at each foot would be seen"


def test_a_page_within_a_brief_that_ends_in_white_is_filled_by_looser_lines() -> None:
    white = fit.Layout(fit.AS_THE_THEME, (fit.FULL - 0.05, 0.9, fit.LAST - 0.01))
    looser = fit.following([white], None)
    assert looser
    assert looser.foot == 0, "a higher foot would leave more white yet"
    grown = (1 + looser.ease * fit.GROWS) * (fit.FULL - 0.05)
    assert grown == pytest.approx(fit.FULL + fit.SLACK)


def test_where_a_page_within_is_white_a_page_less_is_tried_from_the_closest() -> None:
    spread = fit.Layout(fit.Setting(0.5), (0.9,) * 12 + (0.7, 0.3))
    closest = fit.Layout(fit.Setting(-0.05), (0.99, 0.76, *(0.93,) * 10, 0.8))
    ours = [fit.Layout(fit.AS_THE_THEME, (0.99, 0.76, *(0.95,) * 10, 0.99, 0.01)), spread, closest]
    asked = fit.following(ours, None)
    assert asked
    assert asked.ease == pytest.approx(-0.86, abs=0.05)


def test_a_higher_foot_leaves_so_much_less_of_each_page(tmp_path: Path) -> None:
    made = story(tmp_path, 5)
    with only_ours(made.shelf):
        inside = content(made.document, made.marked, made.shelf)
        settings = fit.AS_THE_THEME, fit.Setting(foot=0.05)
        texts = [page(made.document, inside, made.shelf, one) for one in settings]
        drawn = [layout.pages_of(layout.load(), t, made.document, made.shelf) for t in texts]
    heights = [one.pages[0]._page_box.height for one in drawn]  # noqa: SLF001
    sheet = made.document.paper.sides[1] * 96 / 25.4
    assert heights[0] - heights[1] == pytest.approx(0.05 * sheet, abs=1)


FIGURE = "\n  - {{id: f{n}, label: people out of their homes, value: '{n}', claim: c0}}"


def test_twice_as_many_key_figures_take_twice_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes: list[object] = []

    def work(number: int) -> int:
        boxes.clear()
        figures = "".join(FIGURE.format(n=n) for n in range(number))
        made = brief(tmp_path, f"{YAML}{EVENT.format(n=0)}\nfigures:{figures}\n")
        with only_ours(made.shelf):
            inside = content(made.document, made.marked, made.shelf)
            html = page(made.document, inside, made.shelf)
            layout.pages_of(layout.load(), html, made.document, made.shelf)
        return len(boxes)

    work(1)
    block = import_module("weasyprint.layout.block")  # it has no types
    lay_out = block.block_container_layout

    def counted(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        boxes.append(given)
        return lay_out(*given, **named)

    monkeypatch.setattr(block, "block_container_layout", counted)
    one = work(1)
    assert one > 0
    assert work(120) - one < 2.2 * (work(60) - one)


def test_what_is_drawn_is_drawn_once_for_all_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_long = story(tmp_path, 2 * too_many(tmp_path, 0.0), "pages: 1\n")
    drawn: list[str] = []
    tries: list[fit.Setting] = []

    def counted(marked: str, *rest: Any) -> str:  # noqa: ANN401
        drawn.append(marked)
        return body(marked, *rest)

    def tried(*given: Any) -> str:  # noqa: ANN401
        tries.append(given[3])
        return page(*given)

    monkeypatch.setattr("briefings.writers.page.body", counted)
    monkeypatch.setattr(layout, "page", tried)
    with pytest.raises(TooLong), only_ours(too_long.shelf):
        layout.lay_out(too_long.document, too_long.marked, too_long.shelf)
    assert drawn == [too_long.marked]
    assert tries == [fit.AS_THE_THEME, fit.Setting(fit.CLOSEST)]


def recorded(made: pipeline.Brief) -> list[fit.Layout]:
    """Return every layout that is tried."""
    return [one for one, _ in tried_out(made)]


def tried_out(made: pipeline.Brief) -> list[tuple[fit.Layout, Any]]:
    """Return every layout that is tried, each with WeasyPrint's pages."""
    with only_ours(made.shelf):
        inside = content(made.document, made.marked, made.shelf)
        return list(layout.tries(made.document, inside, made.shelf))


def chosen(folder: Path, events: int) -> fit.Layout:
    made = story(folder, events)
    return fit.best(recorded(made), made.document.pages)


def too_many(folder: Path, ease: float) -> int:
    """Return how many events are the first not to fit on one page."""
    numbers = range(20, 150)
    return numbers[bisect_left(numbers, 2, key=lambda n: len(laid_out(folder, n, ease)))]


def laid_out(folder: Path, events: int, ease: float) -> list[object]:
    made = story(folder, events)
    with only_ours(made.shelf):
        inside = content(made.document, made.marked, made.shelf)
        html = page(made.document, inside, made.shelf, fit.Setting(ease))
        drawn = layout.pages_of(layout.load(), html, made.document, made.shelf)
    return list(drawn.pages)


# No page ends in a third of white: of no example, for no reader, in no theme, on no paper.

SHEETS = [(case, paper) for case in ALL for paper in ("A4", "letter")]


@pytest.mark.parametrize(
    ("case", "paper"),
    [
        pytest.param(
            case,
            paper,
            id=f"{case}.{paper}",
            # The others in the group that looks at every page; it may take minutes.
            marks=[]
            if case in SHOWN and paper == "A4" and case.theme == BROWSED
            else pytest.mark.pictures,
        )
        for case, paper in SHEETS
    ],
)
def test_every_page_is_full_and_every_line_in_its_place(case: Case, paper: str) -> None:
    brief = viewed(case)
    document = replace(brief.document, paper=Paper(paper))
    tried = dict(tried_out(replace(brief, document=document)))
    kept = fit.best(list(tried), document.pages)
    assert not list(strayed(tried[kept].pages))
    assert not list(too_long(tried[kept].pages))
    if len(kept.filled) > 1:
        assert min(kept.filled[:-1]) >= fit.FULL, kept
        assert kept.filled[-1] >= fit.LAST, kept
    if case.path == EXAMPLES[0] and paper == "A4":
        assert len(tried) == 1, "the first example is right at once, for that is what is timed"


def test_white_at_the_foot_of_a_page_is_seen() -> None:
    assert fit.Layout(fit.AS_THE_THEME, (0.9, 0.6)).blemishes(None)[1] == pytest.approx(
        fit.LAST - 0.6
    )
    assert fit.Layout(fit.AS_THE_THEME, (0.6, 0.9)).blemishes(None)[1] == pytest.approx(
        fit.FULL - 0.6
    )
    assert fit.Layout(fit.AS_THE_THEME, (0.2,)).blemishes(1) == (0, 0)
    assert fit.Layout(fit.AS_THE_THEME, (0.9, 0.9)).blemishes(1) == (1, 0)
