"""All templates that a folder can use, read but not run, and what they say of one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from briefings.errors import InvalidInput, Problem
from briefings.templating.budget import Budget
from briefings.templating.loader import Loader
from briefings.templating.missing import NAMES
from briefings.templating.parser import Unbalanced
from briefings.templating.problems import explained
from briefings.templating.sandbox import Environment, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.resources import Shelf

# What the program itself gives to some templates besides.
GIVEN = {
    "figures/": ("figure",),
    "publish/": ("listing", "page", "file"),
    ".svg.j2": ("figure", "paint", "screen"),
    "page.html.j2": (
        *("body", "style", "css", "colour", "fit", "page_of_pages"),
        *("size", "margins", "narrow", "slim"),
    ),
}
MAX_MISTAKES = 50
ANY = ".*"  # in what a name looks like: what only shows when it runs
_PRINTED = re.compile(r"\{\{.*?\}\}|\{\{[^{]*$")
_IF = re.compile(r"\{%[-+]?\s*(if|elif)\b.*?%\}")
_FOR = re.compile(r"\{%[-+]?\s*for\b.*?%\}")
_SET = re.compile(r"\{%[-+]?\s*(set\b[^%]*=|include|import|from|extends).*?%\}")
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(\w+)'")


@dataclass(slots=True)
class Sheet:
    """One template: its text and its tree, or what is wrong with its syntax."""

    name: str
    file: str
    own: bool
    text: str
    tree: nodes.Template | None = None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int, message: str) -> Problem:
        """Return what is wrong in a line, with the line."""
        lines = self.text.split("\n")
        excerpt = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return Problem(message, self.file, line, 0, excerpt)

    @property
    def exported(self) -> set[str]:
        """What ``{% from ... import %}`` finds in it."""
        return _stored(self.tree.body) if self.tree else set()

    @property
    def assigned(self) -> set[str]:
        """Every name that it gives to what it puts in."""
        if self.tree is None:
            return set()
        named = {n.name for n in self.tree.find_all(nodes.Name) if n.ctx in ("store", "param")}
        macros = {macro.name for macro in self.tree.find_all(nodes.Macro)}
        return named | macros | _imported(self.tree)


class Library:
    """The templates of a shelf by name, those of somebody's own before ours."""

    def __init__(self, shelf: Shelf) -> None:
        self.loader = Loader(shelf)
        self.jinja: Environment = environment(self.loader, Budget(), html=False)
        own = {p.resolve() for p in self.loader.folders[:-1]}
        self.sheets: dict[str, Sheet] = {}
        self.unread: list[Problem] = []
        for name in self.loader.list_templates():
            try:
                text, file, _ = self.loader.get_source(None, name)
            except InvalidInput as error:
                self.unread += error.problems
                continue
            mine = any(folder in self.loader.path(name).parents for folder in own)
            self.sheets[name] = sheet = Sheet(name, file, mine, text)
            sheet.tree, sheet.problems = parsed(self.jinja, sheet)
        self._contexts: dict[str, set[str]] = self._spread()

    def names_in(self, name: str) -> set[str]:
        """Return what a template can name: what all can, and what it is given by who puts it in."""
        return {*NAMES, *self.jinja.globals, *self._contexts.get(name, ())}

    def put_in(self, sheet: Sheet) -> Iterator[str]:
        """Yield the names of the templates that one may put in or import."""
        for pattern in self.wanted(sheet):
            yield from (name for name in self.sheets if pattern.fullmatch(name))

    def wanted(self, sheet: Sheet) -> Iterator[re.Pattern[str]]:
        """Yield what the names of the templates look like that one may put in or import."""
        for node in sheet.tree.find_all(_PUTTING) if sheet.tree else ():
            yield from patterns(node.template)  # type: ignore[attr-defined]

    def _spread(self) -> dict[str, set[str]]:
        found = {
            name: {given for part, names in GIVEN.items() if part in name for given in names}
            for name in self.sheets
        }
        waiting = list(self.sheets)
        while waiting:
            name = waiting.pop()
            given = found[name] | self.sheets[name].assigned
            for other in self.put_in(self.sheets[name]):
                if not given <= found[other]:
                    found[other] |= given
                    waiting.append(other)
        return found


_PUTTING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def patterns(node: nodes.Expr) -> list[re.Pattern[str]]:
    """Return what the names of the templates that an expression may stand for look like."""
    if isinstance(node, (nodes.List, nodes.Tuple)):
        return [pattern for item in node.items for pattern in patterns(item)]
    parts = node.nodes if isinstance(node, nodes.Concat) else [node]
    known = [re.escape(str(p.value)) if isinstance(p, nodes.Const) else ANY for p in parts]
    return [re.compile("".join(known))] if known != [ANY] else []


def parsed(jinja: Environment, sheet: Sheet) -> tuple[nodes.Template | None, list[Problem]]:
    """Return the tree of a template, or every mistake in its syntax that can be told from others.

    What is wrong is blanked out and the rest is read again, until what is wrong is how tags enclose
    one another: then all that follows would be guessed.
    """
    problems: list[Problem] = []
    text, blanked = sheet.text, set[str]()
    while len(problems) < MAX_MISTAKES:
        try:
            tree = jinja.parse(text, sheet.name, sheet.file)
        except TemplateSyntaxError as error:
            said = str(error.message or "")
            tag = _UNKNOWN_TAG.search(said)
            follows = tag and tag[1].startswith("end") and tag[1][3:] in blanked
            if not follows:
                problems.append(sheet.problem(error.lineno, explained(error, jinja)))
            if tag:
                blanked.add(tag[1])
            further = _blank(text, error.lineno, tag[1] if tag else "")
            if further == text or isinstance(error, Unbalanced):
                return None, problems
            text = further
        except (RecursionError, MemoryError):
            return None, [sheet.problem(0, "the template is nested too deep, or too large")]
        else:
            return (None if problems else tree), problems
    return None, problems


def _blank(text: str, number: int, tag: str) -> str:
    """Take out of a line what cannot be read: an unknown tag, a condition, or what it prints."""
    lines = text.split("\n")
    if not 0 < number <= len(lines):
        return text
    line = lines[number - 1]
    if tag:
        line = re.sub(rf"\{{%[-+]?\s*{tag}\b.*?%\}}", "", line)
    elif _PRINTED.search(line):
        line = _PRINTED.sub("", line)
    else:
        line = _SET.sub("", _FOR.sub("{% for _ in [] %}", _IF.sub(r"{% \1 1 %}", line)))
    lines[number - 1] = line
    return "\n".join(lines)


def _stored(body: list[nodes.Node]) -> set[str]:
    found: set[str] = set()
    for node in body:
        if isinstance(node, nodes.Macro):
            found.add(node.name)
        elif isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            found |= {n.name for n in node.target.find_all(nodes.Name)}
            found |= {node.target.name} if isinstance(node.target, nodes.Name) else set()
        elif isinstance(node, (nodes.If, nodes.Scope)):
            found |= _stored([*node.body, *getattr(node, "else_", [])])
        found |= _imported(node)
    return found


def _imported(tree: nodes.Node) -> set[str]:
    found: set[str] = set()
    every = [tree, *tree.find_all((nodes.Import, nodes.FromImport))]
    for node in every:
        if isinstance(node, nodes.Import):
            found.add(node.target)
        elif isinstance(node, nodes.FromImport):
            found |= {name[1] if isinstance(name, tuple) else name for name in node.names}
    return found
