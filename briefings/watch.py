"""The files that a briefing is made of, and when one changes: for a check and the preview."""

from __future__ import annotations

import threading
import time
from itertools import chain
from typing import TYPE_CHECKING, Any

from briefings.errors import Unequipped
from briefings.model.register import FOLDER as REGISTER
from briefings.resources import WORKSPACE, shipped, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

KINDS = ("audiences", "templates", "languages", "lexicons", "fonts")
INSTALL = 'pip install "briefings[preview]"'
_TOGETHER, _STEP = 60, 10  # milliseconds: an editor writes a file in several steps
_STEPS = 20  # after so many, what still changes is taken as it is
_AGAIN = 1_000  # milliseconds after which files are looked at though nothing was told
_HOW: dict[str, Any] = {
    "watch_filter": None,
    "debounce": _TOGETHER,
    "step": _STEP,
    "rust_timeout": _AGAIN,
    "yield_on_timeout": True,
    "recursive": False,
}
_DEEP = 8  # folders in folders that are looked into


def changes(
    files: Callable[[], Iterable[Path]],
    *,
    settle: bool = True,
    ended: threading.Event | None = None,
) -> Iterator[None]:
    """Yield at once, then each time that something which a briefing uses has changed.

    What the system tells is only when to look: what is compared is the files themselves. So
    nothing is missed that happens while the caller is busy, nor on a disk that tells nothing.

    Args:
        files: tells the briefings, each time anew.
        settle: whether to wait until files stay as they are. Who can leave off what he has begun
            on half a file need not.
        ended: set from another thread, it ends this; within a second.

    Raises:
        Unequipped: the package that looks for changes is not there.
    """
    try:
        from watchfiles import watch  # noqa: PLC0415  # an extra: who does not look needs none of it
    except ModuleNotFoundError:
        raise Unequipped(f"--watch needs watchfiles; install it: {INSTALL}") from None
    ended = ended or threading.Event()
    while not ended.is_set():
        before = _settled(files) if settle else _everything(files())
        yield
        while not ended.is_set() and _everything(files()) == before:
            folders = _folders(files())
            try:
                for _ in watch(*folders, stop_event=ended, **_HOW) if folders else ():
                    if _everything(files()) != before or _folders(files()) != folders:
                        break
            except (OSError, RuntimeError):  # a folder has gone, or no more can be watched
                folders = []
            if not folders:
                ended.wait(_AGAIN / 1_000)


def _settled(files: Callable[[], Iterable[Path]]) -> dict[Path, tuple[int, int, int]]:
    """Return the state in which files stay: an editor may empty one before it writes it."""
    before = _everything(files())
    for _ in range(_STEPS):
        time.sleep(_TOGETHER / 1_000)
        now = _everything(files())
        if now == before:
            break
        before = now
    return before


def _everything(files: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
    """Return the state of what briefings use, and of what is ours: somebody may be at that too."""
    ours = {path for folder in _ours() for path in _glob(folder, "*") if path.is_file()}
    return _state(used(files) | ours)


def state(files: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
    """Return what tells whether a file has changed, for each that a briefing may use."""
    return _state(used(files))


def _state(paths: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
    found = {}
    for path in paths:
        try:
            seen = path.stat()
        except OSError:
            continue
        found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found


def used(files: Iterable[Path]) -> set[Path]:
    """Return the briefings with all files that one of them may use."""
    files = [file.absolute() for file in files]
    found = set(files)
    for root in _roots(files):
        found |= {root / WORKSPACE, *_glob(root / REGISTER, "*.yaml")}
        for folder in _below(root / kind for kind in KINDS):
            found.update(path for path in _glob(folder, "*") if path.is_file())
    return found


def _folders(files: Iterable[Path]) -> list[Path]:
    """Return the folders in which a file that matters can come or go; those that are there."""
    roots = _roots([file.absolute() for file in files])
    own = chain.from_iterable((root, root / REGISTER.parent, root / REGISTER) for root in roots)
    below = _below(root / kind for root in roots for kind in KINDS)
    return sorted({folder for folder in chain(own, below, _ours()) if folder.is_dir()})


def _ours() -> Iterator[Path]:
    """Yield the folders of what is shipped with the program."""
    return _below([shipped("templates"), *(shipped("data") / kind for kind in KINDS)])


def _roots(files: Iterable[Path]) -> set[Path]:
    """Return the folder of each briefing, and its workspace's."""
    folders = {file.parent for file in files}
    return folders | {root for folder in folders if (root := workspace(folder))}


def _below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield folders, and those in them."""
    waiting = [(folder, 0) for folder in folders]
    while waiting:
        folder, depth = waiting.pop()
        if folder.is_dir():
            yield folder
            if depth < _DEEP:
                waiting += [(path, depth + 1) for path in _glob(folder, "*") if path.is_dir()]


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return list(folder.glob(pattern))
    except OSError:  # it has gone, or may not be read
        return []
