"""pandoc, asked without a file, a network or a setting of the user's own within its reach."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from typing import TYPE_CHECKING

from briefings.errors import Unequipped
from briefings.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

INSTALL = 'pip install "briefings[office]"'
EARLIEST = 1980  # the first year that a ZIP can tell


def parts(tree: str, form: str) -> dict[str, bytes]:
    """Return the parts of the file that pandoc makes of its tree, by name.

    Args:
        tree: as JSON.
        form: ``docx`` or ``odt``.

    Raises:
        Unequipped: pandoc is not there.
    """
    try:
        from pypandoc import get_pandoc_path  # noqa: PLC0415  # an extra, for these formats alone
    except ModuleNotFoundError:
        raise Unequipped(f"{form} needs pandoc; install it: {INSTALL}") from None
    with tempfile.TemporaryDirectory(prefix="briefings-") as empty:
        styles = shipped("data") / "office" / f"reference.{form}"
        how = ["--sandbox", f"--data-dir={empty}", f"--reference-doc={styles}"]
        command = [get_pandoc_path(), "--from=json", f"--to={form}", "--output=-", *how]
        done = subprocess.run(  # noqa: S603  # pandoc itself, with words of ours alone
            command, input=tree.encode(), capture_output=True, check=True, cwd=empty
        )
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: Mapping[str, bytes], day: tuple[int, int, int], first: str = "") -> bytes:
    """Return parts as one file, the same whenever it is made.

    Args:
        parts: what it holds, by name.
        day: which stands for the clock: year, month and day.
        first: the part that stands first, as it is.
    """
    stamp = (max(day[0], EARLIEST), *day[1:], 0, 0, 0)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            kind = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            file.writestr(entry, parts[name], kind, 9)
    return made.getvalue()
