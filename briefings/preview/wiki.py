"""The Markdown of a brief beside what a wiki makes of it, as one page."""

from __future__ import annotations

from functools import cache
from html import escape

from markdown_it import MarkdownIt

from briefings.resources import shipped

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Markdown</title>
<style>{style}</style>
</head>
<body>
<main>
<section aria-label="As a wiki shows it" class="made">{made}</section>
<section aria-label="Markdown" class="written" tabindex="0"><pre>{written}</pre></section>
</main>
</body>
</html>
"""


@cache
def _reader() -> MarkdownIt:
    """HTML stays text, and no address runs a script: the defaults of CommonMark say otherwise."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.add_render_rule("table_open", _open_table)
    reader.add_render_rule("table_close", _close_table)
    return reader


def _open_table(*_: object) -> str:
    """Put a wide table into a box in which it moves, and which the keyboard reaches."""
    return '<div class="scroll" tabindex="0" role="group" aria-label="Table">\n<table>\n'


def _close_table(*_: object) -> str:
    return "</table>\n</div>\n"


def page(markdown: str, language: str = "en") -> str:
    """Return the page; all of the text is escaped."""
    style = (shipped("data") / "preview" / "markdown.css").read_text("utf-8")
    made = _reader().render(markdown)
    return _PAGE.format(language=escape(language), style=style, made=made, written=escape(markdown))
