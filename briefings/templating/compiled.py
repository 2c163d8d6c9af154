"""Compiled templates, kept from run to run: compiling ours takes as long as all the rest."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from briefings.resources import cache_folder

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import Environment


class Compiled(BytecodeCache):
    """Keeps bytecode for this process, and for later ones in the user's own cache.

    Jinja itself checks that a template is still the text that its bytecode was made from. What
    cannot be kept in a file is compiled once a process.
    """

    def __init__(self, folder: Path | None) -> None:
        # What the sandbox lets templates do is compiled into them.
        rules = b"".join(p.read_bytes() for p in sorted(Path(__file__).parent.glob("*.py")))
        digest = sha256(jinja2.__version__.encode() + rules).hexdigest()[:16]
        self.folder = folder / f"templates-{digest}" if folder else None
        self.kept: dict[str, tuple[str, CodeType]] = {}  # with a digest of what it was made from

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Keep apart what escapes and what does not: a part may be put into both."""
        kind = "html" if environment.autoescape else "text"
        return super().get_bucket(environment, f"{kind}:{name}", filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was kept for it."""
        if bucket.key not in self.kept and self.folder:
            with suppress(OSError):
                bucket.load_bytecode(BytesIO((self.folder / bucket.key).read_bytes()))
            self._keep(bucket)
        checksum, code = self.kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code:
            self.kept[bucket.key] = bucket.checksum, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds; a file is written whole or not at all."""
        self._keep(bucket)
        if not self.folder:
            return
        written = BytesIO()
        bucket.write_bytecode(written)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(written.getvalue())
            Path(temporary).replace(self.folder / bucket.key)

    def clear(self) -> None:
        """Forget everything that was kept."""
        self.kept.clear()
        for file in self.folder.glob("*") if self.folder else ():
            file.unlink(missing_ok=True)


@cache
def compiled() -> Compiled:
    """Return the one store of this process."""
    return Compiled(cache_folder())
