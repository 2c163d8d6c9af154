"""Who may ask: only who knows this run's secret, by this machine's own name; and what all is told.

A page on the web can make a browser ask 127.0.0.1, also by a name of its own that leads here (DNS
rebinding); another user of the machine can ask it too. Neither knows the secret.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHELL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Without "allow-scripts" nothing runs in it; of the same origin, its scrolling can be asked for.
BRIEF = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
# A sandbox would keep the browser's own viewer out, which needs room for what it draws.
PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_ALWAYS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _SHELL,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def names(port: int) -> frozenset[str]:
    """Return how a browser on this machine calls the server."""
    return frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})


class Guard:
    """Stands before the application; what has no right to be asked is answered here.

    Args:
        app: the application.
        port: where it listens.

    Attributes:
        secret: stands before every path of this run.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._names = names(port)
        self.secret = secrets.token_urlsafe(24)
        self._once = ""

    def once(self) -> str:
        """Return a path that leads in a single time.

        A browser is started with an address that all users of the machine can read.
        """
        self._once = secrets.token_urlsafe(24)
        return f"/{self._once}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what may not pass; let the rest through without the secret in its path."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._passed(scope)(scope, receive, sent)

    def _passed(self, scope: Scope) -> ASGIApp:
        """Return who answers, and take the secret out of the path."""
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if scope["type"] != "http":
            return _closed
        if len(hosts) != 1 or hosts[0].lower() not in self._names:
            return PlainTextResponse("This address is not the preview's own.", 421)
        first, slash, rest = scope["path"].removeprefix("/").partition("/")
        if self._once and secrets.compare_digest(first.encode(), self._once.encode()):
            self._once = ""
            return RedirectResponse(f"/{self.secret}/", 303)
        if not slash or not secrets.compare_digest(first.encode(), self.secret.encode()):
            return PlainTextResponse("Open the address that the command printed.", 403)
        scope["path"] = f"/{rest}"
        scope.pop("raw_path", None)
        return self._app


async def _closed(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer whoever wants a web socket."""
    await send({"type": "websocket.close", "code": 1008})
