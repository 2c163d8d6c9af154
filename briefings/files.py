"""Files are written here and nowhere else: whole or not at all, and all of a run or none."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def together() -> Iterator[Callable[[Path, bytes], None]]:
    """Give a function that writes a file; what it wrote appears at the end, if nothing fails.

    Until then every file is a temporary one beside its place, flushed to the disk; then each is
    renamed, so that nobody ever sees half of one.

    Raises:
        InvalidInput: a folder cannot be made or written to.
    """
    waiting: dict[Path, Path] = {}

    def write(path: Path, data: bytes) -> None:
        with _sentences(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".briefings-", dir=path.parent)
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
    finally:
        for temporary in waiting:
            temporary.unlink(missing_ok=True)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInput.of(f"cannot be written: {reason}", str(path)) from None
