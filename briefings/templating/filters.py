"""The filters and tests of templates: Jinja's, each paid for, and our own.

What makes a text of values looks at each as printing does: no "None" comes in by a back door.
What can make much of little is asked how much before it makes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.tests import TESTS

from briefings.templating import signs
from briefings.templating.words import called, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.runtime import Context

    from briefings.templating.budget import Budget

MAX_WIDTH, MAX_ROWS, MAX_PLACES, MAX_CHARS = 200, 1_000, 15, 100
# Filters that show the inside of things, make HTML in Markdown, or give other bytes every time.
NO_FILTERS = (
    *("pprint", "random", "tojson"),
    *("safe", "e", "escape", "forceescape", "striptags", "urlize", "xmlattr"),
    "center",
)
_WIDE = re.compile(r"%(\([^)]*\))?[^a-zA-Z%]*(\d{4}|\*)")
_INSIDE = re.compile(r"%(\([^)]*\))?[^a-zA-Z%]*[ra]")
_COMPARING = ("in", "==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", "ge", ">=", "<")
_COMPARING += ("lt", "lessthan", "<=", "le")


def finalize(context: Context, value: object) -> object:
    """Say a value as text or page needs it; refuse what no reader could make sense of."""
    budget: Budget = context.environment.budget  # type: ignore[attr-defined]  # ours has one
    if hasattr(value, "__html__"):  # which escapes itself
        budget.spend(_length(value))
        return value
    document = context.get("document")
    if document is None:
        raise TypeError("import this with context: {% from ... import ... with context %}")
    said = printed(document.language, value)
    budget.spend(len(said))
    return said


def _length(value: Any) -> int:  # noqa: ANN401
    """Return how many characters a text or a term was written with."""
    inner = getattr(value, "text", value)
    written = getattr(inner, "source", inner)
    return len(written) if isinstance(written, str) else 1


def _string(context: Context, value: object) -> str:
    return str(finalize(context, value))


def _sentence(context: Context, value: object) -> str:
    return signs.sentence(finalize(context, value))


def _format(context: Context, text: str, *values: object, **named: object) -> object:
    pattern = str(text)
    if _WIDE.search(pattern):
        raise SecurityError("a width of so many characters is not for templates")
    if _INSIDE.search(pattern):
        raise SecurityError('"%r" is not for templates')
    said = [str(finalize(context, value)) for value in (*values, *named.values())]
    longest = max((len(one) for one in said), default=0)
    _pay(context, pattern.count("%") * longest)
    return FILTERS["format"](text, *values, **named)


def _join(
    context: Context, values: Iterable[object], d: str = "", attribute: str | None = None
) -> object:
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    parts = [finalize(context, value) for value in values]
    _pay(context, len(parts) * len(str(d)))
    return FILTERS["join"](context.eval_ctx, parts, d)


def _sum(
    context: Context, values: Iterable[Any], attribute: str | None = None, start: float = 0
) -> Any:  # noqa: ANN401
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    numbers = [start, *values]
    for number in numbers:
        if isinstance(number, Undefined):
            str(number)  # it says itself what is missing
        if not isinstance(number, (int, float)):
            raise TypeError(f"sum adds numbers; {called(number)} is none")
    return sum(numbers)


def _replace(
    context: Context, text: object, old: str, new: str, count: int | None = None
) -> object:
    found = str(text).count(str(old))
    _pay(context, min(found, count if count is not None and count >= 0 else found) * len(str(new)))
    return FILTERS["replace"](context.eval_ctx, text, old, new, count)


def _indent(
    context: Context,
    text: str,
    width: int | str = 4,
    first: bool = False,  # noqa: FBT001, FBT002  # Jinja's signature
    blank: bool = False,  # noqa: FBT001, FBT002
) -> object:
    size = len(width) if isinstance(width, str) else _at_most(width, MAX_WIDTH, "a width")
    _pay(context, (str(text).count("\n") + 2) * max(size, 0))
    return FILTERS["indent"](text, width, first, blank)


def _wordwrap(
    context: Context,
    text: str,
    width: int = 79,
    break_long_words: bool = True,  # noqa: FBT001, FBT002  # Jinja's signature
    wrapstring: str | None = None,
    break_on_hyphens: bool = True,  # noqa: FBT001, FBT002
) -> object:
    _pay(context, len(text) * (1 + len(wrapstring or "")))
    environment = context.environment
    return FILTERS["wordwrap"](
        environment, text, width, break_long_words, wrapstring, break_on_hyphens
    )


def _batch(_: Context, values: Any, linecount: int, fill_with: Any = None) -> Any:  # noqa: ANN401
    return FILTERS["batch"](values, _at_most(linecount, MAX_ROWS, "a row"), fill_with)


def _slice(context: Context, values: Any, slices: int, fill_with: Any = None) -> Any:  # noqa: ANN401
    number = _at_most(slices, MAX_ROWS, "a number of lists")
    return FILTERS["slice"](context.eval_ctx, values, number, fill_with)


def _round(_: Context, number: float, precision: int = 0, method: str = "common") -> float:
    _at_most(abs(precision), MAX_PLACES, "a number of places")
    rounded: float = FILTERS["round"](number, precision, method)
    return rounded


def _trim(_: Context, text: Any, chars: str | None = None) -> Any:  # noqa: ANN401
    _at_most(len(chars or ""), MAX_CHARS, "a list of signs")
    return FILTERS["trim"](text, chars)


def _at_most(number: int, most: int, what: str) -> int:
    if number > most:
        raise SecurityError(f"{what} of {number:,} is not for templates; {most:,} are the most")
    return number


def _pay(context: Context, amount: int) -> None:
    context.environment.budget.spend(amount)  # type: ignore[attr-defined]


def _paid(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that pays for what goes in and for what comes out."""
    wanted = getattr(getattr(function, "jinja_pass_arg", None), "name", "")

    def run(context: Context, *values: Any, **named: Any) -> Any:  # noqa: ANN401
        budget: Budget = context.environment.budget  # type: ignore[attr-defined]
        budget.spend(1)
        for value in (*values, *named.values()):
            budget.weighed(value)
        first = {
            "context": (context,),
            "eval_context": (context.eval_ctx,),
            "environment": (context.environment,),
        }.get(wanted, ())
        return budget.made(function(*first, *values, **named))

    run.__name__ = run.__qualname__ = getattr(function, "__name__", "filter")
    return pass_context(run)


OURS: dict[str, Callable[..., Any]] = {
    "linked": signs.linked,
    **{
        name: pass_context(function)
        for name, function in {
            "sentence": _sentence,
            "string": _string,
            "format": _format,
            "join": _join,
            "sum": _sum,
            "replace": _replace,
            "indent": _indent,
            "wordwrap": _wordwrap,
            "batch": _batch,
            "slice": _slice,
            "round": _round,
            "trim": _trim,
        }.items()
    },
}
PAID = {
    name: _paid(function)
    for name, function in (FILTERS | OURS).items()
    if name not in NO_FILTERS and name != "default" and name != "d"
} | {name: FILTERS[name] for name in ("default", "d")}
PAID_TESTS = TESTS | {name: _paid(TESTS[name]) for name in _COMPARING}
