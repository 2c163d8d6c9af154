"""Files that no page shows any more: told, left until that is asked for, and ours before all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from briefings.errors import Refused
from briefings.publish import briefs, marker, origin
from briefings.publish.compare import BESIDE, FOREIGN, STRAY, WITH_PAGE
from briefings.publish.stores.folder import Folder
from tests.commands import does
from tests.publishing import FIRE, TO, desk, fire, pages, planned, toml, wiki
from tests.rendering import put
from tests.test_publish_git import git

if TYPE_CHECKING:
    from briefings.publish.store import Found, Wanted

__all__ = ["desk"]
PDF = f"{FIRE}.pdf"
MAP = f"{FIRE}.map.svg"
PRESS = "extends: press\nsections: [chain, places]\n"
PLACES = """
places:
  - {id: kyiv, name: Kyiv, lat: 50.45, lon: 30.52, precision: exact}
events:
  - id: strike
    date: 2024-11-21
    title: A fire
    places: [{place: kyiv, role: site}]
    claims: [{id: burned, speaker: ministry, text: It burned.}]
"""


def one(more: str = "pdf = true", **target: str) -> None:
    """Publish one brief with what lies beside it."""
    Path("data/2026-04-01-flood.yaml").unlink(missing_ok=True)
    put(Path(), {"briefings.toml": toml(more, **target)})
    planned()


def with_map(more: str = 'figures = "svg"', **target: str) -> None:
    """Publish one brief that shows a map."""
    said = fire().partition("events:")[0] + PLACES.lstrip()
    put(Path(), {"audiences/press.yaml": PRESS, "data/2026-05-03-fire.yaml": said})
    one(more, **target)


def path(name: str = PDF) -> Path:
    return wiki().resolve() / name


def orphan(why: str, name: str = PDF) -> str:
    return f"orphan {name}: {why} ({path(name)})"


def told() -> dict[str, str]:
    """Return the files of which the page tells."""
    read = marker.read(pages()[FIRE])
    assert read
    assert not read.edited
    return dict(read.marker.files)


# --- a page that has it no more -----------------------------------------------------------------


def test_a_file_that_a_target_wants_no_more_is_told_until_it_is_removed() -> None:
    one()
    there = path().read_bytes()
    put(Path(), {"briefings.toml": toml()})
    assert planned() == [f"update {FIRE}", orphan(BESIDE), "keep   3 as they are"]
    assert "[PDF]" not in pages()[FIRE]
    for _ in range(2):
        assert planned() == [orphan(BESIDE), "keep   4 as they are"]
    assert told() == {"pdf": marker.digits(there)}
    assert path().read_bytes() == there
    ran = does("status")
    assert ran.code == 1
    assert f"  orphaned {PDF}: {BESIDE} ({path()})" in ran.lines
    [listed] = [s for s in json.loads(does("status --json").out) if s["state"] == "orphaned"]
    assert (listed["name"], listed["path"]) == (PDF, str(path()))
    assert planned("--remove") == [f"remove {PDF}", *_gone(FIRE)]
    assert not path().exists()
    assert told() == {}
    assert planned() == ["keep   4 as they are"]


def _gone(page: str) -> list[str]:
    return [f"update {page}: its last line tells of what is no longer beside it", KEPT]


KEPT = "keep   3 as they are"


def test_a_page_that_tells_of_what_is_left_is_not_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one()
    put(Path(), {"briefings.toml": toml()})
    planned()
    monkeypatch.setattr(briefs, "make", lambda *_: pytest.fail("made again"))
    assert planned() == [orphan(BESIDE), "keep   4 as they are"]


def test_a_page_goes_on_telling_of_what_is_left_when_it_is_written_anew() -> None:
    one()
    put(Path(), {"briefings.toml": toml(), "data/2026-05-03-fire.yaml": fire(title="A blaze")})
    planned()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(title="A third")})
    assert planned("data/2026-05-03-fire.yaml")[:1] == [f"update {FIRE}"]
    assert told().keys() == {"pdf"}
    put(Path(), {"briefings.toml": toml("pdf = true")})
    assert planned()[:2] == [f"update {PDF}", f"update {FIRE}"]
    assert told() == {"pdf": marker.digits(path().read_bytes())}


def test_what_somebody_has_put_in_its_place_is_left() -> None:
    one()
    put(Path(), {"briefings.toml": toml()})
    planned()
    put(wiki(), {PDF: "mine"})
    edited = "somebody has edited it since it was published"
    assert planned() == [orphan(edited), "keep   4 as they are"]
    ran = does(f"{TO} --remove")
    assert (ran.code, ran.lines[0]) == (1, f"refuse {PDF}: {edited}")
    assert path().read_text("utf-8") == "mine"
    path().unlink()  # now there is nothing to tell of
    assert planned() == _gone(FIRE)
    assert planned() == ["keep   4 as they are"]


def test_a_file_of_a_page_that_somebody_has_edited_is_told_and_left() -> None:
    one()
    put(Path(), {"briefings.toml": toml()})
    planned()
    put(wiki(), {f"{FIRE}.md": f"See [PDF]({PDF}).\n\n{pages()[FIRE]}"})
    why = "its page was edited, and is left as it is"
    assert orphan(why) in does(TO).lines
    ran = does(f"{TO} --remove --overwrite {PDF}")
    assert f"refuse {PDF}: {why}" in ran.lines
    assert path().exists()


@pytest.mark.parametrize("keeps", [True, False])
def test_where_a_file_cannot_be_removed_its_page_goes_on_telling_of_it(
    monkeypatch: pytest.MonkeyPatch,
    *,
    keeps: bool,
) -> None:
    one()
    put(Path(), {"briefings.toml": toml()})
    planned()
    written: list[str] = []
    write = Folder.write

    def removes(*_: object) -> None:
        raise Refused("another page leads to it")

    def writes(self: Folder, wanted: Wanted, over: Found | None) -> None:
        written.append(wanted.name)
        write(self, wanted, over)

    with monkeypatch.context() as patched:
        patched.setattr(Folder, "keeps_what_is_shown", keeps)
        patched.setattr(Folder, "remove", removes)
        patched.setattr(Folder, "write", writes)
        ran = does(f"{TO} --remove")
    assert ran.code == 1
    assert f"refuse {PDF}: another page leads to it" in ran.lines
    assert written == ([FIRE, FIRE] if keeps else [FIRE])
    assert told().keys() == {"pdf"}
    assert f"remove {PDF}" in planned("--remove")


def test_of_a_page_that_is_an_orphan_the_plan_says_why_its_file_is_left() -> None:
    one()
    put(Path(), {"data/2026-05-03-fire.yaml": fire(audiences="[executive]")})
    assert orphan(WITH_PAGE) in planned()


# --- a page that was removed by hand ------------------------------------------------------------


@pytest.mark.parametrize("kind", ["folder", "git"])
def test_a_file_whose_page_somebody_has_removed_is_found(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "git":
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        git("init", "--quiet", "--initial-branch=main")
        git("config", "user.name", "Duty desk")
        git("config", "user.email", "desk@example.org")
    with_map('pdf = true\nfigures = "svg"', kind=kind)
    assert {*told()} == {"pdf", "map.svg"}
    put(Path(), {"data/2026-05-01-other.yaml": fire()})
    Path("data/2026-05-03-fire.yaml").unlink()
    path(f"{FIRE}.md").unlink()
    lines = planned()
    assert {orphan(STRAY), orphan(STRAY, MAP)} <= {*lines}
    assert f"  orphaned {MAP}: {STRAY} ({path(MAP)})" in does("status").lines
    assert {f"remove {PDF}", f"remove {MAP}"} <= {*planned("--remove")}
    assert not list(wiki().glob(f"{FIRE}*"))
    assert planned()[-1].startswith("keep")
    if kind == "git":
        assert not [line for line in git("status", "--porcelain").split("\n") if ".pdf" in line]


def test_it_is_found_in_the_folder_of_a_page_too() -> None:
    one(form="otterwiki")
    page = FIRE.replace(".", "_")
    put(Path(), {"data/2026-05-01-other.yaml": fire()})
    Path("data/2026-05-03-fire.yaml").unlink()
    path(f"{page}.md").unlink()
    shutil.copytree(path(page), path("some_copy"))
    file = f"{page}/{page}.pdf"
    assert f"orphan {page}.pdf: {STRAY} ({path(file)})" in planned()
    assert f"remove {page}.pdf" in planned("--remove")
    assert not path(page).exists()
    assert path(f"some_copy/{page}.pdf").exists()


def test_one_that_the_page_forgot_in_an_earlier_version_is_found() -> None:
    one()
    put(Path(), {"briefings.toml": toml()})
    planned()
    page = path(f"{FIRE}.md")
    page.write_text(marker.retold(page.read_text("utf-8"), {}), "utf-8")
    assert planned() == [orphan(STRAY), "keep   4 as they are"]
    assert f"remove {PDF}" in planned("--remove")
    assert planned() == ["keep   4 as they are"]


def test_what_is_not_ours_is_not_told_and_never_touched() -> None:
    with_map('pdf = true\nfigures = "svg"')
    for name, of in (("a.press.pdf", PDF), ("a.press.map.svg", MAP), ("b.press.pdf", MAP)):
        shutil.copy(path(of), path(name))  # it says that it is another's
    put(wiki(), {"c.press.pdf": "%PDF-1.7 mine", "c.press.map.svg": "<svg/>\n", "d.press.png": ""})
    there = {one.name: one.read_bytes() for one in wiki().iterdir()}
    assert planned("--remove") == ["keep   6 as they are"]
    assert {one.name: one.read_bytes() for one in wiki().iterdir()} == there


def test_one_of_ours_that_somebody_has_edited_is_told_and_left() -> None:
    with_map('pdf = true\nfigures = "svg"')
    put(Path(), {"data/2026-05-01-other.yaml": fire()})
    Path("data/2026-05-03-fire.yaml").unlink()
    path(f"{FIRE}.md").unlink()
    writer = pypdf.PdfWriter(path(), incremental=True)  # as readers save a note
    writer.pages[0].rotate(90)
    writer.write(path())
    path(MAP).write_bytes(path(MAP).read_bytes().replace(b"Kyiv", b"Here"))
    edited = "somebody has edited it since it was published"
    assert {orphan(edited), orphan(edited, MAP)} <= {*planned()}
    ran = does(f"{TO} --remove")
    assert {f"refuse {PDF}: {edited}", f"refuse {MAP}: {edited}"} <= {*ran.lines}
    assert path().exists()
    assert f"remove {PDF}" in does(f"{TO} --remove --overwrite {PDF}").lines
    assert not path().exists()
    assert path(MAP).exists()


def test_a_page_of_somebody_else_keeps_the_file_that_it_leads_to() -> None:
    one()
    put(Path(), {"briefings.toml": toml()})
    put(wiki(), {f"{FIRE}.md": f"# Mine\n\n[PDF]({PDF})\n"})
    why = "the page under its name is not ours, and may lead to it"
    ran = does(f"{TO} --remove")
    assert f"refuse {PDF}: {why}" in ran.lines
    assert f"refuse {FIRE}: {FOREIGN}" in ran.lines
    assert path().exists()


def test_no_file_is_opened_that_a_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    with_map('pdf = true\nfigures = "svg"')
    monkeypatch.setattr(origin, "read", lambda *_: pytest.fail("opened"))
    assert planned() == ["keep   6 as they are"]


def test_some_briefings_alone_are_no_reason_to_look_for_others_files() -> None:
    one()
    put(Path(), {"data/2026-05-01-other.yaml": fire(), "briefings.toml": toml()})
    path(f"{FIRE}.md").unlink()
    assert not [one for one in planned("data/2026-05-01-other.yaml", "--remove") if PDF in one]
    assert path().exists()
