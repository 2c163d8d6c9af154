"""Our pages in the wikis themselves: MediaWiki, DokuWiki, An Otter Wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from tests import engines, signs, wikiengines
from tests.canaries import LEXICON, Cage
from tests.examples import EXAMPLES, TESTS, loaded
from tests.made import RED, briefing, document, reader, written
from tests.rendering import Page
from tests.test_canaries import holds

if TYPE_CHECKING:
    from pathlib import Path

    from briefings.pipeline import Brief
    from tests.hard import Hard

pytestmark = pytest.mark.wikis
# A portable page has to be right there too.
FORMS = {
    "mediawiki": "mediawiki",
    "dokuwiki": "dokuwiki",
    "otterwiki": "otterwiki",
    "md": "otterwiki",
}
wikis = pytest.mark.parametrize("form", FORMS)
BRIEFS = {
    f"{path.stem}.{name}": (path, name)
    for path in (*EXAMPLES, *TESTS)
    for name in ("analyst", "executive")
}


def shown(form: str, briefs: dict[str, Brief], folder: Path) -> dict[str, Page]:
    """Return pages as a wiki shows them."""
    made = {name: pipeline.render(one, form).data.decode() for name, one in briefs.items()}
    found = wikiengines.ENGINES[FORMS[form]](made, folder)
    return {name: Page(html) for name, html in found.items()}


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Brief, Hard]]:
    return signs.hard_briefs(tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Brief, list[str]]:
    return signs.pairs(tmp_path_factory.mktemp("pairs"))


@wikis
def test_every_sign_is_shown(
    form: str, hard: dict[str, tuple[Brief, Hard]], tmp_path: Path
) -> None:
    pages = shown(form, {name: made for name, (made, _) in hard.items()}, tmp_path)
    for name, (_, expected) in hard.items():
        lost = signs.lost(expected.expected, pages[name].text)
        if form == "md":  # two texts beside each other may make a formula; "otterwiki" has none
            lost = [text for text in lost if "$" not in text]
        assert not lost
        assert not {"script", "img"} & {tag for tag, _ in pages[name].elements}


@wikis
def test_every_pair_of_signs_is_shown(
    form: str, pairs: tuple[Brief, list[str]], tmp_path: Path
) -> None:
    made, expected = pairs
    assert not signs.lost(expected, shown(form, {"pairs": made}, tmp_path)["pairs"].text)


@wikis
def test_headings_and_tables_are_those_of_the_markdown(
    form: str, hard: dict[str, tuple[Brief, Hard]], tmp_path: Path
) -> None:
    briefs = {name: pipeline.view(loaded(path), who) for name, (path, who) in BRIEFS.items()}
    briefs["hard"] = hard["0"][0]
    made = {name: pipeline.render(one, form).data.decode() for name, one in briefs.items()}
    for name, html in wikiengines.ENGINES[FORMS[form]](made, tmp_path).items():
        markdown = pipeline.render(briefs[name], "md").data.decode()
        assert signs.skeleton(html) == signs.skeleton(engines.commonmark(markdown)), name


@wikis
def test_every_canary_that_may_be_shown_is(form: str, tmp_path: Path) -> None:
    cage = Cage()
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / f"{LEXICON}.yaml").write_text(cage.lexicon())
    made = document(briefing(cage.data, tmp_path), reader(RED))
    text, markdown = (written(made, one, tmp_path).decode() for one in (form, "md"))
    page = Page(wikiengines.ENGINES[FORMS[form]]({"cage": text}, tmp_path)["cage"])
    links = " ".join(link.get("href", "") for link in page.all("a"))
    assert holds(markdown) <= holds(f"{page.text} {links}")


@pytest.mark.parametrize("form", ["mediawiki", "otterwiki"])
def test_links_between_parts_lead_somewhere(form: str, tmp_path: Path) -> None:
    briefs = {name: pipeline.view(loaded(path), who) for name, (path, who) in BRIEFS.items()}
    for name, page in shown(form, briefs, tmp_path).items():
        places = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
        links = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
        assert links <= places
        assert len(links) > (30 if name.endswith("strike.analyst") else -1)


def test_notes_of_mediawiki_are_the_sources(tmp_path: Path) -> None:
    path, who = BRIEFS["2024-11-21-ukraine-strike.analyst"]
    brief = pipeline.view(loaded(path), who)
    text = pipeline.render(brief, "mediawiki").data.decode()
    html = wikiengines.mediawiki({"brief": text}, tmp_path)["brief"]
    assert "mw-ext-cite-error" not in html
    notes = re.findall(r'<li id="cite(?:_|&#95;)note', html)
    assert len(notes) == len(brief.document.sources) == 4
    assert html.count('class="reference"') == text.count("<ref name=") - text.count("</ref>")


def test_dokuwiki_adds_nothing_of_its_own(
    hard: dict[str, tuple[Brief, Hard]], tmp_path: Path
) -> None:
    for page in shown("dokuwiki", {n: made for n, (made, _) in hard.items()}, tmp_path).values():
        for link in page.all("a"):
            assert link["href"].startswith(("http:", "https:", "mailto:")), link
