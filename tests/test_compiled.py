"""Compiled templates that are kept: each for the very text that it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment

from briefings.templating.compiled import Compiled

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def said(kept: Compiled, text: str) -> str:
    """Return what a template of a new environment says."""
    templates = DictLoader({"a.j2": text})
    there = Environment(loader=templates, bytecode_cache=kept, autoescape=True)
    return there.get_template("a.j2").render()


def never(*_: object) -> None:
    raise AssertionError


def test_what_this_process_has_compiled_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Compiled(None)
    assert said(kept, "{{ 1 + 1 }}") == "2"
    monkeypatch.setattr(Environment, "compile", never)
    monkeypatch.setattr("jinja2.bccache.Bucket.load_bytecode", never)
    assert said(kept, "{{ 1 + 1 }}") == "2"


def test_another_text_is_compiled_anew() -> None:
    kept = Compiled(None)
    assert [said(kept, text) for text in ("{{ 1 }}", "{{ 2 }}", "{{ 1 }}")] == ["1", "2", "1"]


def test_a_later_process_reads_what_was_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(Compiled(tmp_path), "{{ 3 }}")
    monkeypatch.setattr(Environment, "compile", never)
    assert said(Compiled(tmp_path), "{{ 3 }}") == "3"


def test_a_file_that_is_broken_or_of_another_text_is_not_taken(tmp_path: Path) -> None:
    kept = Compiled(tmp_path)
    said(kept, "{{ 4 }}")
    assert said(Compiled(tmp_path), "{{ 5 }}") == "5"
    for file in kept.folder.iterdir() if kept.folder else ():
        file.write_bytes(b"nothing")
    assert said(Compiled(tmp_path), "{{ 6 }}") == "6"
