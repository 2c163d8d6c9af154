"""What a brief is made with besides its content: a digest of each part of that.

So it can be told whether a brief was made with the templates that are here, or with others.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from briefings.document.view import digest
from briefings.resources import Shelf, inside, read_bounded, shipped
from briefings.templating.loader import MAX_BYTES, Loader
from briefings.writers.fonts import folders
from briefings.writers.theme import MAX_THEME, files, made_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from briefings.document import Document


def recipe(document: Document, shelf: Shelf) -> dict[str, str]:
    """Return a SHA-256, in hex digits, for each part that a user can have his own of.

    Raises:
        InvalidInput: a template or the theme cannot be read.
    """
    sheets = [part for path in files(document.theme, shelf) for part in made_of(path)]
    return {
        "templates": _of_files(_templates(shelf)),
        "theme": digest(b"\n".join(read_bounded(part, MAX_THEME) for part in sheets)),
        "fonts": _of_fonts(shelf),
        **document.made_with,
    }


def own(document: Document, shelf: Shelf) -> list[str]:
    """Return which parts are not ours but the user's own; of the document's, those of files."""
    ours, folders_ = Shelf(), [shipped("templates"), shipped("data")]
    here = {
        "audience": shelf.find("audiences", f"{document.audience}.yaml"),
        "language": shelf.find("languages", f"{document.language.code}.yaml"),
        "lexicon": shelf.find("lexicons", f"{document.lexicon.key}.yaml")
        if document.lexicon
        else None,
    }
    found = [
        name
        for name, path in here.items()
        if path and not any(path.is_relative_to(folder.resolve()) for folder in folders_)
    ]
    if _of_fonts(shelf) != _of_fonts(ours):
        found.append("fonts")
    if _of_files(_templates(shelf)) != _of_files(_templates(ours)):
        found.append("templates")
    themes = files(document.theme, shelf)
    if any(not path.is_relative_to(folders_[0].resolve()) for path in themes):
        found.append("theme")
    return found


def whole(parts: Mapping[str, str]) -> str:
    """Return one digest of all parts."""
    return digest("\n".join(f"{name} {parts[name]}" for name in sorted(parts)))


def _templates(shelf: Shelf) -> dict[str, Path]:
    """Return the templates by name, the user's own first."""
    folders_, found = shelf.folders("templates"), {}
    for name in Loader(shelf).list_templates():
        paths = (inside(folder, name) for folder in folders_)
        found[name] = next(path for path in paths if path)
    return found


def _of_files(named: Mapping[str, Path]) -> str:
    total = sha256()
    for name, path in named.items():
        total.update(f"{name} {digest(read_bounded(path, MAX_BYTES))}\n".encode())
    return total.hexdigest()


def _of_fonts(shelf: Shelf) -> str:
    """Return a digest of the fonts' names and sizes; reading all of them takes too long."""
    found = [path for folder in folders(shelf) for path in folder.rglob("*") if path.is_file()]
    return digest("\n".join(sorted(f"{path.name} {path.stat().st_size}" for path in found)))
