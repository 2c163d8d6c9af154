"""The public API: three documented lines, and names that do not change unnoticed."""

from __future__ import annotations

import inspect
import re
import textwrap

import pytest

import briefings
from briefings import errors
from tests.commands import FLOOD
from tests.rendering import YAML, put

NAMES = [
    "Brief",
    "BriefingsError",
    "InvalidInput",
    "NothingToSay",
    "Problem",
    "Refused",
    "TooLong",
    "Unequipped",
    "__version__",
    "load",
    "render",
    "view",
]


def test_the_public_names() -> None:
    assert briefings.__all__ == NAMES
    assert dir(briefings) == sorted(NAMES)
    assert all(getattr(briefings, name) is not None for name in NAMES)
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        _ = briefings.lod


def test_the_public_functions_take_what_they_took() -> None:
    assert {name: str(inspect.signature(getattr(briefings, name))) for name in NAMES[-3:]} == {
        "load": "(path: 'Path | str', changes: 'Iterable[str]' = ()) -> 'Briefing'",
        "render": "(brief: 'Brief', form: 'str', figures: 'str' = 'none') -> 'Written'",
        "view": (
            "(briefing: 'Briefing', audience: 'str', paper: 'Paper | None' = None) -> 'Brief'"
        ),
    }


def test_the_three_lines_of_the_docstring_run(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    [lines] = re.findall(r"::\n\n((?: {4}.*\n)+)", briefings.__doc__ or "")
    assert len(lines.splitlines()) == 3
    [file] = re.findall(r'load\("(.*)"\)', lines)
    folder = tmp_path_factory.mktemp("api")
    (folder / file).write_bytes(FLOOD.with_name(file).read_bytes())
    monkeypatch.chdir(folder)
    names: dict[str, object] = {"briefings": briefings}
    exec(textwrap.dedent(lines), names)  # noqa: S102  # our own docstring
    assert isinstance(names["pdf"], bytes)
    assert names["pdf"].startswith(b"%PDF")


def test_the_tree_of_errors_is_the_one_that_is_drawn() -> None:
    drawn = re.findall(
        r"^[ │├└─]*(\w+)(?: {2,}\S|$)", (errors.__doc__ or "").partition("::")[2], re.MULTILINE
    )
    tree = [briefings.BriefingsError]
    for one in tree:
        tree += one.__subclasses__()
    assert sorted(name for name in drawn if hasattr(errors, name)) == sorted(
        one.__name__ for one in tree if one.__module__ == errors.__name__
    )


@pytest.mark.parametrize("name", ["load", "view", "render"])
def test_a_docstring_names_what_is_raised(name: str) -> None:
    said = inspect.getdoc(getattr(briefings, name)) or ""
    raised = re.findall(r"^ {4}(\w+): ", said.partition("Raises:\n")[2], re.MULTILINE)
    assert raised
    assert all(issubclass(getattr(briefings, error), briefings.BriefingsError) for error in raised)


def test_what_is_raised_is_what_the_docstrings_name(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("raised")
    long = YAML.replace("A strike was reported.", "It burned. " * 800)
    put(folder, {"brief.yaml": YAML, "long.yaml": long, "bad.yaml": "title: 1\n"})
    with pytest.raises(briefings.InvalidInput) as caught:
        briefings.load(folder / "bad.yaml")
    assert all(isinstance(problem, briefings.Problem) for problem in caught.value.problems)
    with pytest.raises(briefings.InvalidInput, match="no such file"):
        briefings.load("nothing.yaml")
    briefing = briefings.load(str(folder / "brief.yaml"), ["issue=8"])
    with pytest.raises(briefings.InvalidInput, match='unknown audience "x"'):
        briefings.view(briefing, "x")
    with pytest.raises(briefings.NothingToSay):
        briefings.view(briefing, "press")
    brief = briefings.view(briefing, "analyst")
    assert isinstance(brief, briefings.Brief)
    with pytest.raises(briefings.InvalidInput, match='unknown format "x"'):
        briefings.render(brief, "x")
    with pytest.raises(briefings.TooLong):
        briefings.render(briefings.view(briefings.load(folder / "long.yaml"), "executive"), "pdf")
    assert briefings.render(brief, "md").pages is None
