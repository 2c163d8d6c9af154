"""The real renderers of Markdown that install light: a page as each of them shows it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import cmarkgfm
import comrak
from cmarkgfm.cmark import Options
from docutils.core import publish_parts
from markdown import Markdown
from markdown_it import MarkdownIt
from myst_parser.parsers.docutils_ import Parser

if TYPE_CHECKING:
    from collections.abc import Callable

# What Material's own documentation tells its users to have, as far as it changes a text.
MATERIAL = (
    *("tables", "admonition", "footnotes", "attr_list", "md_in_html", "def_list", "abbr", "meta"),
    *("pymdownx.superfences", "pymdownx.betterem", "pymdownx.caret", "pymdownx.mark"),
    *("pymdownx.tilde", "pymdownx.keys", "pymdownx.emoji", "pymdownx.tasklist"),
)
OF_GITHUB = ("table", "strikethrough", "autolink", "tasklist", "footnotes", "alerts", "shortcodes")
OF_GITHUBS_WIKI = (*OF_GITHUB, "wikilinks_title_before_pipe")
OF_OBSIDIAN = ("table", "strikethrough", "footnotes", "math_dollars")
OF_GITLAB = (*OF_GITHUB, "math_dollars")
COMMON = ("table", "strikethrough", "autolink", "tasklist")
MYST = {
    "halt_level": 2,  # a warning is an error
    "report_level": 2,
    "warning_stream": False,
    "raw_enabled": True,
    "line_length_limit": 10**7,
    "doctitle_xform": False,
    "docinfo_xform": False,
}


def commonmark(text: str) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def cmark(text: str) -> str:
    """As GitHub's own parser does it."""
    options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
    return str(cmarkgfm.github_flavored_markdown_to_html(text, options))


def _comrak(text: str, extensions: tuple[str, ...]) -> str:
    """As GitLab's parser does it."""
    extension, render = comrak.ExtensionOptions(), comrak.RenderOptions()
    for name in extensions:
        assert hasattr(extension, name), name
        setattr(extension, name, True)
    extension.front_matter_delimiter = "---"
    render.unsafe_ = True
    return str(comrak.render_markdown(text, extension_options=extension, render_options=render))


@cache
def _python(*extensions: str) -> Markdown:
    return Markdown(extensions=list(extensions))


def myst(text: str) -> str:
    return str(
        publish_parts(text, parser=Parser(), writer="html5", settings_overrides=MYST)["body"]
    )


CONFLUENCE = (
    '<!DOCTYPE ac:page [<!ENTITY nbsp "&#160;">]><page xmlns:ac="http://atlassian.com/content" '
    'xmlns:ri="http://atlassian.com/resource/identifier">{}</page>'
)
AC, RI = "{http://atlassian.com/content}", "{http://atlassian.com/resource/identifier}"


def confluence(text: str) -> str:
    """What is in a page of Confluence's storage format, its macros as elements of HTML."""
    root = ET.fromstring(CONFLUENCE.format(text))  # noqa: S314  # our own
    for element in list(root.iter()):
        macro = element.get(f"{AC}name")
        if element.tag == f"{AC}structured-macro" and macro in ("anchor", "toc"):
            name = element.findtext(f"{AC}parameter") if macro == "anchor" else ""
            element[:] = []
            element.tag, element.text = "a", None
            element.attrib = {"id": name} if name else {}
        elif element.tag == f"{AC}link":
            element.tag, element.attrib = "a", {"href": f"#{element.attrib[f'{AC}anchor']}"}
        elif element.tag == f"{AC}image":
            shown = {"src": element[0].attrib[f"{RI}filename"], "alt": element.attrib[f"{AC}alt"]}
            element[:] = []
            element.tag, element.attrib = "img", shown
        elif element.tag.startswith(f"{AC}"):
            element.tag = "div" if element.tag.endswith(("macro", "rich-text-body")) else "span"
    return ET.tostring(root, "unicode", method="html")


ENGINES: dict[str, dict[str, Callable[[str], str]]] = {
    "md": {
        "CommonMark": commonmark,
        "cmark-gfm": cmark,
        "comrak": lambda text: _comrak(text, COMMON),
        "Python-Markdown": lambda text: str(_python("tables").reset().convert(text)),
        "MyST": myst,
    },
    "gfm": {
        "CommonMark": commonmark,
        "cmark-gfm": cmark,
        "comrak": lambda text: _comrak(text, OF_GITHUB),
    },
    "github-wiki": {
        "comrak": lambda text: _comrak(text, OF_GITHUBS_WIKI),
        "cmark-gfm": cmark,  # which knows no wiki links
    },
    "gitlab-wiki": {"comrak": lambda text: _comrak(text, OF_GITLAB)},
    "obsidian": {"CommonMark": commonmark, "comrak": lambda text: _comrak(text, OF_OBSIDIAN)},
    "mkdocs": {"Material": lambda text: str(_python(*MATERIAL).reset().convert(text))},
    "myst": {"MyST": myst},
    "otterwiki": {"CommonMark": commonmark},
    "confluence": {"XML": confluence},
}
