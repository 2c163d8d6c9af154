"""``briefings doctor`` on a sound machine, and on those that lack something."""

from __future__ import annotations

import builtins
import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from briefings import doctor
from tests.commands import does, found, run, settle
from tests.rendering import YAML

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    (tmp_path / "brief.yaml").write_text(YAML, "utf-8")
    return tmp_path


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Let the import of WeasyPrint fail."""

    def lack(error: Exception) -> None:
        real = builtins.__import__

        def fail(name: str, *more: object, **named: object) -> object:
            if name == "weasyprint":
                raise error
            return real(name, *more, **named)  # type: ignore[arg-type]

        monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
        monkeypatch.setattr(builtins, "__import__", fail)

    return lack


def test_a_sound_machine() -> None:
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert all(line.startswith("ok  ") for line in ran.lines)
    assert max(map(len, ran.lines)) <= 80
    for pattern in (
        r"Python 3\.\d+\.\d+ ",
        r"\d+ templates came with",
        r"\d+ YAML files came with",
        r"\d\d font files came with",
        r"extras: [a-z, ]*pictures, preview, wikis(; not installed: [a-z, ]+)?$",
        r"WeasyPrint \d+\.\d+ with Pango 1\.\d+\.\d+$",
        r"a trial PDF was made with our fonts$",
    ):
        assert re.search(pattern, ran.out, re.MULTILINE), pattern


def test_for_a_program() -> None:
    findings = json.loads(run("doctor", "--json").out)
    assert len(findings) == len(run("doctor").lines)
    assert all(list(one) == ["sound", "what"] and one["sound"] for one in findings)


def test_without_pango_it_says_what_to_install(
    lacking: Callable[[Exception], None], folder: Path
) -> None:
    lacking(OSError("cannot load library 'libpango-1.0-0'"))
    ran = run("doctor")
    assert (ran.code, ran.err) == (1, "")
    [wrong] = [line for line in ran.lines if not line.startswith("ok  ")]
    assert wrong.startswith("NOT PDFs need Pango, which is not installed; on Debian or Ubuntu: ")
    rendered = does("render brief.yaml -a analyst -t md -t pdf")
    assert (rendered.code, rendered.out) == (2, "")
    assert rendered.err == f"brief.analyst.pdf: {wrong.removeprefix('NOT ')}\n"
    assert found(folder) == ["brief.yaml"]
    assert does("render brief.yaml -a analyst -t md -t html").code == 0


def test_without_weasyprint_it_says_so(lacking: Callable[[Exception], None]) -> None:
    lacking(ImportError("No module named 'weasyprint'"))
    ran = run("doctor")
    assert (ran.code, ran.err) == (1, "")
    assert ran.lines[-1] == (
        "NOT PDFs need WeasyPrint, which cannot be loaded: No module named 'weasyprint'"
    )


def test_an_extra_that_is_missing_is_told_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mwclient", None)
    ran = run("doctor")
    assert ran.code == 0
    assert re.search(r"^ok  extras: .*pictures.*; not installed: .*wikis$", ran.out, re.MULTILINE)


def test_a_trial_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(doctor, "_trial", broken)
    ran = run("doctor")
    assert (ran.code, ran.err) == (1, "")
    assert ran.lines[-1] == "NOT a trial PDF cannot be made: RuntimeError: two␊lines"


def test_fonts_templates_and_data_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "shipped", lambda kind: tmp_path / kind)
    ran = run("doctor")
    assert ran.code == 1
    wrong = [line for line in ran.lines if line.startswith("NOT ")]
    assert [line.split(" came")[0] for line in wrong] == [
        *("NOT 0 templates", "NOT 0 YAML files", "NOT 0 font files"),
    ]


def test_a_trial_with_other_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FALLBACK", ("A font that nobody has",))
    ran = run("doctor")
    assert ran.code == 1
    assert ran.lines[-1] == "NOT a trial PDF lacks our fonts"
