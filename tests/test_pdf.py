"""The PDF: what is in it besides the text, and what makes no difference to it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from briefings import pipeline
from briefings.errors import InvalidInput, TooLong, Unequipped
from briefings.resources import shipped
from tests.awkward import SIGNS
from tests.hard import Hard, briefing, write
from tests.rendering import READER, YAML, brief, put

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = sorted((Path(__file__).parent.parent / "data" / "briefings").glob("*.yaml"))
AUDIENCES = ("executive", "analyst", "press")
BRIEFS = [(path, name) for path in EXAMPLES for name in AUDIENCES]
IDS = [f"{path.stem}-{name}" for path, name in BRIEFS]
UA, A3 = page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A
LONG = "@page { size: 40cm 500cm; margin: 2cm }"  # one page, so that no text is broken by another


@cache
def example(path: Path, audience: str) -> tuple[pipeline.Brief, bytes]:
    made = pipeline.view(pipeline.load(path), audience)
    return made, pipeline.render(made, "pdf").data


def objects(found: Any, seen: set[tuple[int, int]] | None = None) -> Iterator[Any]:  # noqa: ANN401
    """Yield every dictionary under an object of a PDF."""
    seen = set() if seen is None else seen
    if isinstance(found, IndirectObject):
        if (key := (found.idnum, found.generation)) in seen:
            return
        seen.add(key)
        found = found.get_object()
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from objects(value, seen)
    elif isinstance(found, list):
        for value in found:
            yield from objects(value, seen)


@pytest.mark.parametrize(("path", "audience"), BRIEFS, ids=IDS)
def test_each_example_for_each_reader(path: Path, audience: str) -> None:
    made, data = example(path, audience)
    reader = PdfReader(io.BytesIO(data))
    document = made.document
    assert reader.metadata
    assert reader.metadata.title == document.title.plain
    assert reader.metadata.author == ", ".join(a.name.plain for a in document.authors)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    # A date in a title is kept on one line.
    titles = [str(e["/Title"]).replace("\u00a0", " ") for e in _outline(reader.outline)]
    assert titles[0] == document.title.plain
    words = [document.language.word("sections", name) for name in document.sections]
    assert titles[1:] == words
    number = len(reader.pages)
    assert not document.pages or number <= document.pages
    for index, sheet in enumerate(reader.pages, 1):
        text = sheet.extract_text()
        assert "\u00a0" not in text, "whoever looks for words types spaces"
        assert f"Page {index} of {number}" in text
        assert text.count(document.marking.value) >= 2, "at the head and at the foot"


def _outline(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield entry


@pytest.mark.parametrize("profile", [UA, A3], ids=["PDF/UA-1", "PDF/A-3a"])
@pytest.mark.parametrize(("path", "audience"), BRIEFS, ids=IDS)
def test_each_example_keeps_both_standards(
    path: Path, audience: str, profile: page.ValidationProfile
) -> None:
    _, data = example(path, audience)
    report = page.validate_pdf_bytes(data, profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


@pytest.mark.parametrize(("path", "audience"), BRIEFS, ids=IDS)
def test_each_link_leads_somewhere(path: Path, audience: str) -> None:
    _, data = example(path, audience)
    reader = PdfReader(io.BytesIO(data))
    named = reader.named_destinations
    links = [
        entry
        for sheet in reader.pages
        for annotation in sheet.get("/Annots", [])
        if (entry := annotation.get_object())["/Subtype"] == "/Link"
    ]
    assert audience != "analyst" or links
    for link in links:
        assert link["/Contents"], "a name for those who hear it"
        action = link.get("/A")
        if action and action["/S"] == "/URI":
            assert action["/URI"].startswith(("http:", "https:", "mailto:"))
            continue
        target = link["/Dest"] if "/Dest" in link else action["/D"]
        assert isinstance(target, list) or str(target) in named


@pytest.mark.parametrize(("path", "audience"), BRIEFS, ids=IDS)
def test_nothing_in_it_acts_and_its_fonts_are_ours(path: Path, audience: str) -> None:
    _, data = example(path, audience)
    assert _acting(data) == set()
    ours = {re.sub(r"[^a-z0-9]", "", f.stem.lower()) for f in _fonts()}
    assert _families(data)
    for family in _families(data):
        name = re.sub(r"[^a-z0-9]", "", family.lower())
        assert any(name.startswith(re.sub("(regular|bold|it|boldit)$", "", one)) for one in ours)


def _acting(data: bytes) -> set[str]:
    names = {"/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/SubmitForm"}
    reader = PdfReader(io.BytesIO(data))
    return {key for found in objects(reader.trailer["/Root"]) for key in found} & names


def _fonts() -> list[Path]:
    return sorted((shipped("data") / "fonts").glob("*.ttf"))


def _families(data: bytes) -> set[str]:
    """Return the names of the fonts; all are embedded."""
    reader = PdfReader(io.BytesIO(data))
    found = set()
    for entry in objects(reader.trailer["/Root"]):
        if entry.get("/Type") == "/FontDescriptor":
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(entry), entry
            found.add(str(entry["/FontName"]).rpartition("+")[2].lstrip("/"))
    return found


def _letters(text: str) -> str:
    """Return a text without what a line break, a page or a script's direction may change."""
    return re.sub("[\\s\u00ad\u200b-\u200f\u2010\u2060\ufeff-]", "", text)


def test_text_comes_out_as_it_was_written(tmp_path: Path) -> None:
    right_to_left = re.compile("[\u0590-\u08ff]")
    signs = [sign for sign in SIGNS if not right_to_left.search(sign)]
    unsaid = "a::after { content: none !important }"  # addresses, told below
    put(tmp_path, {"templates/themes/long.css": f"{LONG}\n{unsaid}"})
    for start in range(0, len(signs), 44):
        hard = Hard(signs[start : start + 44])
        path = write(tmp_path, briefing(hard), theme="long")
        data = pipeline.render(pipeline.view(pipeline.load(path), "tester"), "pdf").data
        shown = _letters("".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages))
        lost = [text for text in hard.expected if _letters(text) not in shown]
        assert lost == []


