"""A MediaWiki, through its API.

Every page and file of ours is in one category, by which it is found again; the line for it stands
below what the core wrote, and the core does not see it. The wiki compares before it writes, except
where the same account has written in between: then what we wrote is undone at once.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from briefings.errors import Changed, InvalidInput, Refused
from briefings.publish import careful, remote
from briefings.publish.mediawiki_api import LAG, OTHER, Api
from briefings.publish.store import Found, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from briefings.publish.mediawiki_api import Answer
    from briefings.publish.remote import Account
    from briefings.publish.store import Site, Store

KEYS: tuple[str, ...] = ("url",)
OPTIONAL: tuple[str, ...] = ()
FORM = "mediawiki"
WIKI = "MediaWiki"
FORM_OF_WIKI = "wikitext"
CATEGORY = "Category:Briefings"
AT_ONCE = 50  # pages in one answer, as wikis allow everybody
_LINE = f"\n\n[[{CATEGORY}]]"
_CONTENT = {"prop": "revisions|info", "rvprop": "ids|content", "rvslots": "main"}
_OF_FILE = {"prop": "imageinfo", "iiprop": "sha1|timestamp|url"}
_WHETHER = {"intestactions": "edit"}


class MediaWiki:
    """The pages and files of one wiki."""

    keeps_what_is_shown = False

    def __init__(self, api: Api) -> None:
        self.api = api

    def pages(self, names: Collection[str]) -> Mapping[str, Found]:
        """Return the pages of our category, and what stands under these names."""
        known = {self.title(name): name for name in names}
        with self.api.telling():
            members = self.api.asked(
                generator="categorymembers",
                gcmtitle=CATEGORY,
                gcmnamespace="0",
                gcmlimit=str(AT_ONCE),
                **_CONTENT,
                **_WHETHER,
            )
            told = {known.pop(title, self.named(title)): page for title, page in members.items()}
            for some in _groups(list(known.values())):
                told |= self.api.asked(titles="|".join(some), **_CONTENT, **_WHETHER)
        found = {name: _page(name, page, self.api.account) for name, page in told.items()}
        return {name: page for name, page in found.items() if page}

    def files(self, names: Mapping[str, str]) -> Mapping[str, Found]:
        """Return the files that stand under these names."""
        found = {}
        with self.api.telling():
            for some in _groups(list(names)):
                titles = "|".join(f"File:{name}" for name in some)
                told = self.api.asked(titles=titles, **_OF_FILE)
                for title, page in told.items():
                    name = title.removeprefix("File:")
                    if page.get("imagerepository") == "local" and page.get("imageinfo"):
                        found[name] = self._file(name, names[name], page["imageinfo"][0])
        return found

    def strays(self, may: Callable[[str], bool]) -> Mapping[str, Found]:
        """Return the files of our category."""
        with self.api.telling():
            members = self.api.asked(
                generator="categorymembers",
                gcmtitle=CATEGORY,
                gcmtype="file",
                gcmlimit=str(AT_ONCE),
                **_OF_FILE,
            )
        named = {self.named(title.partition(":")[2]): told for title, told in members.items()}
        return {
            name: self._file(name, name, told["imageinfo"][0])
            for name, told in named.items()
            if may(name) and told.get("imagerepository") == "local" and told.get("imageinfo")
        }

    def _file(self, name: str, page: str, told: Answer) -> Found:
        def load() -> bytes:
            with self.api.telling():
                data: bytes = self.api.site.connection.fetch(told["url"])
                return data

        sha1 = told["sha1"]
        revision, place = f"{told['timestamp']} {sha1}", f"File:{self.title(name)}"
        return Found(name, revision, load, page, {"sha1": sha1}, place=place)

    def title(self, name: str) -> str:
        """Return a page's name as the wiki writes it."""
        first = name[:1].upper() if self.api.folds else name[:1]
        return first + name[1:].replace("_", " ")

    def named(self, title: str) -> str:
        """Return what we call a page that nobody has asked for by its name."""
        return title[:1].lower() + title[1:] if self.api.folds else title

    def write(self, wanted: Wanted, over: Found | None) -> None:
        """Write a page or a file; the wiki compares it with what was there."""
        if wanted.page:
            self._upload(wanted, over)
            return
        text = wanted.data.decode().rstrip("\n") + _LINE
        base = {"nocreate": 1, "baserevid": over.revision} if over else {"createonly": 1}
        told = self._edit(title=wanted.name, text=text, summary=wanted.summary, **base)
        new, old = told.get("newrevid"), told.get("oldrevid")
        if over and new and str(old) != over.revision:
            self._edit(title=wanted.name, undo=new, baserevid=new, nocreate=1)
            raise Changed(OTHER)

    def _edit(self, **more: object) -> Answer:
        told: Answer = self.api.change("edit", **more)["edit"]
        if told.get("result") != "Success":
            what = "asks for a captcha" if "captcha" in told else "has a filter that says no"
            raise Refused(f"the wiki {what}")
        return told

    def _upload(self, wanted: Wanted, over: Found | None) -> None:
        """Upload a file. What it replaces stays in the file's history."""
        if over:
            self._must_be(over)
        with self.api.changing():
            told = self._sent(wanted, file=BytesIO(wanted.data), ignore=over is not None)
            if told.get("result") == "Warning":  # as that another file is the same
                told = self._sent(wanted, filekey=told["filekey"], ignore=True)
        if told.get("result") != "Success":
            raise Refused("the wiki does not take it")

    def _sent(self, wanted: Wanted, **more: object) -> Answer:
        told: Answer = self.api.site.upload(
            filename=wanted.name, description=_LINE.strip(), comment=wanted.summary, **more
        )
        return told

    def move(self, old: Found, new: str, left: Wanted) -> None:
        """Move a page with its history; the wiki leaves a redirect, and we our text for it."""
        self._must_be(old)
        self.api.change("move", reason=left.summary, **{"from": old.name, "to": new})
        self.write(left, self.pages([old.name]).get(old.name))

    def remove(self, found: Found) -> None:
        """Remove a page or a file; an administrator of the wiki can bring it back."""
        self._must_be(found)
        title = f"File:{found.name}" if found.page else found.name
        self.api.change("delete", title=title, reason="no briefing makes it any more")

    def _must_be(self, found: Found) -> None:
        """See to it that a page or a file is what it was; the wiki compares these by itself not."""
        with self.api.telling():
            if found.page:
                now = self.files({found.name: found.page}).get(found.name)
            else:
                told = self.api.asked(titles=found.name, **_CONTENT)
                now = _page(found.name, told.get(found.name, {}), self.api.account)
        if not now or now.revision != found.revision:
            raise Changed(OTHER)

    def finish(self, message: str, pages: Collection[str], files: Mapping[str, str]) -> None:
        """Need nothing: what is written stands there."""


