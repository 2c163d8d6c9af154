"""What the model's classes say of themselves, of their fields and of their members.

A field is described by the text below it, whose last sentence gives examples in YAML::

    unit: Line | None = None
    '''What is counted. Examples: ``people``, ``litres a day``.'''
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from briefings import source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum

_EXAMPLES = re.compile(r"\s*\bExamples?: (``.+?``(?:, ``.+?``)*)\.$")
_CODE = re.compile(r"``(.+?)``")


@dataclass(frozen=True, slots=True)
class Said:
    """A description, with code between double backticks, and the examples in it."""

    text: str
    examples: tuple[Any, ...] = ()

    @property
    def plain(self) -> str:
        """The description where nothing is marked up."""
        return _CODE.sub(r'"\1"', self.text)

    @property
    def markdown(self) -> str:
        """The description as Markdown."""
        return _CODE.sub(r"`\1`", self.text)


def of_class(cls: type) -> Said:
    """Return what a class says of itself."""
    return Said(" ".join((cls.__doc__ or "").split()))


def of_field(cls: type, name: str) -> Said | None:
    """Return what is said of a field or a member, where the class or one above it says it."""
    for one in cls.__mro__:
        if one.__module__.startswith("briefings") and (said := _attributes(one).get(name)):
            return said
    return None


def of_member(member: Enum) -> Said:
    """Return what is said of a member of an enumeration."""
    said = of_field(type(member), member.name)
    if said is None:
        raise ValueError(f"nothing is said of {member}")
    return said


@cache
def _attributes(cls: type) -> dict[str, Said]:
    try:
        lines = inspect.getsource(cls)
    except (OSError, TypeError):  # a class that no file holds: that of a briefing
        return {}
    return dict(_described(ast.parse(dedent(lines)).body[0]))


def _described(tree: ast.stmt) -> Iterator[tuple[str, Said]]:
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    for one, below in pairwise(body):
        targets = one.targets if isinstance(one, ast.Assign) else []
        targets = [one.target] if isinstance(one, ast.AnnAssign) else targets
        text = below.value if isinstance(below, ast.Expr) else None
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(text, ast.Constant):
                yield target.id, _said(str(text.value))


def _said(text: str) -> Said:
    text = " ".join(text.split())
    found = _EXAMPLES.search(text)
    if not found:
        return Said(text)
    examples = [value(written) for written in _CODE.findall(found[1])]
    return Said(text[: found.start()], tuple(examples))


def value(written: str) -> Any:  # noqa: ANN401
    """Return a value as YAML reads it, with plain numbers."""
    return source.parse(f"value: {written}\n".encode(), "example").data["value"]
