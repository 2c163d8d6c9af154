"""Themes: one style sheet each, the user's own first."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, Problem, unknown
from briefings.resources import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.resources import Shelf

MAX_THEME = 2_000_000

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t]?|([^\n]))")
_ADDRESS = re.compile(
    r"""(?:\b(?:url|src|image|image-set)\(|@import\s(?!\s*url\())\s*["']?\s*"""
    r"""(?!data:|\#|url\()([^"'()\s;]+)""",
    re.IGNORECASE,
)


def theme(name: str, shelf: Shelf) -> str:
    """Return the style sheet of a theme.

    Raises:
        InvalidInput: there is none, it would end the element that it stands in, or it asks for
            something from elsewhere.
    """
    path = shelf.find("templates", f"themes/{name}.css")
    if path is None:
        known = {p.stem for d in shelf.folders("templates") for p in (d / "themes").glob("*.css")}
        raise InvalidInput.of(unknown("theme", name, sorted(known)))
    try:
        css = read_bounded(path, MAX_THEME).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.of("the theme is not UTF-8", str(path)) from None
    if "</" in css or "<!" in css:
        raise InvalidInput.of('a theme cannot hold "</" or "<!"', str(path))
    if problems := list(_addresses(css, str(path))):
        raise InvalidInput(problems)
    return css


def _addresses(css: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each address that a browser would fetch."""
    bare = _COMMENT.sub(lambda match: " " + "\n" * match.group().count("\n"), css)
    bare = _ESCAPE.sub(_unescaped, bare)
    for match in _ADDRESS.finditer(bare):
        number = bare.count("\n", 0, match.start(1)) + 1
        said = f'a theme cannot ask for "{match[1]}": nothing is fetched but data: addresses'
        yield Problem(said, file, number, 0, bare.split("\n")[number - 1].strip())


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else ord(match[2])
    return chr(code) if code <= sys.maxunicode else "\ufffd"
