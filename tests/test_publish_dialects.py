"""What is published in each dialect: as its renderer shows it, every link leads somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from briefings.model.marking import Marking
from briefings.publish import briefs, listings, marker
from briefings.publish.layouts import LAYOUTS
from briefings.publish.store import Site
from briefings.targets import Target
from tests import engines, siteengines
from tests.commands import ROOT
from tests.examples import EXAMPLES
from tests.rendering import Page

OWN = {
    "mediawiki": r"\[\[(?:Media:|File:)?([^|\]#]+)",
    "dokuwiki": r"(?:\[\[|\{\{) ?(?!http)([^|\]?#}]+)",
}


@dataclass(frozen=True)
class Published:
    """The pages of our examples in one dialect, and the names of the files beside them."""

    site: Site
    pages: dict[str, str]
    files: set[str]


@cache
def published(form: str) -> Published:
    target = Target(kind="folder", path="x", audiences=["analyst", "press"], ceiling=Marking.RED)
    site = Site("wiki", target, ROOT, form, LAYOUTS[form], "svg")
    made = [
        briefs.make(briefs.load(path), one, site) for path in EXAMPLES for one in target.audiences
    ]
    entries = [one.entry for one in made]
    pages = {one.entry.page: one.data.decode() for one in made}
    for page in [*listings.pages(site, entries), listings.moved("old.press", entries[0])]:
        pages[page.name] = listings.data(page, site).decode()
    files = {f"{one.entry.page}.{ending}" for one in made for ending in one.files}
    return Published(site, pages, files)


def leading(form: str, text: str) -> set[str]:
    """Return the pages and files that a page leads to or shows."""
    if form in OWN:
        return {name.strip() for name in re.findall(OWN[form], text)}
    render = next(iter(engines.ENGINES[form].values())) if form != "myst" else engines.commonmark
    page = Page(render(text))
    found = {one["href"] for one in page.all("a") if "href" in one}
    found |= {one["src"] for one in page.all("img")}
    return {link for link in found if not re.match(r"https?:|mailto:|#", link)}


@pytest.mark.parametrize("form", LAYOUTS)
def test_every_link_leads_to_a_page_or_a_file_that_is_there(form: str) -> None:
    made = published(form)
    layout = made.site.layout
    here = {layout.page.format(name=name).removeprefix("page:") for name in made.pages}
    here |= {
        layout.file.format(name=name, page=name.rpartition(".map")[0]).removeprefix("file:")
        for name in made.files
    }
    led = {name: leading(form, text) for name, text in made.pages.items()}
    assert set.union(*led.values()) - here == set()
    assert made.files
    brief = {name for name in made.pages if "." in name and name != "old.press"}
    index = led[layout.index]
    assert {layout.page.format(name=name).removeprefix("page:") for name in brief} <= index
    if layout.sidebar:
        assert layout.page.format(name=layout.index).removeprefix("page:") in led[layout.sidebar]


@pytest.mark.parametrize("form", LAYOUTS)
def test_every_page_ends_in_its_marker_and_has_its_marking_at_both_ends(form: str) -> None:
    made = published(form)
    for name, text in made.pages.items():
        read = marker.read(text)
        assert read, name
        assert not read.edited, name
        last = text.rstrip().split("\n")[-1]
        assert "briefings" in last
        if name != made.site.layout.sidebar:
            shown = [
                line
                for line in text.split("\n")
                if re.match(r"(?:\[\^marking\]: .*)?\W*TLP:[A-Z]+\W*$", line)
            ]
            assert len(shown) >= 2, name


@pytest.mark.parametrize("form", [form for form in engines.ENGINES if form in LAYOUTS])
def test_a_reader_sees_one_plain_line_at_the_end_and_none_in_a_sidebar(form: str) -> None:
    if form == "myst":
        pytest.skip("docutils alone knows no other pages")
    made = published(form)
    for name, text in made.pages.items():
        for render in engines.ENGINES[form].values():
            if render is engines.myst:
                continue
            html = render(text)
            said = [line for line in Page(html).text.split("\n") if "briefings: " in line]
            if name == made.site.layout.sidebar:  # it would be read beside every page
                assert said == []
                continue
            assert len(said) == 1, name
            read = marker.read(text)
            assert read
            plain = said[0].strip()
            assert plain == read.marker.line(plain.rpartition(" ")[2])


def test_an_otter_wiki_keeps_files_with_their_page() -> None:
    made = published("otterwiki")
    name = next(iter(made.files))
    page = name.rpartition(".map")[0]
    assert f"](/{page}/a/{name})" in made.pages[page]
    assert Path(name).suffix == ".svg"


def test_the_first_page_of_githubs_wiki_links_as_that_wiki_does() -> None:
    """It has an address above that of all others: a link relative to it leads out of the wiki."""
    made = published("github-wiki")
    for name in ("Home", "_Sidebar"):
        html = Page(engines.ENGINES["github-wiki"]["comrak"](made.pages[name]))
        links = [one for one in html.all("a") if "href" in one]
        assert len(links) > len(EXAMPLES)
        assert all("data-wikilink" in one for one in links)
    assert "[[Flood situation brief|series-flood-situation-brief]]" in made.pages["Home"]


@pytest.mark.parametrize("title", ["A | B", "A_b_c [d]", "a*b", "x@y", "map.png", "*a"])
def test_what_a_wiki_link_cannot_say_stands_before_it(title: str) -> None:
    site = published("github-wiki").site
    entry = briefs.make(briefs.load(EXAMPLES[0]), "press", site).entry
    index = listings.pages(site, [replace(entry, title=title, series="")])[0]
    html = engines.ENGINES["github-wiki"]["comrak"](listings.data(index, site).decode())
    assert f"{title} ({entry.page})" in Page(html).text
    assert [one["href"] for one in Page(html).all("a")] == [entry.page]


def menu(index: str) -> list[str]:
    """Return the lines by which an index tells Sphinx of the pages."""
    block = re.search(r"```\{toctree\}\n(?::\w+:\n)+\n([^`]*)\n```", index)
    assert block
    return block[1].split("\n")


def test_sphinx_is_told_of_our_pages_and_of_no_others() -> None:
    pages = published("myst").pages
    index = pages["index"]
    ours = set(pages) - {"index", "old.press"}
    assert index.index("{toctree}") < index.index("\n## ")  # else all are parts of the last year
    assert "\norphan: true\n" in pages["old.press"]  # in no menu, and no fault
    assert [name for name, text in pages.items() if "\norphan: " in text] == ["old.press"]
    lines = menu(index)
    named = [line.rpartition("<")[2].removesuffix(">") for line in lines]
    for name in [*ours, "index", "Briefings", "about"]:
        assert [fnmatchcase(name, one) for one in named].count(True) == (name in ours)
    assert len(ours) > len(lines) > 4
    for one in named:  # Sphinx warns of what names nothing
        assert any(fnmatchcase(name, one) for name in ours)


def test_a_menu_of_sphinx_tells_the_pages_of_several_readers_apart() -> None:
    site = published("myst").site
    several, other = EXAMPLES[:2]
    made = [briefs.make(briefs.load(several), one, site).entry for one in ("analyst", "press")]
    alone = briefs.make(briefs.load(other), "press", site).entry
    odd = [replace(one, title='A <b> & "c"', series="") for one in made]
    lines = menu(listings.data(listings.pages(site, [*odd, alone])[-1], site).decode())
    assert lines == [
        *(f'A <b> & "c" ({one.reader}) <{one.page}>' for one in odd),
        "*.*",  # what is named above is not named again
        "series-*",
    ]


def test_an_index_without_series_or_briefs_names_none() -> None:
    site = published("myst").site
    entry = replace(briefs.make(briefs.load(EXAMPLES[0]), "press", site).entry, series="")
    assert "\n\n*.*\n```" in listings.data(listings.pages(site, [entry])[-1], site).decode()
    assert "toctree" not in listings.data(listings.pages(site, [])[-1], site).decode()


@pytest.mark.wikis
def test_a_first_page_of_sphinx_may_lead_to_the_index(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Welcome\n\n```{toctree}\nBriefings\n```\n", "utf-8")
    for name, text in published("myst").pages.items():
        path = tmp_path / f"{'Briefings' if name == 'index' else name}.md"
        path.write_text(text.replace("(index.md)", "(Briefings.md)"), "utf-8")
    for name in published("myst").files:
        (tmp_path / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    siteengines.built(tmp_path)
    first = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "Briefings.html" in first
    below = (tmp_path / "site" / "Briefings.html").read_text("utf-8")
    assert "Flood in Riverbend (Press)</a>" in below
    assert "21 November 2024 (Analyst)</a>" in below
