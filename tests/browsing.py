"""Headless Chromium and axe-core, to look at a page as a reader's browser shows it.

``scripts/setup.sh browser`` installs both. Nothing is fetched: pages are files, and the browser's
own calls home are switched off.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from base64 import b64decode
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from briefings.resources import shipped

AXE = Path(__file__).parent / "browser/node_modules/axe-core/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # small in containers
    "--hide-scrollbars",  # a picture is of the page
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)
_PATIENCE, _STILL = 20.0, 0.15  # seconds until a page is laid out, and in which it does not change
# A finger needs room on a screen, not on paper.
NOT_IN_PRINT = ("target-size",)
_RUN_AXE = """
const done = arguments[arguments.length - 1];
const rules = Object.fromEntries(arguments[1].map(name => [name, {enabled: false}]));
const options = {runOnly: arguments[0], rules, resultTypes: ["violations", "incomplete"]};
axe.run(document, options).then(done, error => done({error: String(error)}));
"""
# Whether axe cannot see an element's ground though it is in order: part of it is outside of a box
# that scrolls sideways, or it is text of a drawing, which tests.contrast looks at.
_UNSEEN = """
if (document.querySelector(arguments[0]).closest("svg")) return true;
for (let e = document.querySelector(arguments[0]); e; e = e.parentElement)
  if (e.scrollWidth > e.clientWidth && ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
    return true;
return false;
"""
# Fonts of the machine would make another picture on each.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class View:
    """How a reader looks: how wide, in which scheme of colours, on a screen or for print."""

    width: int
    scheme: str = "light"
    media: str = "screen"
    height: int = 900

    def __str__(self) -> str:
        return f"{self.width}-{'print' if self.media == 'print' else self.scheme}"


VIEWS = [View(width, scheme) for width in (360, 768, 1600) for scheme in ("light", "dark")]
VIEWS.append(View(794, media="print"))  # A4 at 96 dots an inch


def lacking() -> str:
    """Return what is missing, in one sentence, or nothing."""
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    missing += [] if find_spec("selenium") else ["Selenium"]
    missing += [] if AXE.exists() else ["axe-core"]
    return f"{', '.join(missing)} not installed; run: make test-browser" if missing else ""


class Browser:
    """One running Chromium, which keeps what it writes in a folder and knows our fonts alone."""

    def __init__(self, folder: Path) -> None:
        from selenium.webdriver import Chrome, ChromeOptions
        from selenium.webdriver.chrome.service import Service

        fonts = folder / "fonts.conf"
        told = _FONTS.format(fonts=shipped("data") / "fonts", cache=folder / "fonts")
        fonts.write_text(told, "utf-8")
        options = ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        service = Service(shutil.which("chromedriver"), env=environment)
        self.driver: Any = Chrome(options, service)
        self._view = View(0)
        self._axe = AXE.read_text("utf-8")

    def close(self) -> None:
        self.driver.quit()

    def _tell(self, command: str, **what: object) -> Any:  # noqa: ANN401  # JSON
        return self.driver.execute_cdp_cmd(command, what)

    def look(self, page: Path | str, view: View, *, scripts: bool = True) -> None:
        """Open a page; with *scripts* off, as in a browser whose user has switched them off."""
        self._view = view
        self._tell("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._tell(
            "Emulation.setDeviceMetricsOverride",
            width=view.width,
            height=view.height,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [{"name": "prefers-color-scheme", "value": view.scheme}]
        self._tell("Emulation.setEmulatedMedia", media=view.media, features=features)
        self.driver.get_log("performance")  # what came before is forgotten
        self.driver.get(page if isinstance(page, str) else page.as_uri())
        if view.media == "print":  # a sheet has margins, which emulation leaves out
            self.ask("document.body.style.margin = '15mm'")

    def requests(self) -> list[str]:
        """Return all addresses that were asked for since the page was opened."""
        messages = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def ask(self, script: str, *arguments: object) -> Any:  # noqa: ANN401  # JSON
        """Return what a script returns in the page."""
        return self.driver.execute_script(script, *arguments)

    def violations(self, *but: str) -> list[str]:
        """Return what axe finds wrong, and what it cannot tell, as ``rule: element (why)``.

        Rules named in *but* are left out.
        """
        self.driver.execute_script(self._axe)
        left_out = (*but, *(NOT_IN_PRINT if self._view.media == "print" else ()))
        found = self.driver.execute_async_script(_RUN_AXE, RULES, left_out)
        assert "error" not in found, found["error"]
        wrong = [_said(rule, node) for rule in found["violations"] for node in rule["nodes"]]
        return wrong + [
            f"cannot tell: {_said(rule, node)}"
            for rule in found["incomplete"]
            for node in rule["nodes"]
            if not self.ask(_UNSEEN, node["target"][0])
        ]

    def screen(self) -> bytes:
        """Return what is in the window as a PNG."""
        return b64decode(self._tell("Page.captureScreenshot")["data"])

    def _size(self) -> dict[str, float]:
        """Return how large the page is, once it is laid out: it stays so large then."""
        before: dict[str, float] = {}
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            size: dict[str, float] = self._tell("Page.getLayoutMetrics")["cssContentSize"]
            if size == before and size["width"]:
                return size
            before = size
            time.sleep(_STILL)
        raise TimeoutError(before)

    def picture(self) -> bytes:
        """Return the whole page as a PNG, however long it is."""
        size = self._size()
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        told = self._tell("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return b64decode(told["data"])


def _said(rule: dict[str, Any], node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    why = "; ".join(check["message"] for check in checks)
    return f"{rule['id']}: {' '.join(map(str, node['target']))} ({why})"


if __name__ == "__main__":
    sys.exit(lacking() or None)
