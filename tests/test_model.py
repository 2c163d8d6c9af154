"""Whatever stands in a file, it becomes a briefing or gets its sentences, and nothing else."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefings import source
from briefings.errors import InvalidInput
from briefings.model import Briefing, build

SOUND: dict[str, Any] = {
    "title": "A strike",
    "bluf": "A *strike* was reported.",
    "as_of": "2024-11-21T18:00Z",
    "published": "2024-11-21",
    "marking": "TLP:GREEN",
    "lexicon": "icd203",
    "authors": ["Desk", {"name": "Other", "role": "editor"}],
    "sides": [{"id": "north", "name": "The north"}],
    "actors": [
        {"id": "ministry", "name": "The ministry", "side": "north"},
        {"id": "witness", "name": "A witness", "identified": False},
    ],
    "places": [{"id": "town", "name": "The town", "lat": 50.4, "lon": 30, "precision": "city"}],
    "sources": [
        {
            "id": "wire",
            "title": "Report",
            "type": "news",
            "reliability": "B",
            "published": "2024-11",
            "retrieved": "2024-11-21",
            "url": "https://example.org/",
        },
        {"id": "post", "title": "Post", "type": "news", "reliability": "F", "origin": "wire"},
    ],
    "events": [
        {
            "id": "launch",
            "date": "2024-11-20",
            "title": "A launch",
            "claims": [{"id": "said", "speaker": "witness", "text": "It flew.", "via": ["wire"]}],
        },
        {
            "id": "strike",
            "date": "2024-11-21",
            "title": "A strike",
            "responds_to": ["launch"],
            "places": [{"place": "town", "role": "target"}],
            "systems": [{"name": "Kh-101", "launched": 3}],
            "claims": [
                {"id": "says", "speaker": "ministry", "text": "Yes.", "stance": "confirms"},
                {"id": "no", "speaker": "witness", "text": "No.", "answers": "says"},
            ],
        },
    ],
    "context": [
        {
            "id": "before",
            "title": "Before",
            "claims": [{"id": "was", "speaker": "ministry", "text": "Quiet."}],
        }
    ],
    "warnings": [
        {
            "id": "alarm",
            "title": "A warning",
            "speaker": "ministry",
            "text": "Again.",
            "answer": {"speaker": "witness", "text": "No."},
        }
    ],
    "key_judgements": [
        {
            "id": "more",
            "text": "It goes on.",
            "likelihood": "likely",
            "confidence": "low",
            "reason": "So far.",
            "basis": ["strike", "says"],
        }
    ],
    "figures": [{"id": "dead", "value": 12, "label": "dead", "claim": "says"}],
    "discrepancies": [{"id": "odd", "title": "Odd", "text": "Odd.", "between": ["says", "said"]}],
    "needs": [{"id": "water", "sector": "Water", "speaker": "ministry", "text": "Little."}],
    "gaps": [{"id": "why", "text": "Why?", "about": ["strike"]}],
    "indicators": [{"id": "trains", "text": "Trains.", "suggests": "More.", "basis": ["strike"]}],
    "corrections": [{"date": "2024-11-22", "version": "1.1", "text": "A number was wrong."}],
}


FOREIGN = re.compile(r"[Ii]nput should|[Vv]alue error|pydantic|\btuple\b|\bdict\b|NoneType")


def outcome(data: bytes) -> Briefing | None:
    """Return the briefing, or nothing where its problems are said as they should be."""
    try:
        return build(source.parse(data, "case.yaml"), name="case", folder=None)
    except InvalidInput as error:
        problems = error.problems
    assert problems
    for problem in problems:
        assert problem.message
        assert "\n" not in problem.message
        assert not FOREIGN.search(problem.message)
        assert problem.file == "case.yaml"
    places = [(problem.line, problem.column) for problem in problems]
    assert places == sorted(places)
    return None


def as_yaml(data: object) -> bytes:
    """JSON is YAML, and writes what YAML writers would refuse."""
    return json.dumps(data).encode()


def test_a_briefing_with_everything_is_sound() -> None:
    briefing = outcome(as_yaml(SOUND))
    assert briefing is not None
    assert (briefing.name, briefing.folder) == ("case", None)
    assert [len(briefing.portions(key)) for key in ("events", "sources", "gaps")] == [2, 2, 1]


def test_a_briefing_does_not_change_once_it_is_read() -> None:
    briefing = outcome(as_yaml(SOUND))
    assert briefing is not None
    with pytest.raises(ValueError, match="frozen"):
        setattr(briefing, "version", "2")  # noqa: B010  # as one would by mistake


KEYS = sorted(
    {"id", "titel", "", "<<", "TLP:RED", "0", "via", "answers", "part_of", "origin", "credibility"}
    | SOUND.keys()
    | {key for part in SOUND.values() if isinstance(part, list) for entry in part for key in entry}
    - {"Desk"}
)
words = st.sampled_from(
    [
        *["strike", "launch", "says", "ministry", "wire", "town", "TLP:RED", "2024-11-21"],
        *["no", "likely", "", " ", "*a*", "[a](javascript:b)", "\n\n", "a\n\nb", "~", "12"],
        *["icd203", "phia", "../x"],
    ]
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=10),
    words,
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=5)), inner, max_size=4),
    ),
    max_leaves=12,
)


def paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Return the way to each value."""
    found = [path] if path else []
    entries = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, entry in entries:
        found += paths(entry, (*path, key))
    return found


