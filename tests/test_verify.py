"""``briefings extract`` and ``verify``: PDFs as they were made, and as somebody changed them."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from briefings import __version__, enclosed, verify
from briefings.errors import InvalidInput, TooLong
from tests.commands import FLOOD, does, found, run, settle
from tests.rendering import READER, YAML, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")
PDF = "out/brief.press.pdf"
SAME = f'{PDF}: it is, byte for byte, what its source makes for "press"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    (tmp_path / "brief.yaml").write_text(CLEAR, "utf-8")
    return tmp_path


@pytest.fixture
def pdf(folder: Path) -> Path:
    assert does("render brief.yaml -a press -t pdf").code == 0
    return folder / PDF


def changed(pdf: Path, change: Callable[[Any], None]) -> None:
    """Change a PDF by its objects, as another program would."""
    writer = pypdf.PdfWriter(clone_from=pdf)
    change(writer)
    writer.write(pdf)


def replaced(pdf: Path, old: str, new: str) -> None:
    """Put bytes of the same number in the place of others."""
    data = pdf.read_bytes()
    assert data.count(old.encode()) == 1
    assert len(old) == len(new)
    pdf.write_bytes(data.replace(old.encode(), new.encode()))


def attached(writer: Any) -> StreamObject:  # noqa: ANN401
    stream: StreamObject = writer.root_object["/AF"][0]["/EF"]["/F"].get_object()
    return stream


def swapped(data: bytes) -> Callable[[Any], None]:
    """Return what puts another file into the place of the source."""

    def change(writer: Any) -> None:  # noqa: ANN401
        stream = DecodedStreamObject()
        stream.set_data(data)
        files = writer.root_object["/AF"][0]["/EF"]
        files[NameObject("/F")] = writer._add_object(stream.flate_encode())  # noqa: SLF001

    return change


def verdict(*arguments: object) -> tuple[int, str, str]:
    """Return the exit code, the verdict in one word, and the sentence."""
    ran = run("verify", *arguments, "--json")
    told = json.loads(ran.out)
    plainly = run("verify", *arguments)
    assert plainly.out + plainly.err == f"{told['file']}: {told['sentence']}\n"
    assert (plainly.out == "") is bool(plainly.code)
    assert plainly.code == ran.code
    return ran.code, told["verdict"], told["sentence"]


# --- extract -----------------------------------------------------------------------------------


def test_what_is_taken_out_makes_the_same_pdf(pdf: Path, folder: Path) -> None:
    ran = run("extract", PDF)
    assert (ran.code, ran.err) == (0, "")
    (folder / "again").mkdir()
    assert run("extract", PDF, "-o", "again/brief.yaml").lines == ["again/brief.yaml"]
    assert (folder / "again/brief.yaml").read_bytes() == ran.data
    assert run("check", "again/brief.yaml").code == 0
    assert run("render", "again/brief.yaml", "-t", "pdf", "-o", "new").lines == [
        "new/brief.press.pdf"
    ]
    assert (folder / "new/brief.press.pdf").read_bytes() == pdf.read_bytes()


def test_it_takes_a_pdf_from_a_pipe(pdf: Path) -> None:
    assert run("extract", "-", stdin=pdf.read_bytes()).data == run("extract", PDF).data
    assert run("verify", "-", stdin=pdf.read_bytes()).out == SAME.replace(PDF, "<stdin>")


def blank(folder: Path, change: Callable[[pypdf.PdfWriter], object] = lambda _: None) -> str:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    writer.write(folder / "other.pdf")
    return "other.pdf"


def test_a_pdf_of_others_has_no_source(folder: Path) -> None:
    said = "other.pdf: this is no brief of ours: there is no source in it\n"
    ran = run("extract", blank(folder))
    assert (ran.code, ran.out, ran.err) == (2, "", said)
    ran = run("extract", blank(folder, lambda w: w.add_attachment("a.yaml", b"a: 1")))
    assert (ran.code, ran.err) == (2, said)


UNUSABLE = {
    "nothing.pdf": "there is no such file",
    "out": "this is a folder; a PDF is expected",
    "brief.yaml": "this is no PDF",
    "empty.pdf": "this is no PDF",
    "cut.pdf": "the PDF is damaged: ",
    "header.pdf": "the PDF is damaged: ",
    "locked.pdf": "the PDF is encrypted; what is in it cannot be read",
}


@pytest.mark.parametrize("command", ["extract", "verify"])
@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used(pdf: Path, folder: Path, command: str, name: str) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "header.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "cut.pdf").write_bytes(pdf.read_bytes()[:9000])
    shutil.copy(pdf, folder / "locked.pdf")
    changed(folder / "locked.pdf", lambda w: w.encrypt("secret", algorithm="RC4-128"))
    before = found(folder)
    ran = run(command, name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{name}: {UNUSABLE[name]}")
    assert ran.err.count("\n") == 1
    assert found(folder) == before


def test_a_file_is_bounded(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosed, "MAX_PDF", 2_000_000)
    pdf.write_bytes(pdf.read_bytes() + b"\n" * 2_000_000)
    assert run("extract", PDF).err == f"{PDF}: the file is over 2 MB\n"
    assert run("extract", "-", stdin=pdf.read_bytes()).err == "<stdin>: the input is over 2 MB\n"


def test_what_is_packed_in_it_is_bounded(pdf: Path) -> None:
    changed(pdf, swapped(b"a" * 11_000_000))
    assert pdf.stat().st_size < 200_000
    ran = run("extract", PDF)
    assert (ran.code, ran.err) == (2, f"{PDF}: the source in this PDF is damaged\n")
    assert verdict(PDF)[:2] == (1, "source-changed")


def test_what_a_terminal_would_obey_does_not_come_out(pdf: Path) -> None:
    changed(pdf, swapped(b"title: \x1b]0;x\x07\n"))
    ran = run("extract", PDF)
    assert (ran.code, ran.out) == (2, "")
    assert "\x1b" not in ran.err
    assert ran.err.startswith(f"{PDF}: the source in this PDF was changed")


def test_an_extract_is_refused_to_who_is_shown_more(pdf: Path, folder: Path) -> None:
    assert pdf.is_file()
    assert run("extract", PDF, "-o", "new/brief.yaml").code == 0
    ran = run("render", "new/brief.yaml", "-a", "analyst", "-t", "md", "-o", "new")
    said = 'this is an extract for "press", with less of the sourcing than "analyst" is shown'
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"new/brief.yaml: analyst: {said}\n"
    assert found(folder / "new") == ["brief.yaml"]


def test_a_file_that_cannot_be_written(pdf: Path) -> None:
    assert pdf.is_file()
    ran = run("extract", PDF, "-o", "out")
    assert (ran.code, ran.err) == (2, "out: cannot be written: Is a directory\n")


# --- verify ------------------------------------------------------------------------------------


def test_it_is_what_its_source_makes(pdf: Path) -> None:
    assert pdf.is_file()
    ran = run("verify", PDF)
    assert (ran.code, ran.out, ran.err) == (0, SAME, "")
    told = json.loads(run("verify", PDF, "--json").out)
    assert told == {
        "file": PDF,
        "verdict": "same",
        "sentence": SAME.removeprefix(f"{PDF}: ").strip(),
        "briefing": "brief",
        "audience": "press",
        "program": __version__,
        "differs": [],
        "own": [],
    }


@pytest.mark.parametrize(
    ("audience", "paper"), [("executive", "A4"), ("analyst", "letter"), ("press", "letter")]
)
def test_so_is_an_example_on_either_sheet(folder: Path, audience: str, paper: str) -> None:
    run("render", FLOOD, "-a", audience, "-t", "pdf", "--paper", paper)
    [name] = found(folder / "out")
    assert verdict(f"out/{name}")[:2] == (0, "same")


CHANGED = 'its bytes were changed: its source makes another PDF for "press"'


@pytest.mark.parametrize("change", ["one bit", "more at the end", "the title", "an annotation"])
def test_the_pdf_was_changed(pdf: Path, change: str) -> None:
    data = pdf.read_bytes()
    if change == "one bit":
        at = data.index(b"stream\n") + 40
        pdf.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    elif change == "more at the end":
        pdf.write_bytes(data + b"\n")
    elif change == "the title":
        changed(pdf, lambda writer: writer.add_metadata({"/Title": "Another"}))
    else:
        changed(pdf, lambda writer: writer.add_uri(0, "https://example.org/", (0, 0, 9, 9)))
    assert verdict(PDF) == (1, "pdf-changed", CHANGED)


def test_a_pdf_that_cannot_be_made_again_was_changed(
    pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object) -> None:
        raise TooLong("the brief has 3 pages; 2 are allowed")

    monkeypatch.setattr("briefings.pipeline.render", too_long)
    assert pdf.is_file()
    assert verdict(PDF) == (1, "pdf-changed", CHANGED)


def test_the_source_was_changed(pdf: Path) -> None:
    source = run("extract", PDF).data
    changed(pdf, swapped(source.replace(b"It burned", b"It froze.")))
    said = "its source was changed: it is not the one that the brief says it was made of"
    assert verdict(PDF) == (1, "source-changed", said)


def test_the_source_is_damaged(pdf: Path) -> None:
    data = pdf.read_bytes()
    start = data.index(b"/EmbeddedFile")
    at = data.index(b"stream\n", start) + 30
    pdf.write_bytes(data[:at] + b"\0\0\0\0" + data[at + 4 :])
    assert verdict(PDF)[:2] == (1, "source-changed")


def test_another_version_of_ours_made_it(pdf: Path) -> None:
    replaced(pdf, f"<brief:program>{__version__}<", "<brief:program>0.0.9<")
    said = f"it was made by briefings 0.0.9, and this is briefings {__version__}"
    assert verdict(PDF) == (1, "other-version", said)


def test_another_version_of_what_lays_it_out(pdf: Path) -> None:
    replaced(pdf, 'pdf:Producer="WeasyPrint 70', 'pdf:Producer="WeasyPrint 69')
    code, word, said = verdict(PDF)
    assert (code, word) == (1, "other-version")
    assert re.fullmatch(r"it was made by WeasyPrint 69\S*, and this is WeasyPrint 7\S*", said)


OTHERS = {
    "theme": {"templates/themes/default.css": "h1 { color: red }"},
    "templates": {"templates/sections/gaps.md.j2": "Nothing.\n"},
    "audience": {"audiences/press.yaml": "extends: press\npages: 9\n"},
    "fonts": {"fonts/mine.ttf": "no font"},
}


@pytest.mark.parametrize("part", OTHERS)
def test_it_was_made_with_something_else(pdf: Path, folder: Path, part: str) -> None:
    assert pdf.is_file()
    put(folder / "desk", OTHERS[part])
    said = f"it was made with another {part} than what is found from desk"
    assert verdict(PDF, "--from", "desk") == (1, "other-recipe", said)
    assert json.loads(run("verify", PDF, "--from", "desk", "--json").out)["differs"] == [part]
    assert verdict(PDF)[1] == "same"


def test_an_audience_that_sees_less_here_is_another_one(pdf: Path, folder: Path) -> None:
    (folder / "brief.yaml").write_text(YAML, "utf-8")
    put(folder, {"audiences/partners.yaml": "extends: press\nceiling: TLP:GREEN\n"})
    assert does("render brief.yaml -a partners -t pdf").code == 0
    put(folder, {"audiences/partners.yaml": "extends: press\n"})
    del pdf
    code, word, said = verdict("out/brief.partners.pdf")
    assert (code, word) == (1, "other-recipe")
    assert said.startswith("it was made with another audience than")


@pytest.mark.parametrize("lacks", ["theme", "language", "lexicon"])
def test_something_that_it_was_made_with_is_not_here(folder: Path, lacks: str) -> None:
    from briefings.resources import shipped

    ours = {
        "theme": (shipped("templates") / "themes/default.css", "templates/themes/mine.css"),
        "language": (shipped("data") / "languages/en.yaml", "languages/la.yaml"),
        "lexicon": (shipped("data") / "lexicons/icd203.yaml", "lexicons/mine.yaml"),
    }
    copied, name = ours[lacks]
    text = copied.read_text("utf-8")
    put(folder, {name: text, "audiences/mine.yaml": "extends: analyst\n"})
    put(folder, {"bare/audiences/mine.yaml": "extends: analyst\n"})
    for place in ("", "bare/"):
        more = {"theme": "theme: mine\n", "language": "language: la\n"}.get(lacks, "")
        put(folder, {f"{place}audiences/mine.yaml": f"extends: analyst\n{more}"})
    judged = (
        "key_judgements: [{id: k, text: So., likelihood: likely, confidence: low, reason: So., "
        "basis: [strike]}]\nlexicon: mine\n"
    )
    (folder / "brief.yaml").write_text(CLEAR + (judged if lacks == "lexicon" else ""), "utf-8")
    assert does("render brief.yaml -a mine -t pdf").code == 0
    made = "out/brief.mine.pdf"
    said = f"it was made with another {lacks} than what is found from bare"
    assert verdict(made, "--from", "bare") == (1, "other-recipe", said)
    assert verdict(made)[1] == "same", "found from here, where the PDF's own folder has nothing"


def test_two_things_differ(pdf: Path, folder: Path) -> None:
    assert pdf.is_file()
    put(folder / "desk", OTHERS["theme"] | OTHERS["templates"])
    said = "it was made with another templates and theme than what is found from desk"
    assert verdict(PDF, "--from", "desk")[2] == said


@pytest.mark.parametrize("lacks", ["id", "audience", "paper", "program", "content", "parts"])
def test_what_does_not_say_what_it_is_is_not_ours(pdf: Path, lacks: str) -> None:
    data = pdf.read_bytes()
    pdf.write_bytes(re.sub(rb"brief:(%s)>" % lacks.encode(), rb"brie_:\1>", data))
    said = "it is no brief of ours: it does not say what it is"
    assert verdict(PDF) == (1, "foreign", said)


def test_a_pdf_of_others_is_not_ours(folder: Path) -> None:
    said = "it is no brief of ours: there is no source in it"
    assert verdict(blank(folder)) == (1, "foreign", said)


def test_what_is_ones_own_is_named(folder: Path) -> None:
    from briefings.resources import shipped

    put(folder, {"desk/brief.yaml": CLEAR})
    words = (shipped("data") / "languages/en.yaml").read_text("utf-8")
    put(folder, {"desk/languages/en.yaml": words.replace("asserts: said", "asserts: denied")})
    assert does("render desk/brief.yaml -a press -t pdf").code == 0
    made = "out/brief.press.pdf"
    assert verdict(made)[1] == "other-recipe"
    code, word, said = verdict(made, "--from", "desk")
    assert (code, word) == (0, "same")
    assert said.endswith("with the language of desk")


def test_an_audience_that_is_not_known_here(folder: Path) -> None:
    put(folder, {"desk/brief.yaml": CLEAR})
    put(folder, {"desk/audiences/partners.yaml": f"{READER}sections: [chain]\n"})
    assert does("render desk/brief.yaml -a partners -t pdf").code == 0
    made = "out/brief.partners.pdf"
    said = 'its audience "partners" is not known here; name its folder: --from DIR'
    assert verdict(made) == (1, "unknown-audience", said)
    assert verdict(made, "--from", "desk")[:2] == (0, "same")
    shutil.copy(folder / made, folder / "desk" / "moved.pdf")
    assert verdict("desk/moved.pdf")[1] == "unknown-audience", "what lies beside it is no judge"
    ran = run("verify", made, "--from", "nowhere")
    assert (ran.code, ran.err) == (2, "nowhere: there is no such folder\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<brief:paper>A4<", "<brief:paper>A5<", 'there is no paper "A5"'),
        ("<brief:id>brief<", "<brief:id>Brief<", "no brief can be made of its source"),
    ],
)
def test_what_it_says_of_itself_was_changed(pdf: Path, old: str, new: str, said: str) -> None:
    replaced(pdf, old, new)
    assert verdict(PDF) == (1, "pdf-changed", f"its bytes were changed: {said}")


def test_what_is_wrong_in_the_folder_is_told_as_ever(pdf: Path, folder: Path) -> None:
    assert pdf.is_file()
    put(folder / "desk", {"audiences/press.yaml": "extends: press\nceiling: TLP:BLUE\n"})
    ran = run("verify", PDF, "--from", "desk")
    assert ran.code == 2
    assert ran.err.startswith("desk/audiences/press.yaml:2:10: ")


def outcome(pdf: Path) -> str:
    """Return the verdict in one word, or the one sentence that is said instead."""
    try:
        return verify.verify(pdf).verdict.value
    except InvalidInput as error:
        assert len(error.problems) == 1  # noqa: PT017  # either way is fine
        return str(error)


def test_no_flip_of_a_byte_goes_unseen_or_ends_in_a_traceback(pdf: Path) -> None:
    data = pdf.read_bytes()
    chosen = random.Random(7)  # noqa: S311
    seen = set()
    source = data.index(b"/EmbeddedFile")  # its stream follows
    places = [chosen.randrange(len(data)) for _ in range(60)]
    for at in [*places, *(source + 200 + chosen.randrange(400) for _ in range(10))]:
        pdf.write_bytes(data[:at] + bytes([data[at] ^ 1 << chosen.randrange(8)]) + data[at + 1 :])
        seen.add(outcome(pdf).partition(": the PDF is damaged")[0])
    assert "same" not in seen
    assert seen > {"pdf-changed", "source-changed", str(pdf)}


def test_garbage_is_a_sentence(folder: Path) -> None:
    chosen = random.Random(3)  # noqa: S311
    words = [b"1 0 obj", b"<<", b">>", b"endobj", b"/Root 1 0 R", b"xref", b"trailer", b"stream"]
    words += [b"startxref", b"%%EOF", b"0", b"/AF [1 0 R]", b"/Metadata 1 0 R", b"/Size 9"]
    for _ in range(200):
        text = b"\n".join(chosen.choices(words, k=30))
        (folder / "x.pdf").write_bytes(b"%PDF-1.7\n" + text)
        assert outcome(folder / "x.pdf").startswith(("foreign", f"{folder / 'x.pdf'}: the PDF is "))


def test_what_the_library_says_is_not_printed(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "x.pdf").write_bytes(b"%PDF-1.7\nxref\n0 1\ntrailer <<>>\nstartxref\n9\n%%EOF")
    with pytest.raises(InvalidInput):
        enclosed.read(folder / "x.pdf")
    assert capfd.readouterr() == ("", "")


def test_the_stream_of_the_source_is_the_one_that_is_read(pdf: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf.read_bytes()))
    assert attached(writer).get_data() == run("extract", PDF).data
