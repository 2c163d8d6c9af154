"""What cannot be read as CSS, in the words of who writes it: the parser's own name its tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

from briefings.errors import misspelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.survey.styles import Told

MAX_SHOWN = 60
PSEUDO = (
    *("active", "after", "before", "checked", "disabled", "empty", "enabled", "first-child"),
    *("first-letter", "first-line", "first-of-type", "focus", "focus-visible", "focus-within"),
    *("has", "hover", "is", "lang", "last-child", "last-of-type", "link", "marker", "not"),
    *("nth-child", "nth-last-child", "nth-of-type", "only-child", "only-of-type", "root"),
    *("selection", "target", "visited", "where"),
)
_TOKENS = {
    "bad-string": "a text in quotes ends in the line in which it begins",
    "eof-in-string": "a text in quotes is never closed",
    "bad-url": 'an address with spaces, quotes or brackets in it stands in quotes: url("...")',
    "eof-in-url": "the address in url( is never closed",
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NO_COLON = re.compile(r"-{0,2}[A-Za-z][\w-]*\s+\S.*", re.DOTALL)


def wrong(css: str) -> Iterator[Told]:
    """Yield each mistake in a style sheet, with its line and column; of one place, the first."""
    told: dict[tuple[int, int], str] = {}
    for line, column, said in _mistakes(css):
        told.setdefault((line, column), said)
    yield from ((*place, said) for place, said in told.items())


def _mistakes(css: str) -> Iterator[Told]:
    for token in flat(tinycss2.parse_component_value_list(css)):
        if token.type == "error":
            said = _TOKENS.get(token.kind) or f'"{token.kind}" closes nothing'
            yield token.source_line, token.source_column, said
    yield from _unclosed(css)
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        yield from _of_rule(rule, bare)


def flat(tokens: Iterable[Any]) -> Iterator[Any]:
    """Yield tokens with all that stand in them."""
    for token in tokens:
        yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if isinstance(inner, list):
            yield from flat(inner)


def _unclosed(css: str) -> Iterator[Told]:
    """Yield the first that is never closed: all that follows stands in it."""
    if _closed(css + "\n}"):
        return
    if _closed(css + "*/\n}"):
        line = css.count("\n", 0, css.rindex("/*")) + 1
        yield line, css.rindex("/*") - css.rfind("\n", 0, css.rindex("/*")), '"/*" is never closed'
        return
    tokens = [t for t in tinycss2.parse_component_value_list(css) if t.type != "whitespace"]
    last = tokens[-1] if tokens else None
    if last is not None and last.type in ("{} block", "[] block", "() block", "function"):
        sign = {"{} block": "{", "[] block": "["}.get(last.type, "(")
        yield last.source_line, last.source_column, f'"{sign}" is never closed'


def _closed(css: str) -> bool:
    """Whether a bracket that is put behind has nothing to close."""
    last = tinycss2.parse_component_value_list(css)[-1]
    return bool(last.type == "error" and last.kind == "}")


def _of_rule(rule: Any, css: str) -> Iterator[Told]:  # noqa: ANN401  # tinycss2 has no types
    if rule.type == "error":
        yield _unread(rule, css)
        return
    if rule.type == "qualified-rule":
        yield from _of_selector(rule)
    if getattr(rule, "content", None) is not None:
        for item in tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        ):
            yield from _of_rule(item, css)


def _unread(rule: Any, css: str) -> Told:  # noqa: ANN401
    """Return what is to be said of a piece that is neither a rule nor a declaration."""
    # The parser knows where it gave up, which is the last sign of the piece.
    lines = css.split("\n")
    end = sum(len(line) + 1 for line in lines[: rule.source_line - 1]) + rule.source_column
    text = css[:end].rstrip()
    text = text[:-1] if text[-1:] in (";", "}") else text
    before = max(text.rfind(sign) for sign in "{};") + 1
    piece = text[before:].strip()
    begin = before + len(text[before:]) - len(text[before:].lstrip())
    line = css.count("\n", 0, begin) + 1
    shown = " ".join(piece.split())
    shown = shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}…"
    hint = (
        "a property has a colon and a value after it"
        if _NO_COLON.fullmatch(piece)
        else ("a property with a colon and a value is expected, or a selector with its { }")
    )
    return line, begin - css.rfind("\n", 0, begin), f'"{shown}" cannot be read: {hint}'


def _of_selector(rule: Any) -> Iterator[Told]:  # noqa: ANN401
    """Yield what is wrong with a selector; what paper alone does not know is for browsers."""
    from cssselect2 import SelectorError, compile_selector_list  # noqa: PLC0415  # WeasyPrint's own

    before: Any = None
    for token in flat(rule.prelude):
        pseudo = before is not None and before.type == "literal" and before.value == ":"
        name = getattr(token, "lower_value", "") or getattr(token, "lower_name", "")
        named = pseudo and token.type in ("ident", "function") and name not in PSEUDO
        if named and (near := misspelt(name, PSEUDO)):
            said = f'there is no ":{name}"; did you mean ":{near}"?'
            yield token.source_line, token.source_column, said
        before = token
    try:
        compile_selector_list(rule.prelude)
    except SelectorError as error:
        token = error.args[0]
        lacking = str(error.args[-1]).startswith("expected a compound selector")
        if lacking and not any(t.type == "literal" and t.value == "&" for t in rule.prelude):
            here = rule if token is None or isinstance(token, str) else token
            shown = " ".join(tinycss2.serialize(rule.prelude).split())
            said = f'"{shown}" is no selector: the name of something is missing'
            yield here.source_line, here.source_column, said
