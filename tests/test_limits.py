"""The bounds of a page of one's own: what is counted, and the last resort behind it."""

from __future__ import annotations

import resource
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from briefings import pipeline
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from briefings.templating import sandbox
from briefings.templating.budget import Budget, TooMuch
from briefings.templating.parser import MOST
from briefings.writers import clock, limits
from tests.rendering import brief, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefings.document import Document


def busy() -> None:
    while True:
        pass


@pytest.fixture
def made(tmp_path: Path) -> pipeline.Brief:
    put(tmp_path, {"templates/sections/gaps.md.j2": ""})
    return brief(tmp_path)


def test_what_takes_too_long_is_stopped(
    made: pipeline.Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    before = signal.getsignal(signal.SIGPROF)
    with (
        pytest.raises(InvalidInput, match="seconds to make"),
        limits.last_resort(made.document, made.shelf),
    ):
        busy()
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_takes_too_much_memory_is_stopped(
    made: pipeline.Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMORY", 64 << 20)
    before = resource.getrlimit(resource.RLIMIT_AS)
    with (
        pytest.raises(InvalidInput, match="more memory"),
        limits.last_resort(made.document, made.shelf),
    ):
        bytearray(256 << 20)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert bytearray(256 << 20)


def test_ours_have_no_last_resort(made: pipeline.Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY", 1 << 20)
    with limits.last_resort(made.document, Shelf()):
        assert bytearray(256 << 20)
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_another_thread_renders_the_same(made: pipeline.Brief) -> None:
    found: list[bytes] = []
    in_a_thread(lambda: found.append(pipeline.render(made, "html").data))
    assert found == [pipeline.render(made, "html").data]
    assert "briefings-clock" not in {thread.name for thread in threading.enumerate()}


def in_a_thread(run: Callable[[], object]) -> None:
    """Run in another thread to its end, and raise here what it raises."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


needs_clock = pytest.mark.skipif(
    not hasattr(time, "pthread_getcpuclockid"), reason="no clock of one thread"
)


@needs_clock
def test_another_thread_is_stopped_too(
    made: pipeline.Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    ended: list[int] = []

    def run() -> None:
        with (
            pytest.raises(InvalidInput, match="seconds to make"),
            limits.last_resort(made.document, made.shelf),
        ):
            busy()
        ended.append(sum(range(1_000_000)))  # and nothing comes afterwards

    in_a_thread(run)
    assert ended == [sum(range(1_000_000))]


def stubborn() -> None:
    try:
        busy()
    except BaseException:  # noqa: BLE001  # as some library may
        busy()


@needs_clock
def test_who_hides_the_end_is_stopped_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "AGAIN", 0.1)

    def run() -> None:
        with pytest.raises(clock.Late), clock.watched(0.1):
            stubborn()

    in_a_thread(run)


@needs_clock
def test_waiting_is_no_work() -> None:
    def run() -> None:
        with clock.watched(0.2):
            time.sleep(0.5)

    in_a_thread(run)


@needs_clock
def test_what_is_over_in_time_is_never_stopped() -> None:
    def run() -> None:
        for number in range(200):
            with suppress(clock.Late), clock.watched(number / 200_000):
                sum(range(1_000))
            sum(range(1_000))  # out here nothing may come

    in_a_thread(run)


def test_far_more_markdown_than_there_is_to_tell_is_refused(tmp_path: Path) -> None:
    text = "{% for i in range(60000) %}{{ 'a' }} line.\n\n{% endfor %}"
    put(tmp_path, {"templates/briefing.md.j2": text})
    with pytest.raises(InvalidInput, match="the templates make 539,999 characters"):
        pipeline.render(brief(tmp_path), "md")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 60_000, "a paragraph of 60,"),
        ("\n\n".join(" " * 4 * depth + "- a" for depth in range(300)), "in one another"),
    ],
)
def test_markdown_that_no_parser_ends_with_is_refused(tmp_path: Path, text: str, said: str) -> None:
    put(tmp_path, {"templates/briefing.md.j2": text})
    with pytest.raises(InvalidInput, match=said):
        pipeline.render(brief(tmp_path), "html")


DENSE = "{{a}}"  # three names and signs


@pytest.mark.parametrize("before", ["", "Words.\n" * 20_000])
def test_a_template_of_tags_alone_is_refused_before_it_is_compiled(
    tmp_path: Path, before: str
) -> None:
    put(tmp_path, {"templates/briefing.md.j2": f"{before}\n{DENSE * (MOST // 3 + 1)}"})
    with (
        patch("briefings.templating.code.Code.visit_Template", side_effect=AssertionError),
        pytest.raises(InvalidInput, match="more than 20,000 names and signs") as error,
    ):
        brief(tmp_path)
    (problem,) = error.value.problems
    assert (Path(problem.file).name, problem.line) == ("briefing.md.j2", before.count("\n") + 2)


def test_words_are_no_signs_and_a_long_template_is_compiled(tmp_path: Path) -> None:
    put(tmp_path, {"templates/briefing.md.j2": "Words {{ 1 }}\n" * 4_900 + "words " * 10_000})
    assert brief(tmp_path).marked.count("Words 1") == 4_900


def test_a_budget_stays_spent() -> None:
    budget = Budget()
    with pytest.raises(TooMuch):
        budget.spend(budget.whole + 1)
    with pytest.raises(TooMuch):
        budget.spend(1)
    assert budget.spent > budget.whole


def test_the_same_work_costs_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it was compiled before or not, and whatever ran before it."""
    budgets: list[Budget] = []

    class Kept(Budget):
        __slots__ = ()

        def __init__(self, document: Document | None = None) -> None:
            super().__init__(document)
            budgets.append(self)

    monkeypatch.setattr("briefings.templating.Budget", Kept)
    text = '{{ "a" | indent(9, true) }}{% for i in range(9) %}{{ i ~ "b" }}{% endfor %}'
    put(tmp_path, {"templates/briefing.md.j2": text})
    for _ in range(3):
        brief(tmp_path)
    spent = {budget.spent for budget in budgets}
    assert len(budgets) == 3
    assert len(spent) == 1
    assert sandbox.TEMPLATE < spent.pop() < 1_000


def test_a_part_is_escaped_on_the_page_though_markdown_had_it_first(tmp_path: Path) -> None:
    shell = "<!DOCTYPE html><title>x</title>{% include 'part.md.j2' %}{{ body }}"
    put(tmp_path, {"templates/part.md.j2": "{{ document.id ~ '<i>&' }}"})
    put(tmp_path, {"templates/briefing.md.j2": "{% include 'part.md.j2' %}"})
    put(tmp_path, {"templates/page.html.j2": shell})
    made = brief(tmp_path)
    assert "brief<i>&" in made.marked
    html = pipeline.render(made, "html").data.decode()
    assert "</title>brief&lt;i&gt;&amp;" in html