def test_every_letter_of_other_scripts_comes_out(tmp_path: Path) -> None:
    scripts = [
        "Київ, Ґанок, їжак, Қазақстан",
        "Αθήνα Ελλάδα",
        "صاروخ باليستي من طراز",
        "موشک بالستیک پرتاب شد",
        "שלום עולם",
        "Երևան Հայաստան",
        "თბილისი",
        "漢字とかな 한국어 中文",
        "🚀 💥 ☢ ⚠ → ≥ ✓ ½",
        "Zażółć gęślą jaźń, Đỗ Mười, Þórður, Şanlıurfa",  # noqa: RUF001
    ]
    for script in scripts:
        data = pipeline.render(
            brief(tmp_path, YAML.replace("It burned.", f'"{script}"')), "pdf"
        ).data
        shown = "".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages)
        assert not {c for c in script if not c.isspace()} - set(shown), script


def test_a_character_that_no_font_has(tmp_path: Path) -> None:
    with pytest.raises(Unequipped) as caught:
        pipeline.render(brief(tmp_path, YAML.replace("It burned", "\U0001d6fc and ཀ")), "pdf")
    assert str(caught.value) == (
        'no font has the character "\U0001d6fc" (U+1D6FC), "ཀ" (U+0F40); '
        "put a font that has it into a folder fonts/ beside the briefing"
    )


def test_more_pages_than_allowed(tmp_path: Path) -> None:
    put(tmp_path, {"audiences/brief.yaml": f"{READER}sections: [chain]\npages: 1\n"})
    claims = "".join(f", {{id: c{n}, speaker: ministry, text: It burned.}}" for n in range(120))
    made = brief(tmp_path, YAML.replace(".}]", f".}}{claims}]"), "brief")
    with pytest.raises(TooLong, match=r"^the brief has \d pages; 1 is allowed$"):
        pipeline.render(made, "pdf")
    assert pipeline.render(made, "html").pages is None


def test_fonts_of_ones_own(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(shipped("data") / "fonts" / "SourceSans3-Regular.ttf")
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = "Mine"
    (tmp_path / "fonts").mkdir()
    font.save(tmp_path / "fonts" / "mine.ttf")
    put(tmp_path, {"templates/themes/default.css": "html { font-family: Mine }"})
    data = pipeline.render(brief(tmp_path), "pdf").data
    assert any(name.startswith("Mine") for name in _families(data))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('<img src="https://example.org/a.png" alt="x">', "https://example.org/a.png"),
        ('<img src="file:///etc/passwd" alt="x">', "file:///etc/passwd"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "cannot hold <link>"),
        ("<style>@import 'file:///etc/passwd';</style>", "file:///etc/passwd"),
        ('<p style="background: url(https://example.org/b)">x</p>', "https://example.org/b"),
        ('<object data="file:///etc/passwd"></object>', "cannot hold <object>"),
    ],
)
def test_a_template_of_ones_own_fetches_nothing(tmp_path: Path, markup: str, said: str) -> None:
    ours = (shipped("templates") / "page.html.j2").read_text("utf-8")
    put(tmp_path, {"templates/page.html.j2": ours.replace("<body>", f"<body>{markup}")})
    with pytest.raises(InvalidInput) as caught:
        pipeline.render(brief(tmp_path), "pdf")
    assert caught.value.problems[0].file.endswith("page.html.j2")
    assert said in str(caught.value)


MAKE = """
import hashlib, sys
from briefings import pipeline
made = pipeline.view(pipeline.load(sys.argv[1]), "analyst")
for form in ("md", "html", "pdf"):
    print(form, hashlib.sha256(pipeline.render(made, form).data).hexdigest())
"""
ELSEWHERE = [
    {"FONTCONFIG_PATH": "/nowhere", "FONTCONFIG_FILE": "/nowhere/fonts.conf"},
    {"FONTCONFIG_SYSROOT": "/nowhere", "FC_LANG": "ja", "XDG_CACHE_HOME": "/dev/null"},
    {"TZ": "Pacific/Kiritimati", "LANG": "ja_JP.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "SOURCE_DATE_EPOCH": "1"},
    {"PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "1", "TERM": "dumb", "COLUMNS": "20"},
]


@pytest.mark.slow
def test_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    yaml = YAML.replace("It burned.", "Київ 漢字 صاروخ 🚀 שלום.")
    file = tmp_path / "brief.yaml"
    file.write_text(yaml, "utf-8")
    made = pipeline.view(pipeline.load(file), "analyst")
    expected = [
        f"{form} {hashlib.sha256(pipeline.render(made, form).data).hexdigest()}"
        for form in ("md", "html", "pdf")
    ]
    for number, variables in enumerate(ELSEWHERE):
        folder = tmp_path / f"home{number}"
        folder.mkdir()
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **variables}
        done = subprocess.run(
            [sys.executable, "-c", MAKE, file],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == "", variables
        assert done.stdout.splitlines() == expected, variables


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    made = brief(tmp_path)
    assert pipeline.render(made, "pdf").data == pipeline.render(made, "pdf").data


def test_the_address_of_a_source_can_be_read_on_paper() -> None:
    freight = next(path for path in EXAMPLES if "freight" in path.stem)
    _, data = example(freight, "analyst")
    shown = _letters("".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages))
    assert "Noticetohauliers14(https://example.org/sundhavn/notice14)" in shown
