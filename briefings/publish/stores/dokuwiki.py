"""A DokuWiki, through its XML-RPC API.

Nothing there compares before it writes. So a page is locked, looked at once more and then written;
whoever has it open in an editor holds the lock, and we write nothing. One who writes in that moment
all the same, under our account, is seen in the history, and gets the text back.

Some releases answer a call that failed with an empty struct, and say no reason.
"""

from __future__ import annotations

import xmlrpc.client
from contextlib import contextmanager
from hashlib import md5
from typing import TYPE_CHECKING, Any

from briefings.errors import Changed, InvalidInput, Refused
from briefings.publish import careful, remote
from briefings.publish.store import Found, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import requests

    from briefings.publish.remote import Account
    from briefings.publish.store import Site, Store

KEYS: tuple[str, ...] = ("url",)
OPTIONAL: tuple[str, ...] = ("namespace",)
FORM = "dokuwiki"
WIKI = "DokuWiki"
_CREATE, _UPLOAD, _DELETE = 4, 8, 16  # the levels of DokuWiki's access control
_FORBIDDEN = 403  # where the account lacks a right
_OTHER = "it has just been changed by somebody else"
_NOTHING: dict[str, Any] = {}  # what a call that failed gives


class DokuWiki:
    """The pages and files of one namespace."""

    keeps_what_is_shown = True

    def __init__(
        self, session: requests.Session, account: Account, name: str, namespace: str
    ) -> None:
        self.session, self.account, self.name = session, account, name
        self.namespace = namespace

    # --- calls

    def call(self, method: str, *arguments: object, refusable: bool = False) -> Any:  # noqa: ANN401  # any type of XML-RPC
        """Return what the wiki answers; ``{}`` where it says no.

        Args:
            method: which call.
            arguments: of the call.
            refusable: whether the account may lack the right for this one page or file; elsewhere
                that ends the run.

        Raises:
            InvalidInput: it cannot be reached, or says what is wrong.
            ValueError, TypeError, LookupError, ExpatError: its answer is no XML-RPC.
        """
        body = xmlrpc.client.dumps(arguments, method, encoding="utf-8")  # type: ignore[arg-type]
        with remote.sentences(self.name):
            answer = self.session.post(
                f"{self.name}lib/exe/xmlrpc.php",
                data=body.encode(),
                headers={"Content-Type": "text/xml; charset=utf-8"},
                timeout=remote.TIMEOUT,
            )
            if answer.status_code == _FORBIDDEN:
                if refusable:
                    return _NOTHING
                said = "answers 403: it does not let the account use the remote API (remoteuser)"
                raise InvalidInput.of(f"{self.name} {said}, or read what is there")
            answer.raise_for_status()
        try:
            (result,), _ = xmlrpc.client.loads(answer.content.strip())
        except xmlrpc.client.Fault as fault:
            if fault.faultCode < 0:  # of the API itself, as that it is not enabled
                said = self.account.said(fault.faultString)
                raise InvalidInput.of(f"{self.name} says: {said}") from None
            return _NOTHING
        except xmlrpc.client.Error as error:
            raise ValueError from error  # as all else that is no XML-RPC
        return result

    def done(self, what: str, method: str, *arguments: object) -> None:
        """Call what changes something.

        Raises:
            Refused: the wiki does not do it.
        """
        result = self.call(method, *arguments, refusable=True)
        if result is False or result == _NOTHING:
            raise Refused(f"the wiki does not {what}")

    def enter(self) -> None:
        """Log in."""
        if self.call("dokuwiki.login", self.account.user, self.account.password) not in (True, 1):
            said = "does not let the account in: the name or the password is wrong"
            raise InvalidInput.of(f"{self.name} {said}")

    def must_take(self, *, files: bool) -> None:
        """See to it that the account may make pages, and files where there are some.

        Raises:
            InvalidInput: it may not.
        """
        needed, what = (_UPLOAD, "upload files") if files else (_CREATE, "create pages")
        if not self._may(needed):
            where = f"in the namespace {self.namespace}" if self.namespace else "there"
            raise InvalidInput.of(f"{self.name}: the account may not {what} {where}")

    def _may(self, needed: int) -> bool:
        """Whether the account has a right in the namespace, which its pages and files have."""
        level = self.call("wiki.aclCheck", self.id("x"))
        return isinstance(level, int) and level >= needed

    # --- the store

    def id(self, name: str) -> str:
        """Return what the wiki calls a page or a file."""
        own = name.lower()
        return f"{self.namespace}:{own}" if self.namespace else own

    def listed(self, method: str) -> Mapping[str, dict[str, Any]]:
        """Return what the wiki tells of the pages or files of the namespace, by our names."""
        depth = self.id("").count(":") + 1  # it counts from the root
        told = self.call(method, self.namespace, {"depth": depth, "hash": True})
        if not isinstance(told, list):
            raise InvalidInput.of(f"{self.name} does not list what is there")
        before = self.id("")
        return {
            one["id"].removeprefix(before): one
            for one in told
            if one["id"].startswith(before) and ":" not in one["id"].removeprefix(before)
        }

    def pages(self, names: Collection[str]) -> Mapping[str, Found]:
        """Return all pages of the namespace."""
        known = {name.lower(): name for name in names}
        found = {}
        for own, told in self.listed("dokuwiki.getPagelist").items():
            name = known.get(own, own)
            found[name] = _page(name, told["rev"], self.text(name))
        return found

    def text(self, name: str) -> str:
        """Return the source of a page that is there."""
        text = self.call("wiki.getPage", self.id(name))
        if not isinstance(text, str):
            raise InvalidInput.of(f"{self.name} does not let the account read {self.id(name)}")
        return text

    def page(self, name: str) -> Found | None:
        """Return a page as it is now."""
        told = self.call("wiki.getPageInfo", self.id(name))
        return _page(name, told["version"], self.text(name)) if told else None

    def files(self, names: Mapping[str, str]) -> Mapping[str, Found]:
        """Return the files that stand under these names."""
        told = self.listed("wiki.getAttachments") if names else {}
        return self._files({name: told[name] for name in names if name in told}, names)

    def strays(self, may: Callable[[str], bool]) -> Mapping[str, Found]:
        """Return the files of the namespace."""
        told = {n: one for n, one in self.listed("wiki.getAttachments").items() if may(n)}
        return self._files(told, {name: name for name in told})

    def _files(
        self, told: Mapping[str, dict[str, Any]], pages: Mapping[str, str]
    ) -> Mapping[str, Found]:
        stays = "" if not told or self._may(_DELETE) else "the account may not remove files here"
        return {
            name: Found(
                name,
                f"{one['mtime']} {one['hash']}",
                lambda name=name: self.data(name),  # type: ignore[misc]
                pages[name],
                {"md5": one["hash"]},
                stays=stays,
                place=self.id(name),
            )
            for name, one in told.items()
        }

    def data(self, name: str) -> bytes:
        """Return the bytes of a file that is there."""
        data = self.call("wiki.getAttachment", self.id(name))
        if not isinstance(data, xmlrpc.client.Binary):
            raise InvalidInput.of(f"{self.name} does not let the account read {self.id(name)}")
        return data.data

    def write(self, wanted: Wanted, over: Found | None) -> None:
        """Write a page or a file."""
        if wanted.page:
            self._upload(wanted, over)
            return
        with self._held(wanted.name):
            before = self._versions(wanted.name)
            self._must_be(wanted.name, "", over)
            self._put(wanted.name, wanted.data.decode(), wanted.summary)
            between = self._versions(wanted.name)[1:]
            if between != before[: len(between)]:
                self._give_back(wanted.name, between[0])

    def _put(self, name: str, text: str, summary: str) -> None:
        what = "take it; the account may not edit it, or a word in it is blocked"
        self.done(what, "wiki.putPage", self.id(name), text, {"sum": summary, "minor": False})

    @contextmanager
    def _held(self, name: str) -> Iterator[None]:
        """Hold the lock of a page."""
        which = self.id(name)
        told = self.call("dokuwiki.setLocks", {"lock": [which], "unlock": []})
        if which not in told.get("locked", ()):
            raise Changed("somebody has it open in an editor")
        try:
            yield
        finally:
            self.call("dokuwiki.setLocks", {"lock": [], "unlock": [which]})

    def _must_be(self, name: str, page: str, over: Found | None) -> None:
        now = self.files({name: page}).get(name) if page else self.page(name)
        if (now and now.revision) != (over and over.revision):
            raise Changed(_OTHER)

    def _versions(self, name: str) -> list[int]:
        """Return what the wiki calls the latest states of a page, the newest first."""
        told = self.call("wiki.getPageVersions", self.id(name), 0)
        return [int(one["version"]) for one in told]

    def _give_back(self, name: str, version: int) -> None:
        """Write the text that we have written over after our look.

        Raises:
            Changed: always.
        """
        text = self.call("wiki.getPageVersion", self.id(name), version)
        if isinstance(text, str):
            self._put(name, text, "what was written in between")
        raise Changed(_OTHER)

    def _upload(self, wanted: Wanted, over: Found | None) -> None:
        """Upload a file. What it replaces stays in the file's history."""
        self._must_be(wanted.name, wanted.page, over)
        what = "take it; perhaps it takes no file that ends so (mime.conf)"
        data = xmlrpc.client.Binary(wanted.data)
        self.done(what, "wiki.putAttachment", self.id(wanted.name), data, {"ow": bool(over)})

    def move(self, old: Found, new: str, left: Wanted) -> None:
        """Write a page under its new name, then what leads there; the history stays."""
        self._must_be(old.name, "", old)
        self.write(Wanted(new, old.load(), summary=left.summary), None)
        self.write(left, old)

    def remove(self, found: Found) -> None:
        """Remove a page or a file. A page stays in the wiki's history."""
        if found.page:
            self._must_be(found.name, found.page, found)
            what = "let it go; another page leads to it, or the account may not remove files"
            self.done(what, "wiki.deleteAttachment", self.id(found.name))
            return
        with self._held(found.name):
            self._must_be(found.name, "", found)
            self._put(found.name, "", "no briefing makes it any more")

    def finish(self, message: str, pages: Collection[str], files: Mapping[str, str]) -> None:
        """Need nothing: what is written stands there."""


def _page(name: str, version: object, text: str) -> Found:
    # Versions are seconds, in which a page may be written twice.
    digest = md5(text.encode(), usedforsecurity=False).hexdigest()
    return Found(name, f"{version} {digest}", text.encode)


@contextmanager
def opened(site: Site, *, writing: bool, push: bool) -> Iterator[Store]:
    """Log in to a wiki.

    Raises:
        InvalidInput: the address or the account is wrong, the wiki cannot be reached, or does not
            let the account do what it has to.
        Unequipped: a package is missing.
    """
    remote.equipped()
    where, account = remote.address(site), remote.account(site)
    if push:
        raise InvalidInput.of(f'"{site.name}" is a wiki; only a target of kind "git" is pushed')
    with remote.session(where, account) as session:
        wiki = DokuWiki(session, account, where.geturl(), site.target.namespace or "")
        with careful.reading(wiki.name, WIKI):
            wiki.enter()
            if writing:
                wiki.must_take(files=bool(remote.endings(site)))
        yield careful.Careful(wiki, wiki.name, WIKI)
