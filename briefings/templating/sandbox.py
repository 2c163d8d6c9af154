"""The Jinja that templates run in: strict, sandboxed, with a budget of work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import FILTERS
from jinja2.runtime import Macro
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from markupsafe import Markup

from briefings import figures, plugins
from briefings.document import Document, Term
from briefings.errors import unknown
from briefings.model.inline import Inline, Node
from briefings.model.marking import Marking
from briefings.templating import signs
from briefings.templating.budget import MAX_DIGITS, Budget
from briefings.templating.code import Code
from briefings.templating.compiled import compiled
from briefings.templating.filters import MAX_CHARS, PAID, PAID_TESTS, finalize, paid, placed
from briefings.templating.loader import Loader
from briefings.templating.missing import Missing
from briefings.templating.parser import Blocks, Bounded
from briefings.templating.plain import check_macro
from briefings.templating.words import called, must_be_printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Template
    from jinja2.runtime import Context

_NOT_FOR_TEMPLATES = ("lipsum", "cycler", "joiner", "dict")
# Methods of a text: each makes no more than it is given, or is asked before it does.
_METHODS = frozenset(
    {
        *("capitalize", "casefold", "lower", "swapcase", "title", "upper"),
        *("count", "endswith", "find", "format", "format_map", "index", "replace", "startswith"),
        *("lstrip", "removeprefix", "removesuffix", "rstrip", "strip"),
        *("partition", "rpartition", "rsplit", "split", "splitlines"),
        *(name for name in dir(str) if name.startswith("is")),
    }
)
_WIDE = re.compile(r"\d{4}")
TEMPLATE, FIGURE = 500, 2_000  # what looking one up costs, in steps


class Environment(ImmutableSandboxedEnvironment):
    """Templates read the fields of the document and nothing behind them."""

    code_generator_class = Code
    intercepted_binops = frozenset({"**", "*", "%", "+", "-"})

    def __init__(self, budget: Budget, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self.budget = budget
        self.spend, self.weighed = budget.spend, budget.weighed
        self.drawn: dict[tuple[str, ...], Any] = {}  # what figures have made of the document
        self._judged: dict[tuple[type, str], bool] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return Blocks(self, source, name, filename).parse()

    def _load_template(
        self,
        name: str,
        globals: Any,  # noqa: A002, ANN401  # Jinja's signature
    ) -> Template:
        """Pay for a template by its size, each time it is put in."""
        self.spend(TEMPLATE)
        template = super()._load_template(name, globals)
        assert isinstance(self.loader, Loader)  # noqa: S101  # it is ours
        self.spend(self.loader.sizes.get(name, 0))
        return template

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Let nobody take a text apart: it comes out escaped or not at all."""
        key = type(obj), attr
        if key not in self._judged:  # no rule asks for more, and all of them are asked often
            self._judged[key] = self._is_safe(obj, attr, value)
        return self._judged[key]

    def _is_safe(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        if isinstance(obj, (Inline, Node, Marking, bytes, int, float)):
            return False
        if isinstance(obj, Term):
            return attr == "token"
        if isinstance(obj, str) and attr not in _METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401
        """Say what a template reached for."""
        if isinstance(obj, Undefined):
            return obj
        said = f'"{attribute}" of {called(obj)} is not for templates'
        return self.undefined(said, name=attribute, obj=obj, exc=SecurityError)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Reckon with numbers, and put texts and lists together where that is paid for."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" or (operator in "*%" and not numbers):
            raise SecurityError(f'"{operator}" is not for templates')
        if operator == "+" and not numbers:
            self.weighed(left)
            self.weighed(right)
            return self.budget.made(super().call_binop(context, operator, left, right))
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, int) and made.bit_length() > MAX_DIGITS:
            raise SecurityError("a number of so many digits is not for templates")
        return made

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call what may be called, and pay for what it is given and gives."""
        self.spend(1)
        for value in (*args, *kwargs.values()):
            self.weighed(value)
        if isinstance(obj, Macro):
            check_macro(obj, args, kwargs)
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str):
            self._pay_for_method(owner, obj.__name__, args)
        elif owner is not None:
            self.weighed(owner)
        return self.budget.made(super().call(context, obj, *args, **kwargs))

    def _pay_for_method(self, text: str, name: str, args: Sequence[Any]) -> None:
        said = [arg for arg in args if isinstance(arg, str)]
        if name == "replace" and len(said) == 2:  # noqa: PLR2004  # the old and the new
            self.spend(text.count(said[0]) * len(said[1]))
        elif name not in ("format", "replace") and any(len(arg) > MAX_CHARS for arg in said):
            raise SecurityError(f"{MAX_CHARS} characters are the most that {name} looks for")
        self.spend(len(text))

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        """Look up what is in brackets."""
        if isinstance(argument, tuple):
            self.weighed(argument)
        return super().getitem(obj, argument)

    def cut(self, obj: Any, start: Any, stop: Any, step: Any) -> Any:  # noqa: ANN401
        """Return a piece of a text or a list, which is what ``x[1:3]`` asks for."""
        if not isinstance(obj, (str, list, tuple, range, Undefined)):
            raise SecurityError(f"a piece of {called(obj)} is not for templates")
        return self.budget.made(obj[slice(start, stop, step)])

    def as_text(self, value: object) -> str:
        """Return what is to stand in a brief as it is, if it is a text."""
        if isinstance(value, Undefined):
            return str(value)  # it says itself what is missing
        if not isinstance(value, str):
            raise TypeError(f"{called(value)} is no text, and only a text can stand here")
        return value

    def concatenated(
        self, context: Context, parts: Iterable[object], spelt: Iterable[str]
    ) -> object:
        """Join what stands between ``~`` as it would be printed."""
        said = [placed(context, part, name) for part, name in zip(parts, spelt, strict=True)]
        return FILTERS["join"](context.eval_ctx, said)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ANN401
        """Let ``"{}".format(x)`` print what a template can print, in no more room than it needs."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text: str = value.__self__
        maker = _EscapeFormatter if isinstance(text, Markup) else _Formatter
        more = {"escape": text.escape} if isinstance(text, Markup) else {}
        formatter = maker(self, **more)

        def formatted(*args: Any, **named: Any) -> str:  # noqa: ANN401
            mapped = value.__name__ == "format_map"
            self.spend(len(text))
            given = ((), args[0]) if mapped and args else (args, named)
            return type(text)(formatter.vformat(text, *given))

        return formatted


