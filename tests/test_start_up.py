"""What a command imports: WeasyPrint takes most of a second, and only a PDF needs it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from tests.commands import clean_environment
from tests.rendering import YAML, brief

if TYPE_CHECKING:
    from pathlib import Path

PRINTING = {"weasyprint", "pydyf", "fontTools", "cffi"}
READING = {"pypdf"}
MODEL = {"yaml", "jinja2", "markdown"}  # Typer itself makes use of pydantic where it is there
CODE = """
import sys
sys.argv[:1] = ["briefings"]
from briefings.cli import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported(folder: Path, *arguments: str) -> set[str]:
    """Return the packages that a run imports."""
    plain = YAML.replace("TLP:GREEN", "TLP:CLEAR").replace("*", "")
    (folder / "brief.yaml").write_text(plain, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CODE, *arguments],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "line",
    [
        "check brief.yaml",
        "render brief.yaml -t md -a analyst",
        "render brief.yaml -t html -a analyst",
        "show brief.yaml",
        "audiences",
    ],
)
def test_without_a_pdf_weasyprint_is_not_imported(line: str, tmp_path: Path) -> None:
    assert not imported(tmp_path, *line.split()) & (PRINTING | READING)


def test_markdown_that_nobody_marked_up_is_not_read_again(tmp_path: Path) -> None:
    read = ("render", "brief.yaml", "-a", "analyst", "-t")
    assert "markdown_it" not in imported(tmp_path, *read, "md")
    assert "markdown_it" in imported(tmp_path, *read, "gfm")


def test_a_source_is_taken_out_without_what_makes_a_pdf(tmp_path: Path) -> None:
    data = pipeline.render(brief(tmp_path), "pdf").data
    (tmp_path / "brief.pdf").write_bytes(data)
    packages = imported(tmp_path, "extract", "brief.pdf")
    assert "pypdf" in packages
    assert not packages & {"weasyprint", "pydyf", "jinja2"}


@pytest.mark.parametrize("line", ["--version", "-h", "render -h"])
def test_help_and_the_version_import_nothing_of_the_model_either(line: str, tmp_path: Path) -> None:
    assert not imported(tmp_path, *line.split()) & (PRINTING | MODEL)


def test_the_guard_would_see_it(tmp_path: Path) -> None:
    assert imported(tmp_path, "render", "brief.yaml", "-t", "pdf") >= PRINTING


def test_import_briefings_is_light() -> None:
    code = "import sys; before = set(sys.modules); import briefings; print(*sys.modules - before)"
    code = code.replace("sys.modules - before", "set(sys.modules) - before")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name.partition(".")[0] for name in done.stdout.split()} <= {"briefings", "__future__"}
