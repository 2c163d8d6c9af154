"""Where our own templates and data are, and how a user's own come before them."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefings.errors import InvalidInput

WORKSPACE = "briefings.toml"  # the file that makes a folder a workspace
_COMMON = stat.S_IWOTH | stat.S_ISVTX


@cache
def shipped(kind: str) -> Path:
    """Return the folder of our own ``"templates"`` or ``"data"``.

    In a wheel both lie inside the package; in a checkout, beside it.
    """
    package = Path(__file__).parent
    inside = package / "_shipped" / kind
    return inside if inside.is_dir() else package.parent / kind


def inside(folder: Path, name: str) -> Path | None:
    """Return the file *name* of *folder*, or ``None`` where there is none.

    A link or a ``..`` that leads out of the folder is no file of it.
    """
    root = folder.resolve()
    try:
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


@cache
def cache_folder() -> Path | None:
    """Return the user's folder for what can be made again; ``None`` where there is none."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(stated) if Path(stated).is_absolute() else Path.home() / ".cache"
        folder = base / "briefings"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder


def workspace(folder: Path) -> Path | None:
    """Return the nearest folder, *folder* or one above it, that holds a ``briefings.toml``.

    One in which everybody leaves things, as in ``/tmp``, is passed over: a stranger's audience
    there would come before ours.
    """
    place = folder.absolute()
    for one in (place, *place.parents):
        with suppress(OSError):  # a folder above may be closed to us
            if (one / WORKSPACE).is_file() and one.stat().st_mode & _COMMON != _COMMON:
                return one
    return None


def shown(path: Path) -> str:
    """Return a path as a person here would write it: short where it lies below this folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere; or the current folder is gone
        return str(path)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Folders in which audiences, templates and themes are looked up: the user's own, then ours.

    Attributes:
        own: the user's folders, those that come first at the front.
        workspace: the folder with the ``briefings.toml``, where there is one; it is one of them.
    """

    own: tuple[Path, ...] = ()
    workspace: Path | None = None

    @classmethod
    def at(cls, folder: Path | None) -> Shelf:
        """Return the shelf of what lies in a folder: that folder, its workspace, then ours."""
        if folder is None:
            return cls()
        place, root = folder.absolute(), workspace(folder)
        return cls((place, root) if root and root != place else (place,), root)

    def folders(self, kind: str) -> list[Path]:
        """Return the folders of one kind, the user's first."""
        ours = shipped("templates") if kind == "templates" else shipped("data") / kind
        mine = [folder / kind for folder in self.own]
        return [*(one for one in mine if one.is_dir() and one.resolve() != ours), ours]

    def every(self, kind: str, name: str) -> list[Path]:
        """Return the files called *name* of that kind; each comes before those after it."""
        found = (inside(folder, name) for folder in self.folders(kind))
        return list(dict.fromkeys(path for path in found if path))

    def find(self, kind: str, name: str) -> Path | None:
        """Return the first file called *name* of that kind."""
        return next(iter(self.every(kind, name)), None)

    def stems(self, kind: str, suffix: str = ".yaml", within: str = "") -> list[str]:
        """Return the names of all files of that kind, sorted, without their suffix."""
        folders = [folder / within for folder in self.folders(kind)]
        return sorted({path.stem for folder in folders for path in folder.glob(f"*{suffix}")})


def read_bounded(path: Path, limit: int, what: str = "YAML file") -> bytes:
    """Return the bytes of a file, of *limit* bytes at most; *what* is expected.

    Raises:
        InvalidInput: it is missing, not a plain file, unreadable or too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise InvalidInput.of("there is no such file", str(path)) from None
    except IsADirectoryError:
        raise InvalidInput.of(f"this is a folder; a {what} is expected", str(path)) from None
    except PermissionError:
        raise InvalidInput.of("the file may not be read (permission denied)", str(path)) from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise InvalidInput.of(f"the file cannot be read: {reason}", str(path)) from None
    if len(data) > limit:
        million = 1_000_000
        most = f"{limit // million} MB" if limit >= million else f"{limit // 1_000} kB"
        raise InvalidInput.of(f"the file is over {most}", str(path))
    return data
