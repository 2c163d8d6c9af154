"""What was read: plain data, with the place of every key and value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefings.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

KeyPath = tuple[str | int, ...]

_LONG = re.compile(r'"([^"]{100})[^"]+"')
_MAX_EXCERPT = 200  # a line that no terminal shows helps nobody


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
    """A place in a file; both count from 1.

    ``of`` is the file where it is another than the one that the mark was found in.
    """

    line: int
    column: int
    of: Source | None = field(default=None, compare=False, repr=False)


@dataclass(slots=True)
class Source:
    """A YAML file as data, with the place of everything in it.

    ``overridden`` tells which values were put in from outside, and how that was said.
    """

    name: str
    lines: Sequence[str]
    data: dict[str, Any] = field(default_factory=dict)
    values: dict[KeyPath, Mark] = field(default_factory=dict)
    keys: dict[KeyPath, Mark] = field(default_factory=dict)
    overridden: dict[KeyPath, str] = field(default_factory=dict)

    def problem(self, path: KeyPath, message: str, *, at_key: bool = False) -> Problem:
        """Return a problem at the value (or key) of *path*, or at the nearest place above."""
        for end in range(len(path), 0, -1):
            if stated := self.overridden.get(path[:end]):
                return Problem(_short(message), stated)
        table = self.keys if at_key else self.values
        while path and path not in table:
            path = path[:-1]
        return self.problem_at(table.get(path, Mark(1, 1)), message)

    def problem_at(self, mark: Mark, message: str) -> Problem:
        """Return a problem at a place."""
        file = mark.of or self
        known = 0 < mark.line <= len(file.lines)
        excerpt = file.lines[mark.line - 1] if known else ""
        if len(excerpt) > _MAX_EXCERPT:
            excerpt = ""
        return Problem(
            _short(message), file.name, mark.line, mark.column, excerpt.replace("\t", " ")
        )


def _short(message: str) -> str:
    """Return a message on one line, though what it quotes may be long or of several lines."""
    return _LONG.sub(r'"\1…"', " ".join(message.split()))
