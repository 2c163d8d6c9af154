"""The Jinja that templates run in: strict, sandboxed, the user's folder first, then ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, Undefined, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from briefings import figures
from briefings.document import Document, Term, View
from briefings.errors import InvalidInput, nearest, unknown
from briefings.model.inline import Inline, Node
from briefings.model.marking import Marking
from briefings.resources import inside, read_bounded
from briefings.templating import signs
from briefings.templating.compiled import compiled
from briefings.templating.words import Words, called, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import nodes
    from jinja2.compiler import Frame
    from jinja2.runtime import Context

    from briefings.resources import Shelf

MAX_BYTES = 1_000_000
_NAMES = ("document", "words", "say", "block", "item", "mark", "anchor", "to", "lang", "figure")
_NOT_FOR_TEMPLATES = ("lipsum", "cycler", "joiner", "dict")
# Filters that show the inside of things, make HTML in Markdown, or give other bytes every time.
_NO_FILTERS = (
    *("pprint", "random", "tojson"),
    *("safe", "e", "escape", "forceescape", "striptags", "urlize", "xmlattr"),
    "center",
)
_WIDE = re.compile(r"%[^a-zA-Z%]*(\d{4}|\*)")
_GROWING = ("center", "ljust", "rjust", "zfill", "expandtabs")  # gigabytes of one letter


class Missing(StrictUndefined):
    """What is not there, with the nearest name that is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, holder = str(self._undefined_name), self._undefined_obj
        if isinstance(holder, (View, Document, Words, dict)):
            known = [str(key) for key in (holder if isinstance(holder, dict) else dir(holder))]
            if isinstance(holder, Document):
                known += holder.parts
            known = sorted({key for key in known if not key.startswith("_")})
            hint = nearest(name, known) or f"; known: {', '.join(known)}"
            return f'{called(holder)} has no "{name}"{hint}'
        if isinstance(holder, (Inline, Term, Marking, str, int, float)):
            return f'{called(holder)} has no "{name}"; print it as it is'
        if holder is not missing:
            return f'{called(holder)} has no "{name}"'
        return f'there is no "{name}"{nearest(name, _NAMES)}'


class _Code(CodeGenerator):
    """Compiles ``~`` into a call of the environment, which looks at what is joined."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.concatenated(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Environment(ImmutableSandboxedEnvironment):
    """Templates read the fields of the document and nothing behind them."""

    code_generator_class = _Code
    intercepted_binops = frozenset({"**", "*", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Let nobody take a text apart: it comes out escaped or not at all."""
        if isinstance(obj, (Inline, Node, Marking, bytes)):
            return False
        if isinstance(obj, Term):
            return attr == "token"
        if isinstance(obj, str) and attr in _GROWING:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401
        """Say what a template reached for."""
        if isinstance(obj, Undefined):
            return obj
        said = f'"{attribute}" of {called(obj)} is not for templates'
        return self.undefined(said, name=attribute, obj=obj, exc=SecurityError)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Multiply numbers, and never a text by a number, which makes gigabytes."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" or not numbers:
            raise SecurityError(f'"{operator}" is not for templates')
        return super().call_binop(context, operator, left, right)

    def concatenated(self, context: Context, parts: Iterable[object]) -> object:
        """Join what stands between ``~`` as it would be printed."""
        return FILTERS["join"](context.eval_ctx, [_finalize(context, part) for part in parts])


class Loader(BaseLoader):
    """Finds templates in the user's folder and in ours, and nowhere else."""

    def __init__(self, shelf: Shelf) -> None:
        self.folders = shelf.folders("templates")
        self.last = ""  # the file that was read last

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text and its file."""
        del environment
        for folder in self.folders:
            if path := inside(folder, template):
                self.last = str(path)
                try:
                    text = read_bounded(path, MAX_BYTES).decode("utf-8")
                except UnicodeDecodeError:
                    raise InvalidInput.of("the template is not UTF-8", str(path)) from None
                return text, str(path), lambda: True
        raise TemplateNotFound(template)

    def has(self, template: str) -> bool:
        """Whether there is such a template."""
        return any(inside(folder, template) for folder in self.folders)

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        found = (p.relative_to(d).as_posix() for d in self.folders for p in d.rglob("*.j2"))
        return sorted({name for name in found if any(inside(d, name) for d in self.folders)})


def environment(loader: Loader, *, html: bool) -> Environment:
    """Return the environment for Markdown, or for page and figures, where all is escaped."""
    made = Environment(
        loader=loader,
        undefined=Missing,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled(),
        finalize=_finalize,
    )
    for name in _NOT_FOR_TEMPLATES:
        del made.globals[name]
    for name in _NO_FILTERS:
        del made.filters[name]
    made.globals |= {
        "block": signs.block,
        "item": signs.item,
        "mark": _printing(signs.mark),
        "anchor": _printing(signs.anchor),
        "to": _printing(signs.to),
        "lang": _lang,
        "figure": _figure,
    }
    made.filters |= {
        "linked": signs.linked,
        "sentence": _sentence,
        "string": _string,
        "format": _format,
        "join": _join,
    }
    return made


@pass_context
def _finalize(context: Context, value: object) -> object:
    """Say a value as text or page needs it; refuse what no reader could make sense of."""
    if hasattr(value, "__html__"):  # which escapes itself
        return value
    document = context.get("document")
    if document is None:
        raise TypeError("import this with context: {% from ... import ... with context %}")
    return printed(document.language, value)


# What makes a text of values looks at each as printing does: no "None" comes in by a back door.


def _printing(function: Callable[[str, object], str]) -> Callable[..., str]:
    @pass_context
    def printing(context: Context, name: str, text: object) -> str:
        return function(name, _finalize(context, text))

    return printing


@pass_context
def _lang(context: Context, code: object, text: object) -> str:
    """Name the language of a text where it is not that of the brief's own text."""
    said = _finalize(context, text)
    token = str(code.plain if isinstance(code, Inline) else code)
    return str(said) if token == context["document"].written else signs.lang(token, said)


@pass_context
def _figure(context: Context, name: str, *arguments: object) -> str:
    """Put in a figure: its drawing on the page, and its Markdown."""
    document = context["document"]
    said = [str(_finalize(context, argument)) for argument in arguments]
    templates = context.environment.loader
    assert isinstance(templates, Loader)  # noqa: S101  # it is ours
    text = ""
    if templates.has(f"figures/{name}.md.j2"):
        drawn = figures.data(name, document, *said)
        if drawn is None:
            return ""
        template = context.environment.get_template(f"figures/{name}.md.j2")
        text = template.render(context.get_all(), figure=drawn).strip("\n")
    elif name not in figures.FIGURES:
        raise UndefinedError(unknown("figure", name, figures.FIGURES))
    place = signs.drawing(name, *said) if templates.has(f"figures/{name}.svg.j2") else ""
    return f"{place}\n\n{text}" if place and text else place or text


@pass_context
def _string(context: Context, value: object) -> str:
    return str(_finalize(context, value))


@pass_context
def _sentence(context: Context, value: object) -> str:
    return signs.sentence(_finalize(context, value))


@pass_context
def _format(context: Context, text: str, *values: object, **named: object) -> object:
    if _WIDE.search(str(text)):
        raise SecurityError("a width of so many characters is not for templates")
    for value in (*values, *named.values()):
        _finalize(context, value)
    return FILTERS["format"](text, *values, **named)


@pass_context
def _join(
    context: Context, values: Iterable[object], d: str = "", attribute: str | None = None
) -> object:
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    return FILTERS["join"](context.eval_ctx, [_finalize(context, v) for v in values], d)
