"""The preview in Chromium: it follows changes by itself, and everybody can use it."""

from __future__ import annotations

import shutil
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest

from tests.browsing import Browser, View
from tests.commands import FLOOD
from tests.pictures import apart, opened
from tests.previewing import PATIENCE, Screen, looking
from tests.rendering import put
from tests.test_browser import SIDEWAYS, STICKING_OUT, UNREACHABLE, browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["browser"]
pytestmark = pytest.mark.browser
WIDTHS = (360, 768, 1600)
VIEWS = [View(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
WIDE = View(1600)
TITLE, SERIES = "Riverbend flood", "Flood situation brief"  # what analysts see, what all do
# The page in the first frame that is shown: its heading, where it is scrolled to.
INSIDE = """
const frame = document.querySelectorAll("iframe[data-shown]")[arguments[0] || 0];
const inside = frame && frame.contentDocument;
return inside && inside.querySelector("h1") && {
  title: inside.querySelector("h1").textContent,
  text: inside.body.textContent,
  top: frame.contentWindow.scrollY,
  height: inside.documentElement.scrollHeight,
  ran: "ran" in frame.contentWindow || "ran" in window,
};
"""
SOURCE = "(document.querySelector('iframe[data-shown]')?.src || '')"
PROBLEMS = """
return [...document.querySelectorAll(".problems:not([hidden]) .problem")].map(e => e.textContent)
"""
# Where the problems of the first pane end and its brief begins.
ABOVE = """
const low = document.querySelector(".problems").getBoundingClientRect().bottom;
return low <= document.querySelector("iframe[data-shown]").getBoundingClientRect().top + 1;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / FLOOD.name
    shutil.copy(FLOOD, path)
    return path


@pytest.fixture
def screen(file: Path) -> Iterator[Screen]:
    with looking(file, editor="vscode") as found:
        yield found


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


class Shown:
    """The preview in the one browser."""

    def __init__(self, browser: Browser, screen: Screen, at: str, view: View = WIDE) -> None:
        self.browser = browser
        browser.look("about:blank", view)
        browser.look(f"{screen.address}#{at}", view)

    def until(self, script: str, wanted: object = None, *arguments: object) -> Any:  # noqa: ANN401
        """Wait until a script returns what is wanted, or else anything, and return that."""
        end = monotonic() + PATIENCE
        while True:
            found = self.browser.ask(script, *arguments)
            if found == wanted if wanted is not None else found:
                return found
            assert monotonic() < end, found
            sleep(0.02)

    def inside(self, number: int = 0, **wanted: str) -> dict[str, Any]:
        """Wait for a frame's page, one with the given title or text."""
        end = monotonic() + PATIENCE
        while True:
            found: dict[str, Any] | None = self.browser.ask(INSIDE, number)
            if found and all(value in found[name] for name, value in wanted.items()):
                return found
            assert monotonic() < end, found and found["title"]
            sleep(0.02)

    def scroll(self, top: int) -> None:
        self.browser.ask(
            'document.querySelector("iframe[data-shown]").contentWindow.scrollTo(0, arguments[0])',
            top,
        )

    def click(self, selector: str) -> None:
        self.browser.driver.find_element("css selector", selector).click()


def test_a_change_is_shown_by_itself_and_the_place_is_kept(
    file: Path, screen: Screen, browser: Browser
) -> None:
    shown = Shown(browser, screen, "analyst/html")
    shown.inside()
    shown.scroll(900)
    assert shown.inside()["top"] == 900
    edit(file, TITLE, "Wholly other")
    assert shown.inside(title="Wholly other")["top"] == 900
    assert browser.ask("return document.querySelectorAll('iframe').length") == 1


def test_what_stands_below_a_longer_text_stays_where_it_is(
    file: Path, screen: Screen, browser: Browser
) -> None:
    shown = Shown(browser, screen, "analyst/html")
    shown.inside()
    place = """
    const frame = document.querySelector("iframe[data-shown]");
    const heading = frame.contentDocument.querySelectorAll("h2")[3];
    return Math.round(heading.getBoundingClientRect().top);
    """
    shown.scroll(browser.ask(place) + 60)
    before = browser.ask(place)
    assert before == -60
    longer = "Much more is said of it here than was. " * 30
    edit(file, "    A second crest", f"    {longer}\n    A second crest")
    shown.inside(text="Much more is said")
    assert abs(browser.ask(place) - before) <= 1


def test_an_error_stands_above_the_last_good_page_and_goes(
    file: Path, screen: Screen, browser: Browser
) -> None:
    shown = Shown(browser, screen, "analyst/html")
    good = shown.inside()
    edit(file, "published:", "publisht:")
    problems = shown.until(PROBLEMS)
    assert any('unknown key "publisht"; did you mean "published"?' in one for one in problems)
    assert any(f"{file.name}:" in one for one in problems)
    assert browser.ask(ABOVE)
    assert browser.ask(INSIDE, 0)["text"] == good["text"]
    edit(file, "publisht:", "published:")
    shown.until("return !document.querySelector('.problems:not([hidden])')")
    assert shown.inside()["text"] == good["text"]


def test_a_finding_leads_to_its_place_and_to_the_editor(
    file: Path, screen: Screen, browser: Browser
) -> None:
    shown = Shown(browser, screen, "analyst/html")
    shown.inside()
    edit(file, "published:", "publisht:")
    shown.until(PROBLEMS)
    assert browser.ask("return document.querySelector('#toggle').textContent") == "2 findings"
    shown.click("#toggle")
    shown.click("#list li:last-child .place")
    shown.until("return document.querySelector('#lines .here')?.textContent || ''")
    here = browser.ask("return document.querySelector('#lines .here').textContent")
    number = 1 + file.read_text("utf-8").split("\n").index(here.lstrip("0123456789"))
    assert here.startswith(f"{number}publisht:")
    assert browser.ask("return document.activeElement.textContent").endswith(f"line {number}")
    link = browser.ask("return document.querySelector('#list li:last-child .editor').href")
    assert link == f"vscode://file{file}:{number}:1"


def test_two_audiences_stand_side_by_side(file: Path, screen: Screen, browser: Browser) -> None:
    shown = Shown(browser, screen, "analyst/html")
    shown.inside()
    browser.ask(
        "const e = document.querySelector('#beside'); e.value = 'press';"
        "e.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    shown.inside(1)
    texts = [shown.inside(number)["text"] for number in (0, 1)]
    assert texts[0] != texts[1]
    assert "For: Analyst" in texts[0]
    assert "For: Press" in texts[1]
    lefts = browser.ask(
        "return [...document.querySelectorAll('.pane')].map(e => e.getBoundingClientRect().left)"
    )
    assert lefts[0] < lefts[1]
    edit(file, SERIES, "Wholly other")
    shown.inside(0, text="Wholly other")
    shown.inside(1, text="Wholly other")
    browser.driver.refresh()
    assert "For: Press" in shown.inside(1)["text"], "a reload keeps what is shown"


def test_a_script_in_a_text_is_text(file: Path, screen: Screen, browser: Browser) -> None:
    shown = Shown(browser, screen, "analyst/html")
    bad = "<script>window.ran = parent.ran = 1</script><img src=x onerror=parent.ran=1>"
    shown.inside()
    edit(file, f"TLP:GREEN: {TITLE}", f"TLP:GREEN: '{bad}' #")
    assert bad in shown.inside(text="onerror")["text"]
    assert not browser.ask(INSIDE, 0)["ran"]
    shown.click("#forms label:nth-of-type(2) input")
    assert not shown.inside(text="<img src=x")["ran"]
    edit(file, "\npublished", f"\n'{bad}': 1\npublished")
    shown.until(PROBLEMS)
    shown.click("#toggle")
    assert browser.ask("return document.querySelector('#list').textContent").count("<script>") > 0
    assert browser.ask("return document.querySelectorAll('script:not([src])').length") == 0
    assert not browser.ask(INSIDE, 0)["ran"]


def test_a_theme_may_not_reach_outside(file: Path, screen: Screen, browser: Browser) -> None:
    shown = Shown(browser, screen, "analyst/html")
    shown.inside()
    browser.requests()
    put(
        file.parent,
        {
            "templates/page.html.j2": '<h1>It</h1><img src="http://127.0.0.1:9/a.png">'
            '<iframe src="http://127.0.0.1:9/b"></iframe><script>parent.ran = 1</script>'
        },
    )
    # Such a page is refused before it is shown; the last good one stays.
    shown.until(PROBLEMS)
    assert not shown.inside(title="Riverbend")["ran"]
    sleep(0.2)
    assert not [one for one in browser.requests() if one.startswith("http://127.0.0.1:9/")]


def test_the_pdf_is_drawn_and_its_page_is_kept(
    file: Path, screen: Screen, browser: Browser
) -> None:
    shown = Shown(browser, screen, "analyst/pdf")
    shown.until("return document.querySelectorAll('.pages button').length > 1")
    first = shown.until(f"return {SOURCE}")
    before = _still(browser)
    shown.click(".pages button:nth-child(2)")
    shown.until(f"return {SOURCE}.includes('#page=2')")
    assert apart(opened(_still(browser)), opened(before)) != "", "another page is drawn"
    second = browser.ask(f"return {SOURCE}")
    edit(file, TITLE, "Wholly other")
    shown.until(f"return {SOURCE} !== {second!r}")
    assert "#page=2" in browser.ask(f"return {SOURCE}")
    assert first != second


def _still(browser: Browser) -> bytes:
    """Return the screen once it does not change any more: the viewer draws when it likes."""
    before = b""
    for _ in range(100):
        now = browser.screen()
        if now == before:
            return now
        before = now
        sleep(0.3)
    raise AssertionError("it does not come to rest")


def test_the_tabs_can_be_reached_with_the_keyboard(screen: Screen, browser: Browser) -> None:
    from selenium.webdriver import Keys

    shown = Shown(browser, screen, "executive/html")
    shown.inside(text="For: Executive")
    tab = browser.driver.find_element("css selector", "[role=tab][aria-selected=true]")
    tab.send_keys(Keys.ARROW_RIGHT)
    assert browser.ask("return document.activeElement.textContent") == "analyst"
    shown.inside(text="For: Analyst")
    browser.driver.switch_to.active_element.send_keys(Keys.END)
    shown.inside(text="For: Press")


def test_it_says_when_the_preview_has_ended(file: Path, browser: Browser) -> None:
    with looking(file) as screen:
        shown = Shown(browser, screen, "analyst/html")
        good = shown.inside()
    shown.until("return document.querySelector('#status').textContent.includes('has ended')")
    assert browser.ask(INSIDE, 0)["text"] == good["text"], "the last page is still there"


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_everybody_can_use_it(view: View, file: Path, screen: Screen, browser: Browser) -> None:
    for at in ("analyst/html", "analyst/html/press", "analyst/md"):
        shown = Shown(browser, screen, at, view)
        shown.inside()
        _sound(browser)
    edit(file, "published:", "publisht:")
    shown.until(PROBLEMS)
    browser.ask("document.querySelector('.problem .place').click()")
    shown.until("return document.querySelector('#lines .here') !== null")
    _sound(browser)
    status, _, page = screen.get("markdown/analyst")
    assert status == 200
    alone = file.parent / "markdown.html"
    alone.write_bytes(page)
    browser.look(alone, view)
    _sound(browser)


def _sound(browser: Browser) -> None:
    """A brief inside is looked at by itself, by tests/test_browser.py."""
    assert browser.ask(SIDEWAYS) <= 0
    assert browser.ask(STICKING_OUT) == []
    assert browser.ask(UNREACHABLE) == []
    assert browser.violations("frame-tested") == []
