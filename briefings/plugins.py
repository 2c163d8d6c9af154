"""Filters and figures in Python that installed packages bring, for a trusted workspace.

A package names them as entry points, ``briefings.filters`` and ``briefings.figures``. They are
code, which may do anything, so they are off unless ``briefings.toml`` says ``trusted = true``:
whoever renders a pack of templates from elsewhere starts nothing by it.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput
from briefings.resources import read_bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from briefings.resources import Shelf

FILTERS, FIGURES = "briefings.filters", "briefings.figures"
SETTINGS, MAX_SETTINGS = "briefings.toml", 1_000_000


def allowed(shelf: Shelf) -> bool:
    """Whether the workspace of a shelf says that code of installed packages may run.

    Raises:
        InvalidInput: its ``briefings.toml`` is no TOML, or ``trusted`` is neither true nor false.
    """
    own: Any = shelf.own
    folders = own if isinstance(own, tuple) else (own,) if own else ()
    for folder in folders:
        for around in (folder.resolve(), *folder.resolve().parents):
            if (around / SETTINGS).is_file():
                return _trusted(around / SETTINGS)
    return False


def _trusted(file: Path) -> bool:
    try:
        settings = tomllib.loads(read_bounded(file, MAX_SETTINGS, "TOML file").decode())
    except ValueError as error:
        raise InvalidInput.of(f"this is no TOML: {error}", str(file)) from None
    trusted = settings.get("trusted", False)
    if not isinstance(trusted, bool):
        raise InvalidInput.of('"trusted" is true or false', str(file))
    return trusted


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
