"""Pictures beside a page: which files there are, how each wiki shows them, what an SVG holds."""

from __future__ import annotations

import io
import json
import re
import sys
from base64 import b64decode
from difflib import unified_diff
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from briefings import build, pipeline, writers
from briefings.errors import InvalidInput, Unequipped
from briefings.model.marking import Marking
from briefings.model.vocabulary import Pictures
from briefings.writers import raster
from tests import engines
from tests.commands import does, found, run, settle
from tests.examples import EXAMPLES, loaded
from tests.rendering import YAML, Page, brief, put

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = next(path for path in EXAMPLES if "ukraine" in path.stem)
MAP = f"{ARTICLE.stem}.analyst.map.svg"
SVG = "{http://www.w3.org/2000/svg}"
PLACES = (
    "places: [{id: quay, name: 'Quay [1] | *a* <b> #c \"d\" }} e', lat: 46.1, lon: -8.6, "
    "precision: exact}]\n"
)
PLACED = PLACES + YAML.replace(
    "    title: A fire\n", "    title: A fire\n    places: [{place: quay, role: site}]\n"
)


@cache
def written(form: str, kind: Pictures = Pictures.SVG) -> writers.Written:
    return pipeline.render(pipeline.view(loaded(ARTICLE), "analyst"), form, kind)


# --- which files there are ----------------------------------------------------------------------


@pytest.mark.parametrize("form", sorted({*writers.WRITERS} - writers.PACKED))
def test_what_can_show_a_file_beside_it_has_the_map_so(form: str) -> None:
    made, plain = written(form), written(form, Pictures.NONE)
    assert not plain.beside
    if form not in writers.SHOWING:
        assert made == plain
        return
    name = f"{ARTICLE.stem}_analyst.map.svg" if form == "otterwiki" else MAP
    assert list(made.beside) == [name]  # the chain is none that SVG can draw
    lines = plain.data.decode().splitlines(), made.data.decode().splitlines()
    changes = list(unified_diff(*lines, n=0, lineterm=""))[2:]
    assert not [line for line in changes if line.startswith("-")]
    (shown,) = [line for line in changes if name in line]
    assert shown.startswith("+")


def test_a_brief_without_places_has_no_map(tmp_path: Path) -> None:
    assert pipeline.render(brief(tmp_path), "md", Pictures.SVG).beside == {}


def test_a_name_that_no_wiki_can_link_to_is_another_one_in_the_file(tmp_path: Path) -> None:
    names = set()
    for name in ("a b", "a|b", "a-b"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(PLACED, "utf-8")
        made = pipeline.render(pipeline.view(pipeline.load(file), "analyst"), "md", Pictures.SVG)
        (picture,) = made.beside
        assert re.fullmatch(r"a-b(-[0-9a-f]{6})?\.analyst\.map\.svg", picture)
        assert f"]({picture})" in made.data.decode()
        names.add(picture)
    assert len(names) == 3


# --- how they are shown -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "engine"),
    [(f, e) for f, some in engines.ENGINES.items() for e in some if f in writers.SHOWING],
)
def test_every_renderer_shows_the_picture_with_its_text(
    form: str, engine: str, tmp_path: Path
) -> None:
    made = pipeline.render(brief(tmp_path, PLACED), form, Pictures.SVG)
    (name,) = made.beside
    page = Page(engines.ENGINES[form][engine](made.data.decode()))
    (image,) = page.all("img")
    # A picture is attached to a page of An Otter Wiki, and asked for there.
    assert image["src"] == (f"/brief_analyst/a/{name}" if form == "otterwiki" else name)
    assert image["alt"] == 'Map of Quay [1] | *a* <b> #c "d" }} e (site; exact).'


def test_each_wiki_is_told_in_its_own_way() -> None:
    shown = {
        "obsidian": f"![[{MAP}|Map of Russia (target; country only)",
        "mediawiki": f"[[File:{MAP}|frameless|800px|alt=Map of Russia (target; country only)",
        "dokuwiki": f"{{{{{MAP}?800|Map of Russia (target; country only)",
        "otterwiki": f"](/{ARTICLE.stem}_analyst/a/{ARTICLE.stem}_analyst.map.svg)",
        "myst": f'```{{figure}} {MAP}\n:alt: "Map of Russia (target; country only)',
    }
    for form, text in shown.items():
        assert text in written(form).data.decode()


