"""A gate before a server, which does what a network does at a bad moment."""

from __future__ import annotations

import http.client
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PATIENCE = 30  # seconds
# What a connection says of itself, and not of what it carries.
HOPPED = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}
Answer = tuple[int, "Sequence[tuple[str, str]]", bytes]


def let_pass(_path: str, _body: bytes) -> None:
    """Do nothing to a request."""


class Gate:
    """Stands before a server, and lets each request pass unless it is told otherwise.

    ``before`` gets the path and the body of a request; it may do something first, and may return an
    answer (status, headers, body) in place of the server's. ``down`` answers nothing any more.
    """

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server)
        self.before: Callable[[str, bytes], Answer | None] = let_pass
        self.down = False
        self.seen: list[tuple[str, bytes, dict[str, str]]] = []
        self.address = ""


@contextmanager
def gate(server: str) -> Iterator[Gate]:
    """Put a gate before a server, and give it."""
    made = Gate(server)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            made.seen.append((self.path, body, dict(self.headers.items())))
            answer = None if made.down else made.before(self.path, body)
            if made.down:  # the line is cut, in the middle of a call
                self.close_connection = True
                return
            status, headers, data = answer or _passed(made, self, body)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815  # as the library calls it

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        made.address = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield made
        finally:
            listening.shutdown()
            thread.join()


def _passed(made: Gate, request: BaseHTTPRequestHandler, body: bytes) -> Answer:
    """Return what the server answers."""
    connection = http.client.HTTPConnection(made.server.netloc, timeout=PATIENCE)
    headers = {n: v for n, v in request.headers.items() if n.lower() not in HOPPED}
    try:
        connection.request(request.command, request.path, body or None, headers)
        answer = connection.getresponse()
        kept = [(n, v) for n, v in answer.getheaders() if n.lower() not in HOPPED]
        return answer.status, kept, answer.read()
    finally:
        connection.close()
