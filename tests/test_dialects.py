"""Each dialect says what the Markdown says, in the renderer that reads it.

``pytest --rewrite tests/test_dialects.py`` writes the goldens anew; read them with git diff.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import assume, given, settings
from jsonschema import Draft202012Validator

from briefings import build, pipeline, templating, writers
from briefings.errors import Unequipped
from briefings.model.inline import Inline
from briefings.writers.txt import COLUMNS, columns
from briefings.writers.wiki import FLAVOURS
from briefings.writers.wiki.matrix import WIDEST
from briefings.writers.wiki.tree import read
from tests import engines, signs
from tests.examples import EXAMPLES, TESTS, loaded
from tests.rendering import YAML, Page, brief, marked
from tests.schemas import shipped
from tests.test_alike import nasty, parsed

if TYPE_CHECKING:
    from briefings.pipeline import Brief
    from tests.hard import Hard

GOLDEN = Path(__file__).parent / "golden" / "dialects"
ARTICLE = next(path for path in EXAMPLES if "ukraine" in path.stem)
FORMS = ("md", *FLAVOURS, "txt", "json")
CASES = [(form, name) for form, found in engines.ENGINES.items() for name in found]
by_engine = pytest.mark.parametrize(("form", "engine"), CASES)
FRONT = ("gitlab-wiki", "obsidian", "mkdocs", "myst", "otterwiki")
ALERTS = {
    "gfm": "> [!WARNING]\n> ",
    "github-wiki": "> ",
    "gitlab-wiki": "> [!warning]\n> ",
    "obsidian": "> [!warning]\n> ",
    "mkdocs": '!!! warning ""\n    ',
    "myst": "```{warning}\n",
    "otterwiki": "> [!WARNING]\n> ",
    "mediawiki": "",
    "dokuwiki": "> ",
    "confluence": '<ac:structured-macro ac:name="note" ac:schema-version="1">'
    "<ac:rich-text-body><p>",
    "txt": "> ",
}


def said(of: Brief, form: str) -> str:
    return pipeline.render(of, form).data.decode()


@cache
def article() -> Brief:
    return pipeline.view(loaded(ARTICLE), "analyst")


@pytest.fixture
def analyst() -> Brief:
    return article()


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Brief, Hard]]:
    return signs.hard_briefs(tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Brief, list[str]]:
    return signs.pairs(tmp_path_factory.mktemp("pairs"))


# --- as they look -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_article_in_each_dialect_is_what_was_looked_at(
    form: str, analyst: Brief, *, rewrite: bool
) -> None:
    path = GOLDEN / f"{analyst.document.id}.analyst.{writers.suffix(form)}"
    if rewrite:
        path.parent.mkdir(exist_ok=True)
        path.write_text(said(analyst, form), "utf-8")
    assert said(analyst, form) == path.read_text("utf-8")


def test_no_golden_is_left_over(analyst: Brief) -> None:
    known = {f"{analyst.document.id}.analyst.{writers.suffix(form)}" for form in FORMS}
    assert {path.name for path in GOLDEN.iterdir()} == known


def test_each_format_has_a_file_of_its_own(analyst: Brief) -> None:
    names = [build.Job("", analyst, form).name for form in writers.WRITERS]
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"{analyst.document.id}.analyst.") for name in names)


# --- nothing is lost ----------------------------------------------------------------------------


@by_engine
def test_every_sign_comes_out(form: str, engine: str, hard: dict[str, tuple[Brief, Hard]]) -> None:
    for made, expected in hard.values():
        page = Page(engines.ENGINES[form][engine](said(made, form)))
        assert not signs.lost(expected.expected, page.text)
        assert not re.search("[\ufdd0-\ufdef]", page.text)


@by_engine
def test_every_pair_of_signs_comes_out(
    form: str, engine: str, pairs: tuple[Brief, list[str]]
) -> None:
    made, expected = pairs
    assert len(expected) > 2900
    assert not signs.lost(expected, Page(engines.ENGINES[form][engine](said(made, form))).text)


def test_plain_text_holds_every_sign(
    pairs: tuple[Brief, list[str]], hard: dict[str, tuple[Brief, Hard]]
) -> None:
    made, expected = pairs
    assert not signs.lost(expected, said(made, "txt"))
    for one, of_it in hard.values():
        unquoted = re.sub("^> ", "", said(one, "txt"), flags=re.MULTILINE)
        found = signs.lost(of_it.expected, re.sub(r"\s+<[a-z]+:[^ >]*>", "", unquoted))
        found = signs.lost(signs.lost(found, unquoted), said(one, "txt"))
        assert not [text for text in found if "//" not in text]  # an address follows its text


@given(nasty)
@settings(derandomize=True)
def test_any_text_comes_out(text: str) -> None:
    # cmark-gfm takes a no-break space for a part of the bare address before it.
    assume(not re.search("//[^ ]*\u00a0", text))
    of = article()
    line = Inline.literal(text)
    inline = parsed(text) or line
    if not line.plain:
        return
    page = (
        f"# {inline}\n\n{inline} s\n\n-   {line} · **{line}**: {inline}\n\n    {inline}\n\n"
        f"| a | b |\n| :--- | ---: |\n| {inline} | {line} |\n\n> {inline}\n"
    )
    for form, engine in CASES:
        made = writers.write(of.document, page, form, of.shelf).data.decode()
        shown = signs.even(Page(engines.ENGINES[form][engine](made)).text)
        assert shown.count(signs.even(inline.plain)) >= 5, (form, engine)
        assert shown.count(signs.even(line.plain)) >= 2, (form, engine)


@by_engine
def test_headings_and_tables_are_those_of_the_markdown(
    form: str, engine: str, analyst: Brief, hard: dict[str, tuple[Brief, Hard]]
) -> None:
    for made in (analyst, hard["0"][0]):
        # A dialect makes two columns of a wide matrix, all of them the same.
        reference = "md" if form == "md" else "gfm"
        wanted = signs.skeleton(engines.commonmark(said(made, reference)))
        text = said(made, form)
        if engine == "CommonMark" and form in FRONT:  # which does not know front matter
            text = text.partition("\n---\n")[2]
        found = signs.skeleton(engines.ENGINES[form][engine](text))
        if engine == "MyST":  # headings are those of sections there
            found, wanted = ([t for t in one if t[0] == "t"] for one in (found, wanted))
        assert found == wanted


# --- what each does with what it knows ----------------------------------------------------------


@pytest.mark.parametrize("form", [form for form in FORMS if form != "json"])
def test_the_marking_stands_first_and_last(form: str, analyst: Brief) -> None:
    text = said(analyst, form)
    body = re.sub(r"\A(---\n.*?\n---|<!--.*?-->)\n", "", text, flags=re.DOTALL).strip()
    marking = analyst.document.marking.value
    assert marking in body.splitlines()[0]
    assert marking in body.splitlines()[-1]
    if form in ("gfm", "gitlab-wiki", "obsidian"):  # notes stand below all else
        assert marking not in re.findall(r"^\[\^\d+\]: .*$", text, re.MULTILINE)[-1]
        for engine in engines.ENGINES.get(form, {}).values():
            html = engine(text)
            notes = Page(html).text.rpartition("Ukrainian media, not named")[2]
            if "footnote" not in html:
                continue
            assert notes.rstrip(" \n↩0123456789").endswith(marking)
            assert notes.count(marking) == 1


@pytest.mark.parametrize("form", ALERTS)
def test_a_correction_is_told_before_all_else(form: str, tmp_path: Path) -> None:
    entry = "corrections: [{date: 2024-11-22, version: '2', text: 'No, it did.', corrects: true}]\n"
    text = said(brief(tmp_path, f"{YAML}{entry}version: '2'\n"), form)
    assert f"{ALERTS[form]}Correction: No, it did." in text
    assert text.index("No, it did.") < text.index("A strike was reported.")


@pytest.mark.parametrize("form", ["gfm", "gitlab-wiki", "obsidian", "mkdocs"])
def test_sources_are_notes_where_there_are_notes(form: str, analyst: Brief) -> None:
    text = said(analyst, form)
    used = set(re.findall(r"(?<=[\S ])\[\^(\d+)\](?!:)", text))
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert sorted(used) == defined == ["1", "2", "3", "4"]
    html = next(iter(engines.ENGINES[form if form != "obsidian" else "gitlab-wiki"].values()))(text)
    if "footnote" in html:
        assert (
            len({a["href"] for a in Page(html).all("a") if a.get("href", "").startswith("#fn")})
            >= 4
        )


@pytest.mark.parametrize("form", ["gfm", "gitlab-wiki", "obsidian", "mkdocs"])
def test_a_note_stands_at_its_word_where_no_renderer_reads_both_as_one(
    form: str, tmp_path: Path
) -> None:
    template = """{% for said in ["It burned.", "No!", "See www.a.example.", "See *b*"] %}
{{ said }} {{ mark("note", "[%s]" | format(to("source-1", "1"))) }} C3

