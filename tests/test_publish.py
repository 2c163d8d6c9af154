"""``briefings publish`` to a folder: the plan, what is written, what is refused, what is left."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings.publish import briefs, marker
from tests.commands import does, found, run
from tests.publishing import desk, fire, pages, toml, wiki
from tests.rendering import put

if TYPE_CHECKING:
    from briefings.model import Briefing
    from briefings.publish.store import Site

__all__ = ["desk"]
FIRE, FLOOD = "2026-05-03-fire.press", "2026-04-01-flood.press"
ALL = [FLOOD, FIRE, "series-fire-brief", "series-flood-brief", "Home", "_Sidebar"]
TO = "publish --to wiki"


def planned(*words: str) -> list[str]:
    """Return the lines of a plan, without differences."""
    ran = run(*TO.split(), *words)
    assert not ran.err, ran.err
    return [line for line in ran.lines if not line.startswith("       ")]


def state() -> dict[str, tuple[int, bytes]]:
    return {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in wiki().iterdir()}


# --- what is written ----------------------------------------------------------------------------


def test_a_first_run_writes_all_with_what_leads_to_it_last() -> None:
    assert planned() == [f"create {name}" for name in ALL]
    assert sorted(pages()) == sorted(ALL)
    assert "[A fire](2026-05-03-fire.press)" in pages()["Home"]
    assert pages()["Home"].index("## 2026") < pages()["Home"].index("A fire")
    assert pages()["Home"].index("[A fire]") < pages()["Home"].index("[A flood]")
    assert "[All briefs](Home) · [Fire brief](series-fire-brief)" in pages()[FIRE]
    assert "(2026-05-03-fire.press)" in pages()["series-fire-brief"]
    assert "(2026-05-03-fire.press)" not in pages()["series-flood-brief"]


def test_a_second_run_touches_nothing() -> None:
    planned()
    before = state()
    assert planned() == ["keep   6 as they are"]
    assert state() == before


def test_the_plan_of_a_dry_run_is_that_of_the_run_and_nothing_else() -> None:
    dry = planned("--dry-run")
    assert list(wiki().iterdir()) == []
    assert planned() == dry
    before = state()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(title="A blaze")})
    dry = planned("--dry-run")
    assert state() == before
    assert planned() == dry


def test_only_what_changed_is_written() -> None:
    planned()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(title="A blaze")})
    assert planned() == [
        *(f"update {n}" for n in (FIRE, "series-fire-brief", "Home", "_Sidebar")),
        "keep   2 as they are",
    ]
    assert "[A blaze](2026-05-03-fire.press)" in pages()["Home"]


def test_what_a_wiki_changes_by_itself_is_no_edit() -> None:
    planned()
    for path in wiki().iterdir():
        text = path.read_text("utf-8").rstrip("\n").replace("\n", "\r\n")
        path.write_bytes(text.encode())
    assert planned() == ["keep   6 as they are"]


def test_the_marker_says_which_briefing_and_what_content() -> None:
    planned()
    read = marker.read(pages()[FIRE])
    assert read
    assert not read.edited
    said = read.marker
    assert (said.id, said.audience, said.version) == ("2026-05-03-fire", "press", "1")
    assert f"Content {said.content}" in pages()[FIRE]


def test_a_briefing_is_published_for_those_that_it_names_alone() -> None:
    put(Path(), {"data/2026-05-03-fire.yaml": fire(audiences="[executive]")})
    put(Path(), {"briefings.toml": toml().replace('["press"]', '["press", "analyst"]')})
    names = [line.split()[1] for line in planned()]
    assert [name for name in names if "20" in name] == [FLOOD, "2026-04-01-flood.analyst"]
    assert "([For: Analyst]" not in pages()["Home"]
    each = (
        "[A flood](2026-04-01-flood.press) (For: Press), [A flood](2026-04-01-flood.analyst) (For: "
    )
    assert f"{each}Analyst)" in " ".join(pages()["Home"].split())


def test_without_briefs_an_index_says_so() -> None:
    put(Path(), {"briefings.toml": toml('ceiling = "TLP:CLEAR"')})
    for name in ("2026-05-03-fire", "2026-04-01-flood"):
        put(Path(), {f"data/{name}.yaml": fire(audiences="[executive]")})
    assert planned() == ["create Home", "create _Sidebar"]
    assert "No brief is published here." in pages()["Home"]


def test_the_names_of_index_and_sidebar_are_the_targets_own() -> None:
    put(Path(), {"briefings.toml": toml('index = "Briefs"\nsidebar = false')})
    put(wiki(), {"Home.md": "# Mine\n", "_Sidebar.md": "Mine\n"})
    assert planned()[-1] == "create Briefs"
    assert "[All briefs](Briefs)" in pages()[FIRE]
    assert pages()["Home"] == "# Mine\n"


def test_a_template_of_ones_own_makes_the_index() -> None:
    own = "**{{ listing.marking }}**\n\n{% for e in listing.entries %}\n"
    own += "- {{ page(e.page, e.title) }}\n{% endfor %}\n"
    put(Path(), {"templates/publish/index.md.j2": own})
    assert does("check --templates").out == "1 template is sound\n"
    planned()
    assert pages()["Home"].count("\n-   [") == 2


def test_the_sidebar_leads_to_the_page_of_each_reader() -> None:
    put(Path(), {"briefings.toml": toml().replace('["press"]', '["press", "analyst"]')})
    planned()
    lines = [line for line in pages()["_Sidebar"].split("\n") if "A fire" in line]
    page = FIRE.rpartition(".")[0]
    assert lines == [f"-   A fire: [Press]({page}.press), [Analyst]({page}.analyst)"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("index", "{{ listing.entries[0].title }}", 'has no "0"'),
        ("series", "{{ listing.entries[0].issue }}", "may be nothing, as here"),
        ("sidebar", "{{ listing.serie }}", "serie"),
        ("moved", "{{ page(listing.index) }}", "text"),
    ],
)
def test_a_mistake_in_a_template_is_found_before_anything_is_published(
    name: str, text: str, said: str
) -> None:
    put(Path(), {f"templates/publish/{name}.md.j2": f"\n{text}\n"})
    ran = does("check --templates")
    assert ran.code == 2
    assert f"templates/publish/{name}.md.j2:2: " in ran.err
    assert said in ran.err


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Fire brief", "series-fire-brief"),
        ("FIRE  brief", "series-fire-brief"),
        ("FIRE  brief!", "series-fire-brief-000000"),
        ("../../etc/passwd", "series-etc-passwd-000000"),
        ("Café № 1", "series-cafe-no-1-000000"),
        ("Сводка", "series-0f8ae1"),
        ("Сводка 2", "series-2-93ba38"),
        ("???", "series-9bd26f"),
    ],
)
def test_the_page_of_a_series_can_be_a_file_anywhere(name: str, page: str) -> None:
    made = briefs.series_page(name)
    assert re.sub("[0-9a-f]{6}$", "", made) == re.sub("[0-9a-f]{6}$", "", page)
    assert re.fullmatch("[a-z0-9-]+", made)


def test_two_series_that_no_letter_tells_apart_have_two_pages() -> None:
    names = ["Сводка", "Доклад", "Сводка 2", "Доклад 2", "x" * 90, "x" * 91]
    names += ["C++", "C#", "C", "Cote", "Côte", "Fire: north", "Fire north"]
    assert len({briefs.series_page(name) for name in names}) == len(names)


# --- what is refused ----------------------------------------------------------------------------


def test_an_edited_page_is_refused_with_the_difference_and_others_go_on() -> None:
    planned()
    path = wiki() / f"{FIRE}.md"
    edited = path.read_text("utf-8").replace("It burned.", "It smouldered.")
    path.write_text(edited, "utf-8")
    put(Path(), {"data/2026-04-01-flood.yaml": fire(title="High water")})
    ran = does(TO)
    assert ran.code == 1
    assert f"refuse {FIRE}: somebody has edited it since it was published" in ran.lines
    (old,) = [line for line in ran.lines if line.startswith("       -") and "smouldered" in line]
    (new,) = [line for line in ran.lines if line.startswith("       +") and "burned" in line]
    assert old.replace("-", "", 1) == new.replace("+", "", 1).replace("burned", "smouldered")
    assert "# High water" in pages()[FLOOD]
    assert pages()[FIRE] == edited
    assert "[A fire](2026-05-03-fire.press)" in pages()["Home"]
    assert does(f"{TO} --overwrite {FIRE}").code == 0
    assert "It burned." in pages()[FIRE]


@pytest.mark.parametrize("name", ["Home", "_Sidebar", FIRE, "series-fire-brief"])
def test_a_page_of_somebody_else_is_never_written_over(name: str) -> None:
    put(wiki(), {f"{name}.md": "# Mine\n"})
    ran = does(TO)
    assert (ran.code, pages()[name]) == (1, "# Mine\n")
    assert f"refuse {name}: it is no page of ours" in ran.lines
    assert "       -# Mine" in ran.lines
    assert ("(2026-05-03-fire.press)" in pages()["Home"]) is (name not in (FIRE, "Home"))
    assert does(f"{TO} --overwrite {name}").code == 0
    assert marker.read(pages()[name])


def test_a_difference_is_shown_as_far_as_somebody_wants_to_see_it() -> None:
    put(wiki(), {"Home.md": "".join(f"line {n}\x1b[31m\n" for n in range(999))})
    ran = does(TO)
    shown = [line for line in ran.lines if line.startswith("       ")]
    assert (len(shown), shown[-1].strip()) == (61, "...")
    assert "\x1b" not in ran.out


def test_a_brief_above_the_ceiling_is_refused_and_in_no_list() -> None:
    put(Path(), {"briefings.toml": toml().replace("press", "analyst")})
    put(Path(), {"data/2026-05-03-fire.yaml": fire(marking="TLP:GREEN", bluf="Not for all.")})
    ran = does(TO)
    assert ran.code == 1
    assert (
        ran.lines[1] == "refuse 2026-05-03-fire.analyst: it is TLP:GREEN; the ceiling here is "
        "TLP:CLEAR"
    )
    assert sorted(pages()) == ["2026-04-01-flood.analyst", "Home", "_Sidebar", "series-flood-brief"]
    assert "2026-05-03" not in "".join(pages().values())
    assert "Not for all." not in "".join(pages().values())
    put(Path(), {"briefings.toml": toml('ceiling = "TLP:GREEN"').replace("press", "analyst")})
    assert does(TO).code == 0
    assert "Not for all." in pages()["Home"]
    assert pages()["Home"].count("**TLP:GREEN**") == 2


def test_of_a_brief_that_is_no_longer_for_all_the_page_stays_until_it_is_removed() -> None:
    planned()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(marking="TLP:AMBER")})
    ran = does(TO)
    assert ran.code == 1
    assert f"refuse {FIRE}: nothing to say: no title" in ran.out
    assert f"orphan {FIRE}: it stands there from before" in ran.lines
    assert FIRE in pages()
    assert "2026-05-03" not in pages()["Home"]
    assert f"remove {FIRE}: it stands there from before" in does(f"{TO} --remove").lines
    assert sorted(pages()) == [FLOOD, "Home", "_Sidebar", "series-flood-brief"]


def test_pages_that_would_be_one_are_both_refused() -> None:
    audience = "extends: press\n"
    put(Path(), {"audiences/b.c.yaml": audience, "audiences/c.yaml": audience})
    put(Path(), {"briefings.toml": toml().replace('["press"]', '["c", "b.c"]')})
    put(Path(), {"data/a.yaml": fire(), "data/a.b.yaml": fire()})
    ran = does(TO)
    said = "refuse a.b.c: the page of another brief would have the same name"
    assert (ran.code, ran.lines.count(said)) == (1, 2)
    assert "a.b.c" not in pages()
    assert {"a.c", "a.b.b.c"} <= set(pages())


def test_an_id_that_can_be_no_page_is_refused() -> None:
    put(Path(), {"data/Fire in May.yaml": fire()})
    ran = does(TO)
    assert ran.code == 1
    assert "refuse Fire in May.press: its id can be no name of a page; rename the file" in ran.out


def test_what_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("theirs", "utf-8")
    (wiki() / "Home.md").symlink_to(tmp_path / "outside.md")
    ran = does(f"{TO} --overwrite Home")
    assert ran.code == 1
    assert "refuse Home: this is a link to another file" in ran.lines
    assert (tmp_path / "outside.md").read_text("utf-8") == "theirs"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--overwrite Hom", '--overwrite: there is no page or file "Hom"; did you mean "Home"?'),
        ("--push", '"wiki" is a folder; only a target of kind "git" is pushed'),
        ("--push --dry-run", "--dry-run writes nothing, so there is nothing to --push"),
        ("-", "name files: a page belongs to a briefing that has one"),
        ("--to wik", 'briefings.toml: unknown target "wik"; did you mean "wiki"?'),
        ("data/none.yaml", "data/none.yaml: there is no such file"),
        ("../else/data/x.yaml", "../else/data/x.yaml: it is not in the workspace"),
    ],
)
def test_a_wrong_command_writes_nothing(words: str, said: str, tmp_path: Path) -> None:
    put(tmp_path / "else", {"briefings.toml": "", "data/x.yaml": fire()})
    words = words if words.startswith("--to") else f"--to wiki {words}"
    first = "data/2026-05-03-fire.yaml " if words.endswith("x.yaml") else ""
    ran = does(f"publish {first}{words}")
    assert (ran.code, ran.err.startswith(said)) == (2, True), ran.err
    assert list(wiki().iterdir()) == []


def test_a_briefing_that_is_wrong_stops_all() -> None:
    put(Path(), {"data/2026-05-03-fire.yaml": fire(bluff="x"), "data/z.yaml": fire(issue="x")})
    ran = does(TO)
    assert ran.code == 2
    assert [line.split(":")[0] for line in ran.err.splitlines() if line.startswith("data")] == [
        "data/2026-05-03-fire.yaml",
        "data/z.yaml",
    ]
    assert list(wiki().iterdir()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("kind = 'wik'", '3:8: unknown kind of target "wik"; known: folder, git'),
        ("kind = 'folder'", '2:1: "path" is missing; a target of kind "folder" has one'),
        ("kind = 'folder'\npath = 'x'", '2:1: "format" is missing; known: md, gfm, github-wiki'),
        ("kind = 'folder'\npath = 'x'\nformat = 'html'", '5:10: unknown format of pages "html"'),
        (
            "kind = 'folder'\npath = 'x'\nformat = 'md'\nurl = 'https://x.y/'",
            '6:7: a target of kind "folder" has no "url"',
        ),
        (
            "kind = 'git'\nindex = 'a/b'\n",
            '4:9: "a/b" is not the name of a page',
        ),
    ],
)
def test_a_target_that_does_not_fit_is_told_at_its_place(more: str, said: str) -> None:
    put(Path(), {"briefings.toml": f"\n[targets.wiki]\n{more}\naudiences = ['press', 'pres']\n"})
    ran = does(TO)
    assert ran.code == 2
    assert f"briefings.toml:{said}" in ran.err
    assert does("check").err.count("briefings.toml:") == ran.err.count("briefings.toml:")
    if "index" not in more:
        assert 'unknown audience "pres"; did you mean "press"?' in ran.err


def told(more: str) -> list[str]:
    """Return what is said of the targets of a workspace."""
    put(Path(), {"briefings.toml": more.lstrip()})
    ran = does(TO)
    assert (ran.code, ran.out) == (2, "")
    return [line for line in ran.err.splitlines() if line.startswith("briefings.toml:")]


@pytest.mark.parametrize(
    "other",
    [
        toml().replace("../wiki", "../desk/../wiki/"),
        toml(form="md").replace("press", "analyst"),
    ],
)
def test_two_targets_at_the_same_place_are_refused(other: str) -> None:
    (said,) = told(toml() + other.replace("targets.wiki", "targets.other"))
    assert said.startswith('briefings.toml:3:8: the target "other" is there, too')
    assert does("check").err.count("is there, too") == 2


def test_two_targets_of_one_namespace_are_refused() -> None:
    one = "[targets.wiki]\nkind = 'dokuwiki'\naudiences = ['press']\nurl = 'https://w.example/d'\n"
    other = one.replace("targets.wiki", "targets.other").replace("/d'", "/d/'")
    (said,) = told(one + other)
    assert said.startswith('briefings.toml:4:7: the target "other" is there, too; each would')
    put(Path(), {"briefings.toml": f"{one}{other}namespace = 'a'\n"})
    assert "is there, too" not in does(TO).err


@pytest.mark.parametrize("path", [".", "data", "data/pages", "audiences", "templates/x", "~no-one"])
def test_what_the_workspace_is_made_of_is_no_target(path: str) -> None:
    (said,) = told(toml().replace("../wiki", path))
    assert said.startswith("briefings.toml:3:8: ")


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    put(Path(), {"briefings.toml": toml().replace("../wiki", "~/wiki")})
    assert does(TO).code == 0
    assert FIRE in pages()


def test_all_mistakes_of_a_target_are_told_in_the_order_of_their_lines() -> None:
    wrong = toml(form="mdd").replace("folder", "gti").replace('"press"', '"pres"')
    lines = told(wrong.replace("../wiki", "data"))
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4", "5"]


def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    put(Path(), {"briefings.toml": toml().replace("../wiki", "/proc")})
    ran = does(TO)
    assert ran.code == 2
    assert ran.err.startswith("/proc/2026-04-01-flood.press.md: cannot be written: ")


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
    assert "This page has moved to [A fire](2026-05-03-blaze.press)." in pages()[FIRE]
    assert pages()[FIRE].count("**TLP:CLEAR**") == 2
    assert "(2026-05-03-blaze.press)" in pages()["Home"]
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
    put(Path(), {"briefings.toml": toml()})
    assert planned() == [f"update {FIRE}", f"orphan {FIRE}.pdf", "keep   3 as they are"]


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
    assert (home["step"], home["reason"]) == ("refuse", "it is no page of ours")
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
    }


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
