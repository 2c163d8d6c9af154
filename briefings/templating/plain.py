"""What Python and Jinja say of a wrong call or value, in the words of who writes templates."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from briefings.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from jinja2.runtime import Macro

# How Python calls a function: with where it was written, and what marks it as not for everybody.
_WHOSE = r"(?:[\w<>]+\.)*_?(?:sync_)?(?:do_)?(\w+)\(\)"
_LACKS = re.compile(rf"{_WHOSE} missing \d+ required .*?arguments?: (.+)")
_TOO_MANY = re.compile(rf"{_WHOSE} takes .*positional arguments? but .*given.*")
_NO_SUCH = re.compile(rf"{_WHOSE} got an unexpected keyword argument '(\w+)'.*")
_TWICE = re.compile(rf"{_WHOSE} got multiple values for argument '(\w+)'")
_QUOTED = re.compile(r"'(\w+)'")

_OPERANDS = re.compile(r"unsupported operand type\(s\) for (\S+): '(\w+)' and '(\w+)'")
_JOINED = re.compile(r'can only concatenate (\w+) \(not "(\w+)"\) to \w+')
_ORDER = re.compile(r"'(\S+)' not supported between instances of '(\w+)' and '(\w+)'")
_OF_ONE = {
    re.compile(r"'(\w+)' object is not iterable"): "is not a list: it cannot be gone through",
    re.compile(r"'(\w+)' object is not callable"): "cannot be called",
    re.compile(r"object of type '(\w+)' has no len\(\)"): "has no length",
    re.compile(
        r"argument of type '(\w+)' is not iterable"
    ): "holds nothing that could be looked for",
}
_CALLED = {
    **dict.fromkeys(("Inline", "Markup", "str"), "a text"),
    **dict.fromkeys(("int", "float"), "a number"),
    **dict.fromkeys(("function", "method", "builtin_function_or_method"), "a function"),
    **dict.fromkeys(("generator", "list", "tuple"), "a list"),
    "bool": "yes or no",
    "dict": "a mapping",
    "NoneType": "nothing",
    "Document": "the document",
    "View": "a part",
    "Words": "the words",
}
_NO_NAMESPACE = "cannot assign attribute on non-namespace object"
NOT_CALLED = '"{}" does nothing with what stands in {{% call %}}'
_HELP = "; briefings reference {} tells how it is called"


def plainly_told(said: str, filters: Mapping[str, Callable[..., object]]) -> str:
    """Return what Python says of a call or an operation, in plain words; else what it is given.

    Args:
        said: by Python.
        filters: those that there are, by name.
    """
    return _of_call(said, filters) or _of_values(said) or said


def _of_call(said: str, filters: Mapping[str, Callable[..., object]]) -> str:
    if found := _LACKS.fullmatch(said):
        lacking = " and ".join(f'"{name}"' for name in _QUOTED.findall(found[2]))
        return f'"{found[1]}" needs {lacking}{_HELP.format(found[1])}'
    if found := _TOO_MANY.fullmatch(said):
        return f'"{found[1]}" is given too much{_HELP.format(found[1])}'
    if found := _NO_SUCH.fullmatch(said):
        if found[2] == "caller":
            return NOT_CALLED.format(found[1])
        hint = nearest(found[2], _taken(filters.get(found[1])))
        return f'"{found[1]}" takes no "{found[2]}"{hint or _HELP.format(found[1])}'
    if found := _TWICE.fullmatch(said):
        return f'"{found[1]}" is given "{found[2]}" twice{_HELP.format(found[1])}'
    return ""


def _of_values(said: str) -> str:
    if found := _OPERANDS.fullmatch(said):
        return _unfit(found[1], found[2], found[3])
    if found := _JOINED.fullmatch(said):
        return _unfit("+", found[1], found[2])
    if found := _ORDER.fullmatch(said):
        left, right = _named(found[2]), _named(found[3])
        return f'"{found[1]}" cannot compare {left} with {right}'
    for pattern, what in _OF_ONE.items():
        if found := pattern.fullmatch(said):
            return f"{_named(found[1])} {what}"
    if said == _NO_NAMESPACE:
        return "only a field of what namespace(...) has made can be set"
    return ""


def _unfit(sign: str, left: str, right: str) -> str:
    joins = '; "~" joins what is to be printed' if sign == "+" else ""
    return f'"{sign}" does not go with {_named(left)} and {_named(right)}{joins}'


def _named(kind: str) -> str:
    return _CALLED.get(kind) or f"a {kind.lower()}"


def _taken(function: Callable[..., object] | None) -> Collection[str]:
    return inspect.signature(function).parameters if function else ()


def signature(macro: Macro) -> str:
    """Return a macro as it is called."""
    takes = [name for name in macro.arguments if name != "caller"]
    return f"{macro.name or 'caller'}({', '.join(takes)})"


def check_macro(macro: Macro, args: Sequence[object], named: Mapping[str, object]) -> None:
    """Refuse what a macro does not take, with what it takes.

    Raises:
        TypeError: it is given too much, or something by a name that it has not.
    """
    takes = [name for name in macro.arguments if name != "caller"]
    called = macro.name or "caller"
    listed = signature(macro)
    if len(args) > len(macro.arguments) and not macro.catch_varargs:
        raise TypeError(f'"{called}" is given {len(args)} values; it is {listed}')
    for name in () if macro.catch_kwargs else named:
        if name.startswith("_"):  # Jinja's own
            continue
        if name == "caller" and not macro.caller:
            raise TypeError(f"{NOT_CALLED.format(called)}; it nowhere says {{{{ caller() }}}}")
        if name != "caller" and name not in macro.arguments:
            hint = nearest(name, takes) or f"; it is {listed}"
            raise TypeError(f'"{called}" takes no "{name}"{hint}')
        if name in macro.arguments[: len(args)]:
            raise TypeError(f'"{called}" is given "{name}" twice; it is {listed}')
