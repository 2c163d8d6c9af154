"""The README and CONTRIBUTING, held against the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import briefings
from briefings import build, workspace
from briefings.cli import app
from briefings.model.sections import SECTIONS
from briefings.workspace import DEFAULT_AUDIENCES
from briefings.writers import WRITERS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the README's first briefing in it."""
    (tmp_path / "harbour-fire.yaml").write_text(blocks("yaml")[0], "utf-8")
    return tmp_path


def test_the_first_briefing_is_sound_and_does_what_is_said_of_it(desk: Path) -> None:
    file = desk / "harbour-fire.yaml"
    assert build.problems([file]) == []
    plan = build.plan([file], [], ["md", "html"])
    assert not plan.refused
    assert {job.brief.audience for job in plan.jobs} == set(DEFAULT_AUDIENCES)
    for job in plan.jobs:
        data = briefings.render(job.brief, job.form).data
        assert (b"blast" in data) == (job.brief.audience != "press")
        assert (
            b"Silo 4 burned" in data.replace("\u00a0".encode(), b" ")
            or job.brief.audience == "executive"
        )


def test_the_audience_of_ones_own_works(desk: Path) -> None:
    (desk / "audiences").mkdir()
    (desk / "audiences" / "partners.yaml").write_text(blocks("yaml")[1], "utf-8")
    assert "For: Partners" in build.text(desk / "harbour-fire.yaml", "partners")


def test_the_python_works(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    names: dict[str, object] = {}
    exec(blocks("python")[0].replace('"pdf"', '"md"'), names)  # noqa: S102  # our own README
    assert str(names["pdf"], "utf-8").startswith("**TLP:GREEN**")  # type: ignore[call-overload]


def test_the_two_commands_of_the_first_screen_are_targets() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    said = re.findall(r"^make (\w+)", blocks("sh")[0], re.MULTILINE)
    assert said == ["brief", "test"]
    assert set(said) <= set(targets)
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_target_that_is_told_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    said = set(re.findall(r"\bmake ([a-z-]+)[`\n]", README + CONTRIBUTING + ci))
    assert {"test", "test-browser", "test-pictures", "test-verapdf", "pictures"} <= said
    assert said <= targets
    for proof in sorted(name for name in targets if name.startswith("test")):
        assert f"\nmake {proof}\n" in ci, "CI runs every proof"


def test_every_command_is_told() -> None:
    told = set(re.findall(r"^\| `briefings (\w+)", README, re.MULTILINE))
    commands = {
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback
    } | {group.name for group in app.registered_groups}
    assert told == commands


def test_every_picture_and_link_leads_to_a_file() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_table_of_readers_is_that_of_the_files() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (TLP:\w+) \|", README, re.MULTILINE))
    listed = {one.name: one.ceiling for one in workspace.audiences_of(ROOT)}
    assert rows == listed
    assert set(DEFAULT_AUDIENCES) == set(listed)


def test_what_is_to_be_touched_is_there() -> None:
    """Each path of the table exists, with ``x`` as one of those that are there."""
    rows = re.findall(r"^\| (an? [^|]+) \| ([^|]+) \|$", CONTRIBUTING, re.MULTILINE)
    assert len(rows) >= 7
    for _, touched in rows:
        for path in re.findall(r"`([\w./-]+/[\w.-]+)`", touched):
            assert list(ROOT.glob(re.sub(r"\bx\.", "*.", path))), path


def test_the_tables_of_the_code_say_what_the_folders_hold() -> None:
    ours = {path.name.removesuffix(".md.j2") for path in (ROOT / "templates/sections").glob("*.j2")}
    assert ours == set(SECTIONS)
    for module in WRITERS.values():
        assert (ROOT / (module.replace(".", "/") + ".py")).is_file()


def test_a_section_touches_what_is_said(tmp_path: Path) -> None:
    """A theme, a template and an audience of one's own need their one file and nothing else."""
    shutil.copy(ROOT / "data/briefings/2025-03-14-riverbend-flood.yaml", tmp_path / "flood.yaml")
    for folder, name, text in (
        ("templates/themes", "plain.css", "h1 { color: red }"),
        ("templates/sections", "gaps.md.j2", "Nothing but this.\n"),
        ("audiences", "short.yaml", "extends: press\ntheme: plain\nsections: [gaps]\n"),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_text(text, "utf-8")
    briefing = briefings.load(tmp_path / "flood.yaml", ["id=flood"])
    html = briefings.render(briefings.view(briefing, "short"), "html").data.decode()
    assert "Nothing but\u00a0this." in html
    assert "h1 { color: red }" in html


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in text or f"## [{briefings.__version__}]" in text
