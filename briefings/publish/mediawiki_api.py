"""MediaWiki's API: letting in, calls that change something, and what is told of pages."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from briefings.errors import Changed, InvalidInput, Refused
from briefings.publish import remote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import mwclient

    from briefings.publish.remote import Account

LAG = 5  # seconds that the copies of the wiki's database may lag behind before we wait
PAUSES = (1, 2, 4, 8, 16, 32)  # seconds to wait, one after the other, where the wiki says so
MOST_ANSWERS = 1000  # to one question, of 50 pages or fewer each
OTHER = "it has just been changed by somebody else"
_BUSY = {"ratelimited", "maxlag", "readonly"}
_OF_ACCOUNT = {"assertuserfailed", "autoblocked", "badtoken", "blocked"}
_CONFLICTS = {"articleexists", "editconflict", "missingtitle", "pagedeleted"}
Answer = dict[str, Any]

logging.getLogger("mwclient").addHandler(logging.NullHandler())  # else it quotes what a server says


class Api:
    """One wiki as an account speaks with it.

    Attributes:
        given: what the wiki says of itself, once the account is in.
    """

    def __init__(self, site: mwclient.Site, account: Account, name: str) -> None:
        self.site, self.account, self.name = site, account, name
        self.given: Answer = {}

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say in a sentence what went wrong.

        Raises:
            InvalidInput: in place of whatever the library raises.
            ValueError: what answers is no API of a MediaWiki.
        """
        from mwclient import errors  # noqa: PLC0415

        with remote.sentences(self.name):
            try:
                yield
            except errors.APIError as error:
                said = self.account.said(error.info)
                raise InvalidInput.of(f"{self.name} says: {said}") from None
            except (errors.InvalidResponse, errors.APIDisabledError) as error:
                raise ValueError from error  # as all else that is no answer; see ``careful``
            except errors.MaximumRetriesExceeded:
                said = "is busy: the copies of its database lag behind; try again later"
                raise InvalidInput.of(f"{self.name} {said}") from None
            except errors.MwClientError as error:
                said = self.account.said(error)
                raise InvalidInput.of(f"{self.name} cannot be used: {said}") from None

    def call(self, action: str, **more: object) -> Answer:
        """Return what the wiki answers; where it is busy, wait and ask again."""
        from mwclient import errors  # noqa: PLC0415

        asked = {key: str(value) for key, value in more.items()}
        for pause in (*PAUSES, 0):
            try:
                answer: Answer = self.site.post(action, formatversion="2", **asked)
            except errors.MaximumRetriesExceeded:  # a copy of its database lags
                if not pause:
                    raise
            except errors.APIError as error:
                if error.code not in _BUSY or not pause:
                    raise
            else:
                break
            time.sleep(pause)
        return answer

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Tell what concerns one page or file from what concerns the account or the wiki.

        Raises:
            Changed: it is not any more what it was.
            Refused: the wiki does not do this, and may do others.
            InvalidInput: as ``telling`` says.
        """
        from mwclient import errors  # noqa: PLC0415

        with self.telling():
            try:
                yield
            except errors.FileExists:
                raise Changed(OTHER) from None
            except errors.InsufficientPermission:
                raise Refused("the wiki does not let the account upload it") from None
            except errors.APIError as error:
                if error.code in _CONFLICTS:
                    raise Changed(OTHER) from None
                if error.code in _BUSY | _OF_ACCOUNT:
                    raise
                raise Refused(f"the wiki says: {self.account.said(error.info)}") from None

    def change(self, action: str, **more: object) -> Answer:
        """Call what changes something, as nobody but the account; see ``changing``."""
        more = {"assert": "user", "maxlag": LAG, "watchlist": "nochange", **more}
        with self.changing():
            return self.call(action, token=self.site.get_token("csrf"), **more)

    def asked(self, **more: str) -> Mapping[str, Answer]:
        """Return what the wiki tells of pages, by their titles as they were asked for."""
        found: dict[str, Answer] = {}
        names: dict[str, str] = {}
        further: Answer = {}
        seen: list[Answer] = []
        while further not in seen and len(seen) < MOST_ANSWERS:
            seen.append(further)
            answer = self.call("query", **{**more, **further})
            told = answer.get("query", {})
            names |= {one["to"]: one["from"] for one in told.get("normalized", [])}
            for page in told.get("pages", []):  # what is too long for one answer is in the next
                found.setdefault(page["title"], {}).update(page)
            further = answer.get("continue", {})
            if not further or "iistart" in further:  # of a single file, its earlier versions
                return {names.get(title, title): page for title, page in found.items()}
        raise InvalidInput.of(f"{self.name} goes on without end with what it lists")

    def enter(self) -> None:
        """Log in, by a bot password or by the account's own."""
        with self.telling():
            told = self.site.raw_api("query", "GET", retry_on_error=False, meta="siteinfo")
            if not isinstance(told, dict) or not told.keys() & {"query", "error"}:
                raise ValueError
            user, password = self.account.user, self.account.password
            token = self.site.get_token("login")
            if "@" in user:
                told = self.call("login", lgname=user, lgpassword=password, lgtoken=token)["login"]
            else:
                told = self.call(
                    "clientlogin",
                    username=user,
                    password=password,
                    logintoken=token,
                    loginreturnurl=self.name,
                )["clientlogin"]
            if told.get("result", told.get("status")) not in ("Success", "PASS"):
                said = self.account.said(told.get("reason") or told.get("message") or "no reason")
                raise InvalidInput.of(f"{self.name} does not let the account in: {said}")
            self.site.site_init()
            self.given = self.site.site

    @property
    def folds(self) -> bool:
        """Whether the first letter of a name is a capital, however it is written."""
        return self.given.get("case") == "first-letter"

    def must_take(self, endings: Collection[str]) -> None:
        """See to it that the account may write, and that files with these endings are taken.

        Raises:
            InvalidInput: it may not, or they are not.
        """
        rights = ["edit", "createpage", *(["upload", "reupload"] if endings else [])]
        if lacking := [right for right in rights if right not in self.site.rights]:
            said = f"the account lacks the right {' and the right '.join(lacking)} there"
            raise InvalidInput.of(f"{self.name}: {said}")
        if not endings:
            return
        if "uploadsenabled" not in self.given:
            said = "takes no files ($wgEnableUploads); leave PDF and figures out of the target"
            raise InvalidInput.of(f"{self.name} {said}")
        with self.telling():
            told = self.call("query", meta="siteinfo", siprop="fileextensions")["query"]
        taken = {one["ext"] for one in told["fileextensions"]}
        if lacking := sorted({*endings} - taken):
            said = f"takes no {' and no '.join(lacking)} files ($wgFileExtensions)"
            raise InvalidInput.of(f"{self.name} {said}; leave these out of the target")
