"""``briefings publish`` to a folder: what is written, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefings.publish import briefs, marker
from tests.commands import does
from tests.publishing import ALL, FIRE, FLOOD, TO, desk, fire, pages, planned, state, toml, wiki
from tests.rendering import put

__all__ = ["desk"]


# --- what is written ----------------------------------------------------------------------------


def test_a_first_run_writes_all_with_what_leads_to_it_last() -> None:
    assert planned() == [f"create {name}" for name in ALL]
    assert sorted(pages()) == sorted(ALL)
    assert "[[A fire|2026-05-03-fire.press]]" in pages()["Home"]
    assert pages()["Home"].index("## 2026") < pages()["Home"].index("A fire")
    assert pages()["Home"].index("[A fire|") < pages()["Home"].index("[A flood|")
    assert "[[All briefs|Home]] · [[Fire brief|series-fire-brief]]" in pages()[FIRE]
    assert "|2026-05-03-fire.press]]" in pages()["series-fire-brief"]
    assert "|2026-05-03-fire.press]]" not in pages()["series-flood-brief"]


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
    assert "[[A blaze|2026-05-03-fire.press]]" in pages()["Home"]


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
    each = "A flood ([[Press|2026-04-01-flood.press]], [[Analyst|2026-04-01-flood.analyst]])"
    assert f": {each}\n" in pages()["Home"]
    assert f": {each}\n" in pages()["series-flood-brief"]


def test_where_readers_know_a_brief_by_other_titles_each_leads_to_its_own() -> None:
    more = toml('ceiling = "TLP:GREEN"').replace('["press"]', '["press", "analyst"]')
    title = "{TLP:CLEAR: A fire, TLP:GREEN: Arson}"
    put(Path(), {"briefings.toml": more, "data/2026-05-03-fire.yaml": fire(title=title)})
    planned()
    page = FIRE.rpartition(".")[0]
    each = f"[[A fire|{page}.press]] (Press), [[Arson|{page}.analyst]] (Analyst)"
    assert f": {each}\n" in pages()["Home"]


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
    assert "[[All briefs|Briefs]]" in pages()[FIRE]
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
    assert lines == [f"-   A fire: [[Press|{page}.press]], [[Analyst|{page}.analyst]]"]


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
    assert "[[A fire|2026-05-03-fire.press]]" in pages()["Home"]
    assert does(f"{TO} --overwrite {FIRE}").code == 0
    assert "It burned." in pages()[FIRE]


@pytest.mark.parametrize("name", ["Home", "_Sidebar", FIRE, "series-fire-brief"])
def test_a_page_of_somebody_else_is_never_written_over(name: str) -> None:
    put(wiki(), {f"{name}.md": "# Mine\n"})
    ran = does(TO)
    assert (ran.code, pages()[name]) == (1, "# Mine\n")
    instead = {
        "Home": '; index = "Briefings" in the target gives ours another name',
        "_Sidebar": "; sidebar = false in the target leaves it to you",
    }
    assert f"refuse {name}: it is no page of ours{instead.get(name, '')}" in ran.lines
    assert "       -# Mine" in ran.lines
    assert ("|2026-05-03-fire.press]]" in pages()["Home"]) is (name not in (FIRE, "Home"))
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
