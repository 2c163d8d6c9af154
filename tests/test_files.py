"""Files are written whole or not at all, all of a run or none, and nothing is left lying about."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings import files
from briefings.errors import InvalidInput
from tests.commands import found

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def write_both(*paths: Path) -> None:
    with files.together() as write:
        for path in paths:
            write(path, b"1")


def test_what_is_written_appears_at_the_end_and_together(tmp_path: Path) -> None:
    with files.together() as write:
        write(tmp_path / "a", b"1")
        write(tmp_path / "deep/er/b", b"2")
        assert not (tmp_path / "a").exists()
        assert not (tmp_path / "deep/er/b").exists()
    assert found(tmp_path) == ["a", "deep", "deep/er", "deep/er/b"]
    assert (tmp_path / "deep/er/b").read_bytes() == b"2"


def test_a_file_written_twice_is_what_was_written_last(tmp_path: Path) -> None:
    with files.together() as write:
        write(tmp_path / "a", b"1")
        write(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"2"
    assert found(tmp_path) == ["a"]


def test_a_reader_never_sees_half_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"0" * 1_000_000)
    seen: set[tuple[int, bytes]] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            data = path.read_bytes()
            seen.add((len(data), data[:1] + data[-1:]))

    reader = threading.Thread(target=look)
    reader.start()
    for digit in (b"1", b"2", b"3", b"4") * 5:
        with files.together() as write:
            write(path, digit * 1_000_000)
    done.set()
    reader.join()
    assert {length for length, _ in seen} == {1_000_000}
    assert all(ends[:1] == ends[1:] for _, ends in seen)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_fails_leaves_nothing_behind(error: type[BaseException], tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")

    def fail() -> None:
        with files.together() as write:
            write(tmp_path / "a", b"1")
            write(tmp_path / "new/er/b", b"2")
            raise error

    with pytest.raises(error):
        fail()
    assert found(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"before"


def test_a_folder_that_somebody_else_uses_by_now_stays(tmp_path: Path) -> None:
    def fail() -> None:
        with files.together() as write:
            write(tmp_path / "new/a", b"1")
            (tmp_path / "new/theirs").write_bytes(b"2")
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail()
    assert found(tmp_path) == ["new", "new/theirs"]


@pytest.mark.parametrize("call", ["fsync", "replace", "mkstemp", "chmod"])
def test_a_disk_that_fails_is_a_sentence(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    where = {"fsync": "os.fsync", "mkstemp": "tempfile.mkstemp"}
    monkeypatch.setattr(where.get(call, f"pathlib.Path.{call}"), full)
    path = tmp_path / "new/a"
    with pytest.raises(InvalidInput) as caught, files.together() as write:
        write(path, b"1")
    assert str(caught.value) == f"{path}: cannot be written: No space left on device"
    assert found(tmp_path) == []


def test_a_place_that_cannot_be_is_found_before_anything_is_renamed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    wrong = {
        tmp_path / "folder": f"{tmp_path / 'folder'}: cannot be written: Is a directory",
        tmp_path / "file/a": f"{tmp_path / 'file'}: this is a file; a folder is expected",
        tmp_path / "file/a/b": f"{tmp_path / 'file'}: this is a file; a folder is expected",
        tmp_path / ("x" * 300): f"{tmp_path / ('x' * 300)}: cannot be written: File name too long",
    }
    for path, said in wrong.items():
        with pytest.raises(InvalidInput) as caught:
            write_both(tmp_path / "a", path)
        assert str(caught.value) == said
    assert found(tmp_path) == ["file", "folder"]


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_follow_the_umask(mask: int, mode: int, tmp_path: Path) -> None:
    os.umask(mask)
    with files.together() as write:
        write(tmp_path / "new/a", b"1")
    assert stat.S_IMODE((tmp_path / "new/a").stat().st_mode) == mode
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o777 & ~mask
    assert os.umask(mask) == mask


def test_it_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def note_fsync(handle: int) -> None:
        told.append("fsync")
        fsync(handle)

    def note_replace(path: Path, target: Path) -> Path:
        told.append(f"rename {target.name}")
        return replace(path, target)

    monkeypatch.setattr("os.fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    with files.together() as write:
        write(tmp_path / "a", b"1")
        write(tmp_path / "b", b"2")
    assert told == ["fsync", "fsync", "rename a", "rename b"]
