"""YAML into plain Python data, with the place of every key and value.

The reader is safe and bounded: libyaml gives the events, and what they build are only mappings,
lists, text, numbers, booleans and null. The meaning is that of the YAML 1.2 core schema, so ``NO``
is a text and ``12:30`` too. Numbers keep the way they were written, so that ``version: 1.10`` can
still be read as the text ``1.10``.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from briefings.errors import InvalidInput, Problem, nearest
from briefings.resources import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
KeyPath = tuple[str | int, ...]

MAX_BYTES = 10_000_000
MAX_DEPTH = 50
MAX_ALIASED = 20_000  # values that a file may make by repeating anchored ones

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Control characters, line separators that no output format knows, halves of surrogate pairs and
# noncharacters: no XML or PDF may hold them, and templates use some of them to talk to the writers.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LONG = re.compile(r'"([^"]{100})[^"]+"')
_NO_SPACE = re.compile(r"\w+:\S")
_TEXT_TAG = "tag:yaml.org,2002:str"


class WrittenInt(int):
    """A whole number that remembers how it was written."""

    written: str

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """A number that remembers how it was written."""

    written: str

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; both count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Source:
    """A YAML file as data, with the place of everything in it."""

    name: str
    lines: Sequence[str]
    data: dict[str, Any] = field(default_factory=dict)
    values: dict[KeyPath, Mark] = field(default_factory=dict)
    keys: dict[KeyPath, Mark] = field(default_factory=dict)

    def problem(self, path: KeyPath, message: str, *, at_key: bool = False) -> Problem:
        """Return a problem at the value (or key) of *path*, or at the nearest place above."""
        table = self.keys if at_key else self.values
        while path and path not in table:
            path = path[:-1]
        return self.problem_at(table.get(path, Mark(1, 1)), message)

    def problem_at(self, mark: Mark, message: str) -> Problem:
        """Return a problem at a place."""
        known = 0 < mark.line <= len(self.lines)
        excerpt = self.lines[mark.line - 1] if known else ""
        if len(excerpt) > 200:  # noqa: PLR2004  # a line that no terminal shows helps nobody
            excerpt = ""
        # What is quoted from the file may be long or of several lines.
        said = _LONG.sub(r'"\1…"', " ".join(message.split()))
        return Problem(said, self.name, mark.line, mark.column, excerpt.replace("\t", " "))


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
    reader = _Reader(source, text)
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


class _Stop(Exception):
    """Nothing after this point can be read."""


class _Reader:
    """Builds the data from libyaml's events."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.count = 0
        self.aliased = 0

    def run(self) -> None:
        for match in _FORBIDDEN.finditer(self.text):
            self.forbidden(match.group(), self.position(match.start()))
            return
        if not self.text.strip():
            self.say(Mark(1, 1), "the file is empty; a mapping of keys and values is expected")
            return
        self.events: Iterator[Any] = iter(yaml.parse(self.text, Loader=_LOADER))
        try:
            self.document()
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            self.syntax(error)

    def position(self, offset: int) -> Mark:
        start = self.text.rfind("\n", 0, offset) + 1
        return Mark(self.text.count("\n", 0, offset) + 1, offset - start + 1)

    def say(self, mark: Mark, message: str) -> None:
        self.problems.append(self.source.problem_at(mark, message))

    def stop(self, mark: Mark, message: str) -> NoReturn:
        self.say(mark, message)
        raise _Stop

    def forbidden(self, character: str, mark: Mark) -> None:
        self.say(mark, f"the character U+{ord(character):04X} is not allowed in a text")

    def document(self) -> None:
        next(self.events)  # the stream's start
        next(self.events)  # the document's start, or the stream's end
        event = next(self.events, None)
        if event is None:
            self.stop(Mark(1, 1), "the file is empty; a mapping of keys and values is expected")
        data = self.node(event, (), 0)
        if not isinstance(data, dict):
            found = "a list" if isinstance(data, list) else "a single value"
            empty = data is None
            found = "nothing" if empty else found
            hint = '; after the ":" of a key comes a space' if _NO_SPACE.match(str(data)) else ""
            said = f"a mapping of keys and values is expected, {found} was found{hint}"
            self.stop(_mark(event), said)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.stop(_mark(after), 'a second document ("---") begins here; one file holds one')
        self.source.data = data

    def node(self, event: Any, path: KeyPath, depth: int) -> Any:  # noqa: ANN401
        mark = _mark(event)
        self.source.values[path] = mark
        self.count += 1
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, mark)
        if depth > MAX_DEPTH:
            self.stop(mark, f"the file is nested more than {MAX_DEPTH} deep")
        before = self.count
        if event.anchor:
            self.open_anchors.add(event.anchor)
        value = self.value(event, path, depth)
        if event.anchor:
            self.open_anchors.discard(event.anchor)
            self.anchors[event.anchor] = (value, self.count - before + 1)
        return value

    def value(self, event: Any, path: KeyPath, depth: int) -> Any:  # noqa: ANN401
        if event.tag not in (None, "!", _TEXT_TAG):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = _QUOTE.format("!") if tag[1:2] != "!" else "; write a plain value"
            self.say(_mark(event), f"the tag {tag} is not allowed{hint}")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def alias(self, event: Any, mark: Mark) -> Any:  # noqa: ANN401
        if event.anchor in self.open_anchors:
            self.stop(mark, f"the alias *{event.anchor} stands inside its own anchor")
        if event.anchor not in self.anchors:
            hint = nearest(event.anchor, self.anchors) or _QUOTE.format("*")
            self.stop(mark, f"the alias *{event.anchor} has no anchor{hint}")
        value, size = self.anchors[event.anchor]
        self.aliased += size
        self.count += size - 1
        if self.aliased > MAX_ALIASED:
            self.stop(mark, f"aliases repeat more than {MAX_ALIASED:,} values; write them out")
        return value

    def sequence(self, path: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, (*path, len(items)), depth + 1))
        return items

    def mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            mark = _mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.stop(mark, "a key must be a plain word")
            key = event.value
            if key == "<<" and not event.style:
                self.say(mark, 'merge keys ("<<") are not part of YAML 1.2; write the keys out')
            elif key in items:
                first = self.source.keys[*path, key].line
                self.say(mark, f'the key "{key}" stands twice; the first is in line {first}')
            elif found := _FORBIDDEN.search(key):
                self.forbidden(found.group(), mark)
            else:
                self.source.keys[*path, key] = mark
            items[key] = self.node(next(self.events), (*path, key), depth + 1)
        return items

    def scalar(self, event: Any) -> Any:  # noqa: ANN401
        text: str = event.value
        if event.style or event.tag in ("!", _TEXT_TAG):
            if event.style == '"' and (found := _FORBIDDEN.search(text)):
                self.forbidden(found.group(), _mark(event))
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self.number(text, event)

    def number(self, text: str, event: Any) -> Any:  # noqa: ANN401
        if _INT.fullmatch(text):
            base = {"0o": 8, "0x": 16}.get(text[:2], 10)
            whole = WrittenInt(int(text[2:], base) if base != 10 else int(text))  # noqa: PLR2004
            whole.written = text
            return whole
        if _NOT_FINITE.fullmatch(text):
            self.say(_mark(event), f"{text} is not a finite number")
            return text
        if _FLOAT.fullmatch(text):
            number = WrittenFloat(text)
            if number in (float("inf"), float("-inf")):
                self.say(_mark(event), f"{text} is too large a number")
            number.written = text
            return number
        return text

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line >= len(self.source.lines) - 1:
            mark = error.context_mark  # at the file's end: better where the open thing began
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        last = len(self.text.rstrip().split("\n"))
        if place.line > last:  # the end: better after the last thing that stands there
            place = Mark(last, len(self.source.lines[last - 1].rstrip()) + 1)
        found = error.problem_mark
        if found and found.line < last and any(part in str(error) for part in _IN_BRACKETS):
            self.say(
                Mark(found.line + 1, found.column + 1),
                "something is missing before this: an entry, a comma or a closing bracket",
            )
            return
        self.say(place, _plain(error, self.source.lines[place.line - 1], place.column - 1))


