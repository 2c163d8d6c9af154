"""The stores of MediaWiki and DokuWiki against the wikis themselves, behind real web servers."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

import pytest

from briefings.errors import Changed
from briefings.publish.store import Wanted
from tests import gates
from tests.wikistores import FILE, PAGE, PDF, called, home, kind, opened, page, wiki

if TYPE_CHECKING:
    from tests.wikiservers import Wiki

__all__ = ["home", "kind", "wiki"]  # what pytest is to find
pytestmark = pytest.mark.wikis


def test_a_page_is_written_read_changed_and_removed(kind: str, wiki: Wiki) -> None:
    name = called(kind, PAGE)
    with opened(kind, wiki.address) as store:
        assert PAGE not in store.pages([PAGE])
        store.write(page("One, two"), None)
        found = store.pages([PAGE])[PAGE]
        assert found.load() == b"One, two\n"
        assert wiki.text(name).startswith("One, two")
        store.write(page("Three"), found)
        assert wiki.text(name).startswith("Three")
        assert len(wiki.revisions(name)) == 2
        store.remove(store.pages([PAGE])[PAGE])
        assert name not in wiki.names()
        assert not store.pages([PAGE])


def test_what_is_ours_is_found_without_its_name(kind: str, wiki: Wiki) -> None:
    wiki.edit(called(kind, "elsewhere"), "of somebody else")
    with opened(kind, wiki.address) as store:
        store.write(page("ours"), None)
    with opened(kind, wiki.address) as store:
        assert PAGE in store.pages([])
        assert "elsewhere" in store.pages(["elsewhere", PAGE])


def test_nothing_is_written_over_what_was_not_looked_at(kind: str, wiki: Wiki) -> None:
    name = called(kind, PAGE)
    with opened(kind, wiki.address) as store:
        store.write(page("ours"), None)
        seen = store.pages([PAGE])[PAGE]
        wiki.edit(name, "ours, and by hand")
        for over in (None, seen):
            with pytest.raises(Changed):
                store.write(page("ours, anew"), over)
        with pytest.raises(Changed):
            store.remove(seen)
        with pytest.raises(Changed):
            store.move(seen, "another.press", page("moved"))
        assert wiki.text(name).rstrip() == "ours, and by hand"
        assert called(kind, "another.press") not in wiki.names()


def test_a_file_is_written_read_changed_and_removed(kind: str, wiki: Wiki) -> None:
    name = called(kind, FILE)
    with opened(kind, wiki.address) as store:
        assert not store.files({FILE: PAGE})
        store.write(Wanted(FILE, PDF, PAGE, "a file"), None)
        assert wiki.file(name) == PDF
        found = store.files({FILE: PAGE})[FILE]
        assert found.load() == PDF
        assert found.checksums
        for method, digits in found.checksums.items():
            assert digits == hashlib.new(method, PDF, usedforsecurity=False).hexdigest()
        with pytest.raises(Changed):
            store.write(Wanted(FILE, PDF + b"2", PAGE), None)
        store.write(Wanted(FILE, PDF + b"2", PAGE), found)
        assert wiki.file(name) == PDF + b"2"
        with pytest.raises(Changed):
            store.remove(found)
        store.remove(store.files({FILE: PAGE})[FILE])
        assert not store.files({FILE: PAGE})
        assert not wiki.file(name)


def test_a_file_is_found_without_its_page(kind: str, wiki: Wiki) -> None:
    with opened(kind, wiki.address) as store:
        assert not store.strays(lambda _: True)
        for name in (FILE, "other.press.pdf"):
            store.write(Wanted(name, PDF + name.encode(), PAGE), None)
        found = store.strays(lambda name: name == FILE)
        assert found.keys() == {FILE}
        assert found[FILE].load() == PDF + FILE.encode()
        assert (
            found[FILE].place == {"mediawiki": f"File:{called(kind, FILE)}", "dokuwiki": FILE}[kind]
        )
        store.remove(found[FILE])
        assert store.strays(lambda _: True).keys() == {"other.press.pdf"}


def test_two_files_may_be_the_same(kind: str, wiki: Wiki) -> None:
    with opened(kind, wiki.address) as store:
        for name in ("one.pdf", "two.pdf"):
            store.write(Wanted(name, PDF, PAGE), None)
            assert wiki.file(called(kind, name)) == PDF


def test_a_page_that_moves_leads_on(kind: str, wiki: Wiki) -> None:
    with opened(kind, wiki.address) as store:
        store.write(page("ours"), None)
        leads = {"mediawiki": "#REDIRECT [[New.press]]", "dokuwiki": "[[new.press]]"}[kind]
        store.move(store.pages([PAGE])[PAGE], "new.press", page(leads))
        found = store.pages([PAGE, "new.press"])
        assert found["new.press"].load().decode().rstrip() == "ours"
        assert found[PAGE].load().decode().rstrip() == leads
    shown = {"mediawiki": "<p>ours", "dokuwiki": 'data-wiki-id="new.press"'}[kind]
    assert shown in wiki.html(called(kind, PAGE))


def test_an_edit_between_the_look_and_the_writing_is_not_lost(kind: str, wiki: Wiki) -> None:
    name = called(kind, PAGE)
    by_hand = "\n\n".join(["by hand", *(f"line {n}" for n in range(20))])
    with gates.gate(wiki.address) as gate, opened(kind, gate.address) as store:
        store.write(page("\n\n".join(f"line {n}" for n in range(20))), None)
        seen = store.pages([PAGE])[PAGE]

        def first(_path: str, body: bytes) -> None:
            if b"wiki.putPage" in body or b"action=edit" in body:
                gate.before = gates.let_pass
                wiki.edit(name, by_hand)
                time.sleep(1.1)  # DokuWiki keeps one state of each second

        gate.before = first
        with pytest.raises(Changed):
            store.write(page("\n\n".join(f"line {n}" for n in range(21))), seen)
        assert gate.before is gates.let_pass
    assert wiki.text(name).rstrip() == by_hand


def test_a_name_may_have_capitals(kind: str, wiki: Wiki) -> None:
    with opened(kind, wiki.address) as store:
        store.write(page("of ours", "AllBriefs"), None)
        found = store.pages(["AllBriefs"])
        assert found.keys() == {"AllBriefs"}
        store.write(page("of ours, still", "AllBriefs"), found["AllBriefs"])
        assert store.pages(["AllBriefs"])["AllBriefs"].load() == b"of ours, still\n"


def test_a_page_that_is_made_while_we_make_it_is_not_lost(kind: str, wiki: Wiki) -> None:
    name = called(kind, PAGE)
    with gates.gate(wiki.address) as gate, opened(kind, gate.address) as store:

        def first(_path: str, body: bytes) -> None:
            if b"wiki.putPage" in body or b"action=edit" in body:
                gate.before = gates.let_pass
                wiki.edit(name, "by hand")
                time.sleep(1.1)  # DokuWiki keeps one state of each second

        gate.before = first
        with pytest.raises(Changed):
            store.write(page("of ours"), None)
        assert wiki.text(name).rstrip() == "by hand"
        store.remove(store.pages([PAGE])[PAGE])
        store.write(page("of ours"), None)  # where something once was
    assert wiki.text(name).startswith("of ours")


def test_every_character_comes_back(kind: str, wiki: Wiki) -> None:
    said = "".join(map(chr, [*range(0x21, 0x7F), 0xA0, 0xAD, 0x2028, 0x200B, 0xFEFF, 0x1F600]))
    with opened(kind, wiki.address) as store:
        store.write(page(f"a{said}b"), None)
        assert store.pages([PAGE])[PAGE].load().decode() == f"a{said}b\n"


def test_more_pages_than_fit_into_one_answer(kind: str, wiki: Wiki) -> None:
    names = [f"page-{number}.press" for number in range(60)]
    with opened(kind, wiki.address) as store:
        for name in names:
            store.write(page(name, name), None)
        found = store.pages(names)
        assert {one: page.load().decode().rstrip() for one, page in found.items()} == {
            name: name for name in names
        }
