"""docx and odt: they hold what the Markdown holds, look as they should, and open.

What asks pandoc or LibreOffice is a group of its own: ``make test-office``.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from briefings import build, pipeline
from briefings.errors import Unequipped
from briefings.model.marking import Marking
from briefings.resources import shipped
from briefings.writers.office import docx
from briefings.writers.office.tree import tree
from tests import signs
from tests.examples import EXAMPLES, loaded
from tests.rendering import YAML, Page, brief, put

if TYPE_CHECKING:
    from briefings.pipeline import Brief
    from tests.hard import Hard

ARTICLE = next(path for path in EXAMPLES if "ukraine" in path.stem)
FORMS = ("docx", "odt")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
BODY = {"docx": "word/document.xml", "odt": "content.xml"}
HEAD = {"docx": "word/header1.xml", "odt": "styles.xml"}
FOOT = {"docx": "word/footer1.xml", "odt": "styles.xml"}
FACTS = {"docx": "docProps/core.xml", "odt": "meta.xml"}
office = pytest.mark.office
each = pytest.mark.parametrize("form", FORMS)


@cache
def article(form: str) -> bytes:
    return pipeline.render(pipeline.view(loaded(ARTICLE), "analyst"), form).data


def parts(data: bytes) -> dict[str, str]:
    """Return what a file holds, but for its pictures."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {
            name: file.read(name).decode() for name in file.namelist() if not name.endswith(".png")
        }


def paragraphs(data: bytes, form: str) -> str:
    """Return the text of a file, a line a paragraph."""
    root = ET.fromstring(parts(data)[BODY[form]])  # noqa: S314  # our own
    if form == "docx":
        lines = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
        return "\n".join(lines)
    said = []
    for paragraph in root.iter():
        if paragraph.tag in (f"{TEXT}p", f"{TEXT}h"):
            for space in paragraph.iter(f"{TEXT}s"):
                space.text = " " * int(space.get(f"{TEXT}c", "1"))
            said.append("".join(paragraph.itertext()))
    return "\n".join(said)


# --- without pandoc ------------------------------------------------------------------------------


def test_the_marking_of_head_and_foot_is_not_in_the_text_too(tmp_path: Path) -> None:
    made = brief(tmp_path)
    assert f"**{made.document.marking.value}**" in made.marked
    assert f'"{made.document.marking.value}"' not in tree(made.marked, {}, "en")


def test_a_picture_is_not_written_into_its_own_description() -> None:
    told = b'<pic:cNvPr descr="data:image/png;base64,AAAA" id="2" name="Picture"/>'
    assert docx.FILE.sub(rb"\1", told) == b'<pic:cNvPr id="2" name="Picture"/>'


def test_the_tree_holds_every_sign(tmp_path: Path) -> None:
    made, expected = signs.pairs(tmp_path)
    found = json.loads(tree(made.marked, {}, "en"))
    assert found["meta"]["lang"]["c"] == "en"
    words: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict) and node.get("t") in ("Str", "Code"):
            words.append(node["c"] if node["t"] == "Str" else node["c"][1])
        elif isinstance(node, dict):
            if node.get("t") in ("Para", "Plain", "Header"):
                words.append("\n")
            walk(node.get("c"))
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(found["blocks"])
    assert not signs.lost(expected, "".join(words))


def test_columns_have_room_for_their_longest_words() -> None:
    table = (
        "| a | b |\n| :--- | ---: |\n| " + "x" * 30 + " | y |\n| z | " + "long text " * 9 + "|\n"
    )
    (made,) = json.loads(tree(table, {}, "en"))["blocks"]
    (left, right), *_ = [[width["c"] for _, width in made["c"][2]]]
    assert left + right == pytest.approx(1, abs=0.001)
    assert 0.26 < left < 0.5
    assert [side["t"] for side, _ in made["c"][2]] == ["AlignLeft", "AlignRight"]


def test_all_extras_that_are_missing_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pypandoc", "pypdfium2", "md2conf"):
        monkeypatch.setitem(sys.modules, name, None)
    made = pipeline.view(loaded(ARTICLE), "analyst")
    forms = ("md", "docx", "odt", "confluence")
    plan = build.Plan([build.Job("a.yaml", made, form) for form in forms], [])
    with pytest.raises(Unequipped) as caught:
        build.into(Path("nowhere"), plan)
    assert str(caught.value) == (
        "docx and odt and confluence need more than is installed; "
        'install it: pip install "briefings[office,confluence]"'
    )


