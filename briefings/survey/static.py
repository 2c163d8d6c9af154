"""What can be told of a template without running it: every name, filter, test, part and block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from briefings.errors import nearest
from briefings.survey.library import patterns
from briefings.survey.typed import START, Scope, Typist
from briefings.templating.missing import CONTEXT
from briefings.templating.problems import explained, no_such

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefings.errors import Problem
    from briefings.survey.library import Library, Sheet

_JINJAS = ("loop", "self", "super", "caller", "varargs", "kwargs")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_CODE = re.compile(r"(`+)[^`\n]+\1")
_HTML = re.compile(r"<!--|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>")
_SOFT = ("defined", "undefined")  # tests that a name which is not there passes or fails


def check(library: Library, sheet: Sheet) -> list[Problem]:
    """Return what is wrong with a template whose syntax is sound."""
    if sheet.tree is None:
        return []
    reader = _Reader(library, sheet)
    reader.body(sheet.tree.body, dict(START))
    found = [*reader.noted, *_of_blocks(library, sheet), *_of_html(sheet)]
    if not found:
        found += _compiled(library, sheet)
    return [sheet.problem(line, said) for line, said in dict.fromkeys(sorted(found))]


def _compiled(library: Library, sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield what only the compiler sees, such as a value that cannot be assigned to."""
    try:
        library.jinja.compile(sheet.text, sheet.name, sheet.file)
    except TemplateSyntaxError as error:
        yield error.lineno, explained(error, library.jinja)
    except (SyntaxError, RecursionError, MemoryError):
        yield 0, "the template is nested too deep, or too large"


