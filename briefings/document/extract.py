"""A document as a briefing again: what its reader may see, as the YAML that it is made from.

It is made of the document alone, so nothing that this reader may not see can be in it. Ids are
made anew of kind and order, for the author's own are not in the document. Every portion carries
its marking. What cannot follow again from what the reader is shown is stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.document.view import Term, View
from briefings.errors import visible
from briefings.model.base import Pointed, shape
from briefings.model.briefing import Author
from briefings.model.extracts import STATED
from briefings.model.fields import is_slug
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.sections import keys
from briefings.source.writer import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.document.view import Document
    from briefings.model.base import Model

_COMMENT = 'The source of the brief "{}" for the audience "{}": all that it was made of.'
_TEXTS = ("title", "bluf", "series", "notice")


def extract(document: Document) -> str:
    """Return the YAML of which the same document is made again, for the same reader."""
    return dump(_head(document) | _Portions(document).all(), _comment(document))


def names(document: Document) -> dict[int, str]:
    """Return the ids that the portions of a document have in its YAML, by their identity."""
    return _Portions(document).ids


def _comment(document: Document) -> str:
    return visible(_COMMENT.format(document.id, document.audience))


def _head(document: Document) -> dict[str, Any]:
    named = document.audience
    head: dict[str, Any] = {
        "extract": {
            "audience": named,
            "sourcing": document.sourcing.value,
            "grades": document.graded,
        },
        "id": document.id if is_slug(document.id) else None,
        "issue": document.issue,
        "version": document.version.source,
        "language": document.written,
        "marking": document.marking.value,
        "as_of": document.as_of.token,
        "published": document.published.token,
        "audiences": [named] if is_slug(named) else None,
        "lexicon": document.lexicon.key if document.lexicon else None,
    }
    for name in _TEXTS:
        if text := getattr(document, name):
            head[name] = {document.markings[name].value: text.source}
    return {key: value for key, value in head.items() if value is not None}


class _Portions:
    """The portions of a document as plain data."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ids: dict[int, str] = {}
        numbers: dict[str, int] = {}
        for key, model in keys().items():
            for view in document.held.get(key, ()):
                for part in _pointed(view, model):
                    numbers[part.kind] = number = numbers.get(part.kind, 0) + 1
                    self.ids[id(part)] = f"{part.kind}-{number}"

    def all(self) -> dict[str, Any]:
        """Return what stands under each key, in the order of the model."""
        found: dict[str, Any] = {"authors": [self._part(a, Author) for a in self.document.authors]}
        for key, model in keys().items():
            if views := self.document.held.get(key):
                found[key] = [self._part(view, model) for view in views]
        return found

    def _part(self, view: View, model: type[Model]) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.ids[id(view)]} if id(view) in self.ids else {}
        parts = shape(model)
        for name, field in model.model_fields.items():
            if name == "id" or (name in STATED and self.document.graded):
                continue
            value: Any
            if name == "part_of":
                value = self._whole(view)
            elif name in parts.links:
                value = self._named(getattr(view, name))
            elif name in parts.nested:
                value = self._nested(getattr(view, name), parts.nested[name].model)
            else:
                value = _plain(name, getattr(view, name))
            if value is not None and value not in ([], field.default):
                data[name] = value
        return data

    def _whole(self, view: View) -> str | None:
        return self.ids[id(view.around)] if view.around else None

    def _named(self, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, tuple):
            return [self.ids[id(view)] for view in value]
        return None if value is None else self.ids[id(value)]

    def _nested(self, value: Any, model: type[Model]) -> Any:  # noqa: ANN401
        if isinstance(value, tuple):
            return [self._part(view, model) for view in value]
        return None if value is None else self._part(value, model)


def _pointed(view: View, model: type[Model]) -> Iterator[View]:
    """Yield the part and those in it that others can point at."""
    if issubclass(model, Pointed):
        yield view
    for name, nested in shape(model).nested.items():
        value = getattr(view, name)
        for inner in value if isinstance(value, tuple) else filter(None, [value]):
            yield from _pointed(inner, nested.model)


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Term):
        return int(value.token) if name == "credibility" else value.token
    if isinstance(value, Inline):
        return value.source
    if isinstance(value, Marking):
        return value.value
    # A number remembers how it was written; here it is only what it is.
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value
