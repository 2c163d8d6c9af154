"""What a PDF carries besides its pages: the source, what it was made of, and which standards."""

from __future__ import annotations

import io
import re
from hashlib import md5, sha256
from typing import TYPE_CHECKING, Any

import page
import pydyf
import pytest
from pypdf import PdfReader

import briefings
from briefings import pipeline
from briefings.resources import Shelf
from briefings.writers import finish
from briefings.writers.enclose import pdf_date
from briefings.writers.recipe import recipe, whole
from tests.awkward import SIGNS
from tests.hard import Hard, briefing, write
from tests.rendering import READER, YAML, brief, put
from tests.test_pdf import A3, BRIEFS, IDS, LONG, UA, example, objects

if TYPE_CHECKING:
    from pathlib import Path


def root(data: bytes) -> Any:  # noqa: ANN401
    return PdfReader(io.BytesIO(data)).trailer["/Root"]


def told(data: bytes) -> dict[str, str]:
    """Return what the XMP of a PDF, which is not packed, tells of the brief."""
    return dict(re.findall(r"<brief:(\w+)>([^<]*)<", data.decode("latin-1")))


def failures(data: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in (UA, A3)]
    return [f"{f.rule_id}: {f.message}" for report in reports for f in report.failures]


# The source


@pytest.mark.parametrize(("path", "audience"), BRIEFS, ids=IDS)
def test_the_reader_s_own_view_is_attached_and_nothing_else(path: Path, audience: str) -> None:
    made, data = example(path, audience)
    catalog = root(data)
    [file] = [file.get_object() for file in catalog["/AF"]]
    [embedded] = [o for o in objects(catalog) if o.get("/Type") == "/EmbeddedFile"]
    assert file["/EF"]["/F"] == file["/EF"]["/UF"] == embedded
    assert catalog["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object() == file
    source = embedded.get_data()
    assert source == made.document.source
    assert source != path.read_bytes()
    assert file["/F"] == file["/UF"] == f"{made.document.id}.yaml"
    assert file["/AFRelationship"] == "/Source"
    assert file["/Desc"].startswith("The source of this brief: ")
    assert embedded["/Subtype"] == "/application/yaml"
    parameters = embedded["/Params"]
    assert parameters["/Size"] == len(source)
    assert parameters["/CheckSum"].original_bytes == md5(source).digest()  # noqa: S324  # the format's
    assert parameters["/ModDate"] == parameters["/CreationDate"]
    assert parameters["/CreationDate"] == PdfReader(io.BytesIO(data)).metadata["/CreationDate"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024-11-21", "D:20241121"),
        ("0007-01-02", "D:00070102"),
        ("2024-11-21T18:00:00Z", "D:20241121180000Z"),
        ("2024-11-21T18:05:00-03:30", "D:20241121180500-03'30"),
    ],
)
def test_a_date_as_a_pdf_writes_it(iso: str, expected: str) -> None:
    assert pdf_date(iso) == expected


# What is told of it


@pytest.mark.parametrize(("path", "audience"), BRIEFS, ids=IDS)
def test_the_metadata_tell_what_it_is(path: Path, audience: str) -> None:
    made, data = example(path, audience)
    document = made.document
    metadata: Any = PdfReader(io.BytesIO(data)).metadata
    assert metadata["/Creator"] == f"briefings {briefings.__version__}"
    assert metadata["/Subject"] == document.bluf.plain
    assert metadata["/Keywords"] == document.marking.value
    assert metadata["/CreationDate"] == metadata["/ModDate"] == pdf_date(document.published.token)
    facts = told(data)
    parts = recipe(document, Shelf())
    assert facts == {
        "id": path.stem,
        "edition": document.version.plain,
        "asOf": document.as_of.token,
        "marking": document.marking.value,
        "audience": audience,
        "paper": "A4",
        "program": briefings.__version__,
        "content": sha256(document.source).hexdigest(),
        "recipe": whole(parts),
        "parts": " ".join(f"{name}:{value}" for name, value in sorted(parts.items())),
    }
    assert facts["content"].startswith(document.fingerprint)
    assert len(document.fingerprint) == 12