def test_no_text_ends_the_picture_that_it_stands_in(tmp_path: Path) -> None:
    made = brief(tmp_path, PLACED)
    wiki = pipeline.render(made, "mediawiki", Pictures.SVG).data.decode()
    (shown,) = re.findall(r"^\[\[File:.*$", wiki, re.MULTILINE)
    assert shown.count("|") == 4  # the one of the name stands in <nowiki>
    assert shown.endswith("|alt=<nowiki>" + shown.partition("<nowiki>")[2])
    doku = pipeline.render(made, "dokuwiki", Pictures.SVG).data.decode()
    (shown,) = re.findall(r"^\{\{.*$", doku, re.MULTILINE)
    assert re.fullmatch(r"\{\{[^{}|]*\|[^{}|]*\}\}", shown)


# --- the drawing --------------------------------------------------------------------------------


def test_a_picture_of_dots_can_show_the_chain_too() -> None:
    made = written("md", Pictures.PNG)
    names = [f"{ARTICLE.stem}.analyst.{name}.png" for name in ("chain", "map")]
    assert list(made.beside) == names
    text = made.data.decode()
    said = "![Chain of events: By 19 November 2024 \u2013 21 November 2024]"
    assert text.index("## Chain of events") < text.index(f"\n{said}({names[0]})\n")
    assert text.index(said) < text.index("### By 19 November 2024")
    for data in made.beside.values():
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "PNG"
            assert image.width == raster.WIDTH


@pytest.mark.parametrize("name", ["map", "chain"])
def test_a_picture_ends_where_the_figure_does(name: str) -> None:
    data = written("md", Pictures.PNG).beside[f"{ARTICLE.stem}.analyst.{name}.png"]
    with Image.open(io.BytesIO(data)) as image:
        gray = image.convert("L")
    rows = [min(gray.crop((0, y, gray.width, y + 1)).tobytes()) for y in range(gray.height)]
    drawn = [y for y, darkest in enumerate(rows) if darkest < 200]
    assert 10 < drawn[0] < 60
    assert 5 < gray.height - drawn[-1] < 60


def test_a_long_chain_is_divided_between_cards(tmp_path: Path) -> None:
    events = YAML.partition("events:\n")[2]
    many = "".join(
        events.replace("id: strike", f"id: strike{n}").replace("id: burned", f"id: burned{n}")
        for n in range(60)
    )
    made = pipeline.render(brief(tmp_path, YAML.replace(events, many)), "md", Pictures.PNG)
    names = [f"brief.analyst.chain{number}.png" for number in ("", "-2", "-3", "-4")][
        : len(made.beside)
    ]
    assert list(made.beside) == names
    assert len(names) > 1
    for number, name in enumerate(names, 1):
        assert f"({number}/{len(names)})]({name})" in made.data.decode()


