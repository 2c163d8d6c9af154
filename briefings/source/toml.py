"""TOML into plain Python data, with the place of every key and value.

The library tells no places. So each statement of a text that is known to be sound is read once more
by itself, and what it adds stands where it begins; a text in quotes, where these are.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, Problem
from briefings.source.data import KeyPath, Mark, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_PLAIN = (
    ("after a key", 'a key is followed by "=" and its value'),
    ("Invalid value", "no value of TOML; put a text in quotes"),
    ("Expected newline", "nothing more can follow here; put a text in quotes"),
    ("overwrite a value", "this key stands twice"),
    ("twice", "this table stands twice"),
    ("Unclosed array", "a list is not closed by a bracket"),
    ("Unterminated string", "a text is not closed by a quotation mark"),
    ("Illegal character", "a text ends in its line; close it with a quotation mark"),
    ('Expected "\'"', "a text ends in its line; close it with a quotation mark"),
    ("Invalid statement", "a line is a key, an equals sign and a value, or a [table]"),
)


def parse(data: bytes, name: str) -> Source:
    """Return what UTF-8 TOML holds, with the place of everything.

    Raises:
        InvalidInput: the bytes are not UTF-8 or not TOML.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InvalidInput.of("the file is not UTF-8; save it as UTF-8", name) from None
    source = Source(name, text.split("\n"))
    try:
        source.data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([_wrong(str(error), source)]) from None
    except RecursionError:
        raise InvalidInput.of("the file is nested too deep", name) from None
    for key, value, path in _placed(source.lines):
        source.keys.setdefault(path, key)
        source.values.setdefault(path, value)
    return source


def _wrong(said: str, source: Source) -> Problem:
    found = _AT.search(said)
    end = len(source.lines)
    line = int(found["line"] or end) if found else 1
    column = int(found["column"] or 1) if found else 1
    plain = next((plain for part, plain in _PLAIN if part in said), None)
    message = plain or f"this is not TOML: {_AT.sub('', said)}"
    return source.problem_at(Mark(line, column), message)


def _placed(lines: Sequence[str]) -> Iterator[tuple[Mark, Mark, KeyPath]]:
    """Yield each key with where the statement that gives it begins, and where its value is."""
    table: KeyPath = ()
    arrays: dict[KeyPath, int] = {}
    for start, text in _statements(lines):
        line = lines[start]
        mark = Mark(start + 1, len(line) - len(line.lstrip()) + 1)
        found = tomllib.loads(text)
        if not line.lstrip().startswith("["):
            for path, value in _paths(found):
                yield mark, _value(text, value, mark, start), (*table, *path)
            continue
        table = ()
        for path, _ in _paths(found):
            table = path if path[-1] != 0 else table
            yield mark, mark, path
        if line.lstrip().startswith("[["):
            number = arrays[table] = arrays.get(table, -1) + 1
            table = (*table, number)
            yield mark, mark, table


def _value(text: str, value: object, key: Mark, start: int) -> Mark:
    """Return where a text stands in a statement that begins at a line; what is none, as its key."""
    if not isinstance(value, str):
        return key
    at = max(text.find(f"{sign}{value}{sign}", text.find("=")) for sign in "\"'")
    if at < 0:
        return key
    above = text[:at]
    return Mark(start + above.count("\n") + 1, at - above.rfind("\n"))


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each statement with the index of its first line."""
    start = 0
    for end in range(1, len(lines) + 1):
        text = "\n".join(lines[start:end])
        try:
            found = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue  # it goes on in the next line
        if found:
            yield start, text
        start = end


def _paths(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:  # noqa: ANN401
    items: Iterable[tuple[str | int, Any]] = enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, dict):
        items = data.items()
    for key, value in items:
        yield (*path, key), value
        yield from _paths(value, (*path, key))
