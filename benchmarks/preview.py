"""How long a change takes until it is on the screen, in Chromium.

    python benchmarks/preview.py [--runs N]

A change is written to the file of the article's brief, and the clock runs until the page, or the
PDF, with the new text is on the screen: the analyst's page, and the PDF of each reader. The floor
is measured in turns with it: what the same brief takes, from the file to its bytes, in a process
in which all is loaded. A ratio of 1.5 means that half of that again passes for seeing the change,
and for showing it.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep, time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefings import pipeline, preview  # noqa: E402
from tests.browsing import Browser, View, lacking  # noqa: E402

BRIEFING = ROOT / "data" / "briefings" / "2024-11-21-ukraine-strike.yaml"
TITLE = "Reported Russian missile salvo"
AIMS = {"html": 0.3, "pdf": 1.0}
WHAT = {"html": "page", "pdf": "PDF"}
SEEN = (("analyst", "html"), ("executive", "pdf"), ("press", "pdf"), ("analyst", "pdf"))
PATIENCE = 60.0
PAUSE = 1.5  # seconds between two changes, as between the savings of one who types
_SHOWN = "return document.querySelector('iframe[data-shown]').src"
# Waits for a text in the frame that is shown, and says when the browser had painted it.
_PAINTED = """
const [text, done] = arguments;
const look = () => {
  const frame = document.querySelector("iframe[data-shown]");
  if (!frame || !frame.contentDocument.body.textContent.includes(text)) {
    return requestAnimationFrame(look);
  }
  requestAnimationFrame(() => setTimeout(() => done(Date.now() / 1000)));
};
look();
"""


class Desk:
    """The brief in a file of its own, with the preview of it in a browser."""

    def __init__(self, file: Path, browser: Browser, address: str) -> None:
        self.file, self.browser, self.address = file, browser, address
        self._text = file.read_text("utf-8")
        self._pictures: dict[str, bytes] = {}

    def write(self, title: str) -> float:
        """Write another title into the file, and return when."""
        data = self._text.replace(TITLE, title)
        now = time()
        self.file.write_text(data, "utf-8")
        return now

    def show(self, reader: str, form: str) -> None:
        """Show the brief of one reader in one format, and wait until it is there."""
        self.browser.look("about:blank", View(1200))
        self.browser.look(f"{self.address}#{reader}/{form}", View(1200))
        end = monotonic() + PATIENCE
        while not self.browser.ask("return document.querySelector('iframe[data-shown]')"):
            if monotonic() > end:
                raise TimeoutError(reader, form)
            sleep(0.05)

    def page(self, title: str) -> float:
        """Return the seconds until a title is painted on the page."""
        began = self.write(title)
        return float(self.browser.driver.execute_async_script(_PAINTED, title)) - began

    def learn(self, title: str) -> None:
        """Keep the picture of the PDF with a title; nothing else tells what its viewer drew."""
        before = self.browser.ask(_SHOWN)
        self.write(title)
        self._until_another(before)
        sleep(3.0)
        self._pictures[title] = self.browser.screen()

    def _until_another(self, before: str) -> None:
        """Wait until another PDF is in the frame; until then, no picture takes a processor."""
        end = monotonic() + PATIENCE
        while self.browser.ask(_SHOWN) == before and monotonic() < end:
            sleep(0.02)

    def pdf(self, title: str) -> float:
        """Return the seconds until the screen is the picture that belongs to a title."""
        before = self.browser.ask(_SHOWN)
        began = self.write(title)
        end = monotonic() + PATIENCE
        self._until_another(before)
        while self.browser.screen() != self._pictures[title]:
            if monotonic() > end:
                raise TimeoutError(title)
        return time() - began


def floor(file: Path, reader: str, form: str) -> float:
    """Return the seconds from the file to the bytes, in this process."""
    start = perf_counter()
    pipeline.render(pipeline.view(pipeline.load(file), reader), form)
    return perf_counter() - start


def measured(desk: Desk, reader: str, form: str, runs: int) -> tuple[float, float]:
    """Return the medians of how long it takes on the screen, and of the floor."""
    titles = [f"{TITLE}, take {number}" for number in (1, 2)]
    desk.show(reader, form)
    for title in titles if form == "pdf" else ():
        desk.learn(title)
    once = desk.page if form == "html" else desk.pdf
    floor(desk.file, reader, form), once(titles[0])  # neither pays for what is done once
    pairs = []
    for number in range(runs):
        pairs.append((once(titles[1 - number % 2]), floor(desk.file, reader, form)))
        sleep(PAUSE)
    seen, bare = (median(times) for times in zip(*pairs, strict=True))
    return seen, bare


def main() -> None:
    """Print the table of ratios."""
    parser = argparse.ArgumentParser(description="Measure the preview in Chromium.")
    parser.add_argument("--runs", type=int, default=9, help="how often each runs (default 9)")
    runs: int = parser.parse_args().runs
    if why := lacking():
        sys.exit(why)
    gc.set_threshold(100_000, 20, 100)  # as the command does
    print("| What | On the screen | Floor | Ratio | Aim | Against |")
    print("| :--- | ---: | ---: | ---: | ---: | :--- |")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(BRIEFING, folder))
        (Path(folder) / "browser").mkdir()
        browser = Browser(Path(folder) / "browser")
        try:
            with preview.running(file) as (address, _, _):
                desk = Desk(file, browser, address)
                for reader, form in SEEN:
                    seen, bare = measured(desk, reader, form, runs)
                    what = f"A change in the {WHAT[form]} for the {reader}"
                    print(
                        f"| {what} | {seen:.2f} s | {bare:.2f} s | {seen / bare:.2f} "
                        f"| {AIMS[form]} s | the bare render in a warm process |",
                        flush=True,
                    )
        finally:
            browser.close()


if __name__ == "__main__":
    main()
