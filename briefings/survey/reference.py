"""What a template can use, read off the code: for docs/templates.md and for the terminal."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from briefings import figures
from briefings.audience import sections
from briefings.errors import InvalidInput, nearest
from briefings.language import load
from briefings.model.sections import SECTIONS
from briefings.resources import Shelf
from briefings.survey.library import GIVEN, Library
from briefings.survey.told import NAMED, PAGE, TAGS, TYPES
from briefings.templating import schema, signs
from briefings.templating.filters import OURS, PAID, PAID_TESTS
from briefings.templating.words import Words
from briefings.writers.theme import paint, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The order of the page; each with the sentence that stands above its entries.
GROUPS = {
    "name": "What every template can name.",
    "function": "What every template can call.",
    "tag": "What stands in `{% %}`.",
    "document": "Fields of `document`. A field that may be nothing is asked for by `{% if %}`.",
    "key": "What stands under a key of the YAML, where the reader's sections show it.",
    "part": "The parts of the document, each with its fields. Every part has `kind` and `ref`.",
    "type": "What a field is.",
    "filter": "Filters change a value: `{{ event.date | string | sentence }}`.",
    "test": "Tests ask about a value: `{% if event.text is none %}`.",
    "macro": 'Macros of ours: `{% from "parts.md.j2" import cite with context %}`.',
    "section": "Sections that an audience can name; `sections/<name>.md.j2` beside a briefing "
    "replaces ours, or is one of your own.",
    "figure": 'Figures: `{{ figure("chain") }}`; `figures/<name>.md.j2` or `.svg.j2` draws it.',
    "given": "What some templates are given besides.",
    "colour": "Custom properties of a theme; a drawing has them as `paint.<name>` with `_`.",
    "words": "Words of the language: `words.<name>`, and sentences: `say(name, ...)`.",
}
MAX_SIGNATURE = 60
_OURS = Shelf()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a template can use."""

    name: str
    group: str
    says: str
    more: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The name alone, without what it is called with."""
        return self.name.partition("(")[0]

    @property
    def line(self) -> str:
        """The entry in one line of a terminal."""
        return f"{self.group:<9} {self.name:<24} {self.says}".rstrip()

    @property
    def lines(self) -> list[str]:
        """The whole entry."""
        return [f"{self.name} ({self.group})", f"  {self.says}", *(f"  {m}" for m in self.more)]


@cache
def entries(shelf: Shelf = _OURS) -> tuple[Entry, ...]:
    """Return everything, in the order of the page; of a shelf, its sections too."""
    tests: Any = TESTS
    made = (
        *(Entry(name, "name", says) for name, says in NAMED.items()),
        *_functions(),
        *(Entry(name, "tag", says) for name, says in TAGS.items()),
        *(Entry(name, "document", str(of)) for name, of in schema.document().items()),
        *(Entry(name, "key", str(of)) for name, of in schema.portions().items()),
        *_parts(),
        *(Entry(name, "type", says) for name, says in TYPES.items()),
        *(_of("filter", name, _behind(name)) for name in sorted(PAID)),
        *(_of("test", name, tests[name]) for name in sorted(PAID_TESTS)),
        *_macros(),
        *_sections(shelf),
        *_figures(),
        *_given(),
        *_colours(),
        *_words(),
    )
    return tuple(made)


def named(name: str, among: Iterable[Entry]) -> list[Entry]:
    """Return what is called so, or what a file of that name is of; of ``gap.text``, the gap.

    Raises:
        InvalidInput: there is nothing of this name.
    """
    every = list(among)
    for wanted in (name, PurePath(name).name.partition(".")[0]):
        plain = wanted.removeprefix("--")
        if found := [entry for entry in every if entry.called.removeprefix("--") == plain]:
            return found
    hint = nearest(name, sorted({entry.called for entry in every}))
    said = f'unknown name "{name}"{hint or "; briefings reference lists all there are"}'
    raise InvalidInput.of(said)


def page() -> str:
    """Return all of it as Markdown."""
    told = [PAGE.strip(), ""]
    every = entries()
    for group, says in GROUPS.items():
        told += [f"## {group.capitalize()}", "", says, ""]
        told += ["| | |", "| :--- | :--- |"]
        for entry in every:
            if entry.group == group:
                said = "<br>".join(_cell(text) for text in (entry.says, *entry.more))
                told.append(f"| `{_cell(entry.name)}` | {said} |")
        told.append("")
    return "\n".join(told)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _first(function: Any) -> str:  # noqa: ANN401
    """Return the first sentence of a docstring, with Markdown's marks for code."""
    text = inspect.cleandoc(inspect.getdoc(function) or "").split("\n\n")[0]
    plain = re.sub(r":\w+:`([^`]+)`", r"`\1`", " ".join(text.split())).replace("``", "`")
    return re.split(r"(?<=[.])\s", plain)[0]


