"""The YAML reader: its meaning is that of YAML 1.2, and no input takes more than a sentence."""

from __future__ import annotations

import time
from typing import Any

import pytest

from briefings import source
from briefings.errors import InvalidInput
from briefings.model import Briefing, build
from briefings.source import MAX_ALIASED, MAX_BYTES, MAX_DEPTH, Mark


def value(written: str) -> Any:  # noqa: ANN401
    return source.parse(f"key: {written}\n".encode(), "x.yaml").data["key"]


def said(data: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        source.parse(data, "x.yaml")
    return str(caught.value)


# The meaning of YAML 1.2's core schema


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "No",
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "12:30",
        "12:30:45",
        "190:20:30",
        "1_000",
        "0b101",
        "0o18",
        "0xG",
        "-0o17",
        "1,5",
        "1.2.3",
        "1e",
        "e5",
        ".",
        "+",
        "2024-11-21",
        "2024-11-21T05:00Z",
        "2024-11-21 05:00:00",
        "=",
        "nUlL",
        "tRue",
        "nan",
        "inf",
        "NaN",
        "~x",
        "٣",
    ],
)
def test_what_is_a_text(written: str) -> None:
    assert value(written) == written
    assert type(value(written)) is str


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("", None),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("'~'", "~"),
        ('"null"', "null"),
        ("'true'", "true"),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("!!str true", "true"),
        ("! 12", "12"),
        ("''", ""),
        ("[]", []),
        ("{}", {}),
        ("[a, [b], {c: d}]", ["a", ["b"], {"c": "d"}]),
        ("|\n  a\n  b", "a\nb\n"),
        (">-\n  a\n  b", "a b"),
        ('"a\\tb"', "a\tb"),
    ],
)
def test_what_is_something_else(written: str, meaning: object) -> None:
    assert value(written) == meaning
    assert type(value(written)) is type(meaning)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("+12", 12),
        ("-12", -12),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5e-3", -0.0005),
        ("1e3", 1000.0),
        ("123456789012345678", 123456789012345678),
        ("1234567890123456789", 1234567890123456789.0),
        ("9" * 200, float("9" * 200)),
    ],
)
def test_what_is_a_number_and_how_it_was_written(written: str, number: float) -> None:
    found = value(written)
    assert found == number
    assert isinstance(found, type(number))
    assert str(found) == written


def test_a_number_where_a_text_is_expected_keeps_how_it_was_written() -> None:
    text = """
title: 1.10
bluf: 0o17
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
version: 1.10
series: 007
authors: [1e3]
"""
    briefing = built(text)
    assert str(briefing.title[None]) == "1.10"
    assert str(briefing.bluf[None]) == "0o17"
    assert briefing.version == "1.10"
    assert briefing.series is not None
    assert str(briefing.series[None]) == "007"
    assert str(briefing.authors[0].name) == "1e3"


def built(text: str) -> Briefing:
    return build(source.parse(text.encode(), "case.yaml"), name="case", folder=None)


# Places


def test_everything_has_its_place() -> None:
    found = source.parse(b"a: 1\nb:\n  - c: x\n    d: [y, {e: z}]\n", "x.yaml")
    assert found.keys["a",] == Mark(1, 1)
    assert found.values["a",] == Mark(1, 4)
    assert found.values["b", 0] == Mark(3, 5)
    assert found.keys["b", 0, "d"] == Mark(4, 5)
    assert found.values["b", 0, "d", 1, "e"] == Mark(4, 16)
    problem = found.problem(("b", 0, "d", 7, "no"), "wrong")
    assert str(problem) == "x.yaml:4:8: wrong\n  4 |     d: [y, {e: z}]\n    |        ^"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_system_count_alike(ending: str) -> None:
    text = ending.join(["a: 1", "b: 2", "a: 3", ""])
    assert said(text.encode()) == (
        'x.yaml:3:1: the key "a" stands twice; the first is in line 1\n  3 | a: 3\n    | ^'
    )


def test_a_byte_order_mark_is_fine() -> None:
    found = source.parse(b"\xef\xbb\xbfa: 1\n", "x.yaml")
    assert found.data == {"a": 1}
    assert found.keys["a",] == Mark(1, 1)


