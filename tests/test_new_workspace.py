"""``briefings init``: the workspace that it makes is sound, and none is made over another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefings import build, pipeline, schema, source
from briefings.settings import Settings
from briefings.source import toml
from tests.commands import does, found, settle
from tests.rendering import put
from tests.schemas import refused

FIRST = "2026-05-03-mill-bridge"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    assert does("init .").code == 0
    return tmp_path


def read(name: str) -> str:
    return Path(name).read_text("utf-8")


def test_a_new_workspace_is_sound_and_renders(folder: Path) -> None:
    assert does("check").out == "1 briefing is sound\n"
    ran = does("render")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        f"out/{FIRST}.{name}.{form}"
        for name in ("executive", "neighbours")
        for form in ("pdf", "md")
    ]
    assert does("render -a analyst -a press -t html").code == 0
    assert does("templates --diff").code == 0
    assert found(folder / "out")


def test_its_first_briefing_withholds_what_it_says_it_does() -> None:
    names = ("neighbours", "executive")
    neighbours, executive = (build.text(Path(f"data/{FIRST}.yaml"), name) for name in names)
    assert "steel is not in stock" in executive
    assert "Likely" in executive
    for withheld in ("July", "stock", "AMBER", "nine weeks"):
        assert withheld not in neighbours


def test_its_register_is_used_and_laid_over() -> None:
    briefing = pipeline.load(f"data/{FIRST}.yaml")
    names = {str(getattr(one, "id", "")) for one in briefing.portions("actors")}
    assert names == {"teacher", "council", "engineers", "buses", "traders"}
    text = build.text(Path(f"data/{FIRST}.yaml"), "analyst")
    assert "Notice 31" in text
    assert "Larkfield Gazette" in text


def test_every_file_teaches(folder: Path) -> None:
    for name in found(folder):
        if Path(name).is_file() and Path(name).suffix in (".yaml", ".toml", ".css"):
            assert read(name).startswith(("#", "/*")), name
            assert read(name).count("# ") > 1 or name.endswith(".css"), name


def test_every_file_says_which_schema_an_editor_finds_beside_it(folder: Path) -> None:
    """Those of ``init``, and those of ``new`` though an older workspace has no schemas."""
    for path in (folder / schema.FOLDER).iterdir():
        path.unlink()
    for command in ("briefing 2026-06-01-ferry", "audience council"):
        assert does(f"new {command}").code == 0
    named = set()
    for name in found(folder):
        if (path := Path(name)).suffix in (".yaml", ".toml"):
            first = read(name).partition("\n")[0]
            where = re.fullmatch(r"(?:# yaml-language-server: \$schema=|#:schema )(\S+)", first)
            assert where, name
            target = (path.parent / where[1]).resolve()
            assert target.is_file(), name
            named.add(target.stem)
            read_as = toml.parse if path.suffix == ".toml" else source.parse
            data = json.loads(json.dumps(read_as(path.read_bytes(), name).data))
            assert refused(json.loads(target.read_text("utf-8")), data) == "", name
    assert named == {"briefing", "audience", "register", "workspace"}
    assert {path.stem for path in (folder / schema.FOLDER).iterdir()} == set(schema.KINDS)


def test_each_command_that_its_readme_tells_works() -> None:
    commands = re.findall(r"^    briefings (.+?)(?:  +#.*)?$", read("README.md"), re.MULTILINE)
    assert len(commands) == 8
    toml = uncommented(read("briefings.toml")).replace('kind = "git"', 'kind = "folder"')
    Path("briefings.toml").write_text(toml)
    Path("../wiki").mkdir(exist_ok=True)
    for command in commands:
        assert does(command).code == 0, command
    assert does("check").out == "2 briefings are sound\n"


def test_the_keys_that_stand_in_its_toml_are_those_there_are() -> None:
    text = read("briefings.toml")
    of_all, _, of_a_target = text.partition("[targets.wiki]")
    told = set(re.findall(r"^(?:# )?(\w+) = ", of_all, re.MULTILINE))
    assert told == set(Settings.model_fields) - {"trusted", "targets"}
    assert "kind = " in of_a_target
    Path("briefings.toml").write_text(uncommented(text))
    assert does("check").code == 0


def uncommented(toml: str) -> str:
    """Return it with the keys that stand in comments put in force."""
    return re.sub(r"^# (\w+ = |\[targets)", r"\1", toml, flags=re.MULTILINE)


def test_a_workspace_is_not_made_over_another(folder: Path) -> None:
    Path("briefings.toml").write_text("paper = 'letter'\n")
    before = {name: Path(name).read_bytes() for name in found(folder) if Path(name).is_file()}
    ran = does("init .")
    assert ran.code == 2
    assert "briefings.toml: it is there already; --force writes over it" in ran.err.splitlines()
    assert len(ran.err.splitlines()) == len(before)
    assert {name: Path(name).read_bytes() for name in before} == before
    assert does("init . --force").code == 0
    assert "letter" not in read("briefings.toml").replace("A4, letter, or", "")


def test_one_file_that_is_there_keeps_all_others_away(folder: Path) -> None:
    put(folder, {"new/README.md": "mine"})
    assert does("init new").code == 2
    assert found(folder / "new") == ["README.md"]


def test_a_workspace_in_a_file_is_a_sentence() -> None:
    assert "a folder is expected" in does("init README.md").err
