"""Filters and figures that an installed package brings: there only where a workspace is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefings import pipeline, plugins, survey
from briefings.errors import InvalidInput
from briefings.resources import Shelf
from tests.rendering import YAML, brief, put, sentences

if TYPE_CHECKING:
    from pathlib import Path

MODULE = """
def shout(text, sign="!"):
    return str(text).upper() + sign

def days(document):
    return [event.date for event in document["events"]]

def broken(document):
    raise ValueError("no luck")
"""
POINTS = """[briefings.filters]
shout = briefings_test_house:shout

[briefings.figures]
days = briefings_test_house:days
broken = briefings_test_house:broken
"""
USING = '{{ "a" | shout }} {{ ["b"] | map("shout", sign="?") | join }}\n\n{{ figure("days") }}\n'
FIGURE = "{% for day in figure %}On {{ day }}.{% endfor %}"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package, as far as Python can tell."""
    site = tmp_path / "site"
    info = "briefings_test_house-1.dist-info"
    put(site, {"briefings_test_house.py": MODULE, f"{info}/entry_points.txt": POINTS})
    put(
        site,
        {f"{info}/METADATA": "Metadata-Version: 2.1\nName: briefings-test-house\nVersion: 1\n"},
    )
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.fixture
def desk(tmp_path: Path, package: Path) -> Path:
    assert package.is_dir()
    put(tmp_path, {"desk/data/templates/figures/days.md.j2": FIGURE})
    return tmp_path / "desk" / "data"


def test_they_are_off_by_default(desk: Path) -> None:
    found = sentences(desk, '{{ "a" | shout }}')
    assert found == ['briefing.md.j2:1: the filter "shout" needs trusted = true in briefings.toml']
    put(desk, {"templates/briefing.md.j2": '{{ figure("days") }}'})
    with pytest.raises(InvalidInput, match='unknown figure "days"'):
        brief(desk)


@pytest.mark.parametrize("kind", ["md", "svg"])
def test_one_that_fails_is_a_sentence(desk: Path, kind: str) -> None:
    put(desk, {"briefings.toml": "trusted = true\n", f"templates/figures/broken.{kind}.j2": ""})
    put(desk, {"templates/briefing.md.j2": '{{ figure("broken") }}'})
    with pytest.raises(InvalidInput, match=r'the figure "broken" .* fails: ValueError: no luck'):
        pipeline.render(brief(desk), "html")


@pytest.mark.parametrize("folder", [".", ".."])
def test_a_trusted_workspace_has_them(desk: Path, folder: str) -> None:
    put(desk / folder, {"briefings.toml": "trusted = true\n"})
    put(desk, {"templates/briefing.md.j2": USING})
    made = brief(desk)
    assert pipeline.render(made, "md").data.decode() == "A! B?\n\nOn 21 November 2024.\n"
    assert survey.problems([desk])[0] == []


def test_what_was_compiled_while_trusted_does_not_run_when_not(desk: Path) -> None:
    put(desk, {"briefings.toml": "trusted = true\n", "templates/briefing.md.j2": USING})
    assert "A!" in brief(desk).marked
    put(desk, {"briefings.toml": "trusted = false\n"})
    with pytest.raises(InvalidInput, match="shout"):
        brief(desk)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("trusted = 1\n", "1:1: true or false is expected"),
        ('trusted = "true"\n', "1:11: true or false is expected"),
        ("trusted = \n", "1:11: no value of TOML"),
        ("\udcff", " the file is not UTF-8"),
    ],
)
def test_wrong_settings_are_a_sentence(desk: Path, settings: str, said: str) -> None:
    (desk / "briefings.toml").write_bytes(settings.encode("utf-8", "surrogateescape"))
    with pytest.raises(InvalidInput, match=rf"briefings\.toml:{said}"):
        brief(desk, YAML)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("[briefings.filters]\nupper = briefings_test_house:shout\n", "has a name that is taken"),
        ("[briefings.filters]\nx = briefings_test_house:nothing\n", "cannot be loaded"),
        ("[briefings.filters]\nx = briefings_test_house:__name__\n", "is no function"),
    ],
)
def test_a_wrong_package_is_a_sentence(desk: Path, package: Path, points: str, said: str) -> None:
    put(package, {"briefings_test_house-1.dist-info/entry_points.txt": points})
    put(desk, {"briefings.toml": "trusted = true\n"})
    with pytest.raises(InvalidInput, match=said):
        brief(desk, YAML)


def test_without_a_folder_nothing_is_trusted() -> None:
    assert not plugins.allowed(Shelf())
