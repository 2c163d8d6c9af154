"""Values of the document and words of the language, as a template prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jinja2 import Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import UndefinedError

from briefings.document import Document, Term, View
from briefings.errors import nearest
from briefings.language import pieces
from briefings.model.escape import escape, escape_start
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.templating import signs

if TYPE_CHECKING:
    from briefings.language import Language


COLON = "colon"


class Words:
    """The words of the language as attributes: ``words.sector``, ``words.sections.chain``."""

    def __init__(self, language: Language, *, escaped: bool = False) -> None:
        self._language = language
        self._put = printed if escaped else in_line

    def __getattr__(self, name: str) -> Inline | str | dict[str, Inline]:
        data = self._language.data
        if name == COLON:  # it follows something, so its space is kept, and it begins no line
            return escape(str(data["words"][COLON]))
        if name != "words" and isinstance(group := data.get(name), dict):
            return {key: Inline.literal(word) for key, word in group.items()}
        if name in data["words"]:
            return Inline.literal(data["words"][name])
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        data = self._language.data
        groups = [key for key in data if isinstance(data[key], dict) and key != "words"]
        return [*data["words"], *groups]

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence *name* with its placeholders filled, as Markdown."""
        sentences = self._language.data["words"]
        if name not in sentences:
            raise UndefinedError(f'there are no words "{name}"{nearest(name, sentences)}')
        said = ""
        for words, placeholder in pieces(str(sentences[name])):
            said += escape(words)
            if placeholder and placeholder not in values:
                raise UndefinedError(f'the words "{name}" need "{placeholder}"')
            said += self._put(self._language, values[placeholder]) if placeholder else ""
        return escape_start(said)


def printed(language: Language, value: object, spelt: str = "") -> str:
    """Return a value of the document as portable Markdown; *spelt* is how a template names it.

    Raises:
        TypeError: it is nothing, a whole part or a list, which a template must take apart itself.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (Inline, Term, Undefined)):
        return str(value)
    if isinstance(value, Marking):
        return value.value
    must_be_printable(value, spelt)
    if isinstance(value, int):
        return escape(language.number(value))
    return f"{value + 0.0:.6f}".rstrip("0").rstrip(".")  # type: ignore[operator]  # it is a float


def in_line(language: Language, value: object) -> str:
    """Return a value as it stands in a line of Markdown: a text that runs against it, set apart.

    Raises:
        TypeError: as ``printed`` does.
    """
    if isinstance(value, Inline):
        return signs.apart(value, language.direction)
    return printed(language, value)


def must_be_printable(value: object, spelt: str = "") -> None:
    """Raise ``TypeError`` where a template prints what it must take apart itself."""
    if value is None:
        raise TypeError(
            f'"{spelt}" may be nothing, as here; ask for it first: {{% if {spelt} %}}'
            if spelt
            else "nothing is printed here"
        )
    if isinstance(value, bool) or not isinstance(
        value, (str, Inline, Term, Undefined, Marking, int, float)
    ):
        raise TypeError(_unprintable(value, f'"{spelt}" is printed here: ' if spelt else ""))


def _unprintable(value: object, whose: str) -> str:
    """Say why a value cannot be printed, and what can be printed instead."""
    if isinstance(value, bool):
        return f"{whose}yes or no" if whose else "yes or no is printed here"
    if isinstance(value, (View, Document, Words)):
        names = sorted({name for name in dir(value) if not name.startswith("_")})
        return f"the whole of {called(value)} is printed here; name one of: {', '.join(names)}"
    what = called(value)
    hint = ""
    if isinstance(value, Mapping):
        what, hint = "a mapping", f"; name one of: {', '.join(map(str, value))}"
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        what, hint = "a list", "; go through it with {% for %}"
    return f"{whose}{what}{hint}" if whose else f"{what} is printed here{hint}"


def called(value: object) -> str:
    """Name a value in a sentence about a template."""
    if isinstance(value, View):
        return f'"{value.kind}"'
    if isinstance(value, (Document, Words)):
        return f'"{type(value).__name__.lower()}"'
    names = {Inline: "a text", str: "a text", Term: "a term", Marking: "a marking"}
    names[TemplateModule] = "the imported template"
    names |= {bytes: "the source", dict: "the mapping", int: "a number", float: "a number"}
    return names.get(type(value)) or f"a {type(value).__name__.lower()}"