def test_without_what_draws_the_map_the_extra_that_brings_all_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Unequipped, match=r'docx needs more.*"briefings\[office\]"'):
        pipeline.render(pipeline.view(loaded(ARTICLE), "analyst"), "docx")


@each
def test_without_pandoc_a_sentence_says_what_to_install(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(Unequipped, match=r'pip install "briefings\[office\]"'):
        pipeline.render(brief(tmp_path), form)


# --- with it -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Brief, Hard]]:
    return signs.hard_briefs(tmp_path_factory.mktemp("hard"))


@office
@each
def test_every_sign_comes_out(form: str, hard: dict[str, tuple[Brief, Hard]]) -> None:
    for made, of_it in hard.values():
        text = paragraphs(pipeline.render(made, form).data, form)
        assert not signs.lost(of_it.expected, text)
        assert not re.search("[\ufdd0-\ufdef]", text)


@office
@each
def test_every_pair_of_signs_comes_out(form: str, tmp_path: Path) -> None:
    made, expected = signs.pairs(tmp_path)
    assert not signs.lost(expected, paragraphs(pipeline.render(made, form).data, form))


@office
@each
def test_headings_and_tables_are_real_ones(form: str) -> None:
    markdown = pipeline.render(pipeline.view(loaded(ARTICLE), "analyst"), "html").data.decode()
    page = Page(markdown)
    levels = [tag[1] for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    text = parts(article(form))[BODY[form]]
    if form == "docx":
        assert re.findall(r'<w:pStyle w:val="Heading(\d)"', text) == levels
        assert text.count("<w:tblHeader") == text.count("<w:tbl>") == len(page.all("table"))
        assert text.count("<w:cantSplit/>") == text.count("<w:tr>") == len(page.all("tr"))
    else:
        assert re.findall(r'<text:h [^>]*text:outline-level="(\d)"', text) == levels
        assert text.count("<table:table-header-rows>") == len(page.all("table"))


@office
@each
@pytest.mark.parametrize("marking", [Marking.CLEAR, Marking.AMBER, Marking.RED])
def test_the_label_stands_in_head_and_foot(form: str, marking: Marking, tmp_path: Path) -> None:
    made = brief(tmp_path, YAML.replace("TLP:GREEN", marking.value))
    found = parts(pipeline.render(made, form).data)
    for part in (HEAD[form], FOOT[form]):
        assert f"\u00a0{marking.value}\u00a0" in found[part]
        assert (marking.colour[1:].upper() if form == "docx" else marking.colour) in found[part]
    if form == "docx":
        assert re.search(r'w:styleId="Label".*?<w:sz w:val="24" />', found["word/styles.xml"])
    else:
        assert found["styles.xml"].count(f"\u00a0{marking.value}\u00a0") == 2
        assert "@" not in re.sub(r"<[^>]*xlink[^>]*>", "", found["styles.xml"])


@office
@each
def test_the_facts_are_those_of_the_brief(form: str) -> None:
    found = parts(article(form))[FACTS[form]]
    for said in (
        "<dc:title>Reported Russian missile salvo against Ukraine, 21 November 2024</dc:title>",
        "<dc:language>en</dc:language>",
        ">2024-11-21T00:00:00Z<",
        ">TLP:CLEAR<",
        "Briefings desk",
    ):
        assert said in found
    assert "Microsoft" not in parts(article(form)).get("docProps/app.xml", "")


@office
@each
def test_the_sheet_is_the_audiences(form: str, tmp_path: Path) -> None:
    sheets = {"A4": (210.0, 297.0), "letter": (215.9, 279.4), "148mm x 210mm": (148.0, 210.0)}
    for paper, sides in sheets.items():
        put(tmp_path, {"audiences/own.yaml": f"extends: analyst\npaper: {paper}\n"})
        found = parts(pipeline.render(brief(tmp_path, YAML, "own"), form).data)
        if form == "docx":
            size = re.search(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', found[BODY[form]])
            assert size
            assert [round(int(one) / 1440 * 25.4, 0) for one in size.groups()] == [
                *map(round, sides)
            ]
        else:
            wide, high = sides
            assert f'fo:page-height="{high:g}mm"' in found["styles.xml"]
            assert f'fo:page-width="{wide:g}mm"' in found["styles.xml"]


@office
@each
def test_nothing_runs_and_nothing_is_fetched(form: str) -> None:
    data = article(form)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
    assert not [name for name in names if re.search(r"\.bin|vba|macro|Basic|\.js", name)]
    addresses = set(re.findall(r'(?:Target|xlink:href)="([^"]*)"', "".join(parts(data).values())))
    inside = {one for one in addresses if one.startswith("#") or one in names}
    others = {one for one in addresses - inside if f"word/{one}" not in names}
    assert {one for one in others if "://" not in one} <= {"docProps/app.xml"}
    linked = set(re.findall(r"https?://[^\s\"<>]+", loaded(ARTICLE).model_dump_json()))
    assert {one for one in others if "://" in one} <= linked


@office
@each
def test_the_map_is_there_with_its_words(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(article(form))) as file:
        (picture,) = [name for name in file.namelist() if name.endswith(".png")]
        assert file.read(picture).startswith(b"\x89PNG")
    text = parts(article(form))[BODY[form]]
    said = "Map of Russia (target; country only); Tambov region"
    assert (f'descr="{said}' if form == "docx" else f"<svg:desc>{said}") in text


@office
@each
def test_a_notice_is_a_paragraph_of_its_own_style(form: str, tmp_path: Path) -> None:
    entry = "corrections: [{date: 2024-11-22, version: '2', text: 'No, it did.', corrects: true}]\n"
    data = pipeline.render(brief(tmp_path, f"{YAML}{entry}version: '2'\n"), form).data
    text = parts(data)[BODY[form]]
    style = '<w:pStyle w:val="Correction" />' if form == "docx" else 'text:style-name="Correction"'
    assert style in text
    assert "No, it did." in text


@office
@each
def test_the_same_bytes_at_another_time(form: str, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from briefings import pipeline; "
        "of = pipeline.view(pipeline.load(Path(sys.argv[1])), 'analyst'); "
        "sys.stdout.buffer.write(pipeline.render(of, sys.argv[2]).data)"
    )
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": str(tmp_path), "PYTHONHASHSEED": "7"}
    made = subprocess.run(
        [sys.executable, "-c", code, str(ARTICLE), form],
        env={"PATH": os.environ["PATH"], **elsewhere},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert made.stdout == article(form)


@office
def test_the_documents_with_the_styles_are_fresh() -> None:
    from scripts import office as script

    for form, data in script.made().items():
        assert data == (shipped("data") / "office" / f"reference.{form}").read_bytes()


# --- opened --------------------------------------------------------------------------------------


def opened(data: bytes, form: str, folder: Path) -> list[str]:
    """Return the pages of a file as LibreOffice prints them, as text."""
    (folder / f"brief.{form}").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    convert = ["--convert-to", "pdf", "--outdir", str(folder), f"{folder}/brief.{form}"]
    subprocess.run([*command, *convert], check=True, capture_output=True, timeout=300)
    shown = subprocess.run(
        ["pdftotext", "-layout", f"{folder}/brief.pdf", "-"],  # noqa: S607  # of the path
        check=True,
        capture_output=True,
        text=True,
    )
    return shown.stdout.split("\f")[:-1]


@office
@each
def test_libreoffice_shows_all_of_it_with_the_label_on_every_page(
    form: str, tmp_path: Path
) -> None:
    pages = opened(article(form), form, tmp_path)
    assert 5 <= len(pages) <= 10
    for number, page in enumerate(pages, 1):
        assert page.lstrip().splitlines()[0].rstrip().endswith("TLP:CLEAR")
        last = page.rstrip().splitlines()[-1]
        assert last.split()[0] == ARTICLE.stem
        assert f"Page {number} of {len(pages)}" in last
        assert last.endswith("TLP:CLEAR")
    seen = {word for page in pages for word in re.findall(r"\w{4,}", page)}
    wanted = set(re.findall(r"\w{4,}", paragraphs(article(form), form)))
    broken = {word for word in wanted - seen if len(word) < 40}  # not a digest, on two lines
    assert broken <= {word for word in broken if len(word) > 11}  # in a narrow column
    assert len(broken) < 6
