"""What is known of pages: some of many, the memory, for programs, the status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings.publish import briefs
from tests.commands import does, found
from tests.publishing import ALL, FIRE, FLOOD, TO, desk, fire, pages, planned, toml, wiki
from tests.rendering import put

if TYPE_CHECKING:
    from briefings.model import Briefing
    from briefings.publish.store import Site

__all__ = ["desk"]


# --- some of the briefings ----------------------------------------------------------------------


def test_one_briefing_is_published_and_listed_and_no_other() -> None:
    assert planned("data/2026-05-03-fire.yaml") == [
        f"create {name}" for name in (FIRE, "series-fire-brief", "Home", "_Sidebar")
    ]
    put(Path(), {"data/2026-05-03-fire.yaml": "no briefing"})
    assert planned("data/2026-04-01-flood.yaml") == [
        *(f"create {name}" for name in (FLOOD, "series-flood-brief")),
        *(
            f"keep   {name}: left as it is: another brief there is behind; publish all"
            for name in ("Home", "_Sidebar")
        ),
    ]
    put(Path(), {"data/2026-05-03-fire.yaml": fire()})
    assert planned("data/2026-04-01-flood.yaml") == [
        "update Home",
        "update _Sidebar",
        "keep   3 as they are",
    ]
    assert planned() == ["keep   6 as they are"]


def test_what_another_brief_says_next_is_not_told_before_it_is_published() -> None:
    planned()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(bluf="Not out yet.")})
    put(Path(), {"data/2026-04-01-flood.yaml": fire(title="High water")})
    planned("data/2026-04-01-flood.yaml")
    assert "Not out yet." not in "".join(pages().values())
    assert "# High water" in pages()[FLOOD]
    planned()
    assert "Not out yet." in pages()["Home"]
    assert "High water" in pages()["Home"]


# --- the memory ---------------------------------------------------------------------------------


def test_what_is_known_is_not_made_again_and_losing_it_costs_time_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planned()
    made = briefs.make
    monkeypatch.setattr(briefs, "make", lambda *_: pytest.fail("made again"))
    assert planned() == ["keep   6 as they are"]
    monkeypatch.setattr(briefs, "make", made)
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_text("[]")
    assert planned() == ["keep   6 as they are"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("data/register/all.yaml", "sides:\n  - {id: x, name: X}\n"),
        ("audiences/press.yaml", "extends: press\nreader: other\n"),
        ("templates/sections/claims.md.j2", "Other.\n"),
        ("briefings.toml", toml("# other")),
    ],
)
def test_what_a_page_is_made_of_is_looked_at(
    file: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned()
    made: list[str] = []
    make = briefs.make

    def counted(briefing: Briefing, audience: str, site: Site) -> briefs.Made:
        made.append(audience)
        return make(briefing, audience, site)

    monkeypatch.setattr(briefs, "make", counted)
    put(Path(), {file: text})
    planned()
    assert made == ["press", "press"]
    planned()
    assert len(made) == 2


def test_where_code_of_others_may_run_nothing_is_remembered(tmp_path: Path) -> None:
    put(Path(), {"briefings.toml": "trusted = true\n" + toml()})
    planned()
    assert not (tmp_path / "cache").exists()


# --- for programs; what stands there ------------------------------------------------------------


def test_the_plan_as_json() -> None:
    put(wiki(), {"Home.md": "# Mine\n"})
    ran = does(f"{TO} --json")
    steps = json.loads(ran.out)
    assert ran.code == 1
    assert [step["name"] for step in steps] == ALL
    home = next(step for step in steps if step["name"] == "Home")
    assert (home["step"], home["reason"]) == (
        "refuse",
        'it is no page of ours; index = "Briefings" in the target gives ours another name',
    )
    assert "-# Mine" in home["diff"]


def test_the_status_of_each_page() -> None:
    planned()
    ran = does("status")
    assert (ran.code, ran.out) == (0, "wiki\n  current  6 of 6\n")
    put(Path(), {"data/2026-05-03-fire.yaml": fire(version="2"), "data/new.yaml": fire()})
    Path("data/2026-04-01-flood.yaml").unlink()
    path = wiki() / "Home.md"
    path.write_text(path.read_text("utf-8") + "\nA remark.\n", "utf-8")
    ran = does("status --to wiki")
    assert ran.code == 1
    assert does("status --json").code == 1
    assert ran.lines == [
        "wiki",
        f"  behind   {FIRE}: version 1, as of 2026-05-03, stands there",
        "  missing  new.press",
        "  behind   series-fire-brief",
        "  edited   Home: somebody has edited it since it was published",
        "  behind   _Sidebar",
        f"  orphaned {FLOOD}: version 1, as of 2026-04-01, stands there",
        "  orphaned series-flood-brief",
        "  current  0 of 7",
    ]
    listed = json.loads(does("status --json").out)
    assert listed[0] == {
        "target": "wiki",
        "name": FIRE,
        "page": None,
        "state": "behind",
        "reason": None,
        "briefing": "2026-05-03-fire",
        "audience": "press",
        "version": "1",
        "as_of": "2026-05-03",
        "content": listed[0]["content"],
        "path": None,
    }


def test_status_tells_of_the_files_of_an_edited_page() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    planned()
    assert does("status").lines == ["wiki", "  current  8 of 8"]
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8") + "\nA remark.\n", "utf-8")
    edited = f"  edited   {FIRE}: somebody has edited it since it was published"
    assert does("status").lines == ["wiki", edited, "  current  7 of 8"]
    put(Path(), {"data/2026-05-03-fire.yaml": fire(bluf="It burned down.")})
    said = "its page was edited, and is left as it is"
    assert does("status").lines[1:3] == [f"  refused  {FIRE}.pdf: {said}", edited]
    before = (wiki() / f"{FIRE}.pdf").read_bytes()
    assert f"refuse {FIRE}.pdf: {said}" in does(TO).lines
    assert (wiki() / f"{FIRE}.pdf").read_bytes() == before


def test_status_writes_nothing_and_looks_at_every_target(desk: Path) -> None:
    other = toml().replace("targets.wiki", "targets.other").replace("../wiki", "../other")
    Path("../other").mkdir()
    put(Path(), {"briefings.toml": toml() + other})
    before = found(desk)
    assert does("status").lines[::8] == ["wiki", "other"]
    assert found(desk) == before
    assert list(wiki().iterdir()) == []
    more = toml().replace("targets.wiki", "targets.gone").replace("../wiki", "../gone")
    put(Path(), {"briefings.toml": toml() + more})
    ran = does("status")
    assert ran.code == 2
    assert "wiki" in ran.lines
    assert "gone: there is no such folder" in ran.err
    put(Path(), {"briefings.toml": ""})
    assert does("status").err.startswith("briefings.toml names no target")


def test_a_value_for_one_run_is_not_published() -> None:
    ran = does(f"{TO} --set title=Other")
    assert ran.code == 2
    assert "No such option: --set" in ran.err
    assert pages() == {}
