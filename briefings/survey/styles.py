"""What paper would pass over in a style sheet: names and values that are misspelt.

What holds for paper is asked of WeasyPrint, property by property. What it does not know may be a
browser's own, so a name is wrong where it is one slip of the fingers away from a known one, and a
value is wrong where paper reads it: ``@media screen`` and ``@supports`` are for browsers alone.
"""

from __future__ import annotations

import inspect
import re
from difflib import get_close_matches
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any

import tinycss2

from briefings.errors import Unequipped, misspelt
from briefings.writers.layout import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Told = tuple[int, int, str]
AT_RULES = ("font-face", "import", "layer", "media", "page", "supports")
MEDIA = ("all", "print", "screen")
_PASSED_ON = ("layer", "media")  # at-rules in which paper reads on
_RULES = (*_PASSED_ON, "container", "scope", "starting-style", "supports")
_PLAIN = re.compile(r"-?[a-z][a-z0-9-]*")
_BASE = "data:,"  # of addresses in it; what they lead to is looked at elsewhere
_ON_PAPER = " on paper; what is for a browser alone stands in @media screen"
_EXPECTED = "; a colour is expected"  # any word may be the name of a font
MAX_TRIED = 5  # words that a misspelt one may have been meant as
MAX_SHOWN = 60


def passed_over(css: str, ours: Mapping[str, str]) -> Iterator[Told]:
    """Yield what is misspelt in a style sheet, each with its line and column.

    Nothing is told where Pango is missing: then there is no paper either.

    Args:
        css: a style sheet that can be read.
        ours: the custom properties of our own theme, each with its value.
    """
    try:
        load()
    except Unequipped:
        return
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    yield from _Reader(ours).rules(rules, paper=True)


class _Reader:
    """Goes through the rules of a style sheet."""

    def __init__(self, ours: Mapping[str, str]) -> None:
        self.ours = ours

    def rules(self, rules: Iterable[Any], *, paper: bool) -> Iterator[Told]:
        for rule in rules:
            if rule.type == "qualified-rule":
                yield from self._contents(rule, paper=paper)
            elif rule.type == "at-rule":
                yield from self._at_rule(rule, paper=paper)

    def _at_rule(self, rule: Any, *, paper: bool) -> Iterator[Told]:  # noqa: ANN401
        name = rule.lower_at_keyword
        if near := misspelt(name, AT_RULES):
            message = f'there is no "@{name}"; did you mean "@{near}"?'
            yield rule.source_line, rule.source_column, message
        if rule.content is None:
            return
        if name == "media":
            yield from _media(rule)
            paper = paper and _for_paper(rule)
        if name in _RULES:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from self.rules(inner, paper=paper and name in _PASSED_ON)
        elif name == "page":
            yield from self._page(rule, paper=paper)

    def _page(self, rule: Any, *, paper: bool) -> Iterator[Told]:  # noqa: ANN401
        from weasyprint.css import PAGE_MARGIN_BOXES  # noqa: PLC0415  # as ``load`` does

        yield from self._contents(rule, paper=paper)
        for box in tinycss2.parse_blocks_contents(rule.content):
            if box.type != "at-rule":
                continue
            name = box.lower_at_keyword
            if name not in PAGE_MARGIN_BOXES:
                near = get_close_matches(name, sorted(PAGE_MARGIN_BOXES), n=1)
                hint = f'; did you mean "@{near[0]}"?' if near else ""
                message = f'a page has no place "@{name}"{hint}'
                yield box.source_line, box.source_column, message
            elif box.content is not None:
                yield from self._contents(box, paper=paper)

    def _contents(self, rule: Any, *, paper: bool) -> Iterator[Told]:  # noqa: ANN401
        items = tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        nested = [item for item in items if item.type == "qualified-rule"]
        nested += [item for item in items if item.type == "at-rule" and rule.type != "at-rule"]
        for item in items:
            if item.type == "declaration":
                yield from self._declaration(item, paper=paper)
        yield from self.rules(nested, paper=paper)

    def _declaration(self, item: Any, *, paper: bool) -> Iterator[Told]:  # noqa: ANN401
        name = item.lower_name
        if item.name.startswith("--"):
            name = _stands_for(self.ours.get(item.name, ""))
        elif name.startswith("-"):
            return  # some browser's own
        elif name not in _properties():
            if near := misspelt(name, _properties()):
                message = f'there is no property "{item.name}"; did you mean "{near}"?'
                yield item.source_line, item.source_column, message
            return
        if any(token.type == "error" for token in item.value):
            return  # it cannot be read at all, which is told elsewhere
        if paper and name in _validators() and not _accepts(name, item.value):
            yield _refused(item, name)


