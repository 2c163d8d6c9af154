"""Wikis that answer as a test wants them to, and otherwise as much as letting in needs."""

from __future__ import annotations

import json
import socket
import xmlrpc.client
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.gates import Answer

GENERAL = {"generator": "MediaWiki 1.39.1", "case": "first-letter", "uploadsenabled": ""}
NAMESPACES = {"0": {"id": 0, "case": "first-letter", "*": "", "content": ""}}
SITE = {"general": GENERAL, "namespaces": NAMESPACES}
RIGHTS = ["edit", "createpage", "upload", "reupload"]
USER = {"id": 1, "name": "Someone", "groups": [], "rights": RIGHTS}
TOKENS = {"logintoken": "t", "csrftoken": "t"}


def _mediawiki(asked: Mapping[str, str]) -> str:
    """Return what is asked for, in one word."""
    if asked.get("siprop") == "fileextensions":
        return "extensions"
    if asked.get("action") != "query":
        return asked.get("action", "")
    if "prop" in asked:
        return asked["prop"]
    meta = asked["meta"]
    return "tokens" if "tokens" in meta else "siteinfo"


MEDIAWIKI: dict[str, Any] = {
    "tokens": {"query": {"tokens": TOKENS}},
    "login": {"login": {"result": "Success"}},
    "clientlogin": {"clientlogin": {"status": "PASS"}},
    "siteinfo": {"query": {**SITE, "userinfo": USER}},
    "extensions": {"query": {"fileextensions": [{"ext": "pdf"}]}},
    "edit": {"edit": {"result": "Success", "newrevid": 2, "oldrevid": 1}},
    "revisions|info": {"query": {"pages": []}},
    "imageinfo": {"query": {"pages": []}},
}
DOKUWIKI: dict[str, Any] = {
    "dokuwiki.login": True,
    "wiki.aclCheck": 16,
    "dokuwiki.getPagelist": [],
    "wiki.getAttachments": [],
    "wiki.getPage": "",
    "wiki.getPageInfo": {},
    "wiki.getPageVersions": [],
    "wiki.putPage": True,
    "dokuwiki.setLocks": {"locked": ["harbour-fire.press"]},
}


def mediawiki(**others: Any) -> Callable[[str, bytes], Answer]:  # noqa: ANN401
    """Return what answers as a MediaWiki, but for these; ``bytes`` are sent as they are."""
    told = {**MEDIAWIKI, **others}

    def answer(path: str, body: bytes) -> Answer:
        fields = parse_qs(urlsplit(path).query) | parse_qs(body.decode(errors="replace"))
        said = told[_mediawiki({key: values[0] for key, values in fields.items()})]
        return 200, [], said if isinstance(said, bytes) else json.dumps(said).encode()

    return answer


def dokuwiki(**others: Any) -> Callable[[str, bytes], Answer]:  # noqa: ANN401
    """Return what answers as a DokuWiki, but for these, whose dots are ``_``."""
    told = {**DOKUWIKI, **{name.replace("_", ".", 1): said for name, said in others.items()}}

    def answer(_path: str, body: bytes) -> Answer:
        _, method = xmlrpc.client.loads(body)
        said = told[method or ""]
        if isinstance(said, bytes):
            return 200, [], said
        return 200, [], xmlrpc.client.dumps((said,), methodresponse=True).encode()

    return answer


@contextmanager
def dripping(first: bytes, drop: bytes, pause: float) -> Iterator[str]:
    """Stand where a wiki should be: say *first*, then *drop* after *drop* without end."""
    ended = Event()

    def serve(listening: socket.socket) -> None:
        with listening.accept()[0] as line:
            line.recv(1 << 16)
            try:
                line.sendall(first)
                while not ended.wait(pause):
                    line.sendall(drop)
            except OSError:
                pass  # the other side has had enough

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=serve, args=(listening,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            ended.set()
            thread.join()
