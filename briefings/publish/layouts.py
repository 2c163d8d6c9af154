"""How each wiki calls what readers come by, and how its pages link to one another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefings.writers.wiki import BETWEEN
from briefings.writers.wiki.places import FILE, PAGE

if TYPE_CHECKING:
    from briefings.targets import Target


@dataclass(frozen=True, slots=True)
class Layout:
    """What a wiki expects of the pages in one dialect.

    Attributes:
        index: the name of the page that readers come by first.
        sidebar: the name of the page that is shown beside every other; "" where it knows none.
        suffix: how the file of a page ends, where pages are files.
        page: what a link to a page is; ``{name}`` stands for the page's name.
        file: what a link to a file is; ``{page}`` stands for the page that it belongs to.
        redirect: the first line of a page that leads on by itself to another; "" where the wiki
            knows no such line.
        in_folders: whether a page's files lie in a folder that has the page's name.
        between: what stands in a page's name between the briefing and the reader.
        quiet: what the last line of the sidebar is, which would be read beside every page:
            ``{line}`` stands for it, which is a comment where the wiki knows any.
    """

    index: str
    sidebar: str = ""
    suffix: str = ".md"
    page: str = "{name}.md"
    file: str = "{name}"
    redirect: str = ""
    in_folders: bool = False
    between: str = "."
    quiet: str = ""

    def page_of(self, id: str, audience: str) -> str:  # noqa: A002  # it is called so
        """Return the name of a brief's page."""
        return f"{id}{self.between}{audience}"

    def called(self, target: Target) -> Layout:
        """Return the layout with the names that a target has for its pages."""
        return replace(
            self,
            index=target.index or self.index,
            sidebar=self.sidebar if target.sidebar else "",
        )


_BY_NAME = "{name}"
_COMMENT = "<!-- {line} -->"
# One line for each format that pages can be published in.
LAYOUTS = {
    "md": Layout("index"),
    "gfm": Layout("README"),
    "github-wiki": Layout("Home", "_Sidebar", page=PAGE + _BY_NAME, quiet=_COMMENT),
    "gitlab-wiki": Layout("home", "_sidebar", page=_BY_NAME, quiet=_COMMENT),
    "obsidian": Layout("Index"),
    "mkdocs": Layout("index"),
    "myst": Layout("index"),
    "otterwiki": Layout(
        "home",
        page="/{name}",
        file="/{page}/a/{name}",
        in_folders=True,
        between=BETWEEN["otterwiki"],
    ),
    "mediawiki": Layout(
        "Briefs",
        suffix=".mediawiki",
        page=PAGE + _BY_NAME,
        file=FILE + _BY_NAME,
        redirect="#REDIRECT [[{name}]]\n",
    ),
    "dokuwiki": Layout(
        "start",
        "sidebar",
        ".txt",
        PAGE + _BY_NAME,
        FILE + _BY_NAME,
        quiet="<sub>{line}</sub>",  # there are no comments
    ),
}
