"""Filters and figures in Python that installed packages bring, for a trusted workspace.

A package names them as entry points, ``briefings.filters`` and ``briefings.figures``. They are
code, which may do anything, so they are off unless ``briefings.toml`` says ``trusted = true``:
whoever renders a pack of templates from elsewhere starts nothing by it.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from briefings import settings
from briefings.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefings.resources import Shelf

FILTERS, FIGURES = "briefings.filters", "briefings.figures"


def allowed(shelf: Shelf) -> bool:
    """Whether the workspace of a shelf says that code of installed packages may run.

    Raises:
        InvalidInput: its ``briefings.toml`` is wrong.
    """
    return settings.load(shelf).trusted


def brought(group: str, shelf: Shelf, ours: Iterable[str]) -> dict[str, Callable[..., Any]]:
    """Return what installed packages bring under a group, by name; nothing where that is off.

    Raises:
        InvalidInput: one has a name of ours, or cannot be loaded.
    """
    if not allowed(shelf):
        return {}
    found: dict[str, Callable[..., Any]] = {}
    taken = set(ours)
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        what = f'"{entry.name}" of the entry points {group} ({entry.value})'
        if entry.name in taken or entry.name in found:
            raise InvalidInput.of(f"{what} has a name that is taken")
        try:
            found[entry.name] = entry.load()
        except Exception as error:
            raise InvalidInput.of(f"{what} cannot be loaded: {error}") from error
        if not callable(found[entry.name]):
            raise InvalidInput.of(f"{what} is no function")
    return found


def waiting(group: str, name: str) -> bool:
    """Whether an installed package has something of this name, which may be off."""
    return any(entry.name == name for entry in entry_points(group=group))
