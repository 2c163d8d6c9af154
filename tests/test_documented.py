"""Every command and every file that the README and docs/ show is run, and says what is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from briefings import audience, scaffold
from briefings.audience import Audience
from briefings.model.sections import SECTIONS
from briefings.workspace import DEFAULT_AUDIENCES
from scripts import commands, site
from tests import documented
from tests.documented import Block, Desk, alike, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = {str(page.relative_to(documented.ROOT)): page for page in documented.PAGES}
LOOKED_AT = (*documented.SHOWN, "indented")
RUN = [name for name in PAGES if {b.language for b in blocks(PAGES[name])} - {*LOOKED_AT}]


@pytest.mark.parametrize("name", PAGES)
def test_every_block_is_of_a_kind_that_is_looked_at(name: str) -> None:
    known = (*documented.COMMANDS, *documented.FILES, *documented.SHOWN, "python", "indented")
    for block in blocks(PAGES[name]):
        assert block.language in known, f"{name}:{block.line}"
        assert not block.left_out or block.left_out in documented.REASONS, f"{name}:{block.line}"
        assert (
            "briefings " not in block.text
            or block.language not in ("indented", "text")
            or (name == "docs/commands.md")
        ), f"{name}:{block.line}: a command that nobody runs"


@pytest.mark.slow
@pytest.mark.parametrize("name", RUN)
def test_what_a_page_says_is_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    desk = Desk(tmp_path / "desk", tmp_path)
    for block in blocks(PAGES[name]):
        _done(desk, block, f"{name}:{block.line}")
    _sound(desk, name)


def _done(desk: Desk, block: Block, where: str) -> None:
    if block.left_out:
        return
    if block.quoted:
        assert block.text in (documented.ROOT / block.quoted).read_text("utf-8"), where
    elif block.language in documented.FILES:
        desk.save(block)
    elif block.language == "sh":
        code, said = desk.run(block.text)
        assert code == 0, f"{where}\n{said}"
    elif block.language == "python":
        code, said = desk.python(block.text)
        assert code == 0, f"{where}\n{said}"
    elif block.language == "console":
        for command, wanted in documented.commands(block.text):
            said = desk.run(command)[1]
            assert alike(said, wanted), f"{where}: {command}\n{said}"


def _sound(desk: Desk, name: str) -> None:
    """Each file is right in the end, whatever mistake was shown on the way."""
    for path in dict.fromkeys(desk.saved):
        parts = path.relative_to(desk.root).parts
        if "templates" in parts or "audiences" in parts:
            above = path.parents[1 if "audiences" in parts else parts[::-1].index("templates")]
            code, said = desk.run(f"briefings check --templates {above}")
        elif "register" in parts or path.suffix == ".toml":
            code, said = desk.run(f"cd {path.parent} && briefings check")
        else:
            code, said = desk.run(f"briefings check {path}")
        assert code == 0, f"{name}: {path}\n{said}"


def test_a_block_that_is_wrong_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "Save this as `a.yaml`:\n\n```yaml\ntitle: x\n```\n\nText.\n\n"
        "<!-- not run: opens a browser -->\n```sh\nfirefox\n```\n\n"
        "Add it to `a.yaml`, below the title:\n\n```yaml\nbluf: y\n```\n\n"
        "```console\n$ cat a.yaml\ntitle: x\n...\n$ false\n$ echo 1; exit 3\n1\n```\n",
        "utf-8",
    )
    first, second, third, fourth = blocks(page)
    assert (first.file, first.added, second.left_out) == ("a.yaml", False, "opens a browser")
    assert (third.file, third.added, fourth.left_out) == ("a.yaml", True, "")
    (tmp_path / "desk").mkdir()
    desk = Desk(tmp_path / "desk", tmp_path)
    for block in (first, second, third, fourth):
        _done(desk, block, "page")
    for language, text in (
        ("console", "$ cat a.yaml\ntitle: z\n...\n"),
        ("console", "$ cat a.yaml\n"),
        ("console", "$ true\nmore\n"),
        ("sh", "false\ntrue\n"),
        ("sh", "briefings check a.yaml\n"),
        ("python", "1 / 0"),
        ("yaml", "title: x"),
    ):
        with pytest.raises(AssertionError):
            _done(desk, Block(language, text, 1), "page")
    with pytest.raises(AssertionError):
        _done(desk, Block("yaml", "title: x", 1, quoted="mkdocs.yml"), "page")
    _done(desk, Block("yaml", "site_name: briefings\n", 1, quoted="mkdocs.yml"), "page")
    with pytest.raises(AssertionError):
        _sound(desk, "page")


@pytest.mark.parametrize(
    ("said", "wanted", "same"),
    [
        ("", "", True),
        ("a\n", "a\n", True),
        ("a  \n", "a\n\n", True),
        ("a\nb\nc\n", "a\n...\nc\n", True),
        ("a\nc\n", "a\n...\nc\n", True),
        ("a\nb\nc\n", "a\n...\nd\n", False),
        ("a\n", "", False),
        ("", "a\n", False),
        ("ab\n", "a\n", False),
    ],
)
def test_what_is_said_is_held_against_what_is_shown(said: str, wanted: str, *, same: bool) -> None:
    assert alike(said, wanted) is same


# The site


def test_each_page_has_its_place_in_the_site() -> None:
    told = yaml.safe_load((documented.ROOT / "mkdocs.yml").read_text("utf-8"))
    found = set(_files(told["nav"]))
    docs = documented.ROOT / "docs"
    assert found == {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    assert told["validation"]["links"].items() >= {"not_found": "warn", "anchors": "warn"}.items()


def _files(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for inner in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _files(inner)


@pytest.mark.parametrize(
    ("name", "text", "away"),
    [
        ("a.html", '<a href="https://example.org/">x</a> url(https://example.org/a)', ""),
        ("a.html", '<script src="js/a.js"></script><img src="a.png">', ""),
        ("a.html", '<script async src="https://example.org/a.js"></script>', "https"),
        ("a.html", "<img alt='x' src='//example.org/a.png'>", "//"),
        ("a.html", '<link rel="stylesheet" href="https://example.org/a.css">', "https"),
        ("a.html", '<link rel="canonical" href="https://example.org/">', ""),
        ("a.html", "<style>@import 'https://example.org/a.css'</style>", "https"),
        ("a.css", "h1 { background: url(https://example.org/a.png) }", "https"),
        ("a.css", "h1 { background: url(a.png) }", ""),
    ],
)
def test_what_a_site_fetches_is_found(name: str, text: str, away: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = site.fetched(tmp_path)
    assert [one.startswith(f"{name}: {away}") for one in found] == [True] * bool(away)


# What a page tells in full


def test_the_page_of_commands_is_made_of_the_program(*, rewrite: bool) -> None:
    if rewrite:
        commands.DOC.write_text(commands.page(), "utf-8")
    assert commands.DOC.read_text("utf-8") == commands.page()


def test_the_page_of_audiences_tells_every_key() -> None:
    text = PAGES["docs/audiences.md"].read_text("utf-8")
    told = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert told == [*Audience.model_fields, *SECTIONS, *DEFAULT_AUDIENCES]
    assert set(scaffold.MEANING) < set(Audience.model_fields)
    assert all(f"`{key}`" in text for key in audience.sections.KEYS)
