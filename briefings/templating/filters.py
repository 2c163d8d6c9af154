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

from briefings.model.inline import Inline
from briefings.templating import signs
from briefings.templating.missing import WITHOUT_CONTEXT
from briefings.templating.words import called, in_line, printed

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
_COMPARING = (
    *("in", "==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", ">=", "ge"),
    *("<", "lt", "lessthan", "<=", "le"),
)


def finalize(context: Context, value: object, spelt: str = "") -> object:
    """Say a value as text or page needs it; refuse what no reader could make sense of.

    Args:
        context: of the template that prints it.
        value: what is printed.
        spelt: how the template names it.
    """
    budget: Budget = context.environment.budget  # type: ignore[attr-defined]  # ours has one
    if hasattr(value, "__html__"):  # which escapes itself
        budget.spend(_length(value))
        return value
    document = context.get("document")
    if document is None:
        raise TypeError(WITHOUT_CONTEXT)
    said = printed(document.language, value, spelt)
    budget.spend(len(said))
    return said


def placed(context: Context, value: object, spelt: str = "") -> object:
    """Say a value as it stands in a line of Markdown, apart where it runs against that.

    Args:
        context: of the template that prints it.
        value: what is printed.
        spelt: how the template names it.
    """
    said = finalize(context, value, spelt)
    document = context.get("document")
    if not isinstance(said, Inline) or context.environment.autoescape or document is None:
        return said
    return in_line(document.language, said)


def _length(value: Any) -> int:  # noqa: ANN401
    """Return how many characters a text or a term was written with."""
    inner = getattr(value, "text", value)
    written = getattr(inner, "source", inner)
    return len(written) if isinstance(written, str) else 1


def _string(context: Context, value: object) -> str:
    """Make a text of a value, as it would be printed."""
    return str(finalize(context, value))


def _sentence(context: Context, value: object) -> str:
    """Begin with a capital letter."""
    return signs.sentence(finalize(context, value))


def _format(context: Context, text: str, *values: object, **named: object) -> object:
    """Put values in for ``%s`` and ``%(name)s``, each as it would be printed."""
    pattern = str(text)
    if _WIDE.search(pattern):
        raise SecurityError("a width of so many characters is not for templates")
    if _INSIDE.search(pattern):
        raise SecurityError('"%r" is not for templates')
    given = [*values, *named.values()]
    said = [placed(context, value) for value in given]
    longest = max((len(str(one)) for one in said), default=0)
    _pay(context, pattern.count("%") * longest)
    # A number stays one, for "%d".
    put = [new if isinstance(old, Inline) else old for old, new in zip(given, said, strict=True)]
    put_by_name = dict(zip(named, put[len(values) :], strict=True))
    return FILTERS["format"](text, *put[: len(values)], **put_by_name)


def _join(
    context: Context, values: Iterable[object], d: str = "", attribute: str | None = None
) -> object:
    """Join values, each as it would be printed, with what stands between them."""
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    parts = [placed(context, value) for value in values]
    _pay(context, len(parts) * len(str(d)))
    return FILTERS["join"](context.eval_ctx, parts, d)


def _sum(
    context: Context, values: Iterable[Any], attribute: str | None = None, start: float = 0
) -> Any:  # noqa: ANN401
    """Add numbers."""
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
    """Put one text in for another, wherever it stands or as often as is said."""
    found = str(text).count(str(old))
    _pay(context, min(found, count if count is not None and count >= 0 else found) * len(str(new)))
    return FILTERS["replace"](context.eval_ctx, text, old, new, count)


def _indent(context: Context, text: str, width: int | str = 4, *more: Any, **named: Any) -> object:  # noqa: ANN401
    """Put spaces before each line but the first (``first=true``: before that too)."""
    size = len(width) if isinstance(width, str) else _at_most(width, MAX_WIDTH, "a width")
    _pay(context, (str(text).count("\n") + 2) * max(size, 0))
    return FILTERS["indent"](text, width, *more, **named)


