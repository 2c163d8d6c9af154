"""Look whether a built site fetches anything: python -m scripts.site FOLDER."""

from __future__ import annotations

import re
import sys
from pathlib import Path

# What a browser fetches by itself; a link is followed by whoever wants to.
_FETCHED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"'](?P<src>[^\"']+)"
    r"|<link\b(?=[^>]*\brel=[\"'](?:stylesheet|preload|icon|shortcut icon))"
    r"[^>]*\bhref=[\"'](?P<href>[^\"']+)",
    re.IGNORECASE,
)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>|\bstyle=\"([^\"]*)\"", re.DOTALL | re.IGNORECASE)
_IN_CSS = re.compile(r"(?:url\(|@import\s+)[\"']?([^\"')\s]+)", re.IGNORECASE)
_AWAY = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)


def fetched(folder: Path) -> list[str]:
    """Return what the pages and style sheets of a site fetch from elsewhere."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".html", ".css"):
            addresses = _addresses(path.read_text("utf-8"), css=path.suffix == ".css")
            away = (address for address in addresses if _AWAY.match(address))
            found += [f"{path.relative_to(folder)}: {address}" for address in away]
    return found


def _addresses(text: str, *, css: bool) -> list[str]:
    if css:
        return _IN_CSS.findall(text)
    found = [match["src"] or match["href"] for match in _FETCHED.finditer(text)]
    styles = (match[1] or match[2] or "" for match in _STYLE.finditer(text))
    return [*found, *(address for style in styles for address in _IN_CSS.findall(style))]


def main(folder: str) -> None:
    """End with what is fetched, where anything is."""
    pages = list(Path(folder).rglob("*.html"))
    if not pages:
        sys.exit(f"{folder}: there is no page in it")
    if found := fetched(Path(folder)):
        sys.exit("the site fetches from elsewhere:\n" + "\n".join(found))
    print(f"{len(pages)} pages in {folder}/, which fetch nothing")


if __name__ == "__main__":
    main(*sys.argv[1:])
