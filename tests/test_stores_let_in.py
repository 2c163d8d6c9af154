"""Who is let into a wiki on a server, and what is said where somebody is not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from briefings.errors import Changed, InvalidInput, Refused
from briefings.publish import mediawiki_api
from briefings.publish.store import Wanted
from tests import gates, wikiservers
from tests.wikiservers import KINDS
from tests.wikistores import (
    ACCOUNTS,
    FILE,
    PAGE,
    PDF,
    called,
    enter,
    home,
    kind,
    opened,
    page,
    refused,
    wiki,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wikiservers import MediaWiki, Wiki

__all__ = ["home", "kind", "wiki"]  # what pytest is to find
pytestmark = pytest.mark.wikis
PAGES = {
    "mediawiki": (b"action=edit", b"action=login", b"action=clientlogin"),
    "dokuwiki": (b"wiki.putPage", b"dokuwiki.login"),
}


@pytest.mark.parametrize("account", [ACCOUNTS["mediawiki"], ACCOUNTS["dokuwiki"]])
def test_mediawiki_lets_in_by_either_kind_of_password(
    account: tuple[str, str], tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, *account)
    private = '$wgGroupPermissions["*"]["read"] = false;'
    with wikiservers.mediawiki(tmp_path / "wiki", home, private) as wiki:
        with opened("mediawiki", wiki.address) as store:
            store.write(page("of ours"), None)
        assert "of ours" in wiki.stored(called("mediawiki", PAGE))


def test_a_wrong_password(kind: str, wiki: Wiki, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, ACCOUNTS[kind][0], "wrong-" * 6)
    said = refused(kind, wiki.address)
    assert "does not let the account in" in said
    assert "wrong-" not in said


def test_a_netrc_is_not_sent(
    kind: str, wiki: Wiki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with gates.gate(wiki.address) as gate, opened(kind, gate.address) as store:
        store.write(page("ours"), None)
    assert gate.seen
    assert not [headers for *_, headers in gate.seen if "Authorization" in headers]


def test_the_password_is_sent_once_and_in_no_address(kind: str, wiki: Wiki) -> None:
    with gates.gate(wiki.address) as gate, opened(kind, gate.address) as store:
        store.write(page("ours"), None)
    sent = [body for path, body, _ in gate.seen if any(one in body for one in PAGES[kind][1:])]
    assert len(sent) == 1
    assert not [path for path, *_ in gate.seen if "assword" in path]


def test_a_line_that_is_cut(kind: str, wiki: Wiki) -> None:
    with gates.gate(wiki.address) as gate, opened(kind, gate.address) as store:
        store.write(page("ours"), None)
        gate.down = True
        start = time.monotonic()
        with pytest.raises(InvalidInput, match="cannot be reached"):
            store.write(page("more", "more.press"), None)
        assert time.monotonic() - start < 20
    assert called(kind, PAGE) in wiki.names()


def test_a_busy_server_is_asked_again(kind: str, wiki: Wiki) -> None:
    with gates.gate(wiki.address) as gate, opened(kind, gate.address) as store:

        def busy(_path: str, body: bytes) -> gates.Answer | None:
            if PAGES[kind][0] not in body:
                return None
            gate.before = gates.let_pass
            return 503, [("Retry-After", "1")], b"later"

        gate.before = busy
        start = time.monotonic()
        store.write(page("ours"), None)
        assert time.monotonic() - start >= 1
    assert "ours" in wiki.text(called(kind, PAGE))


def test_haste_that_mediawiki_does_not_want(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, wikiservers.USER, wikiservers.PASSWORD)
    limits = '$wgRateLimits["edit"]["user"] = [ 1, 3 ]; $wgMainCacheType = CACHE_DB;'
    with wikiservers.mediawiki(tmp_path / "wiki", home, limits) as wiki:
        with gates.gate(wiki.address) as gate, opened("mediawiki", gate.address) as store:
            for name in ("one.press", "two.press"):
                store.write(page(name, name), None)
            edits = [body for _, body, _ in gate.seen if b"action=edit" in body]
            assert len(edits) > 2
            monkeypatch.setattr(mediawiki_api, "PAUSES", ())
            with pytest.raises(InvalidInput, match="says: As an anti-abuse measure"):
                store.write(page("three", "three.press"), None)
        assert wiki.names() >= {"One.press", "Two.press"}


def test_a_mediawiki_that_lags(wiki_of: MediaWiki, monkeypatch: pytest.MonkeyPatch) -> None:
    lagging = (
        200,
        [("X-Database-Lag", "7"), ("Retry-After", "1")],
        b'{"error": {"code": "maxlag", "info": "Waiting for a copy: 7 seconds lagged."}}',
    )
    with gates.gate(wiki_of.address) as gate, opened("mediawiki", gate.address) as store:

        def late(_path: str, body: bytes) -> gates.Answer | None:
            if b"action=edit" not in body:
                return None
            assert b"maxlag=5" in body
            gate.before = gates.let_pass
            return lagging

        gate.before = late
        store.write(page("ours"), None)
        monkeypatch.setattr(mediawiki_api, "PAUSES", ())
        gate.before = lambda _path, _body: lagging
        with pytest.raises(InvalidInput, match="is busy: the copies of its database lag"):
            store.write(page("later", "later.press"), None)
    assert "ours" in wiki_of.text(called("mediawiki", PAGE))


@pytest.fixture
def wiki_of(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaWiki]:
    enter(monkeypatch, *ACCOUNTS["mediawiki"])
    with wikiservers.mediawiki(tmp_path / "wiki", home) as running:
        yield running


# What a wiki is set to, and what is said before anything is written.
SETTINGS = [
    ("mediawiki", "$wgEnableUploads = false;", "takes no files ($wgEnableUploads)"),
    ("mediawiki", '$wgFileExtensions = [ "png" ];', "takes no pdf files ($wgFileExtensions)"),
    (
        "mediawiki",
        '$wgGroupPermissions["user"]["edit"] = false;$wgGroupPermissions["*"]["edit"] =false;',
        "the account lacks the right edit there",
    ),
    ("mediawiki", '$wgGroupPermissions["user"]["upload"] = false;', "lacks the right upload"),
    ("dokuwiki", "$conf['remote'] = 0;", "XML-RPC server not enabled"),
    ("dokuwiki", "$conf['remoteuser'] = '@others';", "use the remote API (remoteuser)"),
    ("dokuwiki", "$conf['useacl'] = 0;", "does not let the account in"),
]


@pytest.mark.parametrize("case", SETTINGS, ids=[case[2] for case in SETTINGS])
def test_what_the_wiki_has_to_allow(
    case: tuple[str, str, str], tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    which, settings, expected = case
    enter(monkeypatch, *ACCOUNTS[which])
    with KINDS[which](tmp_path / "wiki", home, settings) as wiki:
        assert expected in refused(which, wiki.address, pdf=True)


@pytest.mark.parametrize("level", [1, 2, 4])
def test_what_the_account_of_dokuwiki_may_not(
    level: int, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, *ACCOUNTS["dokuwiki"])
    with wikiservers.dokuwiki(tmp_path / "wiki", home) as wiki:
        (wiki.folder / "conf" / "acl.auth.php").write_text(f"* @ALL {level}\n")
        if level < 4:
            assert "may not create pages" in refused("dokuwiki", wiki.address)
        assert "may not upload files" in refused("dokuwiki", wiki.address, pdf=True)


def test_a_page_that_is_protected_is_said_to_be(wiki_of: MediaWiki) -> None:
    wiki_of.edit("Protected.press", "of the administrators")
    wiki_of.do("protect", "Protected.press")
    with opened("mediawiki", wiki_of.address) as store:
        assert store.pages(["protected.press"])["protected.press"].obstacle


def test_a_page_that_somebody_has_open_is_left(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, *ACCOUNTS["dokuwiki"])
    with wikiservers.dokuwiki(tmp_path / "wiki", home) as wiki:
        with opened("dokuwiki", wiki.address) as store:
            store.write(page("ours"), None)
            found = store.pages([PAGE])[PAGE]
            lock = wiki.lock(PAGE)
            with pytest.raises(Changed, match="somebody has it open in an editor"):
                store.write(page("anew"), found)
            with pytest.raises(Changed, match="somebody has it open in an editor"):
                store.remove(found)
            lock.unlink()
            store.write(page("anew"), found)
        assert not list((wiki.folder / "data" / "locks").iterdir())


def test_a_file_that_the_wiki_does_not_take(kind: str, wiki: Wiki) -> None:
    with opened(kind, wiki.address) as store:
        with pytest.raises(Refused, match="the wiki "):
            store.write(Wanted("harmful.exe", b"MZ", PAGE), None)
        store.write(Wanted(FILE, PDF, PAGE), None)  # others it takes
        assert wiki.file(called(kind, FILE)) == PDF
