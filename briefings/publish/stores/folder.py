"""A folder with a file for each page: a clone of a wiki, a vault, the source of a site."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN
from hashlib import sha256
from typing import TYPE_CHECKING

from briefings import files
from briefings.errors import Changed, InvalidInput
from briefings.publish.marker import MENTION
from briefings.publish.store import Found, Wanted
from briefings.resources import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from briefings.publish.store import Site

KEYS: tuple[str, ...] = ("path",)
OPTIONAL: tuple[str, ...] = ()
FORM = ""
PATIENCE, PAUSE = 10.0, 0.05  # seconds to wait for another run; between two looks
_TEMPORARY = f"{files.TEMPORARY}publish-"


class Folder:
    """The pages and files of one folder."""

    keeps_what_is_shown = False

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.layout = folder, site.layout
        self.real = folder.resolve()

    def pages(self, names: Collection[str]) -> Mapping[str, Found]:
        """Return all pages that may be ours, and what stands under these names."""
        found = {}
        for path in sorted(self.folder.glob(f"*{self.layout.suffix}")):
            name = path.name.removesuffix(self.layout.suffix)
            one = self._found(name)
            if one and (name in names or (not one.obstacle and MENTION in one.load())):
                found[name] = one
        return found

    def files(self, names: Mapping[str, str]) -> Mapping[str, Found]:
        """Return the files that stand under these names."""
        each = ((name, self._found(name, page)) for name, page in names.items())
        return {name: one for name, one in each if one}

    def strays(self, may: Callable[[str], bool]) -> Mapping[str, Found]:
        """Return the files that may be ours: in the folder, or in those of its pages."""
        found: dict[str, Found] = {}
        for folder in self._of_files():
            page = folder.name if self.layout.in_folders else ""
            for name in _names(folder):
                if (not page or name.startswith(f"{page}.")) and may(name):
                    one = self._found(name, page or name)
                    found |= {name: one} if one and not one.obstacle else {}
        return found

    def _of_files(self) -> Iterator[Path]:
        if not self.layout.in_folders:
            yield self.folder
            return
        for name in _names(self.folder):
            if self.layout.between in name and (self.folder / name).is_dir():
                yield self.folder / name

    def place(self, name: str, page: str = "") -> Path:
        """Return where a page has its place, or a file of a page."""
        if not page:
            return self.folder / f"{name}{self.layout.suffix}"
        return self.folder / (page if self.layout.in_folders else "") / name

    def _found(self, name: str, page: str = "") -> Found | None:
        """Return what stands under a name; it is read at once, and once."""
        path, obstacle, data = self.place(name, page), "", b""
        try:
            if not path.parent.resolve().is_relative_to(self.real):
                obstacle = "its folder is a link that leads out of the target"
            elif path.is_symlink():
                obstacle = "this is a link to another file"
            elif not path.exists():
                return None
            elif not path.is_file():
                obstacle = "this is no file"
            else:
                data = path.read_bytes()
        except OSError as error:
            obstacle = f"it cannot be read: {error.strerror}"
        where = shown(path) if page else ""
        revision = sha256(data).hexdigest()
        return Found(name, revision, lambda: data, page, obstacle=obstacle, place=where)

    def write(self, wanted: Wanted, over: Found | None) -> None:
        """Write a page or a file, whole or not at all."""
        self.must_be(wanted.name, wanted.page, over)
        with files.together(_TEMPORARY) as write:
            write(self.place(wanted.name, wanted.page), wanted.data)

    def move(self, old: Found, new: str, left: Wanted) -> None:
        """Let a page stand under its new name, then what leads there under its old one."""
        self.must_be(old.name, "", old)
        self.write(Wanted(new, old.load()), None)
        self.write(left, old)

    def remove(self, found: Found) -> None:
        """Remove a page or a file, and its folder if nothing else is in it."""
        self.must_be(found.name, found.page, found)
        path = self.place(found.name, found.page)
        try:
            path.unlink()
        except OSError as error:
            reason = error.strerror or "unknown"
            raise InvalidInput.of(f"cannot be removed: {reason}", shown(path)) from None
        if path.parent != self.folder:
            with suppress(OSError):  # something else is in it
                path.parent.rmdir()

    def finish(self, message: str, pages: Collection[str], files: Mapping[str, str]) -> None:
        """Need nothing: what is written stands there."""

    def must_be(self, name: str, page: str, over: Found | None) -> None:
        """Raise ``Changed`` where what stands under a name is not what was looked at."""
        now = self._found(name, page)
        if (now and (now.revision, now.obstacle)) != (over and (over.revision, over.obstacle)):
            raise Changed("it has just been changed by somebody else")


def _names(folder: Path) -> list[str]:
    """Return the names in a folder, if there is one."""
    with suppress(OSError):
        return sorted(os.listdir(folder))  # noqa: PTH208  # names alone, of thousands
    return []


@contextmanager
def opened(site: Site, *, writing: bool, push: bool) -> Iterator[Folder]:
    """Hold a folder, so that nobody else publishes there until the end.

    Raises:
        InvalidInput: it is no folder, it is outside of the workspace and not there, or another run
            does not come to its end.
    """
    if push:
        raise InvalidInput.of(f'"{site.name}" is a folder; only a target of kind "git" is pushed')
    folder = place(site, make=writing)
    if not writing:
        yield Folder(folder, site)
        return
    with locked(folder):
        yield Folder(folder, site)


def place(site: Site, *, make: bool) -> Path:
    """Return the folder of a target; one in the workspace is made where that is wanted."""
    folder = site.folder
    if folder.exists() and not folder.is_dir():
        raise InvalidInput.of("this is a file; a folder is expected", shown(folder))
    if folder.is_dir():
        return folder
    if not folder.resolve().is_relative_to(site.root.resolve()):
        said = "there is no such folder; one outside of the workspace has to be there already"
        raise InvalidInput.of(said, shown(folder))
    if make:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidInput.of(f"cannot be made: {error.strerror}", shown(folder)) from None
    return folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder itself: nothing is left behind, however a run ends.

    Raises:
        InvalidInput: another run holds it, and does not come to its end.
    """
    until = time.monotonic() + PATIENCE
    handle = os.open(folder, os.O_RDONLY)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (EAGAIN, EACCES):
                    said = f"the folder cannot be held: {error.strerror}"
                    raise InvalidInput.of(said, shown(folder)) from None
                if time.monotonic() > until:
                    said = "another run is publishing there; try again when it has ended"
                    raise InvalidInput.of(said, shown(folder)) from None
                time.sleep(PAUSE)
        for left in folder.glob(f"{_TEMPORARY}*"):  # of a run that was killed
            left.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)
