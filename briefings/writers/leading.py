"""Where the links of somebody's own templates may lead: one rule for every format.

The links of a briefing are checked as it is read. Those that a template writes are looked at here,
in the tree of the Markdown, before any format is made of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, Problem
from briefings.resources import shown
from briefings.templating import strip
from briefings.writers.harmless import WEB
from briefings.writers.wiki import places
from briefings.writers.wiki.tree import read

if TYPE_CHECKING:
    from briefings.resources import Shelf

# Publishing links its pages to one another: by a path, or by a name that the wiki looks up.
_BESIDE = re.compile(r"(?!//)[^\x00-\x20:\\?#]+")
_NAME = r"(?!.*//)[^\x00-\x20\\<>\[\]{}|?#]+"
_BY_NAME = re.compile(f"(?:{places.PAGE}|{places.FILE}){_NAME}")
_PAGE = re.compile(places.PAGE + _NAME)
_MOST = 80  # characters of an address that are told
_NAMING = {"mediawiki": (_BY_NAME,), "dokuwiki": (_BY_NAME,), "github-wiki": (_PAGE, _BESIDE)}


def check(marked: str, form: str, shelf: Shelf, *, listing: bool = False) -> None:
    """Refuse links that lead elsewhere than to the web, to a mailbox or to a place on the page.

    Args:
        marked: the Markdown, with the signs for the page.
        form: the format that is made of it.
        shelf: where the templates lie.
        listing: whether it is a page that publishing makes, which leads to others beside it.

    Raises:
        InvalidInput: with each such link, at the line of the template that has it.
    """
    # Where signs are taken out, what stands on both sides of one can become a link.
    texts = [marked, strip(marked)] if form == "md" else [marked]
    found = dict.fromkeys(link.text for text in texts for link in read(text).every("link"))
    bad = [url for url in found if not _fits(url, form, listing=listing)]
    if bad:
        raise InvalidInput(_problem(url, shelf) for url in bad)


def _fits(url: str, form: str, *, listing: bool) -> bool:
    beside = _NAMING.get(form, (_BESIDE,)) if listing else ()
    return any(pattern.fullmatch(url) for pattern in (WEB, *beside))


def _problem(url: str, shelf: Shelf) -> Problem:
    """Return what is wrong, and where: a template can also put an address together."""
    said = url if len(url) <= _MOST else f"{url[:_MOST]}…"
    what = f'a link leads to "{said}"; http:, https:, mailto: or a # on the page is expected'
    for folder in shelf.folders("templates")[:-1]:
        for file in sorted(folder.rglob("*.md.j2")):
            for number, line in enumerate(file.read_text("utf-8", "replace").split("\n"), 1):
                if url and url in line:
                    return Problem(what, shown(file), number, line.index(url) + 1, line)
    return Problem(what, "briefing.md.j2")