def _wordwrap(context: Context, text: str, *more: Any, **named: Any) -> object:  # noqa: ANN401
    """Break a text into lines of so many characters (79)."""
    between = max((len(one) for one in (*more, *named.values()) if isinstance(one, str)), default=0)
    _pay(context, len(text) * (1 + between))
    return FILTERS["wordwrap"](context.environment, text, *more, **named)


def _batch(_: Context, values: Any, linecount: int, fill_with: Any = None) -> Any:  # noqa: ANN401
    """Make rows of so many values of a list; the last row may be filled up."""
    return FILTERS["batch"](values, _at_most(linecount, MAX_ROWS, "a row"), fill_with)


def _slice(context: Context, values: Any, slices: int, fill_with: Any = None) -> Any:  # noqa: ANN401
    """Divide a list into so many lists."""
    number = _at_most(slices, MAX_ROWS, "a number of lists")
    return FILTERS["slice"](context.eval_ctx, values, number, fill_with)


def _round(_: Context, number: float, precision: int = 0, method: str = "common") -> float:
    """Round a number to so many places; ``common``, ``ceil`` or ``floor``."""
    _at_most(abs(precision), MAX_PLACES, "a number of places")
    rounded: float = FILTERS["round"](number, precision, method)
    return rounded


def _trim(_: Context, text: Any, chars: str | None = None) -> Any:  # noqa: ANN401
    """Take spaces off both ends, or the signs that are named."""
    _at_most(len(chars or ""), MAX_CHARS, "a list of signs")
    return FILTERS["trim"](text, chars)


def _at_most(number: int, most: int, what: str) -> int:
    if number > most:
        raise SecurityError(f"{what} of {number:,} is not for templates; {most:,} are the most")
    return number


def _pay(context: Context, amount: int) -> None:
    context.environment.budget.spend(amount)  # type: ignore[attr-defined]


def paid(function: Callable[..., Any], first: str = "") -> Callable[..., Any]:
    """Return a filter that pays for what goes in and for what comes out.

    Args:
        function: the filter as it is.
        first: what it is given before the value; without it, what Jinja's own marks say.
    """
    wanted = first or getattr(getattr(function, "jinja_pass_arg", None), "name", "")
    calls = function in _CALLING

    def run(context: Context, *values: Any, **named: Any) -> Any:  # noqa: ANN401
        budget: Budget = context.environment.budget  # type: ignore[attr-defined]
        budget.spend(1)
        for value in (*values, *named.values()):
            budget.weighed(value)
        if calls and values:
            values = (budget.asked(values[0]), *values[1:])
        if wanted == "context":
            values = (context, *values)
        elif wanted:
            values = (
                context.eval_ctx if wanted == "eval_context" else context.environment,
                *values,
            )
        return budget.made(function(*values, **named))

    run.__name__ = run.__qualname__ = getattr(function, "__name__", "filter")
    run.__wrapped__ = function  # type: ignore[attr-defined]  # what it takes is asked of that
    return pass_context(run)


# Those of our own, and those of Jinja's that are asked before they make anything.
OURS: dict[str, Callable[..., Any]] = {
    "batch": _batch,
    "format": _format,
    "indent": _indent,
    "join": _join,
    "replace": _replace,
    "round": _round,
    "sentence": _sentence,
    "slice": _slice,
    "string": _string,
    "sum": _sum,
    "trim": _trim,
    "wordwrap": _wordwrap,
}
FREE = ("default", "d")
_JINJAS: dict[str, Callable[..., Any]] = {n: f for n, f in FILTERS.items() if n not in NO_FILTERS}
_CALLING = [FILTERS[n] for n in ("map", "select", "reject", "selectattr", "rejectattr")]
_CALLING += [FILTERS[n] for n in ("groupby", "max", "min", "sort", "unique")]
PAID = {
    **{name: paid(function) for name, function in _JINJAS.items() if name not in FREE},
    **{name: _JINJAS[name] for name in FREE},
    **{name: paid(function, "context") for name, function in OURS.items()},
    "linked": paid(signs.linked),
}
_TESTS: dict[str, Any] = dict(TESTS.items())
PAID_TESTS = _TESTS | {name: paid(_TESTS[name]) for name in _COMPARING}