PATHS = paths(SOUND)


def changed(changes: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    """Return the sound briefing with other values in some places."""
    data: Any = json.loads(json.dumps(SOUND))
    for path, value in changes:
        part = data
        with suppress(KeyError, IndexError, TypeError):  # an earlier change took the place away
            for key in path[:-1]:
                part = part[key]
            part[path[-1]] = value
    assert isinstance(data, dict)
    return data


def test_what_is_quoted_from_a_file_stays_short_and_in_one_line() -> None:
    for value, shown in (("a\n b", '"a b"'), ("x" * 5000, f'"{"x" * 100}…"')):
        read = source.parse(as_yaml(SOUND | {"as_of": value}), "case.yaml")
        with pytest.raises(InvalidInput) as caught:
            build(read, name="case", folder=None)
        assert caught.value.problems[0].message.startswith(f"{shown} is not a date;")


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_another_type_in_any_one_place(path: tuple[Any, ...]) -> None:
    others: list[Any] = [None, True, 7, 1.5, "x", "", [], ["x"], [["x"]], [None], {}, {"x": {}}]
    for value in others:
        outcome(as_yaml(changed([(path, value)])))


@given(st.lists(st.tuples(st.sampled_from(PATHS), values), min_size=1, max_size=4))
def test_other_values_in_some_places(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    outcome(as_yaml(changed(changes)))


@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=8))
def test_any_mapping(data: dict[str, Any]) -> None:
    outcome(as_yaml(data))


@given(st.one_of(st.binary(), st.text().map(str.encode)))
@example(b"\xff\xfe")
@example(b"%")
@example(b"---\n---")
@example(b"&a *a")
@example(b"? ")
@example(b"!!")
@example(b"a: !<")
def test_any_bytes(data: bytes) -> None:
    outcome(data)


pieces = st.lists(
    st.sampled_from(
        [
            *[
                "a",
                "title",
                "events",
                "1",
                " ",
                "  ",
                "\n",
                "\n  ",
                "\n- ",
                "\t",
                ": ",
                ":",
                "- ",
                "-",
            ],
            *[
                "? ",
                "[",
                "]",
                "{",
                "}",
                ",",
                ", ",
                "&a ",
                "*a",
                "*b ",
                "!!str ",
                "!x ",
                "!",
                "|",
                ">",
            ],
            *["'", '"', "\\", "#", " #", "%", "%YAML 1.2\n", "---\n", "...\n", "@", "`", "<<", "~"],
            *["\ufeff", "é", "🚀", "\u2028", "\x85", "\r", "\r\n", "null", "0x1", "1e999", ".nan"],
        ]
    ),
    max_size=25,
).map(lambda parts: "".join(parts).encode())


@given(pieces)
def test_what_looks_like_yaml(data: bytes) -> None:
    outcome(data)


@given(st.integers(0, 2000), st.integers(0, 60), st.binary(max_size=4))
def test_a_briefing_that_is_cut_off_or_damaged(start: int, length: int, instead: bytes) -> None:
    data = json.dumps(SOUND, indent=1).encode()
    outcome(data[:start])
    outcome(data[:start] + instead + data[start + length :])