def test_a_shell_of_ones_own_changes_nothing_of_it(tmp_path: Path) -> None:
    shell = '<html lang="la"><meta name="keywords" content="TLP:WRONG">{{ body }}</html>'
    put(tmp_path, {"templates/page.html.j2": shell})
    data = pipeline.render(brief(tmp_path), "pdf").data
    metadata: Any = PdfReader(io.BytesIO(data)).metadata
    assert metadata.title == "A strike"
    assert metadata["/Keywords"] == "TLP:GREEN"
    assert root(data)["/Lang"] == "en"


CHANGES = {
    "templates": {"templates/sections/gaps.md.j2": "Nothing.\n"},
    "theme": {"templates/themes/default.css": "h1 { color: red }"},
    "fonts": {"fonts/mine.ttf": "no font"},
    "audience": {"audiences/analyst.yaml": "extends: analyst\npages: 9\n"},
    "lexicon": {"lexicons/icd203.yaml": ""},
    "language": {"languages/en.yaml": ""},
}


@pytest.mark.parametrize("part", CHANGES)
def test_each_part_that_it_is_made_with_has_a_digest_of_its_own(tmp_path: Path, part: str) -> None:
    judged = (
        "key_judgements: [{id: k, text: So., likelihood: likely, confidence: low, reason: So., "
        "basis: [strike]}]\n"
    )
    before = brief(tmp_path, YAML + judged)
    changes = dict(CHANGES[part])
    for kind, name in (("lexicons", "icd203"), ("languages", "en")):
        if changed := f"{kind}/{name}.yaml" if f"{kind}/{name}.yaml" in changes else "":
            ours = Shelf().find(kind, f"{name}.yaml")
            assert ours
            changes[changed] = ours.read_text("utf-8").replace("unlikely", "not likely")
            changes[changed] = changes[changed].replace("Bottom line", "Bottom")
    first = recipe(before.document, before.shelf)
    put(tmp_path, changes)
    after = brief(tmp_path, YAML + judged)
    second = recipe(after.document, after.shelf)
    assert {name for name in first | second if first.get(name) != second.get(name)} == {part}
    assert whole(first) != whole(second)


# The standards


def test_an_image_is_not_smoothed(tmp_path: Path) -> None:
    import base64

    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(drawn, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()}"
    shell = f'<html lang="en"><title>A</title>{{{{ body }}}}<img alt="Red" src="{address}"></html>'
    put(tmp_path, {"templates/page.html.j2": shell})
    data = pipeline.render(brief(tmp_path), "pdf").data
    [image] = [o for o in objects(root(data)) if o.get("/Subtype") == "/Image"]
    assert image.get("/Interpolate") in (None, False)
    assert failures(data) == []


def test_headings_of_columns_and_rows_say_which_they_are(tmp_path: Path) -> None:
    table = (
        '<table><tr><th scope="col">A</th><th>B</th></tr>'
        '<tr><th scope="row">C</th><td>D</td></tr></table>'
    )
    shell = f'<html lang="en"><title>A</title><h1>A</h1>{table}</html>'
    put(tmp_path, {"templates/page.html.j2": shell})
    data = pipeline.render(brief(tmp_path), "pdf").data
    heads = [o for o in objects(root(data)) if o.get("/S") == "/TH"]
    scopes = [o["/A"]["/Scope"] for o in heads]
    assert sorted(scopes) == ["/Column", "/Column", "/Row"]
    assert failures(data) == []


def test_a_text_in_another_language_says_so(tmp_path: Path) -> None:
    put(tmp_path, {"audiences/francais.yaml": "extends: analyst\nlanguage: fr\n"})
    data = pipeline.render(brief(tmp_path, audience="francais"), "pdf").data
    assert root(data)["/Lang"] == "en"
    spans = [o for o in objects(root(data)["/StructTreeRoot"]) if "/Lang" in o]
    assert spans
    assert {(o["/S"], o["/Lang"]) for o in spans} == {("/Span", "fr")}
    assert failures(data) == []
    assert not [o for o in objects(root(example(*BRIEFS[0])[1])["/StructTreeRoot"]) if "/Lang" in o]


