"""An Otter Wiki shows what was published to it: every page, picture and file that is linked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
import tinyhtml5

from tests import wikiservers
from tests.commands import run
from tests.examples import EXAMPLES
from tests.publishing import desk, toml
from tests.rendering import put

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.wikis, pytest.mark.usefixtures(desk.__name__)]
WITH_PLACES = EXAMPLES[0]


def links(html: str) -> Iterator[str]:
    """Yield where what we wrote of a page leads, pictures too."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    for article in tree.iter("article"):
        for element in article.iter():
            yield from (element.get(name) or "" for name in ("href", "src") if element.get(name))


def reached(start: str) -> tuple[set[str], list[str]]:
    """Return all addresses of a wiki that lead on from its first page, and what is wrong."""
    waiting, found, wrong = [start], {start}, []
    while waiting:
        address = waiting.pop()
        try:
            with urlopen(address, timeout=wikiservers.PATIENCE) as answer:  # noqa: S310
                data, kind = answer.read(), answer.headers.get_content_type()
        except HTTPError as error:
            wrong.append(f"{address}: {error}")
            continue
        if kind == "text/html":
            for link in (urldefrag(urljoin(address, one)).url for one in links(data.decode())):
                if link.startswith(start) and link not in found:
                    found.add(link)
                    waiting.append(link)
    return {one.removeprefix(start) for one in found}, wrong


def test_every_link_and_picture_of_what_was_published_leads_somewhere(tmp_path: Path) -> None:
    settings = toml('pdf = true\nfigures = "svg"', form="otterwiki")
    put(Path(), {"briefings.toml": settings.replace('"press"', '"press", "analyst"')})
    put(Path(), {f"data/{WITH_PLACES.name}": WITH_PLACES.read_text("utf-8")})
    assert run("publish", "--to", "wiki").code == 0
    with wikiservers.otterwiki(tmp_path / "wiki", {}) as address:
        found, wrong = reached(f"{address}/")
    assert wrong == []
    page = f"{WITH_PLACES.stem}_analyst"
    wanted = {page, f"{page}/a/{page}.pdf", f"{page}/a/{page}.map.svg", "series-fire-brief"}
    assert wanted <= found
