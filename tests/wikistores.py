"""What the tests of the stores of MediaWiki and DokuWiki share: a wiki that runs, an account."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings.errors import BriefingsError
from briefings.publish.layouts import LAYOUTS
from briefings.publish.store import Site, Wanted
from briefings.publish.stores import dokuwiki, folder, mediawiki
from briefings.targets import Target
from tests import wikiservers
from tests.wikiservers import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefings.publish.store import Store
    from briefings.publish.stores import Kind
    from tests.wikiservers import Wiki

STORES: dict[str, Kind] = {"mediawiki": mediawiki, "dokuwiki": dokuwiki, "folder": folder}
PAGE, FILE = "harbour-fire.press", "harbour-fire.press.pdf"
PDF = b"%PDF-1.4\nno more than it needs\n"
ACCOUNTS = {
    "mediawiki": (wikiservers.BOT, wikiservers.BOTS),
    "dokuwiki": (wikiservers.USER, wikiservers.PASSWORD),
}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wikis")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    enter(monkeypatch, *ACCOUNTS[name])
    return name


def enter(monkeypatch: pytest.MonkeyPatch, user: str, password: str) -> None:
    """Publish as somebody."""
    monkeypatch.setenv("BRIEFINGS_OUR_WIKI_USER", user)
    monkeypatch.setenv("BRIEFINGS_OUR_WIKI_PASSWORD", password)


@pytest.fixture
def wiki(kind: str, tmp_path: Path, home: Path) -> Iterator[Wiki]:
    with KINDS[kind](tmp_path / "wiki", home) as running:
        yield running


def site(kind: str, url: str, *, pdf: bool = False) -> Site:
    """Return a target that is a wiki."""
    target = Target.model_validate({"kind": kind, "url": url, "audiences": ["press"], "pdf": pdf})
    return Site("our-wiki", target, Path(), kind, LAYOUTS[kind])


@contextmanager
def opened(kind: str, url: str, *, pdf: bool = True) -> Iterator[Store]:
    """Open a wiki to write into it."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BRIEFINGS_OUR_WIKI_URL", url)
        with STORES[kind].opened(site(kind, url, pdf=pdf), writing=True, push=False) as store:
            yield store


def page(text: str, name: str = PAGE) -> Wanted:
    """Return a page that is to stand there."""
    return Wanted(name, f"{text}\n".encode(), summary="a summary")


def called(kind: str, name: str) -> str:
    """Return what a wiki calls a page."""
    return name[:1].upper() + name[1:] if kind == "mediawiki" else name


def refused(kind: str, url: str, *, pdf: bool = False) -> str:
    """Return what is said where a wiki cannot be opened."""
    with pytest.raises(BriefingsError) as told, opened(kind, url, pdf=pdf):
        pass
    said = str(told.value)
    for secrets in ACCOUNTS.values():
        assert not [secret for secret in secrets if secret in said]
    assert "\n" not in said
    return said
