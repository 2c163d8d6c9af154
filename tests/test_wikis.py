"""Our pages in the wikis themselves, and in what makes sites of Markdown.

Each engine is given every page of a dialect once, and the tests read what it made of them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from tests import engines, nodeengines, signs, siteengines, wikiengines
from tests.canaries import LEXICON, Cage
from tests.examples import EXAMPLES, TESTS, loaded
from tests.made import RED, briefing, document, reader, written
from tests.rendering import Page
from tests.test_canaries import holds

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.wikis
ENGINES = wikiengines.ENGINES | siteengines.ENGINES | nodeengines.ENGINES
# A portable page has to be right in each of these; a site of Zensical has a dialect of its own.
EVERYWHERE = ("An Otter Wiki", "Material", "Sphinx", "TiddlyWiki", "remark")
CASES = [
    ("mediawiki", "MediaWiki"),
    ("dokuwiki", "DokuWiki"),
    ("otterwiki", "An Otter Wiki"),
    ("mkdocs", "Material"),
    ("mkdocs", "Zensical"),
    ("myst", "Sphinx"),
    ("gfm", "remark"),
    *(("md", engine) for engine in EVERYWHERE),
]
LINKED = [case for case in CASES if case[0] not in ("md", "dokuwiki")]
BRIEFS = {
    f"{path.stem}.{name}": (path, name)
    for path in (*EXAMPLES, *TESTS)
    for name in ("analyst", "executive", "press")
}
ARTICLE = "2024-11-21-ukraine-strike.analyst"
FLOOD = "2025-03-14-riverbend-flood.analyst"  # with a notice and a correction
# How an engine shows a notice and a correction, where its dialect promises more than a quotation.
ALERTS = {
    "MediaWiki": ("border: 1px solid #36c", "border: 1px solid #d33"),
    "An Otter Wiki": ("quote-alert-important", "quote-alert-warning"),
    "Material": ("admonition info", "admonition warning"),
    "Zensical": ("admonition info", "admonition warning"),
    "Sphinx": ("admonition important", "admonition warning"),
}
wikis = pytest.mark.parametrize(("form", "engine"), CASES)
by_links = pytest.mark.parametrize(("form", "engine"), LINKED)


class Desk:
    """All briefs, and each of them as any engine shows it; none is asked twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("hard", "pairs", "cage/lexicons"):
            (folder / name).mkdir(parents=True)
        self.hard = signs.hard_briefs(folder / "hard")
        self.pairs, self.expected = signs.pairs(folder / "pairs")
        self.briefs = {
            name: pipeline.view(loaded(path), who) for name, (path, who) in BRIEFS.items()
        }
        cage = Cage()
        (folder / "cage" / "lexicons" / f"{LEXICON}.yaml").write_text(cage.lexicon())
        self.cage = document(briefing(cage.data, folder / "cage"), reader(RED))
        self.text = cache(self._text)
        self.html = cache(self._html)

    def _text(self, form: str) -> dict[str, str]:
        briefs = self.briefs | {name: made for name, (made, _) in self.hard.items()}
        briefs["pairs"] = self.pairs
        texts = {name: pipeline.render(one, form).data.decode() for name, one in briefs.items()}
        return texts | {"cage": written(self.cage, form, self.folder / "cage").decode()}

    def _html(self, form: str, engine: str) -> dict[str, str]:
        place = self.folder / f"{form}-{engine}"
        place.mkdir()
        return ENGINES[engine](self.text(form), place)

    def pages(self, form: str, engine: str, *names: str) -> dict[str, Page]:
        """Return some pages as an engine shows them."""
        html = self.html(form, engine)
        return {name: Page(html[name]) for name in names}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@wikis
def test_every_sign_is_shown(form: str, engine: str, desk: Desk) -> None:
    for name, page in desk.pages(form, engine, *desk.hard).items():
        lost = signs.lost(desk.hard[name][1].expected, page.text)
        assert not lost
        assert not {"script", "img"} & {tag for tag, _ in page.elements}


@wikis
def test_every_pair_of_signs_is_shown(form: str, engine: str, desk: Desk) -> None:
    page = desk.pages(form, engine, "pairs")["pairs"]
    assert not signs.lost(desk.expected, page.text)


@wikis
def test_headings_and_tables_are_those_of_the_markdown(form: str, engine: str, desk: Desk) -> None:
    html = desk.html(form, engine)
    for name in (*desk.briefs, *desk.hard, "pairs"):
        # A dialect makes two columns of a wide matrix, all of them the same.
        markdown = engines.commonmark(desk.text("md" if form == "md" else "gfm")[name])
        assert signs.skeleton(html[name]) == signs.skeleton(markdown), name


@wikis
def test_every_canary_that_may_be_shown_is(form: str, engine: str, desk: Desk) -> None:
    page = desk.pages(form, engine, "cage")["cage"]
    links = " ".join(link.get("href", "") for link in page.all("a"))
    assert holds(desk.text("md")["cage"]) <= holds(f"{page.text} {links}")


@by_links
def test_links_between_parts_lead_somewhere(form: str, engine: str, desk: Desk) -> None:
    for name, page in desk.pages(form, engine, *desk.briefs).items():
        places = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
        links = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
        assert links <= places
        assert len(links) > (30 if name == ARTICLE else -1)


@pytest.mark.parametrize(("form", "engine"), [case for case in LINKED if case[1] in ALERTS])
def test_notices_and_corrections_stand_out(form: str, engine: str, desk: Desk) -> None:
    html = desk.html(form, engine)
    for sign in ALERTS[engine]:
        assert html[FLOOD].count(sign) == 1
        assert "<blockquote" not in html[FLOOD]
    assert ALERTS[engine][0] in html[ARTICLE]
    assert ALERTS[engine][1] not in html[ARTICLE]


@pytest.mark.parametrize(
    ("form", "engine", "note"),
    [
        ("mediawiki", "MediaWiki", r'<li id="cite(?:_|&#95;)note'),
        ("mkdocs", "Material", r'<li id="fn:\d'),
        ("mkdocs", "Zensical", r'<li id="fn:\d'),
        ("gfm", "remark", r'<li id="user-content-fn-\d'),
    ],
)
def test_notes_are_the_sources(form: str, engine: str, note: str, desk: Desk) -> None:
    html = desk.html(form, engine)[ARTICLE]
    assert "mw-ext-cite-error" not in html
    assert len(re.findall(note, html)) == len(desk.briefs[ARTICLE].document.sources) == 4
    shown = html.partition("Grades are those of")
    if form == "mkdocs":  # they stand where the sources do, and not below everything
        assert re.search(note, shown[0])
    cited = re.findall(r'class="(?:reference|footnote-ref)"|data-footnote-ref', html)
    text = desk.text(form)[ARTICLE]
    refs = re.findall(r"<ref name=[^>]*/>|\[\^(?:\d|marking)\](?!:)", text)
    assert len(cited) == len(refs) > 30


def test_dokuwiki_adds_nothing_of_its_own(desk: Desk) -> None:
    for page in desk.pages("dokuwiki", "DokuWiki", *desk.hard).values():
        for link in page.all("a"):
            assert link["href"].startswith(("http:", "https:", "mailto:")), link
