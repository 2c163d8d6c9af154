"""What libyaml finds wrong, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml


def plain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
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


QUOTE = '; put a text that begins with "{}" in quotes'
IN_BRACKETS = ("flow node", "expected ',' or")
_NO_KEY = ("expected <block end>", "did not find expected key")
_SYNTAX = (
    ("escape c", 'an unknown "\\" escape; use single quotes for a text with backslashes'),
    ("quoted scalar", "a quoted text is not closed; the file may be cut off"),
    ("flow node", "a list or mapping in brackets is not closed; the file may be cut off"),
    ("expected ',' or", "a list or mapping in brackets is not closed; the file may be cut off"),
    (
        "mapping values are not allowed",
        'a ":" stands where no key can be; put the text in quotes, or look for a missing ":" above',
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
