"""The YAML reader, asked for files: what is none, is too long or may not be read is a sentence."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefings import source
from briefings.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = 65534


def refused(path: Path | str) -> str:
    with pytest.raises(InvalidInput) as caught:
        source.read(path)
    return str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.yaml") == f"{tmp_path / 'no.yaml'}: there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}: this is a folder; a YAML file is expected"


def test_a_path_through_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.touch()
    assert refused(file / "b.yaml") == (
        f"{file / 'b.yaml'}: the file cannot be read: Not a directory"
    )


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 5000)
    assert refused(path) == f"{path}: the file cannot be read: File name too long"


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    assert refused(tmp_path / "a.yaml").endswith("there is no such file")


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "a.yaml")
    assert "the file cannot be read: " in refused(tmp_path / "a.yaml")


def test_an_unreadable_file(tmp_path: Path) -> None:
    """Root may read everything, so where the tests run as root another user tries."""
    file = tmp_path / "secret.yaml"
    file.write_text("title: A strike\n")
    file.chmod(0)
    if os.geteuid():
        assert refused(file) == f"{file}: the file may not be read (permission denied)"
        return
    script = (
        "import os, sys\n"
        "from briefings import errors, source\n"  # before the rights are gone
        "try:\n"
        f"    os.chdir({str(tmp_path)!r})\n"
        f"    os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "    source.read('secret.yaml')\n"
        "except errors.InvalidInput as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "secret.yaml: the file may not be read (permission denied)\n"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs Unix")  # noqa: PTH110
def test_devices() -> None:
    assert refused("/dev/zero") == "/dev/zero: the file is over 10 MB"
    assert refused("/dev/null").startswith("/dev/null:1:1: the file is empty; ")


def test_a_file_over_the_bound_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as large:
        large.truncate(10_000_000_000)
    assert refused(file) == f"{file}: the file is over 10 MB"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a: 1\na: 2\n")))
    assert refused("-").startswith('<stdin>:2:1: the key "a" stands twice')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a: 1\n")))
    assert source.read("-").data == {"a": 1}


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"title: A strike\n")
    found = source.read(file)
    assert found.data == {"title": "A strike"}
    assert found.name == str(file)
