"""YAML into plain Python data, with the place of every key and value.

The reader is safe and bounded: libyaml gives the events, and what they build are only mappings,
lists, text, numbers, booleans and null. The meaning is that of the YAML 1.2 core schema, so ``NO``
is a text and ``12:30`` too. Numbers keep the way they were written, so that ``version: 1.10`` can
still be read as the text ``1.10``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from briefings.errors import InvalidInput, Problem
from briefings.resources import read_bounded
from briefings.source.data import KeyPath, Mark, Source, WrittenFloat, WrittenInt
from briefings.source.reader import MAX_ALIASED, MAX_DEPTH, Reader

__all__ = [
    "MAX_ALIASED",
    "MAX_BYTES",
    "MAX_DEPTH",
    "KeyPath",
    "Mark",
    "Source",
    "WrittenFloat",
    "WrittenInt",
    "parse",
    "read",
]

MAX_BYTES = 10_000_000


def read(path: Path | str) -> Source:
    """Read a YAML file; ``"-"`` is standard input.

    Raises:
        InvalidInput: with every problem that could be found.
    """
    if str(path) == "-":
        return parse(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
    return parse(read_bounded(Path(path), MAX_BYTES), str(path))


def parse(data: bytes, name: str) -> Source:
    """Return the mapping that UTF-8 YAML holds, with the place of everything.

    Raises:
        InvalidInput: the bytes are not UTF-8, not YAML, not one mapping, or over a bound.
    """
    if len(data) > MAX_BYTES:
        raise InvalidInput.of(f"the input is over {MAX_BYTES // 1_000_000} MB", name)
    text = _decode(data, name)
    source = Source(name, text.split("\n"))
    reader = Reader(source, text)
    reader.run()
    if reader.problems:
        raise InvalidInput(sorted(reader.problems, key=lambda p: (p.line, p.column)))
    return source


def _decode(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise InvalidInput([Problem("the file is UTF-16 or UTF-32; save it as UTF-8", name, 1, 1)])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        data = error.object  # without the byte order mark
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise InvalidInput([Problem(message, name, line, column)]) from None
