"""Templates that fail well: every mistake in one pass, at its line, with the nearest name."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from briefings import survey
from briefings.model.base import shape
from briefings.model.extracts import STATED
from briefings.model.sections import keys
from briefings.resources import Shelf, shipped
from briefings.survey import reference
from briefings.survey.specimens import SPECIMENS, readers, specimen
from briefings.survey.told import TAGS
from briefings.templating import problems, schema
from tests.commands import run
from tests.made import reached
from tests.rendering import put

if TYPE_CHECKING:
    from briefings.model.base import Model

ROOT = Path(__file__).parents[1]
MISTAKES = sorted((ROOT / "tests" / "mistakes").glob("*.txt"))
DOC = ROOT / "docs" / "templates.md"
ONE = {"template": 1, "theme": 0, "audience": 0}


def said(folder: Path) -> str:
    found, _ = survey.problems([folder])
    own, ours = f"{folder.resolve()}/", f"{ROOT}/"
    return "\n".join(str(p).replace(own, "").replace(ours, "") for p in found)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda path: path.stem)
def test_each_kind_of_mistake_is_told(case: Path, tmp_path: Path, *, rewrite: bool) -> None:
    given, _, wanted = case.read_text("utf-8").partition("-- said\n")
    parts = re.split(r"^== (.*)\n", given, flags=re.MULTILINE)
    put(tmp_path, dict(zip(parts[1::2], parts[2::2], strict=True)))
    found = said(tmp_path) + "\n"
    if rewrite:
        case.write_text(f"{given}-- said\n{found}", "utf-8")
        wanted = found
    assert found.strip(), "nothing was found"
    assert found == wanted


def test_ours_are_sound_as_ones_own(tmp_path: Path) -> None:
    shutil.copytree(shipped("templates"), tmp_path / "templates")
    shutil.copytree(shipped("data") / "audiences", tmp_path / "audiences")
    found, read = survey.problems([tmp_path])
    assert found == []
    assert read == {
        "template": len(list(shipped("templates").rglob("*.j2"))),
        "theme": len(list(shipped("templates").rglob("*.css"))),
        "audience": len(list((shipped("data") / "audiences").glob("*.yaml"))),
    }


def test_a_brief_of_the_readme_is_sound(tmp_path: Path) -> None:
    block = re.search(r"^```jinja\n(.*?)^```", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert block
    put(tmp_path, {"templates/sections/gaps.md.j2": block[1]})
    assert survey.problems([tmp_path]) == ([], ONE)


def test_the_command_tells_them(tmp_path: Path) -> None:
    put(tmp_path, {"templates/sections/gaps.md.j2": "\n{{ docment }}\n{{ document.titel }}"})
    ran = run("check", "--templates", tmp_path)
    assert ran.code == 2
    first, line, second, _ = ran.err.splitlines()
    assert first.endswith('gaps.md.j2:2: there is no "docment"; did you mean "document"?')
    assert line == "  2 | {{ docment }}"
    assert second.endswith('gaps.md.j2:3: "document" has no "titel"; did you mean "title"?')
    ran = run("check", "--templates", "--json", tmp_path)
    assert ran.code == 2
    assert [problem["line"] for problem in json.loads(ran.out)] == [2, 3]


def test_the_command_says_when_all_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"templates/sections/gaps.md.j2": "Nothing.\n", "brief.yaml": ""})
    for what in (tmp_path, tmp_path / "brief.yaml"):
        ran = run("check", "--templates", what)
        assert (ran.code, ran.out, ran.err) == (0, "1 template is sound\n", "")
    monkeypatch.chdir(tmp_path)
    assert run("check", "--templates").out == "1 template is sound\n"
    assert json.loads(run("check", "--templates", "--json").out) == []
    reader = "extends: press\ntheme: dusk\n"
    put(tmp_path, {"templates/themes/dusk.css": "", "audiences/dusk.yaml": reader})
    put(tmp_path, {"audiences/dawn.yaml": reader})
    assert run("check", "--templates").out == "1 template, 1 theme and 2 audiences are sound\n"
    shutil.rmtree("templates")
    shutil.rmtree("audiences")
    said = "there is no template, no theme, no audience of your own here\n"
    assert run("check", "--templates").out == said


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--templates", "nowhere"), "nowhere: there is no such file or folder"),
        (("--templates", "--set", "issue=1"), "--templates goes with neither"),
        ((), "name a FILE: there is no briefings.toml here or above"),
    ],
)
def test_a_wrong_call_is_a_sentence(arguments: tuple[str, ...], what: str) -> None:
    ran = run("check", *arguments)
    assert ran.code == 2
    assert what in ran.err


# The specimens


@pytest.mark.parametrize("kind", schema.models())
def test_the_fullest_has_every_field(kind: str) -> None:
    model = schema.models()[kind]
    data: dict[str, Any] = yaml.safe_load(
        (shipped("data") / "specimens" / "fullest.yaml").read_text("utf-8")
    )
    parts = _parts(data, model)
    for name in model.model_fields:
        if name not in STATED:
            assert any(isinstance(p, dict) and p.get(name) is not None for p in parts), name


def _parts(data: dict[str, Any], wanted: type[Model]) -> list[Any]:
    from briefings.model.briefing import Author

    waiting = [(model, data[key]) for key, model in [*keys().items(), ("authors", Author)]]
    found = []
    for model, value in waiting:
        for part in value if isinstance(value, list) else [value]:
            found += [part] if model is wanted else []
            nested = shape(model).nested.items() if isinstance(part, dict) else ()
            waiting += [(n.model, part[name]) for name, n in nested if name in part]
    return found


@pytest.mark.parametrize("which", SPECIMENS)
@pytest.mark.parametrize("sourcing", ["annex", "none"])
def test_the_schema_is_that_of_the_document(which: str, sourcing: str) -> None:
    made = specimen(which, readers(Shelf())[sourcing], "reader", Shelf())
    known = schema.kinds()
    seen = set()
    for view in reached(made):
        if type(view).__name__ == "View":
            assert set(dir(view)) == set(known[view.kind]), view.kind  # type: ignore[attr-defined]
            seen.add(view.kind)  # type: ignore[attr-defined]
    if (which, sourcing) == ("fullest", "annex"):
        assert seen == set(known)
    assert set(schema.document()) >= set(made.__dataclass_fields__)
    wanted = set(schema.portions()) - {"sides"} - ({"sources"} if sourcing == "none" else set())
    assert {key for key, views in made.parts.items() if views} >= wanted


# The reference


def test_the_page_is_made_of_the_code(*, rewrite: bool) -> None:
    if rewrite:
        DOC.write_text(reference.page(), "utf-8")
    assert DOC.read_text("utf-8") == reference.page()


def test_the_page_knows_each_tag() -> None:
    opening = {tag for tag in problems.TAGS if not tag.startswith("e") or tag == "extends"}
    assert set(TAGS) == opening


def test_everything_has_a_sentence() -> None:
    assert [entry.name for entry in reference.entries() if not entry.says.strip()] == []


def test_the_command_tells_one_name_and_all() -> None:
    ran = run("reference", "event")
    assert ran.code == 0
    assert ran.lines[0] == "event (part)"
    assert "  `date`: term" in ran.lines
    assert len(run("reference").lines) == len(reference.entries())
    assert {e["group"] for e in json.loads(run("reference", "--json").out)} == set(reference.GROUPS)
    ran = run("reference", "evnt")
    assert ran.code == 2
    assert ran.err == 'unknown name "evnt"; did you mean "event"?\n'
    for file in ("sections/chain.md.j2", "templates/figures/chain.md.j2"):
        assert run("reference", file).out == run("reference", "chain").out
    said = 'unknown name "zzzz"; briefings reference lists all there are\n'
    assert run("reference", "zzzz").err == said
    assert run("reference", "marked").lines[0] == "marked(part, whole=none) (macro)"


def test_what_is_told_works(tmp_path: Path) -> None:
    """Each name, filter, test, macro and figure of the page is one that templates know."""
    by_group: dict[str, list[str]] = {}
    for entry in reference.entries():
        by_group.setdefault(entry.group, []).append(entry.name.partition("(")[0])
    macros = ", ".join(by_group["macro"])
    lines = [f'{{% from "parts.md.j2" import {macros} with context %}}']
    lines += [f"{{% set x = '' | {name} %}}" for name in by_group["filter"]]
    lines += [f"{{% set x = {name} %}}" for name in by_group["function"] + by_group["name"]]
    lines += [f"{{% set x = document.{name} %}}" for name in by_group["document"]]
    lines += [f'{{{{ figure("{name}") if false }}}}' for name in by_group["figure"]]
    put(tmp_path, {"templates/odd.md.j2": "\n".join(lines)})
    assert survey.problems([tmp_path]) == ([], ONE)
