"""What was made before, so that it need not be made again to know that it is the same.

It lies in the user's own cache, never at the target: its keys are made of the authors' files.
Losing it costs time only.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings import files, settings, watch
from briefings.errors import InvalidInput
from briefings.publish.briefs import Entry
from briefings.resources import Shelf, cache_folder, shipped
from briefings.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefings.publish.store import Site


class Memory:
    """What one target of one workspace was made of."""

    def __init__(self, site: Site) -> None:
        self.path = _path(site)
        self.kept: dict[str, Any] = _read(self.path) if self.path else {}
        self.used: dict[str, Any] = {}
        said = [__version__, _ours(), repr(site.target), site.form, site.figures]
        self._site = _digest(*(part.encode() for part in said))
        self._root = site.root
        self._shared: dict[Path, str] = {}

    def key(self, path: Path, data: bytes) -> str:
        """Return the key of a briefing: of its bytes, and of all else that its pages are made of.

        Raises:
            OSError: one of these cannot be read.
        """
        folder = path.absolute().parent
        if folder not in self._shared:
            self._shared[folder] = _shared(folder)
        parts = (self._site, self._shared[folder], path.name)
        return _digest(*(part.encode() for part in parts), data)

    def key_of(self, name: str, said: str) -> str:
        """Return the key of a listing: of its name, and of what it says."""
        return self.key(self._root / name, said.encode())

    def entries(self, key: str) -> list[Entry] | None:
        """Return the entries that a briefing has."""
        found = self.kept.get(key)
        if found is None:
            return None
        self.used[key] = found
        return [Entry(**entry) for entry in found]

    def keep(self, key: str, entries: Sequence[Entry]) -> None:
        """Remember the entries of a briefing."""
        self.kept[key] = self.used[key] = [asdict(entry) for entry in entries]

    def page(self, key: str) -> str | None:
        """Return the SHA-256 of a listing."""
        found: str | None = self.kept.get(key)
        if found is not None:
            self.used[key] = found
        return found

    def keep_page(self, key: str, digest: str) -> None:
        """Remember the SHA-256 of a listing."""
        self.kept[key] = self.used[key] = digest

    def save(self, *, whole: bool) -> None:
        """Write it down.

        Args:
            whole: whether everything of the workspace was looked at: what was not used is dropped.
        """
        kept = self.used if whole else self.kept
        if not self.path or kept == _read(self.path):
            return
        with suppress(InvalidInput, OSError), files.together() as write:
            write(self.path, json.dumps(kept).encode())
            self.path.parent.chmod(0o700)


def _path(site: Site) -> Path | None:
    """Return its file; where code of others may be run, nobody can tell what a page is made of."""
    folder = cache_folder()
    if folder is None or settings.load(Shelf.at(site.root)).trusted:
        return None
    name = _digest(os.fsencode(site.root.resolve()), site.name.encode())[:16]
    return folder / "published" / f"{name}.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _shared(folder: Path) -> str:
    """Return a digest of what all briefings of a folder are made of, apart from themselves."""
    used = sorted(watch.used([folder / "briefing"]) - {folder / "briefing"})
    parts = [(os.fsencode(path), path.read_bytes()) for path in used if path.is_file()]
    return _digest(*(part for pair in parts for part in pair))


@cache
def _ours() -> str:
    """Return what tells our own code, templates and data from another state of them."""
    folders = (Path(__file__).parents[1], shipped("templates"), shipped("data"))
    return _digest(*(_state(path) for folder in folders for path in _below(folder)))


def _below(folder: Path) -> Iterable[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix != ".pyc" and p.is_file())


def _state(path: Path) -> bytes:
    seen = path.stat()
    return f"{path.name} {seen.st_size} {seen.st_mtime_ns}".encode()


def _digest(*parts: bytes) -> str:
    made = sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()
