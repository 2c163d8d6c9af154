"""Builds plain data from libyaml's events, in the meaning of the YAML 1.2 core schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from briefings.errors import nearest
from briefings.source.data import KeyPath, Mark, Source, WrittenFloat, WrittenInt
from briefings.source.syntax import IN_BRACKETS, QUOTE, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.errors import Problem

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
# What turns the direction of writing would turn what stands after it, too: 321 for 123.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NO_SPACE = re.compile(r"\w+:\S")
_TEXT_TAG = "tag:yaml.org,2002:str"


class _Stop(Exception):
    """Nothing after this point can be read."""


class Reader:
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
        """Fill the source with what was read, or collect what is wrong."""
        for match in _FORBIDDEN.finditer(self.text):
            self._forbidden(match.group(), self._position(match.start()))
            return
        if not self.text.strip():
            self._say(Mark(1, 1), "the file is empty; a mapping of keys and values is expected")
            return
        self.events: Iterator[Any] = iter(yaml.parse(self.text, Loader=_LOADER))
        try:
            self._document()
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            self._syntax(error)

    def _position(self, offset: int) -> Mark:
        start = self.text.rfind("\n", 0, offset) + 1
        return Mark(self.text.count("\n", 0, offset) + 1, offset - start + 1)

    def _say(self, mark: Mark, message: str) -> None:
        self.problems.append(self.source.problem_at(mark, message))

    def _stop(self, mark: Mark, message: str) -> NoReturn:
        self._say(mark, message)
        raise _Stop

    def _forbidden(self, character: str, mark: Mark) -> None:
        self._say(mark, f"the character U+{ord(character):04X} is not allowed in a text")

    def _document(self) -> None:
        next(self.events)  # the stream's start
        next(self.events)  # the document's start, or the stream's end
        event = next(self.events, None)
        if event is None:
            self._stop(Mark(1, 1), "the file is empty; a mapping of keys and values is expected")
        data = self._node(event, (), 0)
        if not isinstance(data, dict):
            found = "a list" if isinstance(data, list) else "a single value"
            empty = data is None
            found = "nothing" if empty else found
            hint = '; after the ":" of a key comes a space' if _NO_SPACE.match(str(data)) else ""
            said = f"a mapping of keys and values is expected, {found} was found{hint}"
            self._stop(_mark(event), said)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._stop(_mark(after), 'a second document ("---") begins here; one file holds one')
        self.source.data = data

    def _node(self, event: Any, path: KeyPath, depth: int) -> Any:  # noqa: ANN401
        mark = _mark(event)
        self.source.values[path] = mark
        self.count += 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, mark)
        if depth > MAX_DEPTH:
            self._stop(mark, f"the file is nested more than {MAX_DEPTH} deep")
        before = self.count
        if event.anchor:
            self.open_anchors.add(event.anchor)
        value = self._value(event, path, depth)
        if event.anchor:
            self.open_anchors.discard(event.anchor)
            self.anchors[event.anchor] = (value, self.count - before + 1)
        return value

    def _value(self, event: Any, path: KeyPath, depth: int) -> Any:  # noqa: ANN401
        if event.tag not in (None, "!", _TEXT_TAG):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = QUOTE.format("!") if tag[1:2] != "!" else "; write a plain value"
            self._say(_mark(event), f"the tag {tag} is not allowed{hint}")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _alias(self, event: Any, mark: Mark) -> Any:  # noqa: ANN401
        if event.anchor in self.open_anchors:
            self._stop(mark, f"the alias *{event.anchor} stands inside its own anchor")
        if event.anchor not in self.anchors:
            hint = nearest(event.anchor, self.anchors) or QUOTE.format("*")
            self._stop(mark, f"the alias *{event.anchor} has no anchor{hint}")
        value, size = self.anchors[event.anchor]
        self.aliased += size
        self.count += size - 1
        if self.aliased > MAX_ALIASED:
            self._stop(mark, f"aliases repeat more than {MAX_ALIASED:,} values; write them out")
        return value

    def _sequence(self, path: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            mark = _mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(mark, "a key must be a plain word")
            key = event.value
            if key == "<<" and not event.style:
                self._say(mark, 'merge keys ("<<") are not part of YAML 1.2; write the keys out')
            elif key in items:
                first = self.source.keys[*path, key].line
                self._say(mark, f'the key "{key}" stands twice; the first is in line {first}')
            elif found := _FORBIDDEN.search(key):
                self._forbidden(found.group(), mark)
            else:
                self.source.keys[*path, key] = mark
            items[key] = self._node(next(self.events), (*path, key), depth + 1)
        return items

    def _scalar(self, event: Any) -> Any:  # noqa: ANN401
        text: str = event.value
        if event.style or event.tag in ("!", _TEXT_TAG):
            if event.style == '"' and (found := _FORBIDDEN.search(text)):
                self._forbidden(found.group(), _mark(event))
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self._number(text, event)

    def _number(self, text: str, event: Any) -> Any:  # noqa: ANN401
        if _INT.fullmatch(text):
            base = {"0o": 8, "0x": 16}.get(text[:2], 10)
            whole = WrittenInt(int(text[2:], base) if base != 10 else int(text))  # noqa: PLR2004
            whole.written = text
            return whole
        if _NOT_FINITE.fullmatch(text):
            self._say(_mark(event), f"{text} is not a finite number")
            return text
        if _FLOAT.fullmatch(text):
            number = WrittenFloat(text)
            if number in (float("inf"), float("-inf")):
                self._say(_mark(event), f"{text} is too large a number")
            number.written = text
            return number
        return text

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line >= len(self.source.lines) - 1:
            mark = error.context_mark  # at the file's end: better where the open thing began
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        last = len(self.text.rstrip().split("\n"))
        if place.line > last:  # the end: better after the last thing that stands there
            place = Mark(last, len(self.source.lines[last - 1].rstrip()) + 1)
        found = error.problem_mark
        if found and found.line < last and any(part in str(error) for part in IN_BRACKETS):
            self._say(
                Mark(found.line + 1, found.column + 1),
                "something is missing before this: an entry, a comma or a closing bracket",
            )
            return
        self._say(place, plain(error, self.source.lines[place.line - 1], place.column - 1))


def _mark(event: Any) -> Mark:  # noqa: ANN401
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
