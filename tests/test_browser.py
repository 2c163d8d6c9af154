"""The page in Chromium: accessible, readable at any width, in light and dark, and on its own.

``make test-browser`` installs Chromium and axe-core and runs these, with one browser for all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from briefings.model.paper import Paper
from briefings.survey.styles import passed_over
from tests import browsing
from tests.browsing import VIEWS, Browser, View
from tests.contrast import faint
from tests.examples import BROWSED, EXAMPLES, PAGES, Case, loaded, rendered
from tests.pictures import apart, check, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
NARROW, WIDE = VIEWS[0], View(1600)
ALL_OF_THEM = 1_500_000  # bytes of pictures
# Boxes that scroll sideways and cannot be reached by the keyboard in every browser.
UNREACHABLE = """
return [...document.body.querySelectorAll("*")].filter(e => e.scrollWidth > e.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
  && !e.matches("[tabindex]") && !e.querySelector("a[href]")).map(e => e.outerHTML.slice(0, 80));
"""
# Elements that stick out of the window, unless they are in a box of their own that scrolls.
STICKING_OUT = """
return [...document.body.querySelectorAll("*")].filter(e => {
  if (e.getBoundingClientRect().right <= innerWidth + 1) return false;
  for (let p = e.parentElement; p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== "visible") return false;
  return true;
}).map(e => e.outerHTML.slice(0, 80));
"""
SIDEWAYS = "return document.documentElement.scrollWidth - innerWidth"
SCROLLED = """
return [...document.body.querySelectorAll("*")].filter(e => e.scrollWidth > e.clientWidth + 1
  && getComputedStyle(e).overflowX !== "visible").map(e => e.outerHTML.slice(0, 80));
"""

# Texts of drawings that are too small to be read on a screen.
SMALL = """
return [...document.querySelectorAll("svg text")].filter(e =>
  parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a < 9).map(e => e.textContent);
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if why := browsing.lacking():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    found = Browser(tmp_path_factory.mktemp("browser"))
    yield found
    found.close()


_PROPERTIES = """
const named = name => name.replace(/[A-Z]/g, letter => "-" + letter.toLowerCase());
return Object.keys(CSSStyleDeclaration.prototype).concat(Object.keys(document.body.style))
  .map(named).filter(name => CSS.supports(name, "initial"));
"""


def test_no_property_of_a_browser_is_taken_for_a_slip(browser: Browser) -> None:
    browser.look("about:blank", WIDE)
    known = set(browser.ask(_PROPERTIES))
    assert len(known) > 300
    css = "".join(f"h1 {{ {name}: initial }}\n" for name in sorted(known))
    assert [said for _, _, said in passed_over(css, {}) if "there is no property" in said] == []


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which each example lies as a page."""
    folder = tmp_path_factory.mktemp("pages")
    for case in PAGES:
        (folder / f"{case}.html").write_bytes(rendered(case, "html"))
    return folder


EACH = [pytest.param(case, view, id=f"{case}-{view}") for case in PAGES for view in VIEWS]


@pytest.mark.parametrize(("case", "view"), EACH)
def test_each_page_can_be_used_by_everybody(
    case: Case, view: View, browser: Browser, pages: Path
) -> None:
    page = pages / f"{case}.html"
    browser.look(page, view)
    assert browser.requests() == [page.as_uri()], "nothing is fetched"
    assert browser.ask(SIDEWAYS) <= 0
    assert browser.ask(STICKING_OUT) == []
    assert browser.ask(UNREACHABLE) == []
    assert view.media == "print" or browser.ask(SMALL) == []
    assert view.width < WIDE.width or browser.ask(SCROLLED) == []
    assert faint(browser) == []
    assert browser.violations() == []


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=str)
@pytest.mark.parametrize("case", PAGES, ids=str)
def test_each_page_is_the_same_without_scripts(
    case: Case, view: View, browser: Browser, pages: Path
) -> None:
    page = pages / f"{case}.html"
    browser.look(page, view, scripts=False)
    without = opened(browser.picture())
    browser.look(page, view)
    assert apart(opened(browser.picture()), without) == ""


def test_dark_and_light_differ_and_print_is_light(browser: Browser, pages: Path) -> None:
    page = pages / f"{PAGES[0]}.html"
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    seen = {}
    for view in (WIDE, View(1600, "dark"), View(1600, "dark", "print")):
        browser.look(page, view)
        seen[str(view)] = browser.ask(ground)
    assert seen["1600-light"] == seen["1600-print"] == "rgb(255, 255, 255)"
    assert seen["1600-dark"] != seen["1600-light"]


# Texts of the map that run into another, or out of the drawing.
COLLIDING = """
const map = document.querySelector(".map"), {width} = map.viewBox.baseVal;
const boxes = [...map.querySelectorAll("text")].map(e => [e.textContent, e.getBBox()]);
const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
  && a.y < b.y + b.height - 2 && b.y < a.y + a.height - 2;  // a line of text has some air