class _Formatter(SandboxedFormatter):
    """Formats a text with what a template can print, and with nothing that shows the inside."""

    def convert_field(self, value: Any, conversion: Any) -> Any:  # noqa: ANN401
        """Refuse ``!r``, which shows the inside of things."""
        if conversion is not None:
            raise SecurityError(f'"!{conversion}" is not for templates')
        return value

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401
        """Write one value, as a template may print it."""
        if _WIDE.search(format_spec):
            raise SecurityError("a width of so many characters is not for templates")
        must_be_printable(value)
        said = str(super().format_field(value, format_spec))
        assert isinstance(self._env, Environment)  # noqa: S101  # it is ours
        self._env.spend(1 + len(said))
        return said


class _EscapeFormatter(_Formatter, SandboxedEscapeFormatter):
    """Formats a text in which what is put is escaped."""


def environment(loader: Loader, budget: Budget, *, html: bool) -> Environment:
    """Return the environment for Markdown, or for page and figures, where all is escaped."""
    made = Environment(
        budget,
        loader=loader,
        undefined=Missing,
        autoescape=html,
        optimized=False,  # what is reckoned while compiling would be paid for only once
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled(),
        finalize=pass_context(placed),
        extensions=[Bounded],
    )
    for name in _NOT_FOR_TEMPLATES:
        del made.globals[name]
    made.globals |= GLOBALS
    made.filters = PAID | {
        name: paid(function)
        for name, function in plugins.brought(plugins.FILTERS, loader.shelf, PAID).items()
    }
    made.tests = dict(PAID_TESTS)
    return made


def _printing(function: Callable[[str, object], str]) -> Callable[..., str]:
    @pass_context
    def printing(context: Context, name: str, text: object) -> str:
        return function(name, placed(context, text))

    printing.__qualname__ = function.__qualname__  # for what is told of a wrong call
    return printing


@pass_context
def _lang(context: Context, code: object, text: object) -> str:
    """Name the language of a text where it is not that of the brief's own text."""
    said = placed(context, text)
    token = str(code.plain if isinstance(code, Inline) else code)
    return str(said) if token == context["document"].written else signs.lang(token, said)


@pass_context
def _figure(context: Context, name: str, *arguments: object) -> str:
    """Put in a figure: its drawing on the page, and its Markdown."""
    environment = context.environment
    assert isinstance(environment, Environment)  # noqa: S101  # it is ours
    templates = environment.loader
    assert isinstance(templates, Loader)  # noqa: S101  # so is this
    environment.spend(FIGURE)
    said = [str(finalize(context, argument)) for argument in arguments]
    text = ""
    if templates.has(f"figures/{name}.md.j2"):
        drawn = _drawn(environment, templates, name, context["document"], said)
        if drawn is None:
            return ""
        template = environment.get_template(f"figures/{name}.md.j2")
        text = template.render(context.get_all(), figure=drawn).strip("\n")
    elif name not in figures.FIGURES and name not in (others := figures.known(templates.shelf)):
        raise UndefinedError(unknown("figure", name, [*figures.FIGURES, *others]))
    place = signs.drawing(name, *said) if templates.has(f"figures/{name}.svg.j2") else ""
    return f"{place}\n\n{text}" if place and text else place or text


def _drawn(
    environment: Environment, templates: Loader, name: str, document: Document, said: list[str]
) -> Any:  # noqa: ANN401
    """Return what a figure makes of the document: one map, however often it is shown."""
    drawn = environment.drawn
    if (name, *said) not in drawn:
        drawn[name, *said] = figures.data(name, document, templates.shelf, *said)
    return drawn[name, *said]


GLOBALS: Mapping[str, Callable[..., object]] = {
    "block": signs.block,
    "item": signs.item,
    "mark": _printing(signs.mark),
    "anchor": _printing(signs.anchor),
    "to": _printing(signs.to),
    "lang": _lang,
    "figure": _figure,
}
