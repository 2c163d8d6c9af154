"""Templates run to find all that is wrong: what is missing is noted, and they go on."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context

from briefings.errors import BriefingsError
from briefings.templating.budget import TooMuch
from briefings.templating.filters import finalize
from briefings.templating.missing import Missing
from briefings.templating.places import running
from briefings.templating.problems import OURS, laid, problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from briefings.errors import Problem
    from briefings.templating.loader import Loader
    from briefings.templating.places import Place
    from briefings.templating.sandbox import Environment

# What can be done with something missing, and what comes of it when that is told.
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
# After these nothing can go on, or nothing should.
ENDING = (BriefingsError, TooMuch, RecursionError, MemoryError)
_DOING = ("call", "call_binop", "concatenated", "cut", "as_text")


def note_all(environment: Environment, loader: Loader, noted: list[Problem]) -> None:
    """Let an environment note what it would otherwise raise, and go on with nothing there.

    Args:
        environment: of this one run.
        loader: where its templates come from.
        noted: takes what is wrong.
    """
    _Noting(loader, noted).into(environment)


class _Noting:
    def __init__(self, loader: Loader, noted: list[Problem]) -> None:
        self.loader, self.noted = loader, noted
        # What was told once goes on in silence: all that comes of it would be told again.
        self.told = _kind(lambda _: None, lambda missing: missing)
        self.missing = _kind(self._lacking, lambda _: self.told())

    def into(self, environment: Environment) -> None:
        """Put it all into an environment."""
        environment.undefined = self.missing
        environment.finalize = self.printing
        for name in _DOING:
            setattr(environment, name, self._guarded(getattr(environment, name)))
        as_text = environment.as_text
        environment.as_text = lambda value: str(as_text(value))  # type: ignore[method-assign]
        for table in ("filters", "tests"):
            guarded = {n: self._guarded(f) for n, f in getattr(environment, table).items()}
            setattr(environment, table, guarded)

    @pass_context
    def printing(self, context: Context, value: object, spelt: str = "") -> object:
        """Say a value as it is printed, and nothing where it cannot be."""
        try:
            return finalize(context, value, spelt)
        except TypeError as error:
            self._add(str(error))
            return ""

    def _guarded(self, does: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(does)
        def guarded(*args: Any, **named: Any) -> Any:  # noqa: ANN401
            if any(isinstance(value, self.told) for value in (*args, *named.values())):
                return self.told()  # whatever came of it would only be told twice
            try:
                return does(*args, **named)
            except ENDING:
                raise
            except Exception as error:
                outer = [place for _, place in running() if place]
                problem = problem_of(error, self.loader, outer)
                if problem is None:
                    raise
                self._keep(problem)
                return self.told()

        return guarded

    def _lacking(self, missing: Missing) -> None:
        place = missing._undefined_place  # noqa: SLF001  # ours keeps it there
        self._add(missing._undefined_message, place)  # noqa: SLF001

    def _add(self, message: str, place: Place | None = None) -> None:
        run = [place] if place else [place for _, place in running() if place]
        if run:
            self._keep(laid(run, message))

    def _keep(self, problem: Problem) -> None:
        place = problem.file, problem.line
        # Of all that ours lacks, once it is put in where it cannot be, the first is enough.
        again = OURS in problem.message and any(
            OURS in other.message and (other.file, other.line) == place for other in self.noted
        )
        if problem not in self.noted and not again:
            self.noted.append(problem)


def _kind(note: Callable[[Missing], None], then: Callable[[Missing], Missing]) -> type[Missing]:
    """Return what stands for what is missing: it is noted, whatever is done with it."""

    def going_on(missing: Missing, *_: object, **__: object) -> Missing:
        note(missing)
        return then(missing)

    def field(missing: Missing, name: str) -> Missing:
        if name.startswith("__"):
            raise AttributeError(name)
        return going_on(missing)

    def nothing(make: Callable[[], Any]) -> Callable[..., Any]:
        def answer(missing: Missing, *_: object) -> object:
            note(missing)
            return make()

        return answer

    methods: dict[str, Any] = {f"__{name}__": going_on for name in _GOING_ON}
    methods |= {f"__{name}__": nothing(make) for name, make in _NOTHING.items()}
    methods |= {"__slots__": (), "__getattr__": field, "__hash__": object.__hash__}
    return type("Noted", (Missing,), methods)
