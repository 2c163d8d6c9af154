"""The dialects of wikis: one file each, one line each in ``FLAVOURS``.

Each is written from the tree of the same Markdown (``tree.py``), and says only how it differs.
"""

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
