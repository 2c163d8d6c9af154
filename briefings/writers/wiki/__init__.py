"""The dialects of wikis: one file each, one line each in ``FLAVOURS``.

Each is written from the tree of the same Markdown (``tree.py``), and says only how it differs.
"""

# What stands in the name of a page between a briefing and its reader, where it is no point.
BETWEEN = {
    "otterwiki": "_",  # it takes points out of the name that is asked for, and finds no such page
}


def called(file: str, form: str) -> str:
    """Return what a picture of a brief is called beside a page in a dialect."""
    stem, audience, number, kind = file.rsplit(".", 3)
    return f"{stem}{BETWEEN.get(form, '.')}{audience}.{number}.{kind}"


# The ending of a file is what its wiki, or an editor, knows it by.
FLAVOURS = {
    "gfm": "gfm.md",
    "github-wiki": "github-wiki.md",
    "gitlab-wiki": "gitlab-wiki.md",
    "obsidian": "obsidian.md",
    "mkdocs": "mkdocs.md",
    "myst": "myst.md",
    "otterwiki": "otterwiki.md",
    "mediawiki": "mediawiki",
    "dokuwiki": "dokuwiki.txt",
    "confluence": "confluence.xml",
}