def _mark(event: Any) -> Mark:  # noqa: ANN401
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _plain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    """Say in plain words what libyaml found in a line, at a column that counts from 0."""
    said = f"{error.context or ''} {error.problem or ''}".strip()
    indentation = len(line) - len(line.lstrip())
    if "\t" in line[:indentation] or line[column : column + 1] == "\t" or "tab" in said:
        return "a tab stands where YAML wants spaces; indent with spaces"
    if column > indentation and any(part in said for part in _NO_KEY):
        return "this cannot follow here; put the whole text in quotes, or look for a missing comma"
    for part, plain in _SYNTAX:
        if part in said:
            return plain
    return f"this is not YAML: {said}"


_QUOTE = '; put a text that begins with "{}" in quotes'
_IN_BRACKETS = ("flow node", "expected ',' or")
_NO_KEY = ("expected <block end>", "did not find expected key")
_SYNTAX = (
    ("escape c", 'an unknown "\\" escape; use single quotes for a text with backslashes'),
    ("quoted scalar", "a quoted text is not closed; the file may be cut off"),
    ("flow node", "a list or mapping in brackets is not closed; the file may be cut off"),
    ("expected ',' or", "a list or mapping in brackets is not closed; the file may be cut off"),
    (
        "mapping values are not allowed",
        'a ":" stands where no key can be; put the text in quotes, or check the indentation',
    ),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("did not find expected key", "the indentation does not fit the lines above"),
    ("could not find expected ':'", 'a key without its ":" and a space; the file may be cut off'),
    ("cannot start any token", "a text cannot begin with this character; put it in quotes"),
    ("undefined alias", "an alias has no anchor"),
    ("alphabetic or numeric", 'a text that begins with "*" or "&" must be put in quotes'),
    ("block scalar", 'a text that begins with "|" or ">" must be put in quotes'),
    ("mapping keys are not", 'a text that begins with "?" must be put in quotes'),
    (
        "block sequence entries",
        'a list entry ("- ") stands where none can; check the indentation, or use quotes',
    ),
    ("incompatible YAML", "this version of YAML is not known; leave the line out"),
    ("directive", 'a line that begins with "%" is not for texts; put the text in quotes'),
    ("a tag", 'a text that begins with "!" must be put in quotes'),
    ("expected <document start>", "this cannot follow here; one file holds one mapping"),
    ("expected node content", "a text cannot begin with this character; put it in quotes"),
    ("plain scalar", "a text with this character must be put in quotes"),
    ("undefined tag handle", "tags are not allowed; write a plain value"),
)
