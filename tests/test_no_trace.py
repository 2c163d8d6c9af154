"""What a reader gets is what they would get of a briefing that never held what is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.audience import cut
from briefings.errors import NothingToSay
from briefings.model.base import Pointed, shape
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS, keys
from tests import made
from tests.made import MARKINGS
from tests.stories import Story, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.model import Briefing
    from briefings.model.base import Model

randoms = st.randoms(use_true_random=False)
stories = st.builds(Story, randoms, st.sampled_from(MARKINGS[:-1]))
sections = st.lists(st.sampled_from(list(SECTIONS)), min_size=1, unique=True).filter(
    lambda names: "sources" in names
) | st.just(list(SECTIONS))
sourcings = st.sampled_from(["none", "inline", "annex"])


def both(story: Story) -> tuple[Briefing, Briefing, Marking]:
    """Return the briefing that holds secrets, the one that never did, and the ceiling."""
    full = made.briefing(told(story.data, secrets=True) | {"marking": story.high[-1]})
    bare = made.briefing(told(story.data, secrets=False) | {"marking": story.low[-1]})
    return full, bare, Marking(story.low[-1])


@settings(max_examples=60)
@given(stories)
def test_what_is_left_is_the_briefing_that_never_held_a_secret(story: Story) -> None:
    full, bare, ceiling = both(story)
    assert cut(full, ceiling) == cut(bare, ceiling)


@settings(max_examples=40)
@given(stories, sections, sourcings)
def test_no_trace_tells_that_something_was_cut(
    story: Story, names: list[str], sourcing: str
) -> None:
    full, bare, ceiling = both(story)
    reader = made.reader(ceiling, sections=names, sourcing=sourcing)
    document, plain = made.document(full, reader), made.document(bare, reader)
    assert document.marking is plain.marking
    assert document.source == plain.source
    for form in ("md", "html"):
        assert made.written(document, form) == made.written(plain, form)


@settings(max_examples=2)
@given(stories)
def test_no_trace_of_it_is_in_a_pdf(story: Story) -> None:
    full, bare, ceiling = both(story)
    reader = made.reader(ceiling)
    pdf, plain = (made.written(made.document(b, reader), "pdf") for b in (full, bare))
    assert pdf == plain


def cut_or_refused(briefing: Briefing, ceiling: Marking) -> Briefing | None:
    try:
        return cut(briefing, ceiling)
    except NothingToSay:
        return None


@settings(max_examples=60)
@given(stories, st.sampled_from(MARKINGS), st.sampled_from(MARKINGS))
def test_cutting_twice_is_cutting_once_at_the_lower(
    story: Story, first: Marking, second: Marking
) -> None:
    # Of several texts the highest is taken, so that a second cut has none to fall back on.
    texts: dict[str, Any] = {name: {made.CLEAR: "A"} for name in ("title", "bluf")}
    data = told(story.data, secrets=True) | texts | {"marking": story.high[-1]}
    data = {key: value for key, value in data.items() if key not in ("notice", "series")}
    briefing = made.briefing(data)
    low, high = sorted((first, second))
    once = cut_or_refused(briefing, low)
    between = cut_or_refused(briefing, high)
    assert once is None or between is not None
    if between is not None:
        assert cut_or_refused(between, low) == once
        assert cut_or_refused(between, high) == between


@settings(max_examples=60)
@given(stories, st.sampled_from(MARKINGS))
def test_what_is_left_is_whole(story: Story, ceiling: Marking) -> None:
    """Every reference leads somewhere, and no list is empty that an author may not leave empty."""
    data = told(story.data, secrets=True) | {"marking": story.high[-1]}
    left = cut_or_refused(made.briefing(data), ceiling)
    if left is None:
        return
    every = [part for key in keys() for part in parts(left.portions(key))]
    there = {(part.kind, part.id) for part in every if isinstance(part, Pointed)}
    for part in every:
        model: type[Model] = type(part)
        for name, link in shape(model).links.items():
            names = listed(getattr(part, name))
            assert names or not link.required
            assert all(any((kind, n) in there for kind in link.kinds) for n in names)
        for name, nested in shape(model).nested.items():
            assert listed(getattr(part, name)) or not nested.required


def listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value] if value else []


def parts(portions: list[Any]) -> Iterator[Model]:
    for portion in portions:
        yield portion
        model: type[Model] = type(portion)
        for name in shape(model).nested:
            yield from parts(listed(getattr(portion, name)))
