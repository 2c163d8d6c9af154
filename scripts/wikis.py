"""Draws the pictures of docs/wikis.md: the article's brief as each wiki and site shows it.

    sh scripts/setup.sh wikis && sh scripts/setup.sh browser
    .venv/bin/python -m scripts.wikis

Each is the head of the page in a window 1,280 dots wide, in the looks that come with the engine.
With a folder named, the whole pages are written there instead, for who wants to look.
"""

from __future__ import annotations

import io
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from briefings import pipeline
from tests import siteengines, wikiservers
from tests.browsing import Browser, View
from tests.examples import EXAMPLES, ROOT, loaded
from tests.pictures import slim

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ROOT / "docs" / "wikis"
ARTICLE = next(path for path in EXAMPLES if "ukraine" in path.stem)
READERS = ("analyst", "press")
WIDE, HIGH, WHOLE = 1280, 1000, 11200
COLOURS = 128


def text(form: str, reader: str = READERS[0]) -> str:
    """Return the article's brief in a dialect."""
    return pipeline.render(pipeline.view(loaded(ARTICLE), reader), form).data.decode()


@contextmanager
def mediawiki(folder: Path, reader: str) -> Iterator[str]:
    """Give the address of the page in a MediaWiki that runs."""
    with wikiservers.mediawiki(folder / "wiki", folder) as wiki:
        wiki.edit(_name(reader), text("mediawiki", reader))
        yield f"{wiki.address}/index.php?title={_name(reader)}"


@contextmanager
def dokuwiki(folder: Path, reader: str) -> Iterator[str]:
    """Give the address of the page in a DokuWiki that runs."""
    with wikiservers.dokuwiki(folder / "wiki", folder) as wiki:
        wiki.edit(_name(reader), text("dokuwiki", reader))
        yield f"{wiki.address}/doku.php?id={_name(reader)}"


@contextmanager
def otterwiki(folder: Path, reader: str) -> Iterator[str]:
    """Give the address of the page in An Otter Wiki that runs."""
    name = _name(reader).replace(".", "_")  # it finds no page with a point in its name
    with wikiservers.otterwiki(folder / "wiki", {name: text("otterwiki", reader)}) as address:
        yield f"{address}/{name}"


@contextmanager
def material(folder: Path, reader: str) -> Iterator[str]:
    """Give the address of the page in a site of MkDocs with Material."""
    siteengines.mkdocs({reader: text("mkdocs", reader)}, folder)
    yield (folder / "mkdocs" / "site" / "page-0" / "index.html").as_uri()


@contextmanager
def zensical(folder: Path, reader: str) -> Iterator[str]:
    """Give the address of the page in a site of Zensical."""
    siteengines.zensical({reader: text("mkdocs", reader)}, folder)
    yield (folder / "zensical" / "site" / "page-0" / "index.html").as_uri()


SHOWN = {f.__name__: f for f in (mediawiki, dokuwiki, otterwiki, material, zensical)}


def _name(reader: str) -> str:
    return f"{ARTICLE.stem}.{reader}"  # as it is called when it is published


def looked(browser: Browser, address: str, *, whole: bool) -> Image.Image:
    """Return a picture of a page, or of what a window shows of it."""
    # A page that scrolls in a part of itself is shown whole only in a window that is high enough.
    browser.look(address, View(WIDE, height=WHOLE if whole else HIGH))
    return Image.open(io.BytesIO(browser.screen())).convert("RGB")


def main(into: str = "") -> None:
    """Write the pictures."""
    target = Path(into) if into else FOLDER
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name, ExitStack() as stack:
        browser = Browser(Path(name))
        stack.callback(browser.close)
        for engine, shown in SHOWN.items():
            for reader in READERS if into else READERS[:1]:
                folder = Path(name) / engine / reader
                folder.mkdir(parents=True)
                with shown(folder, reader) as address:
                    image = looked(browser, address, whole=bool(into))
                path = target / f"{engine}{f'-{reader}' if into else ''}.png"
                path.write_bytes(slim(image, COLOURS))
                print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