def test_an_absolute_box_says_its_language_too(tmp_path: Path) -> None:
    said = '<p lang="fr" style="position: absolute">Bonjour</p>'
    put(tmp_path, {"templates/page.html.j2": f'<html lang="en"><title>A</title><h1>A</h1>{said}'})
    data = pipeline.render(brief(tmp_path), "pdf").data
    assert {o["/Lang"] for o in objects(root(data)["/StructTreeRoot"]) if "/Lang" in o} == {"fr"}


def run_together(number: int) -> bytes:
    """Return a text whose packed form ends in a carriage return: the sum of its bytes says so."""
    return f"% {number}\n".encode() + bytes([0x0D - 1 - sum(f"% {number}\n".encode()) & 0xFF])


@pytest.mark.parametrize("kind", ["", "/EmbeddedFile"])
def test_no_stream_ends_in_a_carriage_return(kind: str) -> None:
    text = run_together(1)
    stream = pydyf.Stream([text], {"Type": kind} if kind else {}, compress=True)
    assert not finish.ends_apart(stream.data)
    pdf = pydyf.PDF()
    pdf.add_object(stream)
    finish.pack(pdf)
    assert finish.ends_apart(stream.data)
    assert not stream.compress
    assert stream.data == stream.data, "packed once"
    if kind:
        assert text in stream.data, "what is attached keeps its bytes"


def test_it_is_written_again_where_the_last_streams_do_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefings.writers import pdf

    expected = pipeline.render(brief(tmp_path), "pdf").data
    answers = iter([False, False, True])
    monkeypatch.setattr(pdf, "ends_apart", lambda _: next(answers))
    other = pipeline.render(brief(tmp_path), "pdf").data
    assert other != expected
    [file] = root(other)["/AF"]
    assert file.get_object()["/Desc"].endswith("No more is in it.  ")
    assert failures(other) == []


LINKS = "[a *b* `c` **d**](https://example.org/) and [`e`](https://example.org/e) and *f*."


def led_to(data: bytes) -> list[str]:
    """Return where the annotations of links lead to."""
    return [
        link.get_object()["/A"]["/URI"]
        for sheet in PdfReader(io.BytesIO(data)).pages
        for link in sheet.get("/Annots", [])
        if "/A" in link.get_object()
    ]


def test_a_link_has_one_annotation_whatever_stands_in_it(tmp_path: Path) -> None:
    put(tmp_path, {"templates/themes/default.css": "a::after { content: none !important }"})
    data = pipeline.render(brief(tmp_path, YAML.replace("It burned.", f'"{LINKS}"')), "pdf").data
    assert led_to(data) == ["https://example.org/", "https://example.org/e"]
    assert failures(data) == []


def test_the_address_behind_a_link_leads_where_the_link_does(tmp_path: Path) -> None:
    data = pipeline.render(brief(tmp_path, YAML.replace("It burned.", f'"{LINKS}"')), "pdf").data
    assert set(led_to(data)) == {"https://example.org/", "https://example.org/e"}
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages)
    assert "(https://example.org/e)" in "".join(text.split())
    assert failures(data) == []


def test_hard_characters_keep_both_standards(tmp_path: Path) -> None:
    put(tmp_path, {"templates/themes/long.css": LONG})
    for start in range(0, len(SIGNS), 44):
        path = write(tmp_path, briefing(Hard(SIGNS[start : start + 44])), theme="long")
        data = pipeline.render(pipeline.view(pipeline.load(path), "tester"), "pdf").data
        assert failures(data) == [], start


@pytest.mark.slow
def test_many_briefs_keep_both_standards(tmp_path: Path) -> None:
    put(tmp_path, {"audiences/short.yaml": f"{READER}sections: [chain]\n"})
    for number in range(60):
        data = pipeline.render(brief(tmp_path, f"{YAML}issue: {number + 1}\n", "short"), "pdf").data
        assert failures(data) == [], number