{% endfor %}
1.  {{ anchor("source-1", "A report") }}, a newspaper
"""
    page = marked(tmp_path, template)
    of = article()
    text = writers.write(of.document, page, form, of.shelf).data.decode()
    assert "It burned.[^1] C3\n" in text
    assert re.search(r"www\S+ \[\^1\] C3\n", text)
    assert text.count(" [^1] C3\n") == 3
    for engine in engines.ENGINES[form].values():
        html = engine(text)
        if "footnote" in html:
            assert len(re.findall('href="#fn[:-]', html)) == 4


@pytest.mark.parametrize(("form", "engine"), [c for c in CASES if c[0] not in ("md", "obsidian")])
def test_every_link_within_the_page_leads_somewhere(form: str, engine: str, analyst: Brief) -> None:
    page = Page(engines.ENGINES[form][engine](said(analyst, form)))
    places = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    places |= {name for _, a in page.elements if (name := a.get("name"))}
    links = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
    links -= {link for link in links if link.startswith("fn")}
    assert len(links) > 30
    assert links <= places


def test_links_of_obsidian_lead_to_blocks(analyst: Brief) -> None:
    text = said(analyst, "obsidian")
    blocks = re.findall(r" \^([a-z0-9-]+)$", text, re.MULTILINE)
    links = set(re.findall(r"\[\[#\^([a-z0-9-]+)\\?\|", text))
    assert len(blocks) == len(set(blocks))
    assert len(links) > 30
    assert links <= set(blocks)


@pytest.mark.parametrize("form", FRONT)
def test_front_matter_is_yaml_whatever_the_title_is(form: str, tmp_path: Path) -> None:
    title = "a: 'b' \"c\" --- #d {e} \u200bf\u00a0 %g"
    text = said(brief(tmp_path, YAML.replace("A *strike*", json.dumps(title))), form)
    found = yaml.safe_load(text.partition("---\n")[2].partition("\n---\n")[0])
    reader = ["(Analyst)"] if form == "mkdocs" else []
    assert found["title"].split() == [*title.split(), *reader]
    assert found["marking"] == "TLP:GREEN"


def test_no_title_ends_the_comment(tmp_path: Path) -> None:
    text = said(
        brief(tmp_path, YAML.replace("A *strike*", "'a --> b <!-- c --!> d'")), "github-wiki"
    )
    comment = text[: text.index("**TLP:GREEN**")]
    assert comment.count("-->") == comment.count("<!--") == 1
    line = next(line for line in comment.splitlines() if line.startswith("title: "))
    assert json.loads(line.removeprefix("title: ")) == "a --> b <!-- c --!> d"


@pytest.mark.parametrize("form", ["gfm", "gitlab-wiki", "obsidian"])
def test_the_chain_has_a_timeline_that_mermaid_can_read(form: str, tmp_path: Path) -> None:
    title = "'06:00: a; b # c {d} %% e <f>'"
    text = said(brief(tmp_path, YAML.replace("A fire", title)), form)
    drawn = text.partition("```mermaid\n")[2].partition("\n```")[0].splitlines()
    assert drawn == ["timeline", "    21 November 2024 : 06.00 a b c d e f"]
    assert "mermaid" not in said(brief(tmp_path), "md")


def test_plain_text_has_72_columns(analyst: Brief) -> None:
    for path in (*EXAMPLES, *TESTS):
        for line in said(pipeline.view(loaded(path), "analyst"), "txt").splitlines():
            assert columns(line) <= COLUMNS or len(line.split()) <= 3, line  # one long word
            assert line == line.rstrip()
    assert "=" * 64 in said(analyst, "txt")


def test_a_wide_matrix_says_in_two_columns_what_it_says_in_many(analyst: Brief) -> None:
    wide, narrow = (_rows(said(analyst, form)) for form in ("md", "gfm"))
    speakers = wide[0][1:]
    assert len(speakers) > WIDEST > len(narrow[0]) == 2
    assert [row[0] for row in narrow] == [row[0] for row in wide]
    for cells, (_, told) in zip(wide[1:], narrow[1:], strict=True):
        pairs = zip(speakers, cells[1:], strict=True)
        assert told == " · ".join(f"{who}: {what}" for who, what in pairs if what)


def _rows(text: str) -> list[list[str]]:
    """Return the cells of the table under "Who says what"."""
    table = text.partition("## Who says what\n\n")[2].partition("\n\n")[0]
    rows = [Page(engines.cmark(line)).text.strip() for line in table.splitlines()]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in (rows[0], *rows[2:])]


def test_a_wide_table_becomes_a_list_of_its_rows(tmp_path: Path) -> None:
    wide = "| A | B |\n| :--- | ---: |\n| " + "word " * 20 + "| 7 |\n"
    narrow = "| A | B |\n| :--- | ---: |\n| one | 7 |\n"
    for table, shown in ((wide, "  B: 7\n"), (narrow, "A    B\n---  -\none  7\n")):
        made = brief(tmp_path)
        text = writers.write(made.document, table, "txt", made.shelf).data.decode()
        assert shown in text


def test_contents_stand_below_the_bottom_line_where_a_wiki_makes_them(tmp_path: Path) -> None:
    text = said(article(), "mediawiki")
    assert text.count("\n__TOC__\n\n== ") == text.count("__TOC__") == 1
    assert text.index("Bottom line") < text.index("__TOC__") < text.index("\n== ")
    made = brief(tmp_path)
    few = writers.write(made.document, "# A\n\n## B\n\n## C\n", "mediawiki", made.shelf).data
    assert b"__TOC__" not in few


def test_the_menu_of_a_site_tells_two_readers_apart() -> None:
    text = said(article(), "mkdocs")
    assert re.search('^title: "Reported .* \\(Analyst\\)"$', text, re.MULTILINE)
    assert re.search("^# Reported [^()]*$", text, re.MULTILINE)


def test_confluence_has_its_macros_and_each_list_begins_where_it_does(tmp_path: Path) -> None:
    text = said(article(), "confluence")
    assert text.count('ac:name="toc"') == 1
    assert text.index('ac:name="toc"') < text.index("<h2>")
    assert '<ac:link ac:anchor="source-1"><ac:link-body>1</ac:link-body></ac:link>' in text
    made = brief(tmp_path)
    page = "7. a\n8. [*b* c](https://x.example/)\n\n[*b* c](https://x.example/)\n\n> NOTE: d\n"
    text = writers.write(made.document, page, "confluence", made.shelf).data.decode()
    assert text.startswith('<ol start="7"><li>')
    assert '<p><span><a href="https://x.example/"><em>b</em> c</a></span></p>' in text
    assert "<blockquote><p><span>NOTE: d</span></p></blockquote>" in text


def test_without_the_library_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "md2conf.converter", None)
    with pytest.raises(Unequipped, match=r'pip install "briefings\[confluence\]"'):
        said(brief(tmp_path), "confluence")


# --- JSON ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EXAMPLES, *TESTS], ids=lambda path: path.stem)
@pytest.mark.parametrize("audience", ["executive", "analyst", "press"])
def test_json_keeps_to_its_schema(path: Path, audience: str) -> None:
    data = json.loads(said(pipeline.view(loaded(path), audience), "json"))
    check = Draft202012Validator(shipped("document"))
    assert [error.message for error in check.iter_errors(data)] == []
    assert [*check.iter_errors({**data, "more": 1})]
    assert [*check.iter_errors({**data, "marking": "TLP:WHITE"})]


def test_json_holds_every_sign(pairs: tuple[Brief, list[str]]) -> None:
    made, expected = pairs
    found = re.findall(r'"(?:\\.|[^"\\])*"', said(made, "json"))
    assert not signs.lost(expected, "\n".join(map(json.loads, found)))


def test_every_id_that_json_names_is_there(analyst: Brief) -> None:
    data = json.loads(said(analyst, "json"))
    ids = set(re.findall(r'"id": "([a-z-]+-\d+)"', json.dumps(data)))
    links = set(
        re.findall(r'"((?:actor|claim|event|source|place|side|gap)-\d+)"', json.dumps(data))
    )
    assert links <= ids
    assert data["content"] == analyst.document.content_hash
    assert [one["name"] for one in data["sections"]] == list(analyst.document.sections)


# --- the tree -----------------------------------------------------------------------------------


def test_signs_have_no_width(tmp_path: Path) -> None:
    """Emphasis is read beside a sign as it is without one."""
    for inside in ('"a"', "(b)", "c", "d."):
        for template in ("(**X**)", '{{ mark("m", "**X**") }}', '**{{ mark("m", "X") }}** e'):
            text = marked(tmp_path, template.replace("X", inside.replace('"', "&quot;")))
            bare = read(templating.strip(text))
            assert read(text).plain == bare.plain
            strong = [list(tree.every("strong")) for tree in (read(text), bare)]
            assert len(strong[0]) == len(strong[1])


def test_a_block_a_mark_and_an_item_are_told(tmp_path: Path) -> None:
    template = (
        '{% call item("-", "half") %}{{ anchor("E1", "a") }} {{ to("E1", "b") }}{% endcall %}\n'
        '{% call block("box") %}c **d**{% endcall %}'
    )
    tree = read(marked(tmp_path, template))
    assert [(item.text, item.plain) for item in tree.every("item")] == [("half", "a b")]
    marks = [(mark.text, mark.argument) for mark in tree.every("mark")]
    assert marks == [("anchor", "e1"), ("to", "e1")]
    assert [(block.text, block.plain) for block in tree.every("block")] == [("box", "c d")]
