"""The briefs of docs/examples: made of files alone, and what each promises."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pypdf import PdfReader

from briefings import build, pipeline, survey
from briefings.errors import TooLong
from briefings.resources import shipped
from briefings.verify import verify
from scripts import examples
from tests.examples import ROOT
from tests.pictures import opened
from tests.profiles import PROFILES, wrong
from tests.unpacked import unpacked
from tests.workspaces import ALERT, FOLDER, MADE, MINISTER, PAGE, QUESTIONS, Example, made, rendered

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("pdf", "html", "md")
TEXT = PAGE.read_text("utf-8")
WORD = re.compile(r"[a-z0-9]{3,}")


def sheets(example: Example) -> list[str]:
    reader = PdfReader(io.BytesIO(rendered(example, "pdf")))
    return [page.extract_text() for page in reader.pages]


def files(folder: Path) -> list[Path]:
    """Return the files of a workspace, without what was rendered in it."""
    return [path for path in folder.rglob("*") if path.is_file() and "out" not in path.parts]


@pytest.mark.parametrize("example", MADE, ids=str)
def test_it_is_made_of_files_alone_and_nothing_is_wrong_with_them(example: Example) -> None:
    folder = FOLDER / example.name
    kinds = {path.suffix for path in files(folder)}
    assert kinds <= {".toml", ".yaml", ".j2", ".css", ".svg", ".otf", ".txt"}
    assert survey.problems([folder])[0] == []
    assert build.problems([folder / "data" / f"{example.briefing}.yaml"]) == []


@pytest.mark.parametrize("example", MADE, ids=str)
def test_each_of_its_files_says_which_schema_it_keeps_to(example: Example) -> None:
    for path in files(FOLDER / example.name):
        if path.suffix in (".yaml", ".toml"):
            first = path.read_text("utf-8").partition("\n")[0]
            found = re.fullmatch(r"#(?: yaml-language-server: \$schema=|:schema )(\S+)", first)
            kind = {"data": "briefing", "audiences": "audience"}.get(path.parent.name, "workspace")
            wanted = shipped("data") / "schemas" / f"{kind}.json"
            assert found, path
            assert (path.parent / found[1]).resolve() == wanted.resolve()


@pytest.mark.parametrize("example", MADE, ids=str)
def test_it_has_so_many_pages_and_no_more_are_allowed(example: Example) -> None:
    assert len(sheets(example)) == made(example).document.pages == example.pages


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("example", MADE, ids=str)
def test_it_keeps_to_its_profile(example: Example, profile: str) -> None:
    assert wrong(rendered(example, "pdf"), profile) == []


@pytest.mark.parametrize("example", MADE, ids=str)
def test_it_is_what_its_source_makes_until_its_logo_is_another(
    example: Example, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(FOLDER / example.name, desk)
    pdf = desk / "brief.pdf"
    pdf.write_bytes(rendered(example, "pdf"))
    assert verify(pdf, desk).verdict == "same"
    (logo,) = desk.glob("templates/themes/*.svg")
    logo.write_text(logo.read_text("utf-8").replace("/>", ' opacity="0.9"/>', 1), "utf-8")
    assert verify(pdf, desk).differs == ["theme"]


@pytest.mark.parametrize("example", [MINISTER, QUESTIONS], ids=str)
def test_its_briefing_is_the_one_that_is_shipped(example: Example) -> None:
    """But for the reader that it names, and the way to its schema."""
    name = f"{example.briefing}.yaml"
    ours, theirs = (
        re.sub(
            "(?m)^audiences: .*$|^# yaml-language-server: .*$",
            "",
            (folder / name).read_text("utf-8"),
        )
        for folder in (ROOT / "data" / "briefings", FOLDER / example.name / "data")
    )
    assert ours == theirs


def test_the_note_is_two_full_pages_in_its_own_type() -> None:
    pages = [page._page_box for page in laid_out(MINISTER)]  # noqa: SLF001
    for page in pages:
        bottom = max(b.position_y + b.height for b in page.children[0].descendants() if text(b))
        assert 0.9 < (bottom - page.margin_top) / page.height <= 1
    inside = unpacked(rendered(MINISTER, "pdf"))
    assert "+EB-Garamond" in inside
    assert "+Source-Serif" not in inside


def laid_out(example: Example) -> list[Any]:
    from briefings.writers.fonts import only_ours
    from briefings.writers.layout import lay_out

    brief = made(example)
    with only_ours(brief.shelf):
        return list(lay_out(brief.document, brief.marked, brief.shelf).pages)


def text(box: Any) -> str:  # noqa: ANN401  # WeasyPrint has no types
    return str(getattr(box, "text", ""))


def test_what_the_answers_say_is_all_clear_and_each_has_a_speaker() -> None:
    document = made(QUESTIONS).document
    assert str(document.marking) == "TLP:CLEAR"
    marked = rendered(QUESTIONS, "md").decode()
    questions = re.findall(r"^## (.+)$", marked, re.MULTILINE)
    assert len(questions) == len(document.sections)
    assert all(question.endswith("?") for question in questions)
    for event in document.parts["events"]:
        for claim in event.claims:
            assert f"{claim.speaker.name} {claim.stance}" in marked
    for need in document.parts["needs"]:
        assert f"{need.speaker.name} said:" in marked


# --- the alert, and what is not in it -------------------------------------------------------------

DATA = FOLDER / ALERT.name / "data" / f"{ALERT.briefing}.yaml"


def portions(value: object, marking: str) -> list[tuple[str, str]]:
    """Return each text of a YAML value with the marking that holds for it."""
    if isinstance(value, dict):
        own = value.get("marking", marking)
        return [
            pair
            for key, inner in value.items()
            for pair in portions(inner, str(key) if str(key).startswith("TLP:") else own)
        ]
    if isinstance(value, list):
        return [pair for inner in value for pair in portions(inner, marking)]
    return [(str(value), marking)]


def words(level: set[str]) -> set[str]:
    data = yaml.safe_load(DATA.read_text("utf-8"))
    texts = [text for text, marking in portions(data, data["marking"]) if marking in level]
    return {word for text in texts for word in WORD.findall(text.lower())}


# What is said on the page as well, and what the program itself writes into every PDF.
SEEN = words({"TLP:GREEN", "TLP:CLEAR"})
WITHHELD = words({"TLP:AMBER", "TLP:RED"}) - SEEN


def told(brief: pipeline.Brief) -> str:
    """Return every byte of a brief in every format, streams unpacked, as lower-case text."""
    parts = [pipeline.render(brief, form).data for form in FORMS]
    return "\n".join([unpacked(parts[0]), *(part.decode() for part in parts[1:])]).lower()


def found(brief: pipeline.Brief) -> set[str]:
    """Return which withheld words stand anywhere in a brief."""
    return WITHHELD & set(WORD.findall(told(brief)))


def with_ceiling(folder: Path, ceiling: str) -> pipeline.Brief:
    """Return the alert of a copy of the workspace in which that one line is another."""
    desk = folder / ceiling.replace(":", "-").lower()
    shutil.copytree(FOLDER / ALERT.name, desk)
    audience = desk / "audiences" / "field.yaml"
    said = audience.read_text("utf-8").replace("ceiling: TLP:GREEN", f"ceiling: {ceiling}")
    audience.write_text(said.replace("pages: 1", "pages: 4"), "utf-8")
    return pipeline.view(pipeline.load(desk / "data" / DATA.name), ALERT.audience)


def test_there_is_much_to_withhold() -> None:
    for word in ("lantern", "boathouse", "payroll", "courier", "satchel", "brask", "quillfeather"):
        assert word in WITHHELD
    assert len(WITHHELD) > 60


def test_no_withheld_word_is_in_any_byte_of_the_alert(tmp_path: Path) -> None:
    """Words that a brief without any of it has too, such as "for", cannot be told apart."""
    data = yaml.safe_load(DATA.read_text("utf-8"))
    assert data["marking"] == "TLP:AMBER"
    bare = tmp_path / "bare"
    shutil.copytree(FOLDER / ALERT.name, bare)
    (bare / "data" / DATA.name).write_text(without(data), "utf-8")
    own = found(pipeline.view(pipeline.load(bare / "data" / DATA.name), ALERT.audience))
    assert len(own) < len(WITHHELD) / 4, "those of the style sheet, the standards and the program"
    assert found(made(ALERT)) == own
    # No name, number or place of it, in any form: nor in the source that the PDF carries.
    everything = told(made(ALERT))
    for word in sorted(WITHHELD - own):
        assert not re.search(rf"(?<![a-z0-9]){word}(?![a-z0-9])", everything), word


def without(data: dict[str, object]) -> str:
    """Return the briefing with nothing in it that is withheld, as its author would write that."""

    def kept(value: object, marking: str) -> object:
        if isinstance(value, dict):
            own = value.get("marking", marking)
            texts = {k: v for k, v in value.items() if str(k).startswith("TLP:")}
            if texts:
                return {k: v for k, v in texts.items() if k == "TLP:GREEN"}
            return {k: kept(v, own) for k, v in value.items()}
        if isinstance(value, list):
            return [
                kept(one, marking)
                for one in value
                if not isinstance(one, dict) or one.get("marking", marking) == "TLP:GREEN"
            ]
        return value

    whole = {key: kept(value, "TLP:AMBER") for key, value in data.items()}
    return str(yaml.safe_dump({k: v for k, v in whole.items() if v != []}, allow_unicode=True))


@pytest.mark.parametrize(
    ("ceiling", "shown", "hidden"),
    [
        ("TLP:AMBER", {"payroll", "satchel", "courier"}, {"lantern", "brask", "boathouse"}),
        ("TLP:RED", {"payroll", "satchel", "courier", "lantern", "brask"}, set()),
    ],
)
def test_it_is_the_ceiling_that_does_it(
    ceiling: str, shown: set[str], hidden: set[str], tmp_path: Path
) -> None:
    """With that one line changed the very words are there."""
    seen = found(with_ceiling(tmp_path, ceiling))
    assert shown <= seen
    assert not hidden & seen


def test_the_alert_is_one_screen_of_a_telephone_in_large_type(tmp_path: Path) -> None:
    (page,) = PdfReader(io.BytesIO(rendered(ALERT, "pdf"))).pages
    wide, high = (float(side) * 25.4 / 72 for side in (page.mediabox.width, page.mediabox.height))
    assert (wide, high) == pytest.approx((90, 160), abs=0.1)
    assert wide * high < 210 * 297 / 2
    (sheet,) = laid_out(ALERT)
    sizes = [
        (box.style["font_size"] * 0.75, box.text)
        for box in sheet._page_box.children[0].descendants()  # noqa: SLF001
        if text(box)
    ]
    small = "".join(said for size, said in sizes if size < 12)
    assert "Exercise material" in small
    assert len(small) < 150
    desk = tmp_path / "desk"
    shutil.copytree(FOLDER / ALERT.name, desk)
    longer = DATA.read_text("utf-8").replace("Do not stop\n", "Do not stop, " * 40 + "\n")
    (desk / "data" / DATA.name).write_text(longer, "utf-8")
    with pytest.raises(TooLong):
        pipeline.render(pipeline.view(pipeline.load(desk / "data" / DATA.name), "field"), "pdf")


# --- the page that tells of them ------------------------------------------------------------------


def test_the_page_names_every_file_and_shows_every_picture() -> None:
    for example in MADE:
        folder = FOLDER / example.name
        for path in files(folder):
            assert f"](examples/{path.relative_to(FOLDER)})" in TEXT, path
        for number in range(1, example.pages + 1):
            assert f"](examples/{example.name}-{number}.png)" in TEXT
    for link in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert link.startswith("http") or (PAGE.parent / link).exists(), link
    assert "invented" in TEXT


def test_the_pictures_are_small_and_none_is_left_over() -> None:
    names = {f"{one.name}-{number}.png" for one in MADE for number in range(1, one.pages + 1)}
    kept = {path.name: path for path in FOLDER.glob("*.png")}
    assert set(kept) == names
    assert sum(path.stat().st_size for path in kept.values()) < 700_000
    assert all(opened(path.read_bytes()).width <= 800 for path in kept.values())


@pytest.mark.pictures
def test_they_show_what_is_rendered_today() -> None:
    assert [path.name for path in examples.stale(examples.pictures())] == [], "run: make pictures"
