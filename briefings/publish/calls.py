"""Calls to one server, which has no say in where they go, how long they last, how much they bring.

Everything that is asked of a wiki goes through a ``Session``: it speaks with the scheme, host and
port that the target names, and with nothing else.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from briefings.errors import InvalidInput
from briefings.publish import remote
from briefings.publish.remote import origin
from briefings.version import __version__

if TYPE_CHECKING:
    from urllib3.connectionpool import HTTPConnectionPool

    from briefings.publish.remote import Account

CHUNK = 1 << 14  # bytes that are unpacked at once
BUSY = (429, 503)  # these say that nothing was done
FORBIDDEN = 403


class _Timed:
    """A connection whose answer ends in time, however slowly it drips."""

    sock: Any
    clock: _Clock | None = None

    def getresponse(self) -> Any:  # noqa: ANN401  # as urllib3 has it
        """Return the beginning of an answer; the clock runs until ``done`` stops it."""
        self.clock = _Clock(self.sock)
        try:
            answer = super().getresponse()  # type: ignore[misc]
        except Exception:
            self.clock.cancel()
            if self.clock.struck:
                raise InvalidInput.of(_too_slow()) from None
            raise
        answer.clock = self.clock
        return answer


class _Clock(threading.Timer):
    """Cuts a line when its time is over."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__(remote.TOTAL, self._cut)
        self.daemon = True
        self.line = line
        self.struck = False
        self.start()

    def _cut(self) -> None:
        self.struck = True
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)


class _Plain(_Timed, HTTPConnection):
    pass


class _Sealed(_Timed, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    def get_connection_with_tls_context(self, *given: Any, **more: Any) -> HTTPConnectionPool:  # noqa: ANN401
        """Return the pool of a host, which makes connections of ours."""
        pool: Any = super().get_connection_with_tls_context(*given, **more)
        pool.ConnectionCls = _Sealed if pool.scheme == "https" else _Plain
        return pool  # type: ignore[no-any-return]


class Session(requests.Session):
    """Speaks with the server of one address.

    A server that is busy is asked again after the time that it names. Nothing of the user's
    ``.netrc`` is sent, and no redirect is followed.
    """

    def __init__(self, where: SplitResult, account: Account, most: int) -> None:
        super().__init__()
        self.where, self.account, self.most = where, account, most
        self.brought = 0  # bytes, in all answers
        self.auth = lambda request: request
        self.headers["User-Agent"] = f"briefings/{__version__}"
        self.headers["Accept-Encoding"] = "gzip"
        self.max_redirects = 0
        self.mount("https://", _Adapter())
        self.mount("http://", _Adapter())
        self.hooks["response"].append(self._stay)

    @property
    def name(self) -> str:
        """What sentences call the server."""
        return self.where.geturl()

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:  # noqa: ANN401
        """Send a request, and read the whole answer.

        Raises:
            InvalidInput: it is for another server, or the answer has no end.
        """
        if origin(urlsplit(request.url or "")) != origin(self.where):
            raise InvalidInput.of(f"{self.name} is not what was to be asked; nothing was sent")
        more["stream"] = True
        for turn in range(remote.RETRIES + 1):
            answer = super().send(request, **more)
            if answer.status_code not in BUSY or turn == remote.RETRIES:
                break
            self._drop(answer)
            time.sleep(_pause(answer, turn))
        return self._read(answer)

    def fetch(self, url: str) -> bytes:
        """Return a file from the address that the wiki names for it.

        A wiki may keep its files on another host, which is asked over HTTPS and told nothing of the
        account. Hosts are known by their certificates, so only what has none is looked at closer.

        Raises:
            InvalidInput: it is no address for a file of this wiki.
        """
        parts = urlsplit(urljoin(self.name, url))
        name = unquote(parts.path.rpartition("/")[2])
        at_home = origin(parts) == origin(self.where)
        if not at_home and not _public(parts):
            there = self.account.said(f"{parts.scheme}://{parts.netloc}")
            raise InvalidInput.of(
                f"{self.name} has a file elsewhere, at {there}; a file is fetched from the "
                "target's own address, or over https from another host that is no private one"
            )
        with Session(parts, self.account, remote.MOST_OF_FILE) as session:
            if at_home:
                session.where = self.where
                session.cookies = self.cookies
            answer = session.get(parts.geturl(), timeout=remote.TIMEOUT)
            if at_home and answer.status_code == FORBIDDEN:
                raise InvalidInput.of(
                    f"{self.name} does not give the account its file {self.account.said(name)}; "
                    "a private MediaWiki gives files to an account's own password, and to no bot's"
                )
            answer.raise_for_status()
            return answer.content

    def _stay(self, answer: requests.Response, *_: object, **__: object) -> None:
        """Follow no redirect: what was sent is for this address alone."""
        if answer.is_redirect:
            self._drop(answer)
            leads = urlsplit(answer.headers["location"])._replace(query="", fragment="")
            asked = urlsplit(answer.url)._replace(query="").geturl()
            raise InvalidInput.of(
                f"{asked} leads elsewhere, to {self.account.said(unquote(leads.geturl()))}; "
                "if that is the wiki, name its address in the target's url"
            )

    def _read(self, answer: requests.Response) -> requests.Response:
        """Read an answer to its end, or to ours."""
        clock: _Clock | None = getattr(answer.raw, "clock", None)
        data = bytearray()
        try:
            if "," in answer.headers.get("Content-Encoding", ""):
                raise InvalidInput.of(f"{self.name} packs its answer more than once")
            for chunk in answer.iter_content(CHUNK):
                data += chunk
                if len(data) > self.most:
                    said = f"answers with more than {self.most >> 20} MB"
                    raise InvalidInput.of(f"{self.name} {said}")
        except requests.RequestException:
            if clock and clock.struck:
                raise InvalidInput.of(f"{self.name}: {_too_slow()}") from None
            raise
        finally:
            self._drop(answer)
        if clock and clock.struck:  # what ends with the line looks whole
            raise InvalidInput.of(f"{self.name}: {_too_slow()}")
        self.brought += len(data)
        if self.brought > remote.MOST_OF_RUN:
            said = f"answers with more than {remote.MOST_OF_RUN >> 20} MB in one run"
            raise InvalidInput.of(f"{self.name} {said}")
        answer._content = bytes(data)  # noqa: SLF001  # as its own ``content`` does
        answer.encoding = "utf-8"  # which no server is asked, and nobody has to guess
        return answer

    def _drop(self, answer: requests.Response) -> None:
        if clock := getattr(answer.raw, "clock", None):
            clock.cancel()
        answer.close()


def _public(parts: SplitResult) -> bool:
    """Whether this is an address that a foreign server may name to us."""
    host = parts.hostname or ""
    if parts.scheme != "https" or parts.username is not None or host in ("", "localhost"):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return True


def _pause(answer: requests.Response, turn: int) -> float:
    """Return the seconds to wait before a busy server is asked again."""
    try:
        wanted = Retry().parse_retry_after(answer.headers.get("Retry-After") or str(2**turn))
    except (InvalidHeader, OverflowError):
        wanted = 2.0**turn
    return min(wanted, remote.LONGEST_WAIT)


def _too_slow() -> str:
    return f"the answer has not ended within {remote.TOTAL:.0f} seconds"