@pytest.mark.parametrize("marking", list(Marking))
def test_the_label_stands_on_each_picture_in_its_colour(marking: Marking, tmp_path: Path) -> None:
    made = brief(tmp_path, PLACED.replace("TLP:GREEN", marking.value))
    (svg,) = pipeline.render(made, "md", Pictures.SVG).beside.values()
    root = ET.fromstring(svg)  # noqa: S314  # our own
    (label,) = [text for text in root.iter(f"{SVG}text") if text.text == marking.value]
    assert (label.get("fill"), label.get("font-size")) == (marking.colour, "12")
    colour = tuple(bytes.fromhex(marking.colour[1:]))
    for data in pipeline.render(made, "md", Pictures.PNG).beside.values():
        with Image.open(io.BytesIO(data)) as image:
            plate = image.convert("RGB").crop((image.width // 2, 0, image.width, 120))
        found = plate.getcolors(plate.width * plate.height)
        assert sum(n for n, c in found or () if c == colour) > 300
        assert sum(n for n, c in found or () if c == (0, 0, 0)) > 2000


def test_without_the_library_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Unequipped, match=r'pip install "briefings\[pictures\]"'):
        pipeline.render(brief(tmp_path, PLACED), "md", Pictures.PNG)
    assert pipeline.render(brief(tmp_path, PLACED), "txt", Pictures.PNG).beside == {}


def test_the_letters_are_in_the_drawing(tmp_path: Path) -> None:
    (svg,) = pipeline.render(brief(tmp_path, PLACED), "md", Pictures.SVG).beside.values()
    faces = re.findall(
        r'@font-face\{font-family:"Source Sans 3";font-weight:(\w+);'
        r'src:url\("data:;base64,([^"]+)"\)\}',
        svg.decode(),
    )
    assert [weight for weight, _ in faces] == ["normal", "bold"]
    held = [
        {chr(c) for c in TTFont(io.BytesIO(b64decode(data))).getBestCmap()} for _, data in faces
    ]
    assert set("The site") <= held[0]
    assert set('Quay [1] | *a* <b> #c "d" }} e TLP:GREEN') <= held[1]
    assert len(svg) < 60_000


def test_an_svg_stands_by_itself_on_its_own_paper() -> None:
    root = ET.fromstring(written("md").beside[MAP])  # noqa: S314  # our own
    assert root.tag == f"{SVG}svg"
    title, description, letters, paper = list(root)[:4]
    assert letters.tag == f"{SVG}style"
    assert (title.text or "").startswith("Map of Russia (target; country only)")
    assert "Kursk region; " in (description.text or "")
    sides = [root.get("viewBox"), *(paper.get(name) for name in ("x", "y", "width", "height"))]
    assert sides[0] == " ".join(str(side) for side in sides[1:])
    assert paper.get("fill") == "#ffffff"
    text = re.sub(r"<style>[^<]*</style>", "", written("md").beside[MAP].decode())
    assert not re.search(r"https?:(?!//www\.w3\.org/2000/svg\")|<script|<style|var\(", text)
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#map-frame", "#map-inset"}


def test_a_figure_of_ones_own_is_taken_only_if_it_is_harmless(tmp_path: Path) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
    put(tmp_path, {"templates/figures/map.svg.j2": drawn.format('<path d="M0 0h9"/>')})
    made = pipeline.render(brief(tmp_path, PLACED), "md", Pictures.SVG)
    assert b'viewBox="-8 -24 25 41"' in made.beside["brief.analyst.map.svg"]
    assert b"![map](brief.analyst.map.svg)" in made.data
    put(tmp_path, {"templates/figures/map.svg.j2": drawn.format("<script>1</script>")})
    with pytest.raises(InvalidInput, match='the figure "map" cannot hold <script>'):
        pipeline.render(brief(tmp_path, PLACED), "md", Pictures.SVG)


# --- from the command line ----------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    put(tmp_path, {"brief.yaml": PLACED})
    return tmp_path


def test_each_picture_is_written_once_and_listed(desk: Path) -> None:
    ran = does("render brief.yaml -a analyst -t md -t gfm -t txt --figures svg --json")
    listed = json.loads(ran.out)
    assert [(one["file"], one["format"]) for one in listed] == [
        ("out/brief.analyst.map.svg", "svg"),
        ("out/brief.analyst.md", "md"),
        ("out/brief.analyst.gfm.md", "gfm"),
        ("out/brief.analyst.txt", "txt"),
    ]
    for one in listed:
        data = (desk / one["file"]).read_bytes()
        assert one["sha256"] == sha256(data).hexdigest()
        assert one["bytes"] == len(data)
    assert not [one for one in listed if one["format"] == "svg" and one["pages"] is not None]


def test_the_workspace_says_it_where_the_command_line_does_not(desk: Path) -> None:
    put(desk, {"briefings.toml": "figures = 'svg'\n"})
    does("render brief.yaml -a analyst -t md -o said")
    does("render brief.yaml -a analyst -t md -o not --figures none")
    assert found(desk / "said") == ["brief.analyst.map.svg", "brief.analyst.md"]
    assert found(desk / "not") == ["brief.analyst.md"]
    plan = build.plan([desk / "brief.yaml"], ["analyst"], ["md"])
    assert [job.figures for job in plan.jobs] == [Pictures.SVG]


def test_what_cannot_be_is_said(desk: Path) -> None:
    ran = run("render", "brief.yaml", "--figures", "svgg")
    assert (ran.code, found(desk)) == (2, ["brief.yaml"])
    assert 'unknown kind of figures "svgg"; did you mean "svg"?' in ran.err
    ran = run("render", "brief.yaml", "-a", "analyst", "-t", "md", "-o", "-", "--figures", "svg")
    assert (ran.code, ran.out) == (2, "")
    assert "pictures are files, and standard output takes none: add --figures none" in ran.err