def _media(rule: Any) -> Iterator[Told]:  # noqa: ANN401
    """Yield a medium that is nearly one."""
    for token in rule.prelude:
        if token.type == "ident" and (near := misspelt(token.lower_value, MEDIA)):
            message = f'there is no medium "{token.value}"; did you mean "{near}"?'
            yield token.source_line, token.source_column, message


def _for_paper(rule: Any) -> bool:  # noqa: ANN401
    """Whether WeasyPrint reads what stands in ``@media``: it knows media, and nothing else."""
    said = tinycss2.serialize(rule.prelude).lower().split(",")
    return any(part.strip() in ("", "all", "print") for part in said)


def _refused(item: Any, name: str) -> Told:  # noqa: ANN401
    """Return what is to be said of a value, with the word that was surely meant."""
    value = tinycss2.serialize(item.value).strip()
    shown = value if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]}…"
    first = next((token for token in item.value if token.type != "whitespace"), item)
    said = f'"{shown}" is no value of "{item.name}"' if value else f'"{item.name}" has no value'
    for index, token in enumerate(item.value):
        for meant in _meant(token):
            if _accepts(name, [*item.value[:index], *meant, *item.value[index + 1 :]]):
                near = tinycss2.serialize(meant)
                return token.source_line, token.source_column, f'{said}; did you mean "{near}"?'
    if value:
        said += _EXPECTED if name != item.lower_name else _ON_PAPER
    return first.source_line, first.source_column, said


def _meant(token: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    if token.type == "ident":
        near = get_close_matches(token.lower_value, _words(), n=MAX_TRIED, cutoff=0.7)
    elif token.type == "dimension":
        units = get_close_matches(token.lower_unit, _units(), n=MAX_TRIED, cutoff=0.5)
        near = [f"{token.representation}{unit}" for unit in units]
    elif token.type == "number":
        near = [f"{token.representation}pt"]  # its unit is missing
    else:
        return
    yield from (tinycss2.parse_component_value_list(word) for word in near)


def _stands_for(value: str) -> str:
    """Return the property whose values a custom property of ours holds."""
    tokens = tinycss2.parse_component_value_list(value)
    return next((n for n in ("color", "font-family") if value and _accepts(n, tokens)), "")


def _accepts(name: str, value: Sequence[Any]) -> bool:
    from weasyprint.css.tokens import InvalidValues  # noqa: PLC0415

    tokens = [token for token in value if token.type not in ("whitespace", "comment")]
    try:
        return bool(tokens and list(_validators()[name](tokens, name, _BASE)))
    except InvalidValues:
        return False


# What WeasyPrint knows


@lru_cache(1)
def _validators() -> Mapping[str, Callable[..., Any]]:
    """Return what judges the values of each property that paper knows."""
    from weasyprint.css.validation import expanders, properties  # noqa: PLC0415

    plain = dict.fromkeys(properties.PROPERTIES, properties.validate_non_shorthand)
    return {**plain, **expanders.EXPANDERS}


@lru_cache(1)
def _properties() -> frozenset[str]:
    """Return the properties of paper, and those that are for screens and voices alone."""
    from weasyprint.css import properties, validation  # noqa: PLC0415

    return frozenset({*_validators(), *properties.KNOWN_PROPERTIES, *validation.NOT_PRINT_MEDIA})


@lru_cache(1)
def _units() -> tuple[str, ...]:
    from weasyprint.css import units  # noqa: PLC0415

    return tuple(sorted({*units.LENGTH_UNITS, *units.ANGLE_TO_RADIANS, "%"}))


@lru_cache(1)
def _words() -> tuple[str, ...]:
    """Return the words that are values of something: colours, and what the validators ask for."""
    from PIL.ImageColor import colormap  # noqa: PLC0415  # WeasyPrint has loaded it

    found = {*colormap}
    for validator in (*_validators().values(), *_judges()):
        code = getattr(inspect.unwrap(validator), "__code__", None)
        found.update(_constants(code))
    return tuple(sorted(found))


def _judges() -> Iterator[Callable[..., Any]]:
    from weasyprint.css.validation.properties import PROPERTIES  # noqa: PLC0415

    yield from PROPERTIES.values()


def _constants(what: object) -> Iterator[str]:
    """Yield the words in the code of a function: there is no other list of what it takes."""
    if isinstance(what, CodeType):
        what = what.co_consts[1:]  # the first is what the function says of itself
    if isinstance(what, str) and _PLAIN.fullmatch(what):
        yield what
    elif isinstance(what, (tuple, frozenset)):
        for one in what:
            yield from _constants(one)
