"""How long whole processes take, as ratios against a peer measured in the same run.

    python benchmarks/run.py [--runs N]

A ratio of 1.1 means a tenth slower than the peer. The runs of both take turns, and the median of
each is taken, so that a machine that is busy for a while is so for both.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from briefings.writers import EXTRAS
from briefings.writers.wiki import FLAVOURS

ROOT = Path(__file__).resolve().parent.parent
BRIEFING = ROOT / "data" / "briefings" / "2024-11-21-ukraine-strike.yaml"
SHORT = ROOT / "tests" / "briefings" / "short.yaml"
AUDIENCE = "analyst"
MANY = 1_000
TARGET = """
[targets.wiki]
kind = "folder"
path = "wiki"
format = "md"
audiences = ["analyst"]
ceiling = "TLP:RED"
"""
DIALECTS = tuple(form for form in ("md", *FLAVOURS, "txt", "json") if form not in EXTRAS)
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Race:
    """Our command, the peer's, and the ratio that we aim at."""

    what: str
    ours: list[str]
    peer: list[str]
    against: str
    aim: float
    place: Path | None = None  # the folder that both run in


def races(folder: Path) -> list[Race]:
    """Return what is measured; *folder* takes what is written."""
    render = _render(BRIEFING, folder)
    subprocess.run([*render, "-t", "html"], check=True, stdout=subprocess.DEVNULL)
    html = folder / f"{BRIEFING.stem}.{AUDIENCE}.html"
    weasyprint = [str(BIN / "weasyprint"), "-q", "--pdf-variant", "pdf/ua-1", str(html)]
    return [
        Race(
            "YAML to PDF",
            [*render, "-t", "pdf"],
            [*weasyprint, str(folder / "peer.pdf")],
            "`weasyprint --pdf-variant pdf/ua-1` on our HTML",
            1.1,
        ),
        Race(
            "YAML to Markdown",
            [*render, "-t", "md"],
            [sys.executable, "-c", "import pydantic, jinja2, typer"],
            '`python -c "import pydantic, jinja2, typer"`',
            2.0,
        ),
        Race(
            "YAML to all dialects, text and JSON",
            [*render, *(word for form in DIALECTS for word in ("-t", form))],
            [*render, "-t", "pdf"],
            "the same command with `-t pdf`",
            1.0,
        ),
        Race(
            "The figures in a PDF",
            _once(BRIEFING, folder),
            _once(_bare(folder / "bare"), folder),
            "the same brief as plain lists and tables, both laid out once",
            1.15,
        ),
        Race(
            "1,000 briefs to a folder, none of which has changed",
            [str(BIN / "briefings"), "publish", "--to", "wiki"],
            [sys.executable, "-c", "import pydantic, jinja2, typer"],
            '`python -c "import pydantic, jinja2, typer"`',
            5.0,
            _published(folder / "published"),
        ),
    ]


def _published(desk: Path) -> Path:
    """Return a workspace of a thousand briefs that are published already."""
    (desk / "data").mkdir(parents=True)
    text = re.sub(r"^id: .*\n", "", SHORT.read_text("utf-8"), flags=re.MULTILINE)
    for number in range(MANY):
        (desk / "data" / f"brief-{number:04}.yaml").write_text(text, "utf-8")
    (desk / "briefings.toml").write_text(TARGET, "utf-8")
    seconds([str(BIN / "briefings"), "publish", "--to", "wiki"], desk)
    return desk


def _render(briefing: Path, folder: Path) -> list[str]:
    return [str(BIN / "briefings"), "render", str(briefing), "-a", AUDIENCE, "-o", str(folder)]


def _once(briefing: Path, folder: Path) -> list[str]:
    """Return a command that lays out once; else the two might differ by how their pages fill."""
    program = "from briefings import cli; from briefings.writers import fit; "
    program += "fit.TRIES = 1; cli.main()"
    return [sys.executable, "-c", program, *_render(briefing, folder)[1:], "-t", "pdf"]


def _bare(desk: Path) -> Path:
    """Return the briefing in a folder whose templates draw nothing and name nothing for CSS."""
    ours = ROOT / "templates" / "figures"
    figures = desk / "templates" / "figures"
    figures.mkdir(parents=True)
    for template in ours.glob("*.svg.j2"):
        (figures / template.name).write_text("")
    for template in ours.glob("*.md.j2"):
        text = re.sub(r"call block\([^%]*\) %", 'call block("bare") %', template.read_text("utf-8"))
        text = re.sub(r'item\("-", [^)]*\)', 'item("-")', text)
        (figures / template.name).write_text(text, "utf-8")
    return Path(shutil.copy(BRIEFING, desk))


def seconds(command: list[str], place: Path | None = None) -> float:
    """Run a command once, and return how long the whole process took."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=place)
    return perf_counter() - start


def main() -> None:
    """Print the table of ratios."""
    parser = argparse.ArgumentParser(description="Measure whole processes, as ratios.")
    parser.add_argument("--runs", type=int, default=9, help="how often each runs (default 9)")
    runs: int = parser.parse_args().runs
    print("| What | Ours | Peer | Ratio | Aim | Against |")
    print("| :--- | ---: | ---: | ---: | ---: | :--- |")
    with tempfile.TemporaryDirectory() as folder:
        for race in races(Path(folder)):
            both = (race.ours, race.peer)
            for command in both:
                seconds(command, race.place)  # neither pays for a cold disk
            pairs = [[seconds(command, race.place) for command in both] for _ in range(runs)]
            ours, peer = (median(times) for times in zip(*pairs, strict=True))
            ratio = f"{ours / peer:.2f}"
            print(
                f"| {race.what} | {ours:.2f} s | {peer:.2f} s | {ratio} | {race.aim} "
                f"| {race.against} |"
            )


if __name__ == "__main__":
    main()