return boxes.filter(([, box], i) => box.x < -1 || box.x + box.width > width + 1
  || boxes.some(([, other], j) => j > i && meet(box, other))).map(([text]) => text);
"""


SET_IN_ALL = """return [...document.querySelectorAll(".map text")]
  .reduce((sum, text) => sum + text.getBBox().width, 0);"""
CROWDED = ".map text { letter-spacing: 6px }"


MAPPED = next(c for c in PAGES if c.path.stem == "long" and c.audience == "analyst")


@pytest.mark.parametrize("view", VIEWS[:-1], ids=str)
def test_what_is_laid_out_for_a_telephone_is_readable_on_any_screen(
    view: View, browser: Browser, tmp_path: Path
) -> None:
    brief = pipeline.view(loaded(MAPPED.path), MAPPED.audience, Paper("90mm x 160mm"))
    page = tmp_path / "narrow.html"
    page.write_bytes(pipeline.render(brief, "html").data)
    browser.look(page, view)
    assert browser.ask(SMALL) == []
    moved = "const box = document.querySelector('.map').parentElement;"
    assert browser.ask(f"{moved} return box.scrollWidth - box.clientWidth") == 0
    assert faint(browser) == []


@pytest.mark.parametrize("other", ["DejaVu Sans", "Source Code Pro"])
def test_the_map_holds_in_a_wider_font(
    other: str, browser: Browser, pages: Path, tmp_path: Path
) -> None:
    html = (pages / f"{MAPPED}.html").read_text("utf-8")
    page = tmp_path / "wider.html"
    page.write_text(html.replace("'Source Sans 3'", f"'{other}'"), "utf-8")
    browser.look(page, WIDE)
    assert browser.ask(COLLIDING) == []
    wide = browser.ask(SET_IN_ALL)
    page.write_text(page.read_text("utf-8").replace("textLength", "data-length"), "utf-8")
    browser.look(page, WIDE)
    assert browser.ask(SET_IN_ALL) > 1.05 * wide  # unbound, the font would have run over its place
    crowded = page.read_text("utf-8").replace("</head>", f"<style>{CROWDED}</style></head>")
    page.write_text(crowded, "utf-8")
    browser.look(page, WIDE)
    assert browser.ask(COLLIDING) != []


PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>A page</h1>{}</main></body></html>"""
BAD = {
    "color-contrast": '<p style="color: #999">Too faint.</p>',
    "cannot tell: color-contrast": '<p style="background: linear-gradient(red, #fff)">Red?</p>',
    "heading-order": "<h3>Two levels down</h3>",
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "svg-img-alt": '<svg role="img" width="9" height="9"><circle r="9"/></svg>',
    "link-in-text-block": (
        '<p style="color: #000">Some text and <a href="#" style="color: #222; '
        'text-decoration: none">a link</a> in it.</p>'
    ),
    "target-size": (
        '<a href="#" style="font: 8px/8px sans-serif; display: block">a</a>'
        '<a href="#" style="font: 8px/8px sans-serif; display: block">b</a>'
    ),
}