def _of_html(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield each tag or comment of HTML that stands in Markdown, where it is only text."""
    if not sheet.name.endswith(".md.j2"):
        return
    text = _JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), sheet.text)
    text = _CODE.sub(lambda found: " " * len(found[0]), text)
    for found in _HTML.finditer(text):
        said = f'"{found[0]}" is printed as it stands, for HTML in Markdown is only text; '
        said += 'a style sheet names {% call block("name") %} and {{ mark("name", text) }}'
        yield text.count("\n", 0, found.start()) + 1, said


def _of_blocks(library: Library, sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield each block that the template it extends has not, and which nobody would see."""
    assert sheet.tree  # noqa: S101  # it was asked for
    parents = [e.template for e in sheet.tree.find_all(nodes.Extends)]
    names = [p.value for p in parents if isinstance(p, nodes.Const)]
    if len(names) != 1 or names[0] not in library.sheets:
        return
    known: set[str] = set()
    seen: list[str] = []
    while len(names) == 1 and names[0] in library.sheets and names[0] not in seen:
        seen.append(names[0])
        tree = library.sheets[names[0]].tree
        if tree is None:
            return
        known |= {block.name for block in tree.find_all(nodes.Block)}
        above = [e.template for e in tree.find_all(nodes.Extends)]
        names = [p.value for p in above if isinstance(p, nodes.Const)]
    for block in sheet.tree.find_all(nodes.Block):
        inner = block.name in {
            b.name
            for outer in sheet.tree.find_all(nodes.Block)
            for b in outer.find_all(nodes.Block)
        }
        if block.name not in known and not inner:
            listed = f"; known: {', '.join(sorted(known)) or 'none'}"
            hint = nearest(block.name, known) or listed
            yield block.lineno, f'"{seen[0]}" has no block "{block.name}"{hint}'


class _Reader(Typist):
    """Goes through a template in the order in which it is read."""

    def __init__(self, library: Library, sheet: Sheet) -> None:
        super().__init__(library)
        self.sheet = sheet
        self.known = library.names_in(sheet.name) | sheet.assigned | {*_JINJAS}

    def body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        """Read statements; what they assign is in the scope afterwards."""
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            self._assign(node.target, node.node, scope)
        elif isinstance(node, nodes.With):
            inner = dict(scope)
            for target, value in zip(node.targets, node.values, strict=True):
                self._assign(target, value, inner)
            self.body(node.body, inner)
        elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
            self._macro(node, scope)
        else:
            self._put_in(node)
            for child in node.iter_child_nodes():
                if isinstance(child, nodes.Stmt):
                    self._statement(child, scope)
                else:
                    self.expression(child, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        self.expression(node.iter, scope)
        held = self.of(node.iter, scope)
        inner = dict(scope)
        for name in _names(node.target):
            inner[name] = None
        if isinstance(node.target, nodes.Name) and held and held.many:
            inner[node.target.name] = held.one
        if node.test:
            self.expression(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, dict(scope))

    def _assign(self, target: nodes.Node, value: nodes.Node, scope: Scope) -> None:
        self.expression(value, scope)
        for name in _names(target):
            scope[name] = None
        if isinstance(target, nodes.Name):
            scope[target.name] = self.of(value, scope)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        inner = dict(scope)
        for argument in node.args:
            inner[argument.name] = None
        for default in node.defaults:
            self.expression(default, scope)
        if isinstance(node, nodes.CallBlock):
            self.expression(node.call, scope)
        self.body(node.body, inner)

    def expression(self, node: nodes.Node, scope: Scope) -> None:
        """Read an expression with all that stands in it."""
        soft = isinstance(node, nodes.Test) and node.name in _SOFT
        if soft or (isinstance(node, nodes.Filter) and node.name in ("default", "d")):
            for more in getattr(node, "args", ()):
                self.expression(more, scope)
            return
        if isinstance(node, nodes.Stmt):
            self._statement(node, scope)
            return
        self._name(node)
        self.of(node, scope)
        for child in node.iter_child_nodes():
            self.expression(child, scope)

    def _name(self, node: nodes.Node) -> None:
        jinja = self.library.jinja
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in self.known:
            self.note(node, f'there is no "{node.name}"{nearest(node.name, self.known)}')
        if isinstance(node, nodes.Filter) and node.name not in jinja.filters:
            self.note(node, no_such("filter", node.name, jinja.filters))
        if isinstance(node, nodes.Test) and node.name not in jinja.tests:
            self.note(node, no_such("test", node.name, jinja.tests))

    def _put_in(self, node: nodes.Node) -> None:
        """Look for what is included, imported or extended."""
        if not isinstance(node, (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            return
        sheets = self.library.sheets
        wanted = node.template
        constant = isinstance(wanted, nodes.Const)
        if isinstance(node, nodes.Include) and node.ignore_missing:
            return
        if constant and not self.library.loader.has(str(wanted.value)):  # type: ignore[attr-defined]
            name = str(wanted.value)  # type: ignore[attr-defined]
            self.note(node, f'there is no template "{name}"{nearest(name, sheets)}')
        elif not any(pattern.fullmatch(n) for pattern in patterns(wanted) for n in sheets):
            if patterns(wanted) and not constant:
                self.note(node, "there is no template of such a name")
        elif constant and (source := sheets.get(str(wanted.value))):  # type: ignore[attr-defined]
            self._imported(node, source)

    def _imported(self, node: nodes.Stmt, source: Sheet) -> None:
        """Look for what is taken from a template, and whether it can do without the document."""
        if source.tree is None or not isinstance(node, (nodes.Import, nodes.FromImport)):
            return
        if isinstance(node, nodes.Import):
            asked: list[tuple[nodes.Node, str]] = [
                (one, one.attr) for one in _fields_of(node.target, self.sheet)
            ]
            said = f'import "{source.name}" as {node.target}'
        else:
            names = (one[0] if isinstance(one, tuple) else one for one in node.names)
            asked = [(node, name) for name in names]
            said = f'from "{source.name}" import {", ".join(name for _, name in asked)}'
        for place, name in asked:
            if name not in source.exported:
                hint = nearest(name, source.exported)
                self.note(place, f'"{source.name}" has no "{name}" to import{hint}')
        taken = [name for _, name in asked]
        if not node.with_context and (lacking := _context_of(source.tree, taken)):
            self.note(node, f'"{source.name}" needs "{lacking}": {{% {said} with context %}}')


def _fields_of(name: str, sheet: Sheet) -> list[nodes.Getattr]:
    """Return what a template asks of a name."""
    found = sheet.tree.find_all(nodes.Getattr) if sheet.tree else ()
    return [one for one in found if isinstance(one.node, nodes.Name) and one.node.name == name]


def _context_of(tree: nodes.Template, macros: Iterable[str]) -> str:
    """Return what macros of a template name that only a context has, or nothing.

    What they call in the same template is looked at, too.
    """
    every = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    waiting, seen = list(macros), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in every:
            continue
        seen.add(name)
        named = [n.name for n in every[name].find_all(nodes.Name) if n.ctx == "load"]
        if found := next((one for one in named if one in CONTEXT), ""):
            return found
        waiting += named
    return ""


def _names(target: nodes.Node) -> list[str]:
    own = [target.name] if isinstance(target, nodes.Name) else []
    return [*own, *(name.name for name in target.find_all(nodes.Name))]
