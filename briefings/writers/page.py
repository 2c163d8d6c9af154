"""The page that a browser shows and WeasyPrint prints: the same Markdown in an HTML shell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from briefings import figures, templating
from briefings.model.inline import Inline
from briefings.model.paper import NARROW, SLIM
from briefings.writers import harmless
from briefings.writers.body import body
from briefings.writers.fit import AS_THE_THEME, Setting
from briefings.writers.limits import own
from briefings.writers.theme import paint, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefings.document import Document
    from briefings.model.marking import Marking
    from briefings.model.paper import Paper
    from briefings.resources import Shelf

SHELL = "page.html.j2"
_COUNTER = re.compile(r"\{(page|pages)\}")


def content(document: Document, marked: str, shelf: Shelf, *, screen: bool = False) -> Markup:
    """Return what stands in the page, with its drawings: the same however close it is set.

    Args:
        document: the brief.
        marked: its Markdown, with the signs for the page.
        shelf: where templates and themes are looked up.
        screen: whether it is for a browser, whose fonts and width are not known.

    Raises:
        InvalidInput: the theme or a figure's template is missing or wrong.
    """
    css = theme(document.theme, shelf)

    @cache  # one map, however often it is shown
    def drawn(said: str) -> str:
        return drawing(said, document, shelf, paint(css), screen=screen)

    # Made by Python-Markdown of escaped text.
    return Markup(body(marked, drawn, document.language.months))  # noqa: S704


def drawing(
    said: str,
    document: Document,
    shelf: Shelf,
    colours: Mapping[str, str],
    *,
    screen: bool = False,
) -> str:
    """Return a drawing as SVG, or nothing where there is nothing to draw.

    Args:
        said: its name and its arguments, as a template asked for it.
        document: the brief.
        shelf: where templates are looked up.
        colours: those of the theme, by its custom properties.
        screen: whether it is for a browser, whose fonts and width are not known.

    Raises:
        InvalidInput: its template is missing or wrong.
    """
    name, *arguments = said.split()
    found = figures.data(name, document, shelf, *arguments)
    if found is None:
        return ""
    template = f"figures/{name}.svg.j2"
    given = {"figure": found, "paint": colours, "screen": screen}
    return templating.run(template, document, shelf, **given).strip()


def page(
    document: Document,
    inside: Markup,
    shelf: Shelf,
    setting: Setting = AS_THE_THEME,
    over: str = "",
) -> str:
    """Return the whole page as HTML.

    Args:
        document: the brief.
        inside: its ``content``.
        shelf: where templates and themes are looked up.
        setting: how closely it is set, and how high above the margin its pages end; see ``fit``.
        over: CSS that is laid over the theme.

    Raises:
        InvalidInput: the theme or the shell is missing or wrong.
    """
    css = theme(document.theme, shelf)
    width, _ = document.paper.sides
    html = templating.run(
        SHELL,
        document,
        shelf,
        body=inside,
        style=Markup(f"{css}\n{over}" if over else css),  # noqa: S704  # checked below
        css=_string,
        colour=document.marking.colour,
        fit=_fitted(setting, document.paper),
        page_of_pages=_counted(document.language.word("words", "page")),
        size=Markup(document.paper.size),  # noqa: S704  # a name or two lengths
        margins=_margins(document.paper, setting),
        narrow=width < NARROW,
        slim=width < SLIM,
    )
    if own(shelf):
        harmless.check(html, str(shelf.find("templates", SHELL) or SHELL))
    return html


def _margins(paper: Paper, setting: Setting) -> Markup:
    """Return what is left white around the text, as custom properties of the page."""
    *_, factor = setting.factors
    white = {**paper.margins, "side": round(paper.margins["side"] * factor, 2)}
    sides = (f"--sheet-{name}: {length:g}mm" for name, length in white.items())
    return Markup("; ".join(sides))  # noqa: S704  # lengths alone


def _fitted(setting: Setting, paper: Paper) -> Markup:
    """Return the size of the text and its leading, as factors of what a theme has them to be.

    And what is left white at the foot of each page, as a length.
    """
    size, leading, _ = setting.factors
    foot = setting.foot * paper.sides[1]
    fitted = f"--type: {size:.4f}; --leading: {leading:.4f}; --foot: {foot:.2f}mm"
    return Markup(fitted)  # noqa: S704  # numbers alone


def _counted(words: str) -> Markup:
    """Return ``Page {page} of {pages}`` as the value of a CSS ``content``."""
    parts = _COUNTER.split(words)
    said = (
        Markup("counter({})").format(part) if number % 2 else _string(part)
        for number, part in enumerate(parts)
        if part
    )
    return Markup(" ").join(said)


def _string(text: Inline | Marking | str) -> Markup:
    """Return a text as a CSS string in which nothing can end it."""
    plain = text.plain if isinstance(text, Inline) else str(getattr(text, "value", text))
    inside = (c if c.isalnum() else f"\\{ord(c):06x}" for c in plain)
    return Markup(f'"{"".join(inside)}"')  # noqa: S704  # letters, digits and escapes alone
