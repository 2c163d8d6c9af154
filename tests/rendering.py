"""Briefings of a few lines, rendered in a folder of their own."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from briefings.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

YAML = """
title: A *strike*
bluf: A strike was reported.
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
authors: [Desk]
actors:
  - {id: ministry, name: The ministry}
events:
  - id: strike
    date: 2024-11-21
    title: A fire
    claims: [{id: burned, speaker: ministry, text: It burned.}]
"""
READER = "name: Tester\nreader: a test\nceiling: TLP:RED\nsourcing: none\n"


def brief(folder: Path, yaml: str = YAML, audience: str = "analyst") -> pipeline.Brief:
    """Return the brief of a YAML text that lies in *folder*."""
    file = folder / "brief.yaml"
    file.write_text(yaml, "utf-8")
    return pipeline.view(pipeline.load(file), audience)


def put(folder: Path, files: Mapping[str, str]) -> None:
    """Write files beside the briefing."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def marked(folder: Path, template: str, **files: str) -> str:
    """Return what a template of one's own makes, with the signs for the page."""
    put(folder, {"templates/briefing.md.j2": template})
    put(folder, {f"templates/{name}.md.j2": text for name, text in files.items()})
    return brief(folder).marked


def sentences(folder: Path, template: str, **files: str) -> list[str]:
    """Return what is said of a wrong template, with its place: its name and line."""
    with pytest.raises(InvalidInput) as caught:
        marked(folder, template, **files)
    root = f"{(folder / 'templates').resolve()}/"
    return [f"{p.place}: {p.message}".replace(root, "") for p in caught.value.problems]


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text outside of style and title."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("style", "title"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]