def _page(name: str, told: Answer, account: Account) -> Found | None:
    """Return what stands under a name, as the wiki tells it."""
    latest = told.get("revisions", [{}])[0]
    main = latest.get("slots", {}).get("main", {})
    text = str(main.get("content", ""))
    lacks = "" if text.endswith(_LINE) else f"its last line, [[{CATEGORY}]], is gone"
    if not lacks:
        text = f"{text.removesuffix(_LINE)}\n"  # just as it was written
    obstacle = ""
    if told.get("actions", {}).get("edit") is False:
        obstacle = "the wiki does not let the account change this page"
    elif latest and "content" not in main:
        obstacle = "its text is hidden"
    elif main.get("contentmodel", FORM_OF_WIKI) != FORM_OF_WIKI:
        obstacle = f"this is {account.said(main['contentmodel'])}, and no page of text"
    if not latest and not obstacle:
        return None
    return Found(name, str(latest.get("revid", "")), text.encode, obstacle=obstacle, lacks=lacks)


def _groups(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]


@contextmanager
def opened(site: Site, *, writing: bool, push: bool) -> Iterator[Store]:
    """Log in to a wiki.

    Raises:
        InvalidInput: the address or the account is wrong, the wiki cannot be reached, or does not
            take what is to be published.
        Unequipped: a package is missing.
    """
    remote.equipped()
    where, account = remote.address(site), remote.account(site)
    if push:
        raise InvalidInput.of(f'"{site.name}" is a wiki; only a target of kind "git" is pushed')
    import mwclient  # noqa: PLC0415

    with remote.session(where, account) as session:
        reached = mwclient.Site(
            where.netloc,
            path=where.path,
            scheme=where.scheme,
            pool=session,
            do_init=False,
            max_retries=0,  # our session and ``Api.call`` wait
            max_lag=LAG,
            connection_options={"timeout": remote.TIMEOUT},
        )
        api = Api(reached, account, where.geturl())
        with careful.reading(api.name, WIKI):
            api.enter()
            if writing:
                api.must_take(remote.endings(site))
        yield careful.Careful(MediaWiki(api), api.name, WIKI)
