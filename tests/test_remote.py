"""What is said where a wiki on a server cannot be opened. No wiki is needed for that."""

from __future__ import annotations

import socket
import sys
import time

import pytest

from briefings.errors import InvalidInput, Unequipped
from briefings.publish import remote
from tests import gates
from tests.commands import run
from tests.wikistores import STORES, kind, opened, refused, site

__all__ = ["kind"]  # what pytest is to find
NOBODY = "http://127.0.0.1:9"


def test_no_account(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFINGS_OUR_WIKI_USER")
    monkeypatch.setenv("BRIEFINGS_OUR_WIKI_PASSWORD", "")
    said = refused(kind, "https://wiki.example/")
    assert "no BRIEFINGS_OUR_WIKI_USER and no BRIEFINGS_OUR_WIKI_PASSWORD" in said


@pytest.mark.parametrize(
    ("allowed", "lets"),
    [
        ("{0}/w/", True),
        ("{0}/w", True),
        ("{0}", True),
        ("{0}/w/x/", False),
        ("{0}/v/", False),
        ("{0}/w/api.php", False),
        ("http://localhost:1/w/", False),
        ("https://wiki.example/w/", False),
        ("https://wiki.example:x/", False),
        ("wiki.example", False),
        ("", False),
    ],
)
def test_an_account_is_for_one_address(
    allowed: str, *, lets: bool, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gates.gate(NOBODY) as gate:
        gate.before = lambda _path, _body: (500, [], b"")
        monkeypatch.setenv("BRIEFINGS_OUR_WIKI_URL", allowed.format(gate.address))
        place = site(kind, f"{gate.address}/w/")
        with (
            pytest.raises(InvalidInput) as told,
            STORES[kind].opened(place, writing=False, push=False),
        ):
            pass
        assert bool(gate.seen) == lets
        said = str(told.value)
    if not lets:
        assert said.endswith("set BRIEFINGS_OUR_WIKI_URL to its url" if allowed else "WIKI_URL")
    assert ("answers 500" in said) == lets


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://wiki.example/w/", "http would send the password in the clear; https is expected"),
        ("http://127.0.0.1.wiki.example/", "https is expected"),
        ("https://desk:a-secret@wiki.example/", "in the environment alone"),
        ("https://wiki.example/w/api.php", "not that of a wiki's folder"),
        ("https://wiki.example/a/../b/", "not that of a wiki's folder"),
        ("https://wiki.example/a/%2E%2e/b/", "not that of a wiki's folder"),
        ("https://wiki.example/?title=x", "not that of a wiki's folder"),
    ],
)
def test_an_address_that_will_not_do(kind: str, url: str, expected: str) -> None:
    said = refused(kind, url)
    assert expected in said
    assert "a-secret" not in said


def test_only_a_git_target_is_pushed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_OUR_WIKI_URL", "https://wiki.example/")
    with (
        pytest.raises(InvalidInput, match="only a target of kind"),
        STORES[kind].opened(site(kind, "https://wiki.example/"), writing=True, push=True),
    ):
        pass


def test_a_server_that_is_down(kind: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        said = refused(kind, url)
    assert said == f"{url} cannot be reached: Connection refused"


def test_a_server_that_does_not_answer(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "TIMEOUT", 0.3)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        start = time.monotonic()
        assert "does not answer within" in refused(kind, url)
        assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, [], b"<html>a shop</html>"), "but not as a"),
        ((200, [], b""), "but not as a"),
        ((200, [], b"[]"), "but not as a"),
        ((200, [], b"<?xml version='1.0'?><methodResponse/>"), "but not as a"),
        ((404, [], b"no"), "404: no wiki is there"),
        ((500, [], b"no"), "answers 500"),
        ((503, [("Retry-After", "0")], b"no"), "503: it is busy"),
        ((429, [("Retry-After", "0")], b"no"), "429: it has been asked too often"),
    ],
)
def test_a_server_that_is_no_such_wiki(
    kind: str, answer: gates.Answer, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "RETRIES", 1)
    with gates.gate(NOBODY) as gate:
        gate.before = lambda _path, _body: answer
        said = refused(kind, gate.address)
        assert expected in said
        assert len(gate.seen) == (2 if answer[0] in (429, 503) else 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(kind: str, status: int) -> None:
    with gates.gate(NOBODY) as other, gates.gate(NOBODY) as gate:
        there = [("Location", f"{other.address}/there?with=more")]
        gate.before = lambda _path, _body: (status, there, b"")
        said = refused(kind, gate.address)
        assert f"leads elsewhere, to {other.address}/there; if that is the wiki" in said
        assert not other.seen


def test_a_package_that_is_missing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mwclient", None)
    with pytest.raises(Unequipped) as told, opened(kind, "https://wiki.example/"):
        pass
    assert str(told.value) == (
        "publishing to a wiki on a server needs the package mwclient; "
        'pip install "briefings[wikis]"'
    )


def test_an_account_that_is_no_text(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_OUR_WIKI_PASSWORD", "\udcff")
    said = refused(kind, "https://wiki.example/")
    assert said.endswith("BRIEFINGS_OUR_WIKI_PASSWORD holds what is no text")


def test_a_defect_tells_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("sent: a-secret")

    monkeypatch.setenv("BRIEFINGS_OUR_WIKI_PASSWORD", "a-secret")
    monkeypatch.setattr("briefings.workspace.root", fails)
    ran = run("publish", "--to", "our-wiki")
    assert ran.code == 70
    assert "has a defect" in ran.err
    assert "sent: …" in ran.err


def test_a_secret_is_in_no_text() -> None:
    account = remote.Account("desk@publish", "a-secret")
    assert not {word for word in ("desk", "a-secret") if word in f"{account!r}{account}"}
    assert account.said("you sent\n\x1b[1m a-secret") == "you sent ␛[1m …"
    assert len(account.said("x" * 1000)) == remote.LONGEST
