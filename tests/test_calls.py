"""What a server that means harm gets out of us: a sentence, and nothing that is secret."""

from __future__ import annotations

import base64
import gzip
import html
import json
import time
from urllib.parse import quote, quote_plus, urlsplit

import pytest

from briefings.errors import InvalidInput
from briefings.publish import mediawiki_api, remote
from briefings.publish.masking import masked
from tests import fakewikis, gates
from tests.test_remote import NOBODY
from tests.wikistores import FILE, PAGE, enter, kind, opened, refused

__all__ = ["kind"]  # what pytest is to find
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
DRIPS = {
    "status": (b"H", b"T"),
    "headers": (b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
    "more headers": (b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n"),
    "asks to go on": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
    "body without a length": (HEAD + b"\r\n", b" "),
    "size of a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "a busy server": (b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\n\r\n", b" "),
}


@pytest.mark.parametrize("where", DRIPS)
def test_an_answer_that_drips(where: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "TOTAL", 0.6)
    monkeypatch.setattr(remote, "RETRIES", 0)
    first, drop = DRIPS[where]
    start = time.monotonic()
    with fakewikis.dripping(first, drop, 0.05) as url:
        assert "the answer has not ended within 1 seconds" in refused(kind, url)
        assert time.monotonic() - start < 5


def test_an_answer_without_end(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST", 3 << 20)
    with fakewikis.dripping(HEAD + b"\r\n", b" " * (1 << 18), 0) as url:
        assert "answers with more than 3 MB" in refused(kind, url)


def test_answers_that_are_too_much_together(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST_OF_RUN", 3 << 20)
    answers = getattr(fakewikis, kind)()
    with gates.gate(NOBODY) as gate:

        def answer(path: str, body: bytes) -> gates.Answer:
            status, headers, data = answers(path, body)
            return status, headers, data + b" " * (1 << 20)

        gate.before = answer
        with pytest.raises(InvalidInput) as told, opened(kind, gate.address) as store:
            [store.pages([]) for _ in range(3)]
        assert "answers with more than 3 MB in one run" in str(told.value)


@pytest.mark.parametrize("packed", ["gzip", "gzip, gzip"])
def test_an_answer_that_swells(packed: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST", 3 << 20)
    body = gzip.compress(b" " * (30 << 20))
    body = gzip.compress(body) if "," in packed else body
    with gates.gate(NOBODY) as gate:
        gate.before = lambda _path, _body: (200, [("Content-Encoding", packed)], body)
        expected = "packs its answer more than once" if "," in packed else "more than 3 MB"
        assert expected in refused(kind, gate.address)


@pytest.mark.parametrize("answers", [2, 5])
def test_a_list_that_goes_on_without_end(answers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    monkeypatch.setattr(mediawiki_api, "MOST_ANSWERS", 5)
    with gates.gate(NOBODY) as gate:

        def answer(path: str, body: bytes) -> gates.Answer:
            on = {"gcmcontinue": str(len(gate.seen)) if answers == 5 else "1"}
            return fakewikis.mediawiki(**{"revisions|info": {"query": {}, "continue": on}})(
                path, body
            )

        gate.before = answer
        with opened("mediawiki", gate.address) as store:
            before = len(gate.seen)
            with pytest.raises(InvalidInput, match="goes on without end"):
                store.pages([])
            assert len(gate.seen) - before == answers


def has_file(url: str) -> dict[str, object]:
    """Return what a MediaWiki tells of a file."""
    told = {"timestamp": "2026-05-03T16:00:00Z", "sha1": "0" * 40, "url": url}
    page = {"title": f"File:{FILE}", "imagerepository": "local", "imageinfo": [told]}
    return {"imageinfo": {"query": {"pages": [page]}}}


def test_a_file_is_fetched_from_the_wiki_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        answers = fakewikis.mediawiki(**has_file("/images/a.pdf"))

        def answer(path: str, body: bytes) -> gates.Answer:
            if path == "/images/a.pdf":
                return 200, [], b"%PDF"
            status, _, data = answers(path, body)
            return status, [("Set-Cookie", "session=of-ours; Path=/")], data

        gate.before = answer
        with opened("mediawiki", gate.address) as store:
            assert store.files({FILE: PAGE})[FILE].load() == b"%PDF"
        assert "session=of-ours" in gate.seen[-1][2]["Cookie"]  # as a private wiki wants


def test_a_file_that_a_private_wiki_keeps_from_a_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        answers = fakewikis.mediawiki(**has_file("/img_auth.php/a%20b.pdf"))
        gate.before = lambda path, body: (
            (403, [], b"no") if path.startswith("/img_auth") else answers(path, body)
        )
        with opened("mediawiki", gate.address) as store:
            found = store.files({FILE: PAGE})[FILE]
            with pytest.raises(InvalidInput, match=r"the account its file a b\.pdf; a private"):
                found.load()


ELSEWHERE = [
    "http://wiki.example/a.pdf",
    "https://localhost/a.pdf",
    "https://192.168.0.1/a.pdf",
    "https://[::1]/a.pdf",
    "https://169.254.169.254/a.pdf",
    "https://someone@wiki.example/a.pdf",
    "file:///etc/passwd",
    "ftp://wiki.example/a.pdf",
]


@pytest.mark.parametrize("url", ["another port", *ELSEWHERE])
def test_a_file_that_is_said_to_be_elsewhere(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as other, gates.gate(NOBODY) as gate:
        other.before = lambda _path, _body: (200, [], b"%PDF")
        named = f"{other.address}/a.pdf" if url == "another port" else url
        gate.before = fakewikis.mediawiki(**has_file(named))
        with opened("mediawiki", gate.address) as store:
            found = store.files({FILE: PAGE})[FILE]
            with pytest.raises(InvalidInput, match="has a file elsewhere, at "):
                found.load()
        assert not other.seen


def test_another_host_for_files_is_asked_over_https(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "desk@publish", "a-secret-of-ours")
    with gates.gate(NOBODY) as gate:
        gate.before = fakewikis.mediawiki(**has_file("https://files.invalid/a.pdf"))
        with opened("mediawiki", gate.address) as store:
            found = store.files({FILE: PAGE})[FILE]
            with pytest.raises(InvalidInput, match="cannot be reached"):
                found.load()


def test_nothing_is_sent_to_another_server() -> None:
    account = remote.Account("desk", "a-secret")
    with gates.gate(NOBODY) as other, gates.gate(NOBODY) as gate:
        with (
            remote.session(urlsplit(gate.address), account) as session,
            pytest.raises(InvalidInput, match="nothing was sent"),
        ):
            session.get(f"{other.address}/")
        assert not other.seen
        assert not gate.seen


USER, PASSWORD = "Dûty desk@briefs", 'a/s&c"r<t \u20ac'
PAIR = f"{USER}:{PASSWORD}".encode()
FORMS = {
    "plain": f"{USER} {PASSWORD}",
    "address": f"{quote(USER)} {quote(PASSWORD, safe='')}",
    "small letters": f"{quote(USER).lower()} {quote(PASSWORD, safe='').lower()}",
    "form": f"{quote_plus(USER)}&{quote_plus(PASSWORD)}",
    "html": f"{html.escape(USER)} {html.escape(PASSWORD)}",
    "json": f"{json.dumps(USER)} {json.dumps(PASSWORD)}",
    "base64": f"{base64.b64encode(PASSWORD.encode()).decode()} {base64.b64encode(PAIR).decode()}",
    "account of a bot": "D\u00fbty desk, D\u00fbty_desk",
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_secret_is_shown(form: str) -> None:
    said = remote.Account(USER, PASSWORD).said(FORMS[form])
    assert not {word for word in ("esk", "s&c", "c%22", "c\\", "RGV", "cyZj") if word in said}
    assert "…" in said


@pytest.mark.parametrize("form", FORMS)
def test_what_a_server_echoes_is_not_shown(
    form: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, USER, PASSWORD)
    with gates.gate(NOBODY) as gate:
        there = [("Location", f"/{quote(FORMS[form], safe='/%&;')}")]
        gate.before = lambda _path, _body: (302, there, b"")
        said = refused(kind, gate.address)
        assert "leads elsewhere" in said
        assert "esk" not in said
        assert "s%26c" not in said
        if kind == "dokuwiki":
            return
        gate.before = fakewikis.mediawiki(login={"login": {"reason": FORMS[form]}})
        said = refused(kind, gate.address)
        assert "does not let the account in: " in said
        assert masked(said, [USER, PASSWORD]) == said
        assert "esk" not in said
