"""What shows, reads or checks our pages in Node: TiddlyWiki, remark, Mermaid, markdownlint."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.wikiengines import HERE, files, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LINT = HERE / "node_modules" / ".bin" / "markdownlint-cli2"


def tiddlywiki(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the HTML of pages of Markdown, by their names, as TiddlyWiki's plugin shows them."""
    return _made("tiddlywiki.cjs", pages, folder)


def remark(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the HTML of pages of Markdown, by their names, as remark-gfm reads them."""
    return _made("remark.mjs", pages, folder)


ENGINES = {"TiddlyWiki": tiddlywiki, "remark": remark}


def mermaid(diagrams: Sequence[str]) -> list[dict[str, Any]]:
    """Return what Mermaid reads in each: ``type``, ``title`` and ``periods``, or ``error``."""
    found: list[dict[str, Any]] = json.loads(_node(HERE / "mermaid.mjs", told=json.dumps(diagrams)))
    return found


def linted(folder: Path, settings: Mapping[str, object]) -> list[str]:
    """Return what markdownlint finds in the Markdown of a folder, a line a finding."""
    (folder / ".markdownlint.json").write_text(json.dumps(settings), "utf-8")
    done = subprocess.run(
        [LINT, "*.md"], cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode in (0, 1), done.stderr  # 1 where it found something
    assert "Linting: 0 file" not in done.stdout
    return done.stderr.splitlines()


def _made(script: str, pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    written = files(pages, folder / Path(script).stem)
    _node(HERE / script, *written)
    return shown(pages, written)


def _node(*arguments: object, told: str = "") -> str:
    done = subprocess.run(
        ["node", *map(str, arguments)],  # noqa: S607  # whichever the path has
        input=told,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert not done.returncode, f"node {arguments}: {done.stderr}"
    return done.stdout
