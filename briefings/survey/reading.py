"""What a section's template reads of the document, held against what its audience lets it use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from briefings import source as yaml
from briefings.audience import sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.errors import Problem
    from briefings.resources import Shelf
    from briefings.survey.library import Library, Sheet

# Who asks for these may read anything.
_ALL = ("parts", "held", "source")


def unread(name: str, library: Library, shelf: Shelf) -> Iterator[Problem]:
    """Yield what an audience lets a section use, and the section's template does not read.

    It would lie in the document, and in the source that a PDF carries, though nobody shows it.
    """
    path = shelf.find("audiences", f"{name}.yaml")
    source = yaml.read(path) if path else None
    uses = source.data.get("uses") if source else None
    if source is None or not isinstance(uses, dict):
        return
    for section, used in uses.items():
        file = f"sections/{section}{sections.SUFFIX}"
        read = _read(file, library)
        for index, key in enumerate(used if read is not None else []):
            if key in sections.KEYS and key not in (read or ()):
                said = f'templates/{file} does not read document["{key}"]'
                yield source.problem(("uses", section, index), said)


def _read(name: str, library: Library) -> set[str] | None:
    """Return the keys that a template reads, with all that it puts in; ``None`` if any may be."""
    waiting, seen, found = [name], set[str](), set[str]()
    while waiting:
        here = waiting.pop()
        sheet = library.sheets.get(here)
        if here in seen or sheet is None:
            continue
        seen.add(here)
        keys = _keys(sheet)
        if keys is None:
            return None
        found |= keys
        waiting += library.put_in(sheet)
    return found


def _keys(sheet: Sheet) -> set[str] | None:
    if sheet.tree is None:
        return None
    found: set[str] = set()
    named = 0
    for item in sheet.tree.find_all((nodes.Getitem, nodes.Getattr)):
        if _is_document(item):
            key = _key(item)
            if key is None or key in _ALL:
                return None
            found.add(key)
            named += 1
    every = [node.name for node in sheet.tree.find_all(nodes.Name)]
    # A figure, or a macro that is given the whole document, reads what it likes.
    return None if every.count("document") > named or "figure" in every else found


def _is_document(item: nodes.Expr) -> bool:
    holder = getattr(item, "node", None)
    return isinstance(holder, nodes.Name) and holder.name == "document"


def _key(item: nodes.Expr) -> str | None:
    """Return the name that is asked for, where it stands there."""
    if isinstance(item, nodes.Getattr):
        return item.attr
    key = (
        item.arg.value
        if isinstance(item, nodes.Getitem) and isinstance(item.arg, nodes.Const)
        else None
    )
    return key if isinstance(key, str) else None
