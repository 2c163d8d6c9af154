"""Sites of our pages: MkDocs with Material, Zensical, Sphinx with MyST. A warning fails each.

They have an environment of their own, which ``scripts/setup.sh wikis`` makes.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import tinyhtml5

from tests.wikiengines import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What the README tells a user to switch on, and nothing else; a link that leads nowhere is told.
MKDOCS = """
site_name: Briefs
theme: {name: material, font: false}
markdown_extensions: [admonition, footnotes]
validation: {links: {anchors: warn, unrecognized_links: warn}}
"""
# Without a word on extensions, it has those that it gives to a new site.
ZENSICAL = """
[project]
site_name = "Briefs"
[project.theme]
font = false
"""
# It would set quotation marks and dashes by its own rules; a sign behind each heading is no text.
SPHINX = """
project = "Briefs"
extensions = ["myst_parser"]
smartquotes = False
html_permalinks = False
nitpicky = True
"""
CONTENTS = "# Briefs\n\n```{toctree}\n:glob:\n\npage-*\n```\n"


def mkdocs(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what Material shows of each page, by their names."""
    place = _site(pages, folder / "mkdocs", {"mkdocs.yml": MKDOCS}, "docs")
    _run(place, "mkdocs", "build", "--strict", "--quiet")
    return _shown(pages, place / "site", "{}/index.html", ("article", ""))


def zensical(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what Zensical shows of each page, by their names."""
    place = _site(pages, folder / "zensical", {"zensical.toml": ZENSICAL}, "docs")
    _run(place, "zensical", "build", "--strict")
    return _shown(pages, place / "site", "{}/index.html", ("article", ""))


def sphinx(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what Sphinx shows of each page, by their names."""
    place = _site(pages, folder / "sphinx", {"conf.py": SPHINX, "index.md": CONTENTS}, ".")
    _run(place, "sphinx-build", "-W", "--keep-going", "-q", ".", "site")
    return _shown(pages, place / "site", "{}.html", ("div", "main"))


def built(place: Path) -> None:
    """Let Sphinx build what lies in a folder."""
    (place / "conf.py").write_text(SPHINX, "utf-8")
    _run(place, "sphinx-build", "-W", "--keep-going", "-q", ".", "site")


ENGINES = {"Material": mkdocs, "Zensical": zensical, "Sphinx": sphinx}


def _site(pages: Mapping[str, str], place: Path, settings: Mapping[str, str], source: str) -> Path:
    """Write the source of a site, with a first page unless there is one among its settings."""
    (place / source).mkdir(parents=True)
    texts = {f"page-{number}.md": text for number, text in enumerate(pages.values())}
    for name, text in ({"index.md": "# Briefs\n"} | texts).items():
        (place / source / name).write_text(text, "utf-8")
    for name, text in settings.items():
        (place / name).write_text(text, "utf-8")
    return place


def _run(place: Path, command: str, *arguments: str) -> None:
    done = subprocess.run(
        [PACKAGES / command, *arguments],
        cwd=place,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert not done.returncode, f"{command}: {done.stdout}{done.stderr}"


def _shown(
    pages: Mapping[str, str], site: Path, where: str, part: tuple[str, str]
) -> dict[str, str]:
    """Return of each page of a site the part with a tag and a role, without what is around it."""
    found = {}
    for number, name in enumerate(pages):
        html = (site / where.format(f"page-{number}")).read_text("utf-8")
        tag, role = part
        tree = tinyhtml5.parse(html, namespace_html_elements=False)
        inner = next(e for e in tree.iter(tag) if e.get("role", "") == role)
        found[name] = ET.tostring(inner, encoding="unicode", method="html")
    return found
