"""Files are written here and nowhere else: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from briefings.errors import InvalidInput


def write(path: Path, data: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that nobody sees half of it.

    Raises:
        InvalidInput: the folder cannot be made or written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".briefings-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInput.of(f"cannot be written: {reason}", str(path)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