def _signature(function: Callable[..., Any], skip: int) -> str:
    """Return what a function is called with, without what the program gives it."""
    try:
        found = list(inspect.signature(function).parameters.values())[skip:]
    except ValueError:
        return ""
    said = []
    for one in found:
        if one.name in ("caller", "_", "context", "eval_ctx", "environment"):
            continue
        star = "*" if one.kind is one.VAR_POSITIONAL else ""
        star = "**" if one.kind is one.VAR_KEYWORD else star
        default = "" if one.default is one.empty or star else f"={one.default!r}"
        said.append(f"{star}{one.name}{default}")
    return f"({', '.join(said)})" if said else ""


def _functions() -> Iterator[Entry]:
    for name in ("block", "item", "mark", "anchor", "to", "lang"):
        function = getattr(signs, name)
        yield Entry(f"{name}{_signature(function, 0)}", "function", _first(function))
    yield Entry(
        "figure(name, ...)", "function", "Put in a figure, or nothing where it has nothing."
    )
    yield Entry("say(name, ...)", "function", _first(Words.say))


def _behind(name: str) -> Callable[..., Any]:
    """Return the filter that is paid for, which has a docstring and a signature."""
    jinjas: Any = FILTERS
    return signs.linked if name == "linked" else OURS.get(name) or jinjas[name]


def _of(group: str, name: str, function: Callable[..., Any]) -> Entry:
    wanted = getattr(function, "jinja_pass_arg", None) is not None or name in OURS
    signature = _signature(function, 1 + wanted) if group == "filter" else ""
    short = signature if len(signature) <= MAX_SIGNATURE else "(...)"
    says = _first(function) if not isinstance(function, type) else ""
    return Entry(f"{name}{short}", group, says)


def _parts() -> Iterator[Entry]:
    for kind, fields in schema.kinds().items():
        model = schema.models().get(kind)
        says = _first(model) if model else ""
        told = [f"`{name}`: {of}" for name, of in fields.items() if name not in ("kind", "ref")]
        yield Entry(kind, "part", says or "What the document adds.", tuple(told))


def _macros() -> Iterator[Entry]:
    sheet = Library(Shelf()).sheets["parts.md.j2"]
    assert sheet.tree  # noqa: S101  # ours is sound
    lines = sheet.text.split("\n")
    for macro in sheet.tree.find_all(nodes.Macro):
        above = lines[macro.lineno - 2] if macro.lineno > 1 else ""
        comment = re.fullmatch(r"\{#\s*(.*?)\s*#\}", above)
        needed = len(macro.args) - len(macro.defaults)
        arguments = [argument.name for argument in macro.args[:needed]]
        for argument, default in zip(macro.args[needed:], macro.defaults, strict=True):
            value = default.value if isinstance(default, nodes.Const) else "..."
            arguments.append(f"{argument.name}={'none' if value is None else repr(value)}")
        called = f"{macro.name}({', '.join(arguments)})"
        yield Entry(called, "macro", comment[1] if comment else "")


def _sections(shelf: Shelf) -> Iterator[Entry]:
    titles = load("en", _OURS).data["sections"]
    mine = sections.own(shelf)
    for name, section in SECTIONS.items():
        says = f'{titles[name]}: shows document["{section.key}"]'
        yield Entry(name, "section", f"{says}; the template is your own" if name in mine else says)
    for name in mine:
        if name not in SECTIONS:
            yield Entry(name, "section", "Your own: shows what the audience says that it uses.")


def _figures() -> Iterator[Entry]:
    for name, module in figures.FIGURES.items():
        found = import_module(module)
        doc = inspect.cleandoc(found.data.__doc__ or "").replace("``", "`")
        told = [" ".join(part.split()) for part in doc.split("\n\n")]
        yield Entry(name, "figure", _first(found), tuple(t for t in told if "Raises:" not in t))


def _given() -> Iterator[Entry]:
    for part, names in GIVEN.items():
        yield Entry(part, "given", ", ".join(f"`{name}`" for name in names))


def _colours() -> Iterator[Entry]:
    for name, value in paint(theme([], Shelf())).items():
        yield Entry(f"--{name.replace('_', '-')}", "colour", f"`{value}`")


def _words() -> Iterator[Entry]:
    data = load("en", Shelf()).data
    for name, said in data["words"].items():
        yield Entry(name, "words", str(said))
    for name, group in data.items():
        if isinstance(group, dict) and name != "words":
            yield Entry(name, "words", ", ".join(f"`{key}`" for key in group))
