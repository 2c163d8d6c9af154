"""How each wiki calls what readers come by: its first page, its sidebar, its files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """What a wiki expects of the pages in one dialect.

    Attributes:
        index: the name of the page that readers come by first.
        sidebar: the name of the page that is shown beside every other; "" where it knows none.
        suffix: how the file of a page ends, where pages are files.
        in_folders: whether a page's files lie in a folder that has the page's name.
    """

    index: str
    sidebar: str = ""
    suffix: str = ".md"
    in_folders: bool = False


# One line for each format that pages can be published in.
LAYOUTS = {
    "md": Layout("index"),
    "gfm": Layout("README"),
    "github-wiki": Layout("Home", "_Sidebar"),
    "gitlab-wiki": Layout("home", "_sidebar"),
    "obsidian": Layout("Index"),
    "mkdocs": Layout("index"),
    "myst": Layout("index"),
    "otterwiki": Layout("home", in_folders=True),
    "mediawiki": Layout("Briefings", suffix=".mediawiki"),
    "dokuwiki": Layout("start", "sidebar", ".txt"),
}