@pytest.mark.parametrize("rule", BAD)
def test_a_bad_page_is_found(rule: str, browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(PAGE.format(BAD[rule]), "utf-8")
    browser.look(page, NARROW)
    found = browser.violations()
    assert found
    assert all(one.startswith(f"{rule}: ") for one in found), found


DRAWN = '<svg role="img" aria-label="A map" width="200" height="50">{}</svg>'
LAND = '<rect width="200" height="50" fill="#334"/>'
HALO = "paint-order: stroke; stroke: #fff; stroke-width: 4px"
LINE = '<path d="M0 12H200" stroke="#000"/>'


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        ('<text y="20" fill="#ccc">Lom</text>', ["Lom: 1.6:1"]),
        ('<text y="20" fill="#444">Lom</text>', []),
        (f'{LAND}<text y="20" fill="#444">Lom</text>', ["Lom: 1.3:1"]),
        (f'{LAND}<text y="20" fill="#444" style="{HALO}">Lom</text>', []),
        (f'{LINE}<text y="20" fill="#444">Lom</text>', []),
        ('<text y="20" fill="#000" fill-opacity="0.2">Lom</text>', ["Lom: 21.0:1"]),
        ('<text y="20"><tspan>A</tspan><tspan fill="#ccc">Lom</tspan></text>', ["Lom: 1.6:1"]),
    ],
)
def test_faint_text_in_a_drawing_is_found(
    drawn: str, seen: list[str], browser: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "drawn.html"
    page.write_text(PAGE.format(DRAWN.format(drawn)), "utf-8")
    browser.look(page, NARROW)
    before = browser.picture()
    assert faint(browser) == seen
    assert apart(opened(before), opened(browser.picture())) == "", "and the page is as it was"
    assert browser.violations() == []


def test_a_good_page_is_not(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "good.html"
    page.write_text(PAGE.format("<p>Text.</p>"), "utf-8")
    browser.look(page, NARROW)
    assert browser.violations() == []


def test_what_is_too_wide_and_what_is_fetched_are_seen(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    wide = '<p style="width: 400px">Wide</p><img alt="" src="http://127.0.0.1:9/a.png">'
    scrolls = '<div style="width: 9em; overflow-x: auto"><p style="width: 99em">Wide</p></div>'
    page.write_text(PAGE.format(wide + scrolls), "utf-8")
    browser.look(page, NARROW)
    assert browser.ask(SIDEWAYS) > 0
    assert len(browser.ask(STICKING_OUT)) == 1
    assert len(browser.ask(SCROLLED)) == len(browser.ask(UNREACHABLE)) == 1
    assert browser.requests() == [page.as_uri(), "http://127.0.0.1:9/a.png"]


def test_a_script_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "script.html"
    page.write_text(PAGE.format("<script>document.write('Written')</script>"), "utf-8")
    seen = []
    for scripts in (True, False):
        browser.look(page, NARROW, scripts=scripts)
        seen.append(opened(browser.picture()))
    assert apart(*seen) != ""


# One briefing is enough, and of a further theme one reader: at 360 px a page is long.
KEPT = [
    (case, view)
    for case in PAGES
    if case.path == EXAMPLES[0] and (case.theme == BROWSED or case.audience == "analyst")
    for view in VIEWS
    if view.width != 768 and view.media == "screen"
]
GOLDEN = Path(__file__).parent / "golden" / "browser"


@pytest.mark.parametrize(("case", "view"), KEPT, ids=str)
def test_each_page_looks_as_it_did(
    case: Case,
    view: View,
    browser: Browser,
    pages: Path,
    rewrite: bool,  # noqa: FBT001  # a fixture
) -> None:
    browser.look(pages / f"{case}.html", view)
    drawn = opened(browser.picture()).reduce(2)  # half its size is enough to see what moves
    wrong = check(GOLDEN / f"{case}-{view}.png", drawn, rewrite=rewrite)
    assert not wrong, wrong


def test_no_picture_is_left_over_and_all_are_small(rewrite: bool) -> None:  # noqa: FBT001
    wanted = {f"{case}-{view}.png" for case, view in KEPT}
    left = [path for path in GOLDEN.glob("*.png") if path.name not in wanted]
    for path in left if rewrite else ():
        path.unlink()
    assert rewrite or left == []
    assert sum(path.stat().st_size for path in GOLDEN.glob("*.png")) < ALL_OF_THEM
