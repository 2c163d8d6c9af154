"""Compiled templates, kept from run to run: compiling ours takes as long as all the rest."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Keeps bytecode in the user's own cache; what cannot be kept is compiled each time.

    Jinja itself checks that a template is still the text that its bytecode was made from.
    """

    def __init__(self, folder: Path) -> None:
        # What the sandbox lets templates do is compiled into them.
        rules = b"".join(p.read_bytes() for p in sorted(Path(__file__).parent.glob("*.py")))
        digest = sha256(jinja2.__version__.encode() + rules).hexdigest()[:16]
        self.folder = folder / f"templates-{digest}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from its file."""
        try:
            with self._file(bucket).open("rb") as file:
                bucket.load_bytecode(file)
        except OSError:
            return

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a bucket to its file, whole or not at all."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                bucket.write_bytecode(file)
            Path(temporary).replace(self._file(bucket))

    def clear(self) -> None:
        """Forget everything that was kept."""
        for file in self.folder.glob("*"):
            file.unlink(missing_ok=True)

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / bucket.key


def compiled(folder: Path | None) -> Compiled | None:
    """Return the cache of a folder, or none where there is no folder."""
    return Compiled(folder) if folder else None
