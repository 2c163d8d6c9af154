"""Templates run to find all that is wrong: what is missing is noted, and they go on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from briefings.templating.filters import finalize
from briefings.templating.missing import Missing
from briefings.templating.problems import at, blamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2.runtime import Context

    from briefings.errors import Problem

# What can be done with something missing: the first go on with it, the others with nothing.
_GOING_ON = (
    *("getitem", "call", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"),
    *("floordiv", "rfloordiv", "mod", "rmod", "pos", "neg"),
)
_NOTHING: dict[str, Callable[[], Any]] = {
    "str": str,
    "iter": lambda: iter(()),
    "len": int,
    **dict.fromkeys(("bool", "eq", "ne", "lt", "le", "gt", "ge", "contains"), bool),
}


def noting(noted: list[Problem]) -> tuple[type[Missing], Callable[[Context, object], object]]:
    """Return what stands for what is missing, and what prints.

    Both note what they would otherwise raise, and go on with nothing in its place.
    """

    def note(message: str) -> None:
        place = blamed(list(_run()), message)
        if place and (problem := at(*place, message)) not in noted:
            noted.append(problem)

    def going_on(missing: Missing, *_: object, **__: object) -> Missing:
        note(missing._undefined_message)  # noqa: SLF001  # ours says it there
        return missing

    def field(missing: Missing, name: str) -> Missing:
        if name.startswith("__"):
            raise AttributeError(name)
        return going_on(missing)

    def nothing(make: Callable[[], Any]) -> Callable[..., Any]:
        def answer(missing: Missing, *_: object) -> object:
            going_on(missing)
            return make()

        return answer

    def printing(context: Context, value: object, spelt: str = "") -> object:
        try:
            return finalize(context, value, spelt)
        except TypeError as error:
            note(str(error))
            return ""

    methods: dict[str, Any] = {f"__{name}__": going_on for name in _GOING_ON}
    methods |= {f"__{name}__": nothing(make) for name, make in _NOTHING.items()}
    methods |= {"__slots__": (), "__getattr__": field, "__hash__": object.__hash__}
    return type("Noted", (Missing,), methods), printing


def _run() -> Iterator[tuple[str, int]]:
    """Yield the file and the line of each template that runs, the innermost first."""
    frame = sys._getframe()  # noqa: SLF001  # there is no other way to ask while it goes on
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and frame.f_code.co_filename == template.filename:
            yield str(template.filename), template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
