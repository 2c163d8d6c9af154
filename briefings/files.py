"""Files are written here and nowhere else: whole or not at all, and all of a run or none."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


TEMPORARY = ".briefings-"  # how the name of a file begins that is not whole yet


@contextmanager
def together(prefix: str = TEMPORARY) -> Iterator[Callable[[Path, bytes], None]]:
    """Give a function that writes a file; what it wrote appears at the end, if nothing fails.

    Until then every file is a temporary one beside its place, flushed to the disk; then each is
    renamed, so that nobody ever sees half of one. On failure no trace is left: no temporary file
    and no folder that was not there.

    Args:
        prefix: how the names of the temporary files begin.

    Raises:
        InvalidInput: a folder cannot be made or written to, or a file's name is one of a folder.
    """
    waiting: dict[Path, Path] = {}
    folders: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        _folder(path.parent, folders)
        with _sentences(path):
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            handle, temporary = tempfile.mkstemp(prefix=prefix, dir=path.parent)
            waiting[Path(temporary)] = path
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

    try:
        yield write
        mask = os.umask(0)
        os.umask(mask)
        for temporary, path in list(waiting.items()):
            with _sentences(path):
                temporary.chmod(0o666 & ~mask)
                temporary.replace(path)
            del waiting[temporary]
    except BaseException:
        for temporary in waiting:
            temporary.unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):  # somebody may use it already
                folder.rmdir()
        raise


def _folder(folder: Path, made: list[Path]) -> None:
    """Make a folder with those above it, and note which ones were not there."""
    with _sentences(folder):
        for one in (*reversed(folder.parents), folder):
            if not one.is_dir():
                with suppress(FileExistsError):  # another run may have been quicker
                    one.mkdir()
                    made.append(one)
            if not one.is_dir():
                raise InvalidInput.of("this is a file; a folder is expected", str(one))


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInput.of(f"cannot be written: {reason}", str(path)) from None
