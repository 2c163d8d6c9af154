"""What the names of a template stand for, as far as that can be told without running it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from briefings import figures
from briefings.errors import nearest, unknown
from briefings.language import load, pieces
from briefings.resources import Shelf
from briefings.templating import schema
from briefings.templating.schema import Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.survey.library import Library

Scope = dict[str, Type | None]
_KEEPING = ("sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr")
_ASKING = ("selectattr", "rejectattr", "groupby")  # their first argument is the name of a field
_SELF = {"text": "print it as it is", "term": "print it as it is", "marking": "print it as it is"}
_NAME = re.compile(r"[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*")
_WORDS = Type("words")
_OF_MAPPINGS = ("get", "items", "keys", "values")
MOST_NAMED = 3


class Typist:
    """Finds out what an expression is; on the way it notes what cannot be."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.words: dict[str, Any] = dict(load("en", Shelf()).data)
        self.figures = [*figures.FIGURES, *figures.known(library.loader.shelf)]
        self.noted: list[tuple[int, str]] = []

    def note(self, node: nodes.Node, said: str) -> None:
        """Remember what is wrong with a piece of a template."""
        self.noted.append((node.lineno, said))

    def of(self, node: nodes.Node, scope: Scope) -> Type | None:
        """Return what an expression is, or ``None`` where that is not known."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            return self._field(node, self.of(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, self.of(node.node, scope))
        if isinstance(node, nodes.Call):
            self._called(node)
        return None

    def _item(self, node: nodes.Getitem, scope: Scope) -> Type | None:
        held = self.of(node.node, scope)
        if not isinstance(node.arg, nodes.Const) or held is None:
            return None
        key = node.arg.value
        if held.many:
            return held.one if isinstance(key, int) else None
        if held.what == "document" and isinstance(key, str):
            known = schema.portions()
            if key in known:
                return known[key]
        return self._field(node, held, key) if isinstance(key, str) else None

    def _field(self, node: nodes.Node, held: Type | None, name: str) -> Type | None:
        if held is None or held.many:
            return None
        if held.what == "part":
            return self._of_part(node, held, name)
        found: Type | None = None
        if held.what == "document":
            both = {**schema.portions(), **schema.document()}
            found = self._known(node, '"document"', name, both)
        elif held.what == "words":
            found = self._word(node, name)
        elif held.what == "group" and name not in _OF_MAPPINGS:
            words = {str(key): word for key, word in self.words[held.kinds[0]].items()}
            self._known(node, "the mapping", name, words)
            found = schema.TEXT
        elif held.what in _SELF and (held.what, name) != ("term", "token"):
            self.note(node, f'a {held.what} has no "{name}"; {_SELF[held.what]}')
        return found

    def _of_part(self, node: nodes.Node, held: Type, name: str) -> Type | None:
        every = schema.kinds()
        several = [every[kind] for kind in held.kinds if kind in every]
        both: dict[str, Type] = {}
        for fields in several:
            both |= fields
        few = len(held.kinds) <= MOST_NAMED
        called = " or ".join(f'"{kind}"' for kind in held.kinds) if few else "none of these parts"
        found: Type | None = self._known(node, called, name, both)
        return found if len({one.get(name) for one in several}) == 1 else None

    def _known(self, node: nodes.Node, whose: str, name: str, fields: dict[str, Any]) -> Any:  # noqa: ANN401
        if name in fields:
            return fields[name]
        if not name.startswith("__"):
            known = sorted(fields)
            hint = nearest(name, known) or f"; known: {', '.join(known)}"
            has = "has" if whose.startswith("none") else "has no"
            self.note(node, f'{whose} {has} "{name}"{hint}')
        return None

    def _word(self, node: nodes.Node, name: str) -> Type | None:
        words = self.words["words"]
        groups = {k: v for k, v in self.words.items() if isinstance(v, dict) and k != "words"}
        if name in groups:
            return Type("group", (name,))
        self._known(node, '"words"', name, {**words, **groups})
        return schema.TEXT

    def _filtered(self, node: nodes.Filter, held: Type | None) -> Type | None:
        first = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
        if held is None or not held.many:
            return None
        if node.name in _ASKING and isinstance(first, str):
            self._path(node, held.one, first)
        for keyword in node.kwargs:
            value = keyword.value
            if keyword.key == "attribute" and isinstance(value, nodes.Const):
                found = self._path(node, held.one, str(value.value))
                if node.name == "map" and found:
                    return Type(found.what, found.kinds, many=True)
        if node.name in _KEEPING:
            return held
        return held.one if node.name in ("first", "last") else None

    def _path(self, node: nodes.Node, held: Type | None, path: str) -> Type | None:
        for name in path.split("."):
            held = self._field(node, held, name)
        return held

    def _called(self, node: nodes.Call) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        first = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
        if not isinstance(first, str):
            return
        if name == "figure" and first not in self.figures:
            files = (f"figures/{first}.md.j2", f"figures/{first}.svg.j2")
            if not any(file in self.library.sheets for file in files):
                self.note(node, unknown("figure", first, self.figures))
        if name in ("block", "mark") and not _NAME.fullmatch(first):
            self.note(node, f'"{first}" is not a name of lower-case letters, digits and hyphens')
        if name == "say":
            self._said(node, first)

    def _said(self, node: nodes.Call, key: str) -> None:
        sentences = self.words["words"]
        if key not in sentences:
            self.note(node, f'there are no words "{key}"{nearest(key, sentences)}')
            return
        given = {keyword.key for keyword in node.kwargs}
        for wanted in _wanted(str(sentences[key])):
            if wanted not in given and node.dyn_kwargs is None:
                self.note(node, f'the words "{key}" need "{wanted}"')


def _wanted(sentence: str) -> Iterator[str]:
    yield from (placeholder for _, placeholder in pieces(sentence) if placeholder)


START: Scope = {"document": Type("document"), "words": _WORDS}