def test_columns_count_characters_and_not_bytes() -> None:
    assert said("'ключ🚀': {a: 1, a: 2}\n".encode()).startswith("x.yaml:1:17:")


def test_a_long_line_is_not_shown() -> None:
    assert "\n" not in said(b"a: 1\n" + b"a: " + b"x" * 300)


def test_an_alias_stands_for_what_was_anchored() -> None:
    assert source.parse(b"a: &x {b: 1}\nc: *x\n", "x.yaml").data == {"a": {"b": 1}, "c": {"b": 1}}


def test_the_start_and_the_end_of_a_document_may_be_marked() -> None:
    assert source.parse(b"%YAML 1.2\n---\na: 1\n...\n", "x.yaml").data == {"a": 1}


# What no fixture can hold


EMPTY = "x.yaml:1:1: the file is empty; a mapping of keys and values is expected"
UTF16 = "x.yaml:1:1: the file is UTF-16 or UTF-32; save it as UTF-8"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", EMPTY),
        (b"\xef\xbb\xbf", EMPTY),
        (b" \n\n \n", f"{EMPTY}\n  1 |  \n    | ^"),
        ("title: A strike\n".encode("utf-16"), UTF16),
        ("title: A strike\n".encode("utf-16-le"), UTF16),
        ("title: A strike\n".encode("utf-16-be"), UTF16),
        ("title: A strike\n".encode("utf-32"), UTF16),
        (
            "title: A strike\nbluf: Über".encode("latin-1"),
            "x.yaml:2:7: byte 0xDC is not UTF-8; save the file as UTF-8",
        ),
        (
            b"a: \xc3\xa9\xc3",
            "x.yaml:1:5: byte 0xC3 is not UTF-8; save the file as UTF-8",
        ),
        (
            b"\xef\xbb\xbfa: \xff",
            "x.yaml:1:4: byte 0xFF is not UTF-8; save the file as UTF-8",
        ),
        (
            b"a: 1\r\nb: 2\rc: \xff",
            "x.yaml:3:4: byte 0xFF is not UTF-8; save the file as UTF-8",
        ),
        (b"a: \xed\xa0\x80", "x.yaml:1:4: byte 0xED is not UTF-8; save the file as UTF-8"),
        (b"x" * (MAX_BYTES + 1), "x.yaml: the input is over 10 MB"),
    ],
)
def test_bytes_that_are_no_utf_8(data: bytes, message: str) -> None:
    assert said(data) == message


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe"]
)
def test_characters_that_no_output_may_hold(character: str) -> None:
    assert said(f"title: A\nbluf: B{character}C\n".encode()).startswith(
        f"x.yaml:2:8: the character U+{ord(character):04X} is not allowed in a text\n"
    )


DEEP = f"the file is nested more than {MAX_DEPTH} deep"


@pytest.mark.parametrize(
    "data",
    [
        b"a: " + b"[" * 100 + b"]" * 100,
        b"a: " + b"[" * 100_000,
        b"{a: " * 100 + b"1" + b"}" * 100,
        b"\n".join(b"  " * depth + b"a:" for depth in range(100)),
        b"a:\n" + b"- " * 100 + b"x",
    ],
    ids=["brackets", "many open brackets", "braces", "indented keys", "entries in entries"],
)
def test_what_is_nested_too_deep(data: bytes) -> None:
    assert DEEP in said(data)


def test_what_is_nested_as_deep_as_it_may() -> None:
    inner = MAX_DEPTH - 1
    source.parse(b"a: " + b"[" * inner + b"]" * inner, "x.yaml")
    with pytest.raises(InvalidInput):
        source.parse(b"a: " + b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "x.yaml")


def test_an_alias_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)
    ]  # 10 ** 20 values
    start = time.monotonic()
    message = said("\n".join(lines).encode())
    assert f"aliases repeat more than {MAX_ALIASED:,} values; write them out" in message
    assert time.monotonic() - start < 5


def test_a_large_file_is_read_in_reasonable_time() -> None:
    start = time.monotonic()
    data = b"events:\n" + b"  - {id: a, title: b}\n" * 20_000
    assert len(source.parse(data, "x.yaml").data["events"]) == 20_000
    assert time.monotonic() - start < 20
