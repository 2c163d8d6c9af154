"""Where pages are published to: the ``targets`` of a ``briefings.toml``."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, Strict, WithJsonSchema

from briefings.model.base import Model
from briefings.model.fields import Label, Slug, Url, as_text
from briefings.model.marking import Marking
from briefings.model.vocabulary import Pictures
from briefings.model.written import WRITTEN


def _named(pattern: str, expected: str) -> tuple[BeforeValidator, WithJsonSchema]:
    """Return what takes a text of a pattern alone, and how a schema says it."""

    def check(value: object) -> str:
        text = as_text(value)
        if not re.fullmatch(pattern, text) or not text.isprintable():
            raise ValueError(f'"{text}" is not {expected}')
        return text

    said = f"{expected[0].upper()}{expected[1:]}."
    schema = {"type": WRITTEN, "pattern": f"^{pattern}$", "description": said}
    return BeforeValidator(check), WithJsonSchema(
        {**schema, "errorMessage": f"Expected: {expected}."}
    )


_PATH = _named(r"(?=.*\S)[^\n\r]+", "the name of a folder, seen from the workspace")
_PAGE = _named(
    "[A-Za-z0-9][A-Za-z0-9_-]*", "the name of a page: letters of A to Z, digits, hyphens"
)
_NAMESPACE = _named(
    "[a-z0-9][a-z0-9_-]*(?::[a-z0-9][a-z0-9_-]*)*",
    "the name of a namespace: letters of a to z, digits, hyphens; colons between",
)


class Target(Model):
    """One place that pages are published to, under a name of one's own."""

    kind: Slug
    """What it is: ``folder``, or another kind that ``briefings publish`` knows. Example:
    ``folder``.
    """
    path: Annotated[str, *_PATH] | None = None
    """The folder, of a target that is one. One outside of the workspace has to be there already.
    Example: ``../wiki``.
    """
    url: Url | None = None
    """The address, of a target that is a wiki on a server. Example: ``https://wiki.example/``."""
    namespace: Annotated[str, *_NAMESPACE] | None = None
    """The namespace of a DokuWiki that its pages stand in. Example: ``desk:briefs``."""
    format: Slug | None = None
    """The dialect that its pages are written in. A wiki on a server has its own. Example:
    ``github-wiki``.
    """
    audiences: Annotated[list[Slug], Field(min_length=1)]
    """For whom pages are published there. Example: ``[press]``."""
    ceiling: Label = Marking.CLEAR
    """The highest banner that a page there may have. Example: ``TLP:CLEAR``."""
    index: Annotated[str, *_PAGE] | None = None
    """The name of the page that lists all others. Without it, that of the wiki's first page.
    Example: ``Briefs``.
    """
    sidebar: Annotated[bool, Strict()] = True
    """Whether to write the page that a wiki shows beside all others, where it has one. Example:
    ``false``.
    """
    figures: Pictures | None = None
    """As what figures stand beside a page. Without it, as the workspace says. Example: ``svg``."""
    pdf: Annotated[bool, Strict()] = False
    """Whether the PDF lies beside each page. Example: ``true``."""
