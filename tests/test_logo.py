"""Pictures beside a theme: put into it as they are, and none that could do anything but be seen."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from briefings import pipeline
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from briefings.verify import verify
from briefings.writers import pictures, theme
from briefings.writers.recipe import recipe
from tests.profiles import PROFILES, wrong
from tests.rendering import YAML, brief, put

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/>@</svg>'
DRAWN = SVG.replace("@", "")
AUDIENCE = {"audiences/own.yaml": "extends: analyst\ntheme: house\n"}
CSS = "/* of the house */\n.masthead { background: url(logo.svg) no-repeat right }\n"
FOLDER = "templates/themes"


def raster(form: str, mode: str = "RGB", size: tuple[int, int] = (6, 4), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **more)
    return out.getvalue()


def house(folder: Path, css: str = CSS, **files: bytes | str) -> str:
    """Return the style sheet of a theme with pictures beside it; ``_`` stands for the dot."""
    put(folder, {f"{FOLDER}/house.css": css} | AUDIENCE)
    for name, data in files.items():
        stem, _, suffix = name.rpartition("_")
        raw = data if isinstance(data, bytes) else data.encode()
        (folder / FOLDER / f"{stem}.{suffix}").write_bytes(raw)
    return theme.theme(["house"], Shelf.at(folder))


def said(folder: Path, css: str = CSS, **files: bytes | str) -> list[str]:
    """Return what is said of it, each at its line."""
    with pytest.raises(InvalidInput) as caught:
        house(folder, css, **files)
    return [f"{p.file.rpartition('/')[2]}:{p.line}: {p.message}" for p in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("logo_svg", DRAWN, "image/svg+xml"),
        ("logo_svg", "\ufeff<?xml version='1.0'?>\n<!-- a --> " + DRAWN, "image/svg+xml"),
        ("logo_png", raster("PNG"), "image/png"),
        ("logo_png", raster("PNG", "RGBA"), "image/png"),
        ("logo_jpg", raster("JPEG"), "image/jpeg"),
        ("logo_jpeg", raster("JPEG", "L"), "image/jpeg"),
        ("logo_webp", raster("WEBP"), "image/webp"),
        ("logo_svg", raster("PNG"), "image/png"),  # what it is, its content says
    ],
)
@pytest.mark.parametrize("address", ["url({})", "url( '{}' )", 'URL("{}")'])
def test_a_picture_is_put_in(
    tmp_path: Path, name: str, data: bytes | str, kind: str, address: str
) -> None:
    file = name.replace("_", ".")
    css = CSS.replace("url(logo.svg)", address.format(file))
    sheet = house(tmp_path, css, **{name: data})
    found = re.search(rf'data:{re.escape(kind)};base64,([\w+/=]+)"', sheet)
    assert found
    if isinstance(data, bytes):
        assert base64.b64decode(found[1]) == data
    assert sheet.endswith(" no-repeat right }\n")
    assert file not in sheet.rpartition("/* of the house */")[2]
    made = brief(tmp_path, YAML, "own")
    pdf = pipeline.render(made, "pdf").data
    assert [wrong(pdf, profile) for profile in PROFILES] == [[], []]
    assert found[1].encode() in pipeline.render(made, "html").data


@pytest.mark.parametrize(
    "css",
    [
        "h1::before { content: url(logo.svg) }",
        "@page { @top-center { content: url(logo.svg) } }",
        ":root { --logo: url(logo.svg) } .masthead { background: var(--logo) }",
        "li { list-style-image: url(logo.svg) }",
        ".masthead { background: url(marks/logo.svg) }",
    ],
)
def test_wherever_it_stands_the_pdf_keeps_what_it_claims(tmp_path: Path, css: str) -> None:
    put(tmp_path, {f"{FOLDER}/marks/logo.svg": DRAWN})
    house(tmp_path, css, logo_svg=DRAWN)
    pdf = pipeline.render(brief(tmp_path, YAML, "own"), "pdf").data
    assert [wrong(pdf, profile) for profile in PROFILES] == [[], []]
    assert b"/Alt" not in pdf


def test_of_a_drawing_only_what_is_drawn_is_put_in(tmp_path: Path) -> None:
    more = (
        "<style>.a { fill: url(#g) }</style><metadata>secret</metadata><!-- secret -->"
        '<s:view xmlns:s="urn:program" s:a="secret"/>'
        '<g xmlns:i="urn:i" i:label="secret" class="a"/>'
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#b"/><title>A mark</title>'
    )
    sheet = house(tmp_path, logo_svg=SVG.replace("@", more))
    found = re.search(r"svg\+xml;base64,([\w+/=]+)", sheet)
    assert found
    text = base64.b64decode(found[1]).decode()
    assert "secret" not in text
    assert "urn:" not in text
    for kept in ("fill: url(#g)", 'class="a"', 'href="#b"', "A mark", "M0 0h9v9z"):
        assert kept in text


HARMFUL = {
    "<script>alert(1)</script>": "the page cannot hold <script>",
    '<image href="https://example.org/x.png"/>': "cannot hold <image>",
    '<image href="data:image/png;base64,"/>': "cannot hold <image>",
    '<rect onload="alert(1)"/>': 'cannot hold the attribute "onload"',
    '<use href="other.svg#a"/>': 'asks for "other.svg#a"',
    '<use href="https://example.org/x.svg#a"/>': 'asks for "https://example.org/x.svg#a"',
    '<rect fill="url(https://example.org/#a)"/>': 'a theme cannot ask for "https://example.org/#a"',
    '<rect style="fill: url(file:///etc/passwd)"/>': 'cannot ask for "file:///etc/passwd"',
    "<style>@import 'x.css';</style>": 'cannot ask for "x.css"',
    "<style>a{}<g/>@import 'x.css';</style>": "has a style with elements in it",
    '<a href="javascript:alert(1)"/>': "cannot hold <a>",
    "<foreignObject/>": "cannot hold <foreignObject>",
    '<animate attributeName="href"/>': "cannot hold <animate>",
    '<set attributeName="x"/>': "cannot hold <set>",
    '<filter id="f"/>': "cannot hold <filter>",
    '<rect width="1e9"/>': "has width=1e9; sizes are from",
    '<g id="a"><use href="#a"/></g>': "or one that uses itself",
    "<g>" * 200 + "</g>" * 200: "over 150 in one another",
    "<g>": "is no XML: mismatched tag",
    "&a;": "is no XML: undefined entity",
}


@pytest.mark.parametrize("inner", HARMFUL)
def test_a_drawing_that_could_do_something_is_refused(tmp_path: Path, inner: str) -> None:
    (one,) = said(tmp_path, logo_svg=SVG.replace("@", inner))
    assert one.startswith('house.css:2: the picture "logo.svg" ')
    assert HARMFUL[inner].removeprefix("the page ") in one


NO_PICTURES: dict[str, tuple[bytes | str, str]] = {
    "a text": ("secret", "is not an SVG, PNG, JPEG or WebP picture"),
    "nothing": ("", "is not an SVG, PNG, JPEG or WebP picture"),
    "a page": ("<html xmlns='urn:x'/>", "is not an SVG, PNG, JPEG or WebP picture: an SVG is an"),
    "svg of no kind": ("<svg/>", "is not an SVG, PNG, JPEG or WebP picture: an SVG is an"),
    "entities": (f'<!DOCTYPE a [<!ENTITY a "b">]>{DRAWN}', "has a DOCTYPE or entities"),
    "a file that is asked for": (
        f'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>{SVG.replace("@", "&a;")}',
        "has a DOCTYPE or entities",
    ),
    "UTF-16": (DRAWN.encode("utf-16"), "is not an SVG, PNG, JPEG or WebP picture"),
    "Latin-1": (SVG.replace("@", "\xe9").encode("latin-1"), "is not UTF-8"),
    "a GIF": (raster("GIF"), "is not an SVG, PNG, JPEG or WebP picture"),
    "half a PNG": (raster("PNG", size=(400, 400))[:60], "is damaged: no PNG that can be read"),
    "half a JPEG": (raster("JPEG", size=(400, 400))[:-200], "is damaged: no JPEG that can be"),
    "a WebP by its head alone": (b"RIFF\0\0\0\0WEBPVP8 ", "is damaged: no WEBP that can be read"),
    "many dots": (raster("PNG", "1", (4000, 4000)), "has 4000 by 4000 dots; 8,000,000 are the"),
    "far too many dots": (raster("PNG", "1", (14_000, 14_000)), "has too many dots; 8,000,000 are"),
    "for a printer": (raster("JPEG", "CMYK"), "is in CMYK; save it in RGB"),
    "much of it": (
        b"\x89PNG\r\n\x1a\n" + b"a" * 1_000_001,
        "cannot be taken: the file is over 1 MB",
    ),
}


@pytest.mark.parametrize("which", NO_PICTURES)
def test_what_is_no_picture_is_refused(tmp_path: Path, which: str) -> None:
    data, why = NO_PICTURES[which]
    (one,) = said(tmp_path, logo_svg=data)
    assert one.startswith(f'house.css:2: the picture "logo.svg" {why}')
    assert "secret" not in one


def test_one_that_moves_is_refused(tmp_path: Path) -> None:
    second = Image.new("RGB", (6, 4), "red")
    (one,) = said(tmp_path, logo_svg=raster("WEBP", save_all=True, append_images=[second]))
    assert one.endswith("moves; save a single picture")


@pytest.mark.parametrize(
    "address",
    [
        "../logo.svg",
        "a/../../logo.svg",
        "/etc/logo.svg",
        "//example.org/logo.svg",
        "https://example.org/logo.svg",
        "file:///etc/logo.svg",
        ".hidden.svg",
        "logo.svg#part",
        "logo.svg?x",
        "logo.gif",
        "house.css",
        "..\\\\logo.svg",
    ],
)
def test_no_other_address_is_looked_at(tmp_path: Path, address: str) -> None:
    put(tmp_path, {"logo.svg": DRAWN, "templates/logo.svg": DRAWN})
    (one,) = said(tmp_path, f'\nh1 {{ background: url("{address}") }}', logo_svg=DRAWN)
    assert one.startswith("house.css:2: a theme cannot ask for ")
    assert one.endswith("nothing is fetched but data: addresses and pictures beside the theme")


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path, {"secret.svg": DRAWN, f"{FOLDER}/x.css": ""})
    (tmp_path / FOLDER / "logo.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / FOLDER / "away").symlink_to(tmp_path)
    css = "h1 { background: url(logo.svg) }\nh2 { background: url(away/secret.svg) }"
    assert [one.partition(": ")[0] for one in said(tmp_path, css)] == ["house.css:1", "house.css:2"]


def test_one_that_is_missing_is_told_with_the_nearest(tmp_path: Path) -> None:
    (one,) = said(tmp_path, CSS.replace("logo.svg", "lgo.svg"), logo_svg=DRAWN)
    assert one == (
        'house.css:2: the picture "lgo.svg" does not lie beside the theme; did you mean "logo.svg"?'
    )


@pytest.mark.parametrize(
    "css",
    [
        "@import url(logo.svg);",
        "@import 'logo.svg';",
        "h1 { background: image('logo.svg') }",
        "h1 { background: image-set('logo.svg' 1x) }",
    ],
)
def test_it_is_a_picture_by_url_alone(tmp_path: Path, css: str) -> None:
    if "url" in css:  # what is imported is a picture then, and no style sheet
        assert 'url("data:image/svg+xml;' in house(tmp_path, css, logo_svg=DRAWN)
    else:
        (one,) = said(tmp_path, css, logo_svg=DRAWN)
        assert 'a theme cannot ask for "logo.svg"' in one


def test_all_of_a_theme_are_bounded_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_TOGETHER", 400)
    house(tmp_path, CSS, logo_svg=DRAWN)
    (one,) = said(tmp_path, CSS * 3, logo_svg=DRAWN)
    assert one.startswith("house.css:6: ")
    assert "of the pictures of this theme" in one


def test_another_logo_is_another_recipe(tmp_path: Path) -> None:
    house(tmp_path, logo_svg=DRAWN)
    made = brief(tmp_path, YAML, "own")
    pdf = tmp_path / "brief.pdf"
    pdf.write_bytes(pipeline.render(made, "pdf").data)
    assert verify(pdf, tmp_path).verdict == "same"
    before = recipe(made.document, made.shelf)
    house(tmp_path, logo_svg=DRAWN.replace("M0", "M1"))
    after = recipe(made.document, made.shelf)
    assert {name for name in before if before[name] != after[name]} == {"theme"}
    assert verify(pdf, tmp_path).differs == ["theme"]


def test_a_theme_without_one_stays_as_it_is_to_the_byte(tmp_path: Path) -> None:
    css = "h1 {color:red}/**/\n\n@media print{h1{margin:0}}\n"
    assert house(tmp_path, css).endswith(css)


def test_the_check_of_templates_tells_it_too(tmp_path: Path) -> None:
    from briefings import survey

    house_css = CSS.replace("logo.svg", "lgo.svg")
    put(tmp_path, {f"{FOLDER}/house.css": house_css, f"{FOLDER}/logo.svg": DRAWN} | AUDIENCE)
    (problem,) = survey.problems([tmp_path])[0]
    assert (problem.line, problem.excerpt) == (2, house_css.split("\n")[1])
