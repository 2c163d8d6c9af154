"""Jinja's parser, which says of a tag that does not fit which block is open and where.

It reads so many signs and no more: a template that is nothing but tags takes seconds to compile.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.parser import Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import nodes
    from jinja2.lexer import Token, TokenStream

MOST = 20_000  # names, signs and texts of a template; our longest has 1,300

# The tags that stand in blocks or end them, each with those that it belongs to.
CLOSING = {
    **{f"end{tag}": (tag,) for tag in ("block", "call", "filter", "for", "if", "macro", "set")},
    "endwith": ("with",),
    "elif": ("if",),
    "else": ("if", "for"),
}
# What Jinja calls the ends of its own signs.
_SIGNS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": "the end of the template",
}
_EXPECTED = re.compile(r"expected token '(.+)', got '(.+)'")
_NO_VALUE = re.compile(r"Expected an expression, got '(.+)'")
_UNCLOSED = re.compile(r"unexpected '(.+)', expected '(.+)'")
_UNEXPECTED = re.compile(r"unexpected '(.+)'")


class Unbalanced(TemplateSyntaxError):
    """A block is not closed, or what would close it stands elsewhere."""


class Bounded(Extension):
    """Hands on what a template is made of, up to so much of it."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield each piece.

        Raises:
            TemplateSyntaxError: there are too many.
        """
        for number, token in enumerate(stream):
            if number == MOST:
                said = f"the template has more than {MOST:,} names and signs in its tags; divide it"
                raise TemplateSyntaxError(said, token.lineno, stream.name, stream.filename)
            yield token


class Blocks(Parser):
    """Remembers where each block that is open was begun."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self._opened: list[tuple[str, int]] = []  # tags, each with its line

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        """Parse a tag, and what it encloses."""
        self._opened.append((str(self.stream.current.value), self.stream.current.lineno))
        found = super().parse_statement()
        self._opened.pop()
        return found

    def fail_unknown_tag(self, name: str, lineno: int | None = None) -> NoReturn:
        """Say what a tag closes, or that there is no such tag."""
        belongs = CLOSING.get(name)
        if belongs is None:
            self.fail(f"Encountered unknown tag {name!r}.", lineno)
        *opened, _ = self._opened  # the last is this tag itself
        line = lineno or self.stream.current.lineno
        if not opened:
            said = f"{_tag(name)} stands alone: no {' or '.join(map(_tag, belongs))} is open"
        else:
            tag, begun = opened[-1]
            wanted = f"{{% end{tag} %}}"
            said = f"{_tag(name)} does not fit: {_tag(tag)} of line {begun} is open; "
            said += f"close it first with {wanted}"
        raise Unbalanced(said, line, self.name, self.filename)

    def fail_eof(
        self, end_tokens: tuple[str, ...] | None = None, lineno: int | None = None
    ) -> NoReturn:
        """Say which block is never closed, where it begins."""
        del end_tokens, lineno
        tag, begun = self._opened[-1]
        said = f"{_tag(tag)} is never closed; {{% end{tag} %}} is missing"
        raise Unbalanced(said, begun, self.name, self.filename)


def _tag(name: str) -> str:
    return f"{{% {name} %}}"


def plainly(said: str) -> str:
    """Return what Jinja says of a piece that it cannot read, in the words of who writes it."""
    if found := _EXPECTED.fullmatch(said):
        hint = '; "==" asks whether two are the same' if found[2] == "=" else ""
        return f"{_shown(found[1])} is expected, {_shown(found[2])} was found{hint}"
    if found := _NO_VALUE.fullmatch(said):
        return f"a value is expected, {_shown(found[1])} was found"
    if found := _UNCLOSED.fullmatch(said):
        return f"{_shown(found[2])} is expected, {_shown(found[1])} was found"
    if found := _UNEXPECTED.fullmatch(said):
        hint = '; "}}" ends what "{{" has begun' if found[1] == "}" else ""
        return f"{_shown(found[1])} is not expected here{hint}"
    return said


def _shown(token: str) -> str:
    sign = _SIGNS.get(token, token)
    return {"name": "a name", "string": "a text in quotes"}.get(sign, f'"{sign}"')
