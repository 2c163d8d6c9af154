"""MediaWiki, DokuWiki and An Otter Wiki: a page as each of them shows it.

No web server and no network: PHP runs what the wikis themselves run when a page is saved and shown.
MediaWiki keeps what it needs in SQLite, in a folder of the test.

    python -m tests.wikiengines --lacking   names the packages that are missing
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent / "wikis"
MEDIAWIKI = Path("/usr/share/mediawiki")
DOKUWIKI = Path("/usr/share/dokuwiki")
PACKAGES = Path(__file__).parents[1] / ".venv" / "wikis" / "bin"
DOKUWIKI_SETTINGS = Path("/etc/dokuwiki")
NEEDED = {"mediawiki": MEDIAWIKI, "dokuwiki": DOKUWIKI}
EXTENSIONS = {"pdo_sqlite": "php-sqlite3", "xml": "php-xml", "mbstring": "php-mbstring"}


def lacking() -> list[str]:
    """Return the packages of Debian that are missing."""
    found = [name for name, folder in NEEDED.items() if not folder.is_dir()]
    if not shutil.which("php"):
        return [*found, "php-cli", *EXTENSIONS.values()]
    loaded = php("-m").lower().split()
    return [*found, *(name for module, name in EXTENSIONS.items() if module not in loaded)]


def environment(**variables: str) -> dict[str, str]:
    """Return the environment in which a wiki's own scripts run."""
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **variables}


def php(*arguments: object, text: str | None = None, **variables: str) -> str:
    """Run a script, with a text at its standard input, and return what it prints."""
    done = subprocess.run(  # our own scripts
        ["php", *map(str, arguments)],  # noqa: S607  # whichever the path has
        env=environment(**variables),
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"php {arguments}: {done.stdout}{done.stderr}")
    return done.stdout


@cache
def mediawiki_settings(folder: Path, more: str = "") -> dict[str, str]:
    """Install a wiki into a folder, and return the variables that lead to it."""
    settings = folder / "LocalSettings.php"
    php(
        MEDIAWIKI / "maintenance" / "install.php",
        *("--dbtype", "sqlite", "--dbpath", folder, "--dbname", "wiki", "--confpath", folder),
        *("--server", "http://localhost", "--scriptpath", "/w", "--pass", "Not-a-secret-9"),
        *("Briefs", "Admin"),
    )
    with settings.open("a", encoding="utf-8") as file:
        file.write(f'\nwfLoadExtension("Cite");\n{more}')
    return {"MW_CONFIG_FILE": str(settings), "MW_INSTALL_PATH": str(MEDIAWIKI)}


@cache
def dokuwiki_settings(folder: Path) -> Path:
    """Return a folder of settings, with another for all that the wiki writes."""
    settings, data = folder / "conf", folder / "data"
    settings.mkdir()
    for path in DOKUWIKI_SETTINGS.iterdir():
        if path.is_file() and not path.is_symlink():
            shutil.copy(path, settings)
    for name in ("pages", "attic", "media", "media_attic", "meta", "media_meta", "cache"):
        (data / name).mkdir(parents=True)
    for name in ("index", "locks", "tmp", "log"):
        (data / name).mkdir()
    (settings / "local.php").write_text(f"<?php\n$conf['savedir'] = '{data}';\n", "utf-8")
    return settings


def mediawiki(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the HTML of pages of wikitext, by their names, after they were saved."""
    written = files(pages, folder / "mediawiki")
    place = folder / "wiki"
    place.mkdir(exist_ok=True)
    php(HERE / "mediawiki.php", *written, **mediawiki_settings(place))
    return shown(pages, written)


def dokuwiki(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the HTML of pages of DokuWiki, by their names."""
    written = files(pages, folder / "dokuwiki")
    place = folder / "doku"
    place.mkdir(exist_ok=True)
    php(HERE / "dokuwiki.php", f"{DOKUWIKI}/", f"{dokuwiki_settings(place)}/", *written)
    return shown(pages, written)


def otterwiki(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the HTML of pages of An Otter Wiki, by their names."""
    written = files(pages, folder / "otterwiki")
    subprocess.run(
        [PACKAGES / "python", HERE / "otter.py", folder / "repository", *written], check=True
    )
    return shown(pages, written)


def otter_settings(repository: Path) -> dict[str, str]:
    """Return the variables by which An Otter Wiki finds its pages."""
    return {
        "REPOSITORY": str(repository),
        "SECRET_KEY": "of no use but to begin",
        "SQLALCHEMY_DATABASE_URI": "sqlite:///:memory:",
        "SITE_NAME": "Briefs",
    }


ENGINES = {"MediaWiki": mediawiki, "DokuWiki": dokuwiki, "An Otter Wiki": otterwiki}


def files(pages: Mapping[str, str], folder: Path) -> list[Path]:
    """Write pages into files, and return these in the order of the pages."""
    folder.mkdir(exist_ok=True)
    written = [folder / f"{number}.txt" for number, _ in enumerate(pages)]
    for file, text in zip(written, pages.values(), strict=True):
        file.write_text(text, "utf-8")
    return written


def shown(pages: Mapping[str, str], written: Sequence[Path]) -> dict[str, str]:
    """Return what stands beside these files, by the names of the pages."""
    return {
        name: file.with_name(f"{file.name}.html").read_text("utf-8")
        for name, file in zip(pages, written, strict=True)
    }


if __name__ == "__main__" and "--lacking" in sys.argv:
    sys.stdout.write(" ".join(lacking()))
