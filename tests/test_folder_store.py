"""A folder as a store of pages: what it reads, and what it does not write over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefings.errors import Changed, InvalidInput
from briefings.publish.layouts import LAYOUTS
from briefings.publish.store import Site, Wanted
from briefings.publish.stores import STORES, folder, kind
from briefings.targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = b"# Fire\n\nbriefings: index\n"


def site(root: Path, path: str = "wiki", form: str = "gfm") -> Site:
    target = Target(kind="folder", path=path, format=form, audiences=["press"])
    return Site("wiki", target, root, form, LAYOUTS[form])


def test_every_kind_is_a_module_with_what_it_needs() -> None:
    for name in STORES:
        assert kind(name).KEYS
        assert kind(name).FORM in ("", *LAYOUTS)
        assert callable(kind(name).opened)


def test_what_is_written_is_found_again(tmp_path: Path) -> None:
    with kind("folder").opened(site(tmp_path), writing=True, push=False) as store:
        store.write(Wanted("fire.press", PAGE), None)
        store.write(Wanted("fire.press.pdf", b"%PDF", "fire.press"), None)
        found = store.pages([])["fire.press"]
        assert (found.load(), found.page, found.obstacle) == (PAGE, "", "")
        files = store.files({"fire.press.pdf": "fire.press", "fire.press.svg": "fire.press"})
        assert {name: one.load() for name, one in files.items()} == {"fire.press.pdf": b"%PDF"}
        store.move(found, "blaze.press", Wanted("fire.press", b"briefings: moved"))
        pages = {name: one.load() for name, one in store.pages([]).items()}
        assert pages == {"blaze.press": PAGE, "fire.press": b"briefings: moved"}
        for one in (*store.pages([]).values(), *files.values()):
            store.remove(one)
    assert list((tmp_path / "wiki").iterdir()) == []


def test_of_other_pages_only_those_asked_for_are_read(tmp_path: Path) -> None:
    (tmp_path / "wiki").mkdir()
    for name in ("Home.md", "Other.md", "notes.txt"):
        (tmp_path / "wiki" / name).write_bytes(b"# Mine\n")
    with folder.opened(site(tmp_path), writing=False, push=False) as store:
        assert [*store.pages(["Home", "none"])] == ["Home"]


def test_nothing_is_written_over_what_was_not_looked_at(tmp_path: Path) -> None:
    with folder.opened(site(tmp_path), writing=True, push=False) as store:
        store.write(Wanted("a", PAGE), None)
        seen = store.pages(["a"])["a"]
        (tmp_path / "wiki/a.md").write_bytes(b"mine")
        tries: list[Callable[[], None]] = [
            lambda: store.write(Wanted("a", b"x"), seen),
            lambda: store.write(Wanted("a", b"x"), None),
            lambda: store.remove(seen),
            lambda: store.move(seen, "b", Wanted("a", b"x")),
        ]
        for attempt in tries:
            with pytest.raises(Changed):
                attempt()
    assert [p.name for p in (tmp_path / "wiki").iterdir()] == ["a.md"]
    assert (tmp_path / "wiki/a.md").read_bytes() == b"mine"


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(PAGE)
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki/a.md").symlink_to(outside / "a.md")
    (tmp_path / "wiki/b").symlink_to(outside)
    (tmp_path / "wiki/c.md").mkdir()
    with folder.opened(site(tmp_path, form="otterwiki"), writing=True, push=False) as store:
        pages, files = store.pages(["a", "c"]), store.files({"a.md": "b"})
        said = {name: one.obstacle for name, one in {**pages, **files}.items()}
        assert said == {
            "a": "this is a link to another file",
            "c": "this is no file",
            "a.md": "its folder is a link that leads out of the target",
        }
        with pytest.raises(Changed):
            store.write(Wanted("a.md", b"x", "b"), None)
    assert (outside / "a.md").read_bytes() == PAGE


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki/.briefings-publish-x1").write_bytes(b"# Half")
    (tmp_path / "wiki/.briefings-x2").write_bytes(b"another's")
    with folder.opened(site(tmp_path), writing=True, push=False):
        pass
    assert [p.name for p in (tmp_path / "wiki").iterdir()] == [".briefings-x2"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("file", "file: this is a file; a folder is expected"),
        ("../gone", "gone: there is no such folder; one outside of the workspace has to be there"),
        ("link/gone", "gone: there is no such folder; one outside of the workspace has to be"),
        ("file/in", "in: cannot be made: Not a directory"),
    ],
)
def test_a_folder_that_cannot_be_is_told(tmp_path: Path, path: str, sentence: str) -> None:
    root = tmp_path / "desk"
    root.mkdir()
    (root / "file").write_bytes(b"")
    (root / "link").symlink_to(tmp_path)
    with (
        pytest.raises(InvalidInput) as raised,
        folder.opened(site(root, path), writing=True, push=False),
    ):
        pass
    assert sentence in str(raised.value)


def test_a_folder_is_not_pushed(tmp_path: Path) -> None:
    with (
        pytest.raises(InvalidInput, match='"wiki" is a folder'),
        folder.opened(site(tmp_path), writing=True, push=True),
    ):
        pass


def test_only_one_publishes_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "PATIENCE", 0.1)
    with (
        folder.opened(site(tmp_path), writing=True, push=False),
        folder.opened(site(tmp_path), writing=False, push=False) as reading,
    ):
        assert reading.pages([]) == {}
        with (
            pytest.raises(InvalidInput, match="another run is publishing there"),
            folder.opened(site(tmp_path), writing=True, push=False),
        ):
            pass
