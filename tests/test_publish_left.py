"""What is left over where pages are published: removed when asked, moved to a new name."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from briefings.errors import Refused
from briefings.publish import marker
from briefings.publish.applying import apply
from briefings.publish.compare import Standing
from briefings.publish.steps import Step, Want
from briefings.publish.store import Found
from tests.commands import does
from tests.publishing import ALL, FIRE, FLOOD, TO, desk, fire, pages, planned, toml, wiki
from tests.rendering import put

if TYPE_CHECKING:
    from briefings.publish.store import Store, Wanted

__all__ = ["desk"]


# --- what is left over --------------------------------------------------------------------------


def test_what_nobody_wants_any_more_is_removed_only_when_that_is_asked() -> None:
    planned()
    Path("data/2026-05-03-fire.yaml").unlink()
    put(wiki(), {"Mine.md": "# Mine\n", "notes.txt": "mine"})
    assert planned() == [
        "update Home",
        "update _Sidebar",
        f"orphan {FIRE}",
        "orphan series-fire-brief",
        "keep   2 as they are",
    ]
    assert FIRE in pages()
    assert planned("--remove")[:2] == [f"remove {FIRE}", "remove series-fire-brief"]
    assert sorted(pages()) == [FLOOD, "Home", "Mine", "_Sidebar", "series-flood-brief"]
    assert (wiki() / "notes.txt").exists()


def test_an_edited_page_is_not_removed_either() -> None:
    planned()
    Path("data/2026-05-03-fire.yaml").unlink()
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8") + "\nA remark.\n", "utf-8")
    ran = does(f"{TO} --remove")
    assert ran.code == 1
    assert f"refuse {FIRE}: somebody has edited it since it was published" in ran.lines
    assert does(f"{TO} --remove --overwrite {FIRE}").code == 0
    assert FIRE not in pages()


def test_of_what_is_left_over_and_was_edited_both_are_told_before_anybody_removes_it() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    planned()
    Path("data/2026-05-03-fire.yaml").unlink()
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8") + "\nA remark.\n", "utf-8")
    (wiki() / f"{FIRE}.pdf").write_text("mine", "utf-8")
    said = "somebody has edited it since it was published"
    file = f"{FIRE}.pdf: {said} ({wiki().resolve() / FIRE}.pdf)"
    lines = planned()
    assert {f"orphan {FIRE}: {said}", f"orphan {file}"} <= {*lines}
    assert "orphan series-fire-brief" in lines
    told = does("status").lines
    assert {f"  orphaned {FIRE}: {said}", f"  orphaned {file}"} <= {*told}
    assert f"orphan {FIRE}" in planned("--overwrite", FIRE)


def test_a_file_whose_page_was_edited_stays_and_nobody_says_that_it_would_go() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    planned()
    Path("data/2026-05-03-fire.yaml").unlink()
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8") + "\nA remark.\n", "utf-8")
    stays = f"orphan {FIRE}.pdf: its page was edited, and is left as it is"
    assert any(line.startswith(stays) for line in planned())
    lines = planned("--remove")
    assert any(line.startswith(f"orphan {FIRE}.pdf: its page stays") for line in lines)
    assert any(stays.replace("orphan", "orphaned", 1) in line for line in does("status").lines)
    assert does(f"{TO} --remove --overwrite {FIRE}").code == 0
    assert not (wiki() / f"{FIRE}.pdf").exists()


# --- a briefing that has another id -------------------------------------------------------------


def renamed() -> None:
    planned()
    Path("data/2026-05-03-fire.yaml").unlink()
    put(Path(), {"data/2026-05-03-blaze.yaml": fire(formerly="[2026-05-03-fire]")})


def test_what_leads_to_an_old_id_leads_to_the_new_one() -> None:
    renamed()
    assert planned() == [
        f"rename {FIRE} -> 2026-05-03-blaze.press",
        *(f"update {name}" for name in ("series-fire-brief", "Home", "_Sidebar")),
        "keep   2 as they are",
    ]
    assert "This page has moved to [[A fire|2026-05-03-blaze.press]]." in pages()[FIRE]
    assert "# A fire (moved)\n" in pages()[FIRE]  # a site calls a page by its heading
    assert pages()[FIRE].count("**TLP:CLEAR**") == 2
    assert "|2026-05-03-blaze.press]]" in pages()["Home"]
    assert FIRE not in pages()["Home"]
    assert planned() == ["keep   7 as they are"]
    put(Path(), {"data/2026-05-03-blaze.yaml": fire(formerly="[2026-05-03-fire]", title="New")})
    assert f"update {FIRE}" in planned()
    put(Path(), {"data/2026-05-03-blaze.yaml": fire(title="New")})
    assert planned() == [f"orphan {FIRE}", "keep   6 as they are"]


def test_an_old_page_that_was_edited_does_not_move() -> None:
    renamed()
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8").replace("burned", "x"), "utf-8")
    ran = does(TO)
    assert ran.code == 1
    assert f"refuse {FIRE}: somebody has edited it since it was published" in ran.lines
    assert "create 2026-05-03-blaze.press" in ran.lines
    changed = [line.strip() for line in ran.lines if line.strip().startswith(("-", "+"))]
    assert any("burned" in line for line in changed if line[0] == "+"), "what was changed"
    assert not any("has moved" in line for line in changed)
    assert does(f"{TO} --overwrite {FIRE}").code == 0
    assert "This page has moved to" in pages()[FIRE]


def test_of_what_leads_on_an_edit_is_shown_and_not_the_brief() -> None:
    renamed()
    planned()
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8") + "A remark.\n", "utf-8")
    ran = does(TO)
    assert f"refuse {FIRE}: somebody has edited it since it was published" in ran.lines
    lines = [line.strip() for line in ran.lines if line.startswith("       ")]
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++")]
    assert changed == ["-A remark."]
    assert does(f"{TO} --overwrite {FIRE}").code == 0
    assert pages()[FIRE].count("This page has moved to") == 1
    assert "A remark." not in pages()[FIRE]


def test_what_leads_to_a_page_that_was_edited_stays() -> None:
    renamed()
    planned()
    path = wiki() / "2026-05-03-blaze.press.md"
    path.write_text(path.read_text("utf-8").replace("burned", "x"), "utf-8")
    refused = f"refuse {path.stem}: somebody has edited it since it was published"
    assert planned("--remove") == [refused, "keep   6 as they are"]
    assert "This page has moved to" in pages()[FIRE]


def test_an_old_page_stays_while_somebody_else_has_the_new_one() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    renamed()
    put(wiki(), {"2026-05-03-blaze.press.md": "# Mine\n"})
    lines = planned("--remove")
    assert f"keep   {FIRE}: left as it is while 2026-05-03-blaze.press is refused" in lines
    assert "refuse 2026-05-03-blaze.press: it is no page of ours" in lines
    assert not any(line.startswith(f"remove {FIRE}") for line in lines), lines
    assert "burned" in pages()[FIRE]
    assert (wiki() / f"{FIRE}.pdf").exists()


def test_an_old_page_of_somebody_else_is_left_alone() -> None:
    put(Path(), {"data/2026-05-03-fire.yaml": fire(formerly="[old]")})
    put(wiki(), {"old.press.md": "# Mine\n"})
    assert planned() == [f"create {name}" for name in ALL]
    assert pages()["old.press"] == "# Mine\n"


def test_an_id_that_another_briefing_has_now_does_not_lead_away() -> None:
    put(Path(), {"data/2026-05-03-fire.yaml": fire(formerly="[2026-04-01-flood]")})
    assert planned() == [f"create {name}" for name in ALL]
    assert planned() == ["keep   6 as they are"]


@pytest.mark.parametrize(("old", "new"), [("fire", "flood"), ("flood", "fire")])
def test_the_page_of_a_briefing_that_there_is_never_leads_away(old: str, new: str) -> None:
    ids = {"fire": "2026-05-03-fire", "flood": "2026-04-01-flood"}
    planned()
    put(Path(), {f"data/{ids[new]}.yaml": fire(formerly=f"[{ids[old]}]", title="Another")})
    lines = planned()
    assert not [line for line in lines if "rename" in line or line == f"update {ids[old]}.press"]
    assert "has moved" not in pages()[f"{ids[old]}.press"]
    assert planned()[-1].startswith("keep")
    assert "has moved" not in pages()[f"{ids[old]}.press"]


@pytest.mark.parametrize("name", [FIRE, "Home", "_Sidebar", "series-fire-brief"])
def test_a_copy_of_a_page_under_another_name_is_not_removed(name: str) -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    planned()
    put(wiki(), {"Mine.md": pages()[name], "Mine.pdf": "mine"})
    shutil.copy(wiki() / f"{FIRE}.pdf", wiki() / "Mine.pdf")
    assert planned("--remove") == [
        "keep   Mine: it is a copy of a page of ours, and left as it is",
        "keep   8 as they are",
    ]
    assert {"Mine.md", "Mine.pdf"} <= {path.name for path in wiki().iterdir()}


def test_an_index_that_has_another_name_now_is_removed() -> None:
    put(Path(), {"briefings.toml": toml('index = "Briefs"')})
    planned()
    put(Path(), {"briefings.toml": toml('index = "All"')})
    assert "remove Briefs" in planned("--remove")
    assert "Briefs" not in pages()


# --- files beside a page ------------------------------------------------------------------------


def test_the_pdf_lies_beside_its_page() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    Path("data/2026-04-01-flood.yaml").unlink()
    lines = planned()
    assert lines[:2] == [f"create {FIRE}.pdf", f"create {FIRE}"]
    assert "· [PDF](2026-05-03-fire.press.pdf)" in pages()[FIRE]
    file = wiki() / f"{FIRE}.pdf"
    read = marker.read(pages()[FIRE])
    assert read
    assert read.marker.files == {"pdf": marker.digits(file.read_bytes())}
    assert planned() == ["keep   5 as they are"]
    put(Path(), {"data/2026-05-03-fire.yaml": fire(title="A blaze")})
    assert planned()[:2] == [f"update {FIRE}.pdf", f"update {FIRE}"]


def test_a_pdf_that_is_no_longer_wanted_is_removed_with_its_page() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    Path("data/2026-04-01-flood.yaml").unlink()
    planned()
    put(Path(), {"data/2026-05-01-other.yaml": fire()})
    Path("data/2026-05-03-fire.yaml").unlink()
    assert [f"remove {FIRE}.pdf", f"remove {FIRE}"] == [
        line for line in planned("--remove") if "remove" in line
    ]
    assert sorted(p.name for p in wiki().glob("*.pdf")) == ["2026-05-01-other.press.pdf"]


@pytest.mark.parametrize(
    "more",
    [
        {"toml": 'pdf = true\nceiling = "TLP:CLEAR"'},
        {"toml": 'pdf = true\nceiling = "TLP:GREEN"', "marking": "TLP:AMBER"},
    ],
)
def test_with_a_page_that_is_above_the_ceiling_now_its_pdf_is_removed(more: dict[str, str]) -> None:
    green = toml('pdf = true\nceiling = "TLP:GREEN"').replace("press", "analyst")
    put(Path(), {"briefings.toml": green, "data/2026-05-03-fire.yaml": fire(marking="TLP:GREEN")})
    Path("data/2026-04-01-flood.yaml").unlink()
    planned()
    assert len(list(wiki().glob("2026*"))) == 2
    put(Path(), {"briefings.toml": toml(more["toml"]).replace("press", "analyst")})
    put(Path(), {"data/2026-05-03-fire.yaml": fire(marking=more.get("marking", "TLP:GREEN"))})
    ran = does(f"{TO} --remove")
    assert ran.code == 1  # the brief is refused
    assert f"remove {FIRE.replace('press', 'analyst')}.pdf" in ran.lines
    assert "stays" not in ran.out
    assert list(wiki().glob("2026*")) == []


def test_a_page_stays_while_a_file_of_it_cannot_be_removed() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    Path("data/2026-04-01-flood.yaml").unlink()
    planned()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(audiences="[executive]")})
    put(wiki(), {f"{FIRE}.pdf": "mine"})
    ran = does(f"{TO} --remove")
    assert ran.code == 1
    assert f"refuse {FIRE}: its file {FIRE}.pdf stays" in ran.lines
    assert FIRE in pages()
    assert does(f"{TO} --remove --overwrite {FIRE}.pdf").code == 0
    assert list(wiki().glob("2026*")) == []


def test_a_file_of_somebody_else_is_never_written_over() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    put(wiki(), {f"{FIRE}.pdf": "mine"})
    ran = does(TO)
    assert ran.code == 1
    assert f"refuse {FIRE}.pdf: it is not the file that was published" in ran.lines
    assert (wiki() / f"{FIRE}.pdf").read_text("utf-8") == "mine"
    assert does(f"{TO} --overwrite {FIRE}.pdf").code == 0
    assert (wiki() / f"{FIRE}.pdf").read_bytes().startswith(b"%PDF")


class Keeping:
    """A store that lets no file go while a page shows it, and says what it is told to do."""

    keeps_what_is_shown = True

    def __init__(self, stays: str = "") -> None:
        self.stays = stays
        self.done: list[str] = []
        self.message = ""

    def remove(self, found: Found) -> None:
        if found.name == self.stays:
            raise Refused("another page leads to it")
        self.done.append(f"remove {found.name}")

    def write(self, wanted: Wanted, over: Found | None) -> None:
        assert over is None
        self.done.append(f"write {wanted.name}: {wanted.data.decode()}")

    def finish(self, message: str, pages: object, files: object) -> None:
        assert (pages, files) == ([], {})
        self.message = message


def gone() -> list[Step]:
    """Return the plan for a page that is removed with two files."""
    names = ["fire.press.pdf", "fire.press.map.svg"]
    files = [Found(name, "1", bytes, "fire.press") for name in names]
    page = Found("fire.press", "1", lambda: b"its text")
    steps = [Step("remove", file.name, file.page, over=file) for file in files]
    return [*steps, Step("remove", page.name, over=page)]


def test_where_a_page_goes_before_its_files_the_steps_are_told_as_they_were_planned() -> None:
    store, told, planned = Keeping(), [], gone()
    done = apply(cast("Store", store), planned, lambda *one: told.append(one))
    assert done == planned  # or the plan would be printed once more
    names = ["fire.press", "fire.press.pdf", "fire.press.map.svg"]
    assert store.done == [f"remove {name}" for name in names]
    assert told == [(number, 3, name) for number, name in enumerate(names, 1)]
    assert store.message.startswith("Remove fire.press.pdf and 2 more")


def test_a_page_that_went_before_a_file_that_stays_is_given_back() -> None:
    store = Keeping("fire.press.pdf")
    done = apply(cast("Store", store), gone(), lambda *_: None)
    assert [(step.what, step.name, step.reason) for step in done] == [
        ("refuse", "fire.press.pdf", "another page leads to it"),
        ("remove", "fire.press.map.svg", ""),
        ("refuse", "fire.press", "its file fire.press.pdf stays"),
    ]
    assert store.done[-1] == "write fire.press: its text"


def test_a_page_stays_whose_file_is_known_to_stay() -> None:
    for remove, what in ((True, "refuse"), (False, "orphan")):
        there = Standing({}, ())
        why = "the account may not remove files here"
        there.files["fire.pdf"] = Found("fire.pdf", "1", bytes, "fire", stays=why)
        step = there.left_over_file("fire.pdf", "fire", "", remove=remove)
        assert (step.what, step.reason) == (what, why)


def test_a_page_that_lacks_what_is_beside_its_text_is_written_anew() -> None:
    data = b"Ours\n"
    want = Want("fire.press", sha256(data).hexdigest(), lambda: data)
    for lacks, what in (("", "keep"), ("its last line is gone", "update")):
        there = {want.name: Found(want.name, "1", lambda: data, lacks=lacks)}
        step = Standing(there, ()).page(want)
        assert (step.what, step.reason) == (what, lacks)
