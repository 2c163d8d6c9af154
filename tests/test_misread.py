"""What is said where a server answers, and what it answers is no answer of such a wiki."""

from __future__ import annotations

import xmlrpc.client
from typing import TYPE_CHECKING, Any

import pytest

from briefings.errors import BriefingsError, InvalidInput, Refused
from briefings.publish.store import Found, Wanted
from tests import fakewikis, gates
from tests.test_remote import NOBODY
from tests.wikistores import FILE, PAGE, enter, opened, page, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefings.publish.store import Store

DEEP = b"[" * 200_000
INFO = "revisions|info"
ROWS: list[Any] = [["x"], [{"foo": 1}], [{"id": 5}], 5, "x", {}]


def doku_fault(code: object) -> bytes:
    """Return an answer that says no, with a code of any type."""
    fault = xmlrpc.client.dumps(({"faultCode": code, "faultString": "no"},), "x")
    value = fault[fault.index("<value>") : fault.index("</param>")]
    return f"<methodResponse><fault>{value}</fault></methodResponse>".encode()


def a_page(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what a MediaWiki tells of one page, but for these."""
    return {"query": {"pages": [{"title": "Harbour-fire.press", **more}]}}


# What a MediaWiki is asked for, and what it answers before anybody is in.
ANYTHING: list[Any] = [DEEP, {}, 5, [], {"error": "boom"}, {"error": 5}, {"query": []}, b"\xff"]
AT_THE_DOOR: list[tuple[str, Any]] = [
    *((w, s) for w in ("siteinfo", "tokens", "login", "extensions") for s in ANYTHING),
    ("login", {"login": 5}),
    ("extensions", {"query": {}}),
    ("extensions", {"query": {"fileextensions": [5]}}),
]


@pytest.mark.parametrize("what", AT_THE_DOOR, ids=lambda what: f"{what[0]}-{what[1]!r:.30}")
def test_a_mediawiki_at_the_door(what: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.mediawiki(**{what[0]: what[1]})
        expected = f"{gate.address}/ answers, but not as a MediaWiki does"
        assert refused("mediawiki", gate.address, pdf=True) == expected


@pytest.mark.parametrize("said", [DEEP, {}, 5, {"clientlogin": 5}, {"error": "boom"}])
def test_a_mediawiki_that_is_no_door(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    enter(monkeypatch, "desk", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.mediawiki(clientlogin=said)
        assert "answers, but not as a MediaWiki does" in refused("mediawiki", gate.address)


@pytest.mark.parametrize(
    "error", [{"error": {}}, {"error": {"code": "x"}}, {"error": {"info": []}}]
)
def test_an_error_without_words(error: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.mediawiki(tokens=error)
        assert refused("mediawiki", gate.address).startswith(gate.address)


def used(store: Store) -> None:
    """Ask a store for all that it reads, and write a page."""
    for found in (*store.pages([PAGE]).values(), *store.files({FILE: PAGE}).values()):
        found.load()
    store.write(page("ours"), None)


OF_QUERIES: list[Any] = [DEEP, 5, {"error": "boom"}, {"query": []}, {"query": 5}]
OF_PAGES: list[Any] = [5, [{}], [5], [{"title": 5}]]
OF_REVISIONS: list[Any] = [5, [], [5], [{"slots": 5}]]
OF_FILE = {"title": f"File:{FILE}", "imagerepository": "local", "imageinfo": 5}
INSIDE: list[tuple[str, Any]] = [
    *((INFO, said) for said in OF_QUERIES),
    *((INFO, {"query": {"pages": said}}) for said in OF_PAGES),
    *((INFO, a_page(revisions=said)) for said in OF_REVISIONS),
    (INFO, {"query": {}, "continue": 5}),
    (INFO, {"query": {"normalized": [{}]}}),
    (INFO, a_page(revisions=[{"slots": {"main": {"content": "\ud800"}}}])),
    ("edit", {}),
    ("edit", {"edit": 5}),
    ("imageinfo", {"query": {"pages": [OF_FILE]}}),
]


@pytest.mark.parametrize("what", INSIDE, ids=lambda what: f"{what[0]}-{what[1]!r:.60}")
def test_a_mediawiki_inside(what: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        others = {"imageinfo": {"query": {}}, what[0]: what[1]}
        gate.before = fakewikis.mediawiki(**others)
        with (
            opened("mediawiki", gate.address) as store,
            pytest.raises(InvalidInput, match="answers, but not as a MediaWiki does"),
        ):
            used(store)


OF_INFO: list[Any] = ["x", 5, [1], {"name": "x"}]
OF_VERSIONS: list[Any] = [5, "x", ["x"], [{}], [{"version": "x"}]]
OF_LOCKS: list[Any] = [[], "x", 5, {"locked": 5}]
DOKU: list[tuple[str, Any]] = [
    ("dokuwiki_login", doku_fault("x")),
    ("dokuwiki_login", DEEP),
    ("wiki_aclCheck", b"<methodResponse><params></params></methodResponse>"),
    *(("dokuwiki_getPagelist", rows) for rows in [*ROWS, [{"id": PAGE}]]),
    *(("wiki_getAttachments", rows) for rows in [*ROWS, [{"id": FILE, "hash": "x"}]]),
    *(("wiki_getPageInfo", said) for said in OF_INFO),
    *(("wiki_getPageVersions", said) for said in OF_VERSIONS),
    *(("dokuwiki_setLocks", said) for said in OF_LOCKS),
]


@pytest.mark.parametrize("what", DOKU, ids=lambda what: f"{what[0]}-{what[1]!r:.60}")
def test_a_dokuwiki(what: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.dokuwiki(**{what[0]: what[1]})
        with pytest.raises(BriefingsError) as told, opened("dokuwiki", gate.address) as store:
            used(store)
        said = str(told.value)
        assert "not as a DokuWiki does" in said or "does not list what is there" in said


def test_what_is_no_matter_of_answers_is_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.dokuwiki()
        with pytest.raises(KeyError), opened("dokuwiki", gate.address):
            raise KeyError  # in the core, while a store is open


def test_a_file_that_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk", "a-secret-of-ours")
    row = {"id": FILE, "mtime": 1, "hash": "x"}
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.dokuwiki(wiki_getAttachments=[row], wiki_getAttachment="x")
        with opened("dokuwiki", gate.address) as store:
            found = store.files({FILE: PAGE})[FILE]
            with pytest.raises(InvalidInput, match="does not let the account read"):
                found.load()


FORBIDDEN: dict[str, Callable[[Store], None]] = {
    "wiki.putPage": lambda store: store.write(page("ours"), None),
    "wiki.putAttachment": lambda store: store.write(Wanted(FILE, b"x", PAGE), None),
    "wiki.deleteAttachment": lambda store: store.remove(Found(FILE, "1 x", bytes, PAGE)),
}


@pytest.mark.parametrize("method", FORBIDDEN)
def test_a_dokuwiki_that_forbids_one_thing_is_asked_for_the_next(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, "desk", "a-secret-of-ours")
    row = {"id": FILE, "mtime": 1, "hash": "x"}
    there = [row] if method == "wiki.deleteAttachment" else []
    answers = fakewikis.dokuwiki(wiki_getAttachments=there)

    def answer(path: str, body: bytes) -> gates.Answer:
        forbidden = xmlrpc.client.loads(body)[1] == method
        return (403, [], b"forbidden") if forbidden else answers(path, body)

    with gates.gate(NOBODY) as gate:
        gate.before = answer
        with (
            opened("dokuwiki", gate.address) as store,
            pytest.raises(Refused, match="the wiki does not"),
        ):
            FORBIDDEN[method](store)


def test_a_dokuwiki_whose_remote_api_is_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = lambda *_: (403, [], b"forbidden")
        said = refused("dokuwiki", gate.address)
    assert "answers 403: it does not let the account use the remote API (remoteuser)" in said


def test_a_page_whose_category_is_gone_is_known_by_that(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    found = {}
    for text in ("Ours\n\n[[Category:Briefings]]", "Ours"):
        latest = {"revid": 1, "slots": {"main": {"content": text, "contentmodel": "wikitext"}}}
        page = {"title": "Briefs", "revisions": [latest], "actions": {"edit": True}}
        with gates.gate(NOBODY) as gate:
            gate.before = fakewikis.mediawiki(**{"revisions|info": {"query": {"pages": [page]}}})
            with opened("mediawiki", gate.address) as store:
                found[text] = store.pages(["Briefs"])["Briefs"]
    whole, without = found.values()
    assert (whole.load(), whole.lacks) == (b"Ours\n", "")
    assert (without.load(), without.lacks) == (
        b"Ours",
        "its last line, [[Category:Briefings]], is gone",
    )
