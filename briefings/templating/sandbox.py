"""The Jinja that templates run in: strict, sandboxed, the user's folder first, then ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, pass_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefings.document import Document, Term, View
from briefings.errors import InvalidInput, nearest
from briefings.model.inline import Inline, Node
from briefings.model.marking import Marking
from briefings.resources import inside, read_bounded
from briefings.templating import signs
from briefings.templating.words import Words, printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from briefings.resources import Shelf

MAX_BYTES = 1_000_000
_NOT_FOR_TEMPLATES = ("lipsum", "cycler", "joiner", "dict")


class Missing(StrictUndefined):
    """What is not there, with the nearest name that is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, holder = str(self._undefined_name), self._undefined_obj
        if isinstance(holder, (View, Document, Words)):
            known = [field for field in dir(holder) if not field.startswith("_")]
            what = holder.kind if isinstance(holder, View) else type(holder).__name__.lower()
            hint = nearest(name, known) or f"; known: {', '.join(known)}"
            return f'"{what}" has no "{name}"{hint}'
        if isinstance(holder, dict):
            return f'there is no "{name}"{nearest(name, map(str, holder))}'
        return str(super()._undefined_message)


class Environment(ImmutableSandboxedEnvironment):
    """Templates read the fields of the document and nothing behind them."""

    intercepted_binops = frozenset({"**", "*"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Let nobody take a text apart: it comes out escaped or not at all."""
        if isinstance(obj, (Inline, Node, Marking)):
            return False
        if isinstance(obj, Term):
            return attr == "token"
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Multiply numbers, and never a text by a number, which makes gigabytes."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator != "*" or not numbers:
            raise SecurityError(f'"{operator}" is not for templates')
        return super().call_binop(context, operator, left, right)


class Loader(BaseLoader):
    """Finds templates in the user's folder and in ours, and nowhere else."""

    def __init__(self, shelf: Shelf) -> None:
        self.folders = shelf.folders("templates")

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text and its file."""
        del environment
        for folder in self.folders:
            if path := inside(folder, template):
                try:
                    text = read_bounded(path, MAX_BYTES).decode("utf-8")
                except UnicodeDecodeError:
                    raise InvalidInput.of("the template is not UTF-8", str(path)) from None
                return text, str(path), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        found = ((folder, path) for folder in self.folders for path in folder.rglob("*.j2"))
        return sorted({path.relative_to(folder).as_posix() for folder, path in found})


def environment(loader: Loader, *, html: bool) -> Environment:
    """Return the environment for Markdown, or for the page, which escapes all that is printed."""
    made = Environment(
        loader=loader,
        undefined=Missing,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=_finalize,
    )
    for name in _NOT_FOR_TEMPLATES:
        del made.globals[name]
    for function in (signs.block, signs.item, signs.mark, signs.anchor, signs.to):
        made.globals[function.__name__] = function
    made.filters |= {"linked": signs.linked, "sentence": signs.sentence}
    return made


@pass_context
def _finalize(context: Context, value: object) -> object:
    """Say a value as text or page needs it; refuse what no reader could make sense of."""
    if hasattr(value, "__html__"):  # which escapes itself
        return value
    return printed(context["document"].language, value)
