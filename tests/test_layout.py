"""Pages: a limit that is kept, and no page that looks like an oversight."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

import pytest

from briefings import pipeline
from briefings.errors import TooLong
from briefings.writers import layout
from briefings.writers.body import body
from briefings.writers.fonts import only_ours
from briefings.writers.page import content, page
from tests.rendering import YAML, brief, put

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
    loose = too_many(tmp_path, 0)
    assert pages(tmp_path, loose, "pages: 1\n") == 1
    with pytest.raises(TooLong, match=r"^the brief has [23] pages; 1 is allowed$"):
        pages(tmp_path, 2 * loose, "pages: 1\n")


def test_a_last_page_with_little_on_it_is_taken_in(tmp_path: Path) -> None:
    loose = too_many(tmp_path, 0)
    assert pages(tmp_path, loose) == 1, "one line too many for the first page"
    much = too_many(tmp_path, layout.CLOSEST)
    assert pages(tmp_path, much) == 2
    assert page_of(tmp_path, much, "fit-") is False, "what would not help is left"


def test_what_is_drawn_is_drawn_once_for_all_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_long = story(tmp_path, 2 * too_many(tmp_path, 0), "pages: 1\n")
    drawn: list[str] = []
    tries: list[int] = []

    def counted(marked: str, *rest: Any) -> str:  # noqa: ANN401
        drawn.append(marked)
        return body(marked, *rest)

    def tried(*given: Any) -> str:  # noqa: ANN401
        tries.append(given[-1])
        return page(*given)

    monkeypatch.setattr("briefings.writers.page.body", counted)
    monkeypatch.setattr(layout, "page", tried)
    with pytest.raises(TooLong), only_ours(too_long.shelf):
        layout.lay_out(too_long.document, too_long.marked, too_long.shelf)
    assert drawn == [too_long.marked]
    assert tries == [0, 1, 2]


def too_many(folder: Path, fit: int) -> int:
    """Return how many events are the first not to fit on one page."""
    numbers = range(20, 150)
    return numbers[bisect_left(numbers, 2, key=lambda n: len(laid_out(folder, n, fit)))]


def laid_out(folder: Path, events: int, fit: int) -> list[object]:
    made = story(folder, events)
    with only_ours(made.shelf):
        html = page(made.document, content(made.document, made.marked, made.shelf), made.shelf, fit)
        drawn = layout.pages_of(layout.load(), html, made.document, made.shelf)
    return list(drawn.pages)


def page_of(folder: Path, events: int, name: str) -> bool:
    """Whether the page that is chosen has a name of the closer settings."""
    made = story(folder, events)
    with only_ours(made.shelf):
        chosen = layout.lay_out(made.document, made.marked, made.shelf)
    boxes = chosen.pages[0]._page_box.descendants()  # noqa: SLF001
    return any(name in (b.element.get("class") or "") for b in boxes if b.element is not None)
