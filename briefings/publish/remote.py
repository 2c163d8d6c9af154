"""What the wikis on a server have in common: the address, the account, and calls that end.

A password is sent to the address that the target names and nowhere else: no redirect is followed,
nothing but HTTPS is spoken with another machine, and no sentence quotes what was sent or what a
library says of it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from briefings.errors import InvalidInput, Unequipped, visible
from briefings.model.vocabulary import Pictures
from briefings.publish.masking import masked, paired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.publish.calls import Session
    from briefings.publish.store import Site

INSTALL = 'pip install "briefings[wikis]"'
TIMEOUT = 30.0  # seconds until a server has to begin its answer, and to go on with it
KEYS = ("USER", "PASSWORD", "URL")
PORTS = {"http": 80, "https": 443}
TOTAL = 120.0  # seconds until an answer has to be at its end
MOST = 64 << 20  # bytes of an answer, unpacked
MOST_OF_RUN = 1 << 30  # bytes of all answers, but for files
MOST_OF_FILE = 512 << 20  # bytes of a file that lies on a wiki
RETRIES = 4  # times that a busy server is asked again
LONGEST_WAIT = 60  # seconds that a server may ask us to wait
LONGEST = 300  # characters of what a server says that are shown


@dataclass(frozen=True, slots=True)
class Account:
    """Who publishes. Neither the name nor the password is in any text that is made of it."""

    user: str = field(repr=False)
    password: str = field(repr=False)

    def said(self, text: object) -> str:
        """Return what a server says, on one line that is not long and tells no secret."""
        hidden = masked(str(text), paired(self.user, self.password))
        line = " ".join(visible(hidden.replace("\n", " ")).split())
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def address(site: Site) -> SplitResult:
    """Return the address of a wiki, which ends in a slash.

    Raises:
        InvalidInput: it holds more than an address, or would send a password in the clear.
    """
    parts = urlsplit(site.target.url or "")
    if parts.username is not None or parts.password is not None:
        raise _wrong(site, "its url holds a name or a password; these are in the environment alone")
    turns = {unquote(part) for part in parts.path.split("/")} & {".", ".."}
    if parts.query or parts.fragment or parts.path.endswith(".php") or turns:
        raise _wrong(site, "its url is not that of a wiki's folder, as https://wiki.example/w/ is")
    if parts.scheme != "https" and not _on_this_machine(parts.hostname or ""):
        raise _wrong(
            site, f"{parts.scheme} would send the password in the clear; https is expected"
        )
    return parts._replace(path=parts.path.rstrip("/") + "/")


def account(site: Site) -> Account:
    """Return who publishes, as the environment says.

    A workspace may come from somebody else, and the name of a target is a word. So the environment
    says, too, at which address the account may be used.

    Raises:
        InvalidInput: it does not say, or the target's address is another one.
    """
    names = [f"BRIEFINGS_{site.name.upper().replace('-', '_')}_{key}" for key in KEYS]
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise _wrong(site, f"the environment has no {' and no '.join(missing)}")
    values = [os.environ[name] for name in names]
    for name, value in zip(names, values, strict=True):
        if not value.isprintable():
            raise _wrong(site, f"{name} holds what is no text")
    user, password, url = values
    if not _below(site.target.url or "", url):
        said = f"its url, {site.target.url}, is not the address in {names[-1]}, nor below it"
        raise _wrong(site, f"{said}; if the account is for this wiki, set {names[-1]} to its url")
    return Account(user, password)


def origin(parts: SplitResult) -> tuple[str, str, int | None]:
    """Return what makes a server another one: scheme, host and port."""
    return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme)


def _below(url: str, allowed: str) -> bool:
    """Whether an address is that one, or one of a folder in it."""
    try:
        one, other = urlsplit(url), urlsplit(allowed)
        folder, above = (parts.path.rstrip("/") + "/" for parts in (one, other))
        return origin(one) == origin(other) and folder.startswith(above)
    except ValueError:
        return False


def _wrong(site: Site, said: str) -> InvalidInput:
    return InvalidInput.of(f'cannot publish to "{site.name}": {said}')


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def endings(site: Site) -> list[str]:
    """Return how the files end that lie beside the pages of a target."""
    figures = [] if site.figures == Pictures.NONE else [site.figures]
    return [*(["pdf"] if site.target.pdf else []), *figures]


def equipped() -> None:
    """See to it that the packages are there which speak with a server.

    Raises:
        Unequipped: one is missing.
    """
    try:
        import mwclient  # noqa: F401, PLC0415  # 0.2 s that nothing else needs
    except ModuleNotFoundError as error:
        said = f"publishing to a wiki on a server needs the package {error.name}; {INSTALL}"
        raise Unequipped(said) from None


def session(where: SplitResult, account: Account) -> Session:
    """Return what speaks with a server; see ``calls``."""
    from briefings.publish.calls import Session  # noqa: PLC0415

    return Session(where, account, MOST)


@contextmanager
def sentences(wiki: str) -> Iterator[None]:
    """Say in a sentence why a server could not be spoken with.

    Raises:
        InvalidInput: in place of whatever a library raises.
    """
    import requests  # noqa: PLC0415

    try:
        yield
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        raise InvalidInput.of(f"{wiki} answers {status}{_MEANING.get(status, '')}") from None
    except requests.Timeout:
        raise InvalidInput.of(f"{wiki} does not answer within {TIMEOUT:.0f} seconds") from None
    except requests.RequestException as error:
        raise InvalidInput.of(f"{wiki} cannot be reached: {_reason(error)}") from None


_MEANING = {
    401: ": it does not let the account in",
    403: ": it does not let the account do this",
    404: ": no wiki is there",
    429: ": it has been asked too often; try again later",
    503: ": it is busy; try again later",
}


def _reason(error: BaseException) -> str:
    """Return what the system says, which quotes nothing that was sent."""
    seen: set[int] = set()
    queue: list[object] = [error]
    while queue:
        one = queue.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, OSError) and one.strerror:
            return one.strerror
        queue += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return "the connection was cut"
