"""What the templates of a listing can call besides: links to pages and to files of the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import pass_context

from briefings.templating.filters import finalize

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context


def links(own: str, page: str, file: str) -> dict[str, Callable[..., str]]:
    """Return ``page(name, text)`` and ``file(name, text)``.

    The names of pages hold nothing that a link would have to escape.

    Args:
        own: what the page is called in which the links stand.
        page: what a link to a page is; ``{name}`` stands for the name of the page.
        file: what a link to a file is; ``{page}`` stands for the page that the file belongs to.
    """

    def made(pattern: str) -> Callable[..., str]:
        @pass_context
        def link(context: Context, name: object, text: object) -> str:
            address = pattern.format(name=finalize(context, name), page=own)
            return f"[{finalize(context, text)}]({address})"

        return link

    return {"page": made(page), "file": made(file)}
