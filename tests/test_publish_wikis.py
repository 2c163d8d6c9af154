"""``briefings publish`` to MediaWiki and DokuWiki, which run behind web servers of their own."""

from __future__ import annotations

import json
import re
import shutil
import time
import unicodedata
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from briefings import pipeline
from tests import engines, gates, hard, signs, wikiservers
from tests.desks import FIRE, FLOOD, Desk
from tests.examples import EXAMPLES, loaded
from tests.rendering import Page
from tests.wikistores import home, kind, opened, wiki

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands import Ran
    from tests.wikiservers import Wiki

__all__ = ["home", "kind", "wiki"]  # what pytest is to find
pytestmark = pytest.mark.wikis
FIRST = {"mediawiki": "Briefs", "dokuwiki": "start"}
WRITES = {
    "mediawiki": (b"action=edit", b'name="file"; filename='),
    "dokuwiki": (b"wiki.putPage", b"wiki.putAttachment"),
}
SERIES = "series-harbour-brief"


@pytest.fixture
def desk(tmp_path: Path, wiki: Wiki, kind: str) -> Desk:
    return Desk(tmp_path / "desk", wiki, kind)


def steps(lines: list[str]) -> dict[str, str]:
    """Return the steps of a plan, by the names of the pages."""
    return {line.split()[1].rstrip(":"): line.split()[0] for line in lines if line[:1].isalpha()}


def links(desk: Desk, name: str) -> set[str]:
    """Return the pages and files of the wiki that a page leads to; all of them are there."""
    found = set()
    for link in Page(desk.wiki.html(desk.called(name))).all("a"):
        url = urljoin(f"{desk.wiki.address}/", link.get("href", "#"))
        if url.startswith(desk.wiki.address) and "#" not in url:
            assert "redlink" not in url
            assert "wikilink2" not in link.get("class", "")
            assert wikiservers.fetch(url)
            found.add(re.split("[/=]", url)[-1].lower())
    return found


def shown(desk: Desk, name: str) -> set[str]:
    """Return the pictures of the wiki that a page shows; all of them are there."""
    urls = [
        urljoin(f"{desk.wiki.address}/", i["src"])
        for i in Page(desk.wiki.html(desk.called(name))).all("img")
    ]
    assert all(wikiservers.fetch(url).startswith(b"\x89PNG") for url in urls)
    return {re.split("[/=]", url)[-1].lower() for url in urls}


def unchanged(desk: Desk, *arguments: object) -> bool:
    """Whether a run has nothing to do."""
    return all(line.startswith("keep ") for line in desk.published(*arguments))


def test_the_first_run_makes_all_pages_and_the_second_changes_nothing(desk: Desk) -> None:
    names = {f"{FIRE}.press", f"{FLOOD}.press", SERIES, FIRST[desk.kind]}
    names |= {"sidebar"} if desk.kind == "dokuwiki" else set()
    there = {desk.called(name) for name in names}
    assert steps(desk.published("--dry-run")) == dict.fromkeys(names, "create")
    assert not desk.wiki.names() & there
    assert steps(desk.published()) == dict.fromkeys(names, "create")
    assert desk.wiki.names() >= there
    before = {name: desk.wiki.revisions(name) for name in there}
    assert {len(revisions) for revisions in before.values()} == {1}
    assert unchanged(desk)
    assert unchanged(desk, f"data/{FIRE}.yaml")
    shutil.rmtree(desk.folder.parent / "cache")  # all that was remembered
    assert unchanged(desk)
    assert before == {name: desk.wiki.revisions(name) for name in there}
    assert desk.states() == dict.fromkeys(names, "current")


def test_pages_lead_to_one_another(desk: Desk) -> None:
    desk.aim(desk.wiki.address, "pdf = true")
    desk.published()
    first = FIRST[desk.kind].lower()
    briefs = {f"{FIRE}.press", f"{FLOOD}.press"}
    assert links(desk, first) >= {*briefs, SERIES}
    assert links(desk, SERIES) >= {*briefs, first}
    for name in briefs:
        assert links(desk, name) >= {first, SERIES, f"{name}.pdf"}
    if desk.kind == "dokuwiki":
        assert links(desk, "sidebar") >= {*briefs, first, SERIES}
        assert re.search(r"<sub>briefings: sidebar · page \w+</sub>", desk.wiki.html("sidebar"))


def test_what_is_published_reads_as_the_markdown_does(desk: Desk) -> None:
    for path in EXAMPLES:
        shutil.copy(path, desk.folder / "data")
    desk.published()
    for path in EXAMPLES:
        brief = pipeline.view(loaded(path), "press")
        html = desk.wiki.html(desk.called(f"{path.stem}.press"))
        markdown = pipeline.render(brief, "md").data.decode()
        assert signs.skeleton(html) == signs.skeleton(engines.commonmark(markdown)), path
        text = Page(html).text.strip()
        marking = str(brief.document.marking)
        assert text.startswith(marking)
        assert re.search(rf"{marking}\s+All briefs .*\s+briefings: {path.stem} · press · .*$", text)


def test_every_sign_is_shown_and_known_again(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "data")
    desk.aim(desk.wiki.address, 'ceiling = "TLP:RED"', reader="tester")
    made = hard.Hard(["e\u0301 a\u0308", *signs.ALL])
    path = hard.write(desk.folder, hard.briefing(made))
    (desk.folder / "data").mkdir()
    path.rename(desk.folder / "data" / path.name)
    desk.published()
    text = Page(desk.wiki.html(desk.called("hard.tester"))).text
    shown = [unicodedata.normalize("NFC", one) for one in made.expected]
    assert not signs.lost(shown, unicodedata.normalize("NFC", text))
    assert unchanged(desk)
    assert set(desk.states().values()) == {"current"}


def test_what_somebody_has_edited_is_left_and_shown(desk: Desk) -> None:
    desk.published()
    name, other = desk.called(f"{FIRE}.press"), desk.called(f"{FLOOD}.press")
    by_hand = desk.wiki.text(name).replace("Loading has stopped", "Loading goes on")
    desk.wiki.edit(name, by_hand)
    desk.write(FIRE, "Fire in the grain terminal, over", 1)
    desk.write(FLOOD, "Flood on the quay, over", 2)
    for arguments in (["--dry-run"], []):
        ran = desk.publish(*arguments)
        assert ran.code == 1
        assert steps(ran.lines)[f"{FIRE}.press"] == "refuse"
        assert re.search("^ +-.*Loading goes on", ran.out, re.MULTILINE)
        assert re.search(r"^ +\+.*Loading has stopped", ran.out, re.MULTILINE)
        assert desk.wiki.text(name).rstrip() == by_hand.rstrip()
    assert "Flood on the quay, over" in desk.wiki.text(other)
    assert desk.states()[f"{FIRE}.press"] == "edited"
    desk.published("--overwrite", f"{FIRE}.press")
    assert "Loading has stopped" in desk.wiki.text(name)
    assert "terminal, over" in desk.wiki.text(name)
    assert unchanged(desk)


def test_a_page_of_somebody_else_is_left(desk: Desk) -> None:
    names = [desk.called(name) for name in (f"{FIRE}.press", FIRST[desk.kind])]
    for name in names:
        desk.wiki.edit(name, "of somebody else")
    ran = desk.publish()
    assert ran.code == 1
    assert list(steps(ran.lines).values()).count("refuse") == 2
    assert {desk.wiki.text(name).rstrip() for name in names} == {"of somebody else"}
    assert desk.called(f"{FLOOD}.press") in desk.wiki.names()
    desk.published(
        *(word for n in (f"{FIRE}.press", FIRST[desk.kind]) for word in ("--overwrite", n))
    )
    assert "Loading has stopped" in desk.wiki.text(names[0])


def test_a_page_that_somebody_took_out_of_the_category_goes_back(
    tmp_path: Path, home: Path
) -> None:
    with wikiservers.mediawiki(tmp_path / "wiki", home) as running:
        desk = Desk(tmp_path / "desk", running, "mediawiki")
        desk.published()
        name = f"{FIRE}.press"
        whole = running.text(name)
        running.edit(name, whole.replace("[[Category:Briefings]]", ""))
        said = f"{name}: its last line, [[Category:Briefings]], is gone"
        assert f"  behind   {said}" in desk.run("status").lines
        assert f"update {said}" in desk.published()
        assert running.text(name) == whole
        assert unchanged(desk)


def test_an_edit_while_we_write_is_not_lost(desk: Desk) -> None:
    desk.published()
    name = desk.called(f"{FIRE}.press")
    by_hand = f"{desk.wiki.text(name)}\n\nOne more line."
    desk.write(FIRE, "Fire in the grain terminal, over", 1)
    desk.write(FLOOD, "Flood on the quay, over", 2)
    with gates.gate(desk.wiki.address) as gate:

        def first(_path: str, body: bytes) -> None:
            if WRITES[desk.kind][0] in body and FIRE.encode() in body:
                gate.before = gates.let_pass
                desk.wiki.edit(name, by_hand)
                time.sleep(1.1)  # DokuWiki keeps one state of each second

        gate.before = first
        desk.aim(gate.address)
        ran = desk.publish()
        assert gate.before is gates.let_pass
    assert ran.code == 1
    assert f"{FIRE}.press: it has just been changed by somebody else" in ran.out
    assert desk.wiki.text(name).rstrip() == by_hand.rstrip()
    assert "Flood on the quay, over" in desk.wiki.text(desk.called(f"{FLOOD}.press"))


def test_two_publishers_at_once(desk: Desk) -> None:
    ran: list[Ran] = []
    runs = [Thread(target=lambda: ran.append(desk.publish())) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert {one.code for one in ran} <= {0, 1}
    assert 0 in {one.code for one in ran} or all("just been changed" in one.out for one in ran)
    desk.published()
    assert unchanged(desk)
    assert set(desk.states().values()) == {"current"}


def test_a_server_that_dies_half_way(desk: Desk) -> None:
    plan = len(steps(desk.published("--dry-run")))
    with gates.gate(desk.wiki.address) as gate:
        desk.aim(gate.address)

        def dies(_path: str, body: bytes) -> None:
            if any(word in body for word in WRITES[desk.kind]):
                lives.pop()
                gate.down = not lives

        gate.before = dies
        for writes in (1, 3, 2):  # the server dies before the last of them
            lives, gate.down = list(range(writes)), False
            ran = desk.publish()
            assert ran.code == 2
            assert "cannot be reached: " in ran.err
        gate.before, gate.down = gates.let_pass, False
        assert 0 < len(steps(desk.published())) < plan
    desk.aim(desk.wiki.address)
    assert unchanged(desk)
    assert set(desk.states().values()) == {"current"}


def test_a_new_name_leaves_what_leads_there(desk: Desk) -> None:
    desk.published()
    (desk.folder / "data" / f"{FIRE}.yaml").unlink()
    desk.write("silo-fire", "Fire in silo 4", 1, more=f"formerly: [{FIRE}]")
    plan = desk.published()
    assert f"rename {FIRE}.press -> silo-fire.press" in plan
    assert "Fire in silo 4" in desk.wiki.text(desk.called("silo-fire.press"))
    old = desk.called(f"{FIRE}.press")
    if desk.kind == "mediawiki":
        assert desk.wiki.text(old).startswith("#REDIRECT [[silo-fire.press]]\n")
        assert "Fire in silo 4" in Page(desk.wiki.html(old)).text
        assert len(desk.wiki.revisions(desk.called("silo-fire.press"))) > 2  # with its history
    else:
        assert "silo-fire.press" in links(desk, old)
    assert "silo-fire.press" in links(desk, FIRST[desk.kind])
    assert f"{FIRE}.press" not in links(desk, FIRST[desk.kind])
    assert all(line.startswith(("keep ", "orphan ")) for line in desk.published())


def test_nothing_is_removed_unless_it_is_asked_for(desk: Desk) -> None:
    desk.aim(desk.wiki.address, "pdf = true")
    desk.published()
    (desk.folder / "data" / f"{FLOOD}.yaml").unlink()
    name = desk.called(f"{FLOOD}.press")
    assert steps(desk.published())[f"{FLOOD}.press"] == "orphan"
    assert name in desk.wiki.names()
    by_hand = f"{desk.wiki.text(name)} more"
    desk.wiki.edit(name, by_hand)
    assert desk.publish("--remove").code == 1
    assert desk.wiki.text(name).rstrip() == by_hand
    told = desk.published("--remove", "--overwrite", f"{FLOOD}.press")
    assert len(told) == len(set(told))  # what was planned was done, so it is told once
    assert [line for line in told if line.startswith("keep ")] == [told[-1]]
    assert name not in desk.wiki.names()
    assert not desk.wiki.file(desk.called(f"{FLOOD}.press.pdf"))
    assert desk.called(f"{FIRE}.press") in desk.wiki.names()
    assert unchanged(desk)


def test_pdfs_and_figures_lie_beside_the_pages(desk: Desk) -> None:
    (desk.folder / "data" / f"{FLOOD}.yaml").unlink()
    (desk.folder / "audiences").mkdir()
    (desk.folder / "audiences" / "press.yaml").write_text(
        "extends: press\nsections: [chain, places]\n"
    )
    desk.aim(desk.wiki.address, "pdf = true", 'figures = "png"')
    plan = steps(desk.published())
    files = [name for name in plan if name.endswith((".pdf", ".png"))]
    assert {name.rsplit(".", 1)[1] for name in files} == {"pdf", "png"}
    for name in files:
        data = desk.wiki.file(desk.called(name))
        assert data.startswith(b"%PDF-1.7" if name.endswith("pdf") else b"\x89PNG")
        assert name in links(desk, f"{FIRE}.press") | shown(desk, f"{FIRE}.press")
    with gates.gate(desk.wiki.address) as gate:  # nothing is fetched to see that
        desk.aim(gate.address, "pdf = true", 'figures = "png"')
        assert unchanged(desk)
        asked = [path.encode() + body for path, body, _ in gate.seen]
        assert not [one for one in asked if b"img_auth" in one or b"wiki.getAttachment<" in one]
    desk.aim(desk.wiki.address, "pdf = true", 'figures = "png"')
    desk.write(FIRE, "Fire in the grain terminal, over", 1)
    changed = steps(desk.published())
    assert changed[f"{FIRE}.press.pdf"] == "update"
    assert not [name for name in changed if name.endswith(".png")]
    desk.aim(desk.wiki.address)
    removed = steps(desk.published("--remove"))
    assert {removed[name] for name in files} == {"remove"}
    assert not {desk.called(name) for name in files} & {
        n.removeprefix("File:") for n in desk.wiki.names()
    }


def test_what_no_page_shows_any_more_is_told_and_removed_when_that_is_asked(desk: Desk) -> None:
    (desk.folder / "audiences").mkdir()
    (desk.folder / "audiences" / "press.yaml").write_text(
        "extends: press\nsections: [chain, places]\n"
    )
    page, wanted = f"{FIRE}.press", ("pdf = true", 'figures = "png"')
    desk.aim(desk.wiki.address, *wanted)
    files = {n for n in steps(desk.published()) if n.endswith((".pdf", ".png"))}
    desk.aim(desk.wiki.address)
    for _ in range(2):
        assert {n for n, what in steps(desk.published()).items() if what == "orphan"} == files
    assert {desk.states()[name] for name in files} == {"orphaned"}
    plan = steps(desk.published("--remove"))
    assert {plan[name] for name in files} == {"remove"}
    assert unchanged(desk)
    desk.aim(desk.wiki.address, *wanted)
    desk.published()
    (desk.folder / "data" / f"{FIRE}.yaml").unlink()
    with opened(desk.kind, desk.wiki.address) as store:
        store.remove(store.pages([page])[page])
    of_fire = {name for name in files if name.startswith(page)}
    assert {n for n, what in steps(desk.published()).items() if what == "orphan"} == of_fire
    plan = steps(desk.published("--remove"))
    assert {name for name, what in plan.items() if what == "remove"} == of_fire
    assert not [name for name in of_fire if desk.wiki.file(desk.called(name))]
    assert unchanged(desk)


def test_what_is_said_where_the_wiki_cannot_be_opened(desk: Desk) -> None:
    right = dict(desk.variables)
    desk.enter("nobody-knows@publish", "a-wrong-one-of-32-characters")
    ran = desk.publish("--json")
    assert (ran.code, ran.out) == (2, "")
    assert "does not let the account in" in ran.err
    desk.variables.pop("BRIEFINGS_OUR_WIKI_PASSWORD")
    ran = desk.publish("--dry-run")
    assert (ran.code, ran.out) == (2, "")
    assert "the environment has no BRIEFINGS_OUR_WIKI_PASSWORD" in ran.err
    desk.variables = right
    desk.aim("http://wiki.example/")
    ran = desk.publish()
    assert (ran.code, ran.out) == (2, "")
    assert "http would send the password in the clear; https is expected" in ran.err
    desk.aim("http://127.0.0.1:9/")
    ran = desk.publish()
    assert (ran.code, ran.out) == (2, "")
    assert "http://127.0.0.1:9/ cannot be reached: Connection refused" in ran.err
    assert not desk.wiki.names() & {desk.called(f"{FIRE}.press")}


def test_a_namespace_of_dokuwiki_holds_all(tmp_path: Path, home: Path) -> None:
    with wikiservers.dokuwiki(tmp_path / "wiki", home) as running:
        running.edit("start", "the wiki's own")
        desk = Desk(tmp_path / "desk", running, "dokuwiki")
        desk.aim(running.address, "pdf = true", 'namespace = "desk:briefs"')
        desk.published()
        names = {f"desk:briefs:{FIRE}.press", "desk:briefs:start", "desk:briefs:sidebar"}
        assert names | {"start", f"desk:briefs:{FIRE}.press.pdf"} <= running.names()
        assert links(desk, "desk:briefs:start") >= {f"desk:briefs:{FIRE}.press"}
        assert links(desk, f"desk:briefs:{FIRE}.press") >= {f"desk:briefs:{FIRE}.press.pdf"}
        assert unchanged(desk)
        (desk.folder / "data" / f"{FIRE}.yaml").unlink()
        assert steps(desk.published("--remove"))[f"{FIRE}.press"] == "remove"
        assert running.text("start") == "the wiki's own"


def test_in_dokuwiki_a_page_stays_until_its_files_can_be_removed(
    tmp_path: Path, home: Path
) -> None:
    with wikiservers.dokuwiki(tmp_path / "wiki", home) as running:
        desk = Desk(tmp_path / "desk", running, "dokuwiki")
        desk.aim(running.address, "pdf = true")
        desk.published()
        (desk.folder / "data" / f"{FIRE}.yaml").unlink()
        page, file = f"{FIRE}.press", f"{FIRE}.press.pdf"
        rights = running.folder / "conf" / "acl.auth.php"
        before = rights.read_text("utf-8")
        rights.write_text("* @ALL 8\n", "utf-8")
        ran = desk.publish("--remove")
        assert ran.code == 1
        assert f"refuse {file}: the account may not remove files here" in ran.lines
        assert f"refuse {page}: its file {file} stays" in ran.lines
        assert {page, file} <= running.names()
        rights.write_text(before, "utf-8")
        noting = f"{running.address}/lib/exe/taskrunner.php?id=theirs"  # what a page leads to
        running.edit("theirs", f"{{{{:{file}}}}}")
        wikiservers.fetch(noting)
        ran = desk.publish("--remove")
        assert (ran.code, ran.lines[-1]) == (1, f"refuse {page}: its file {file} stays")
        assert {page, file} <= running.names()
        running.edit("theirs", "no more")
        wikiservers.fetch(noting)
        told = steps(desk.published("--remove"))
        assert (told[page], told[file]) == ("remove", "remove")
        assert not {page, file} & running.names()


def test_json_tells_the_same_steps_and_no_secret(desk: Desk) -> None:
    told = json.loads(desk.publish("--json").out)
    assert {one["step"] for one in told} == {"create"}
    assert {one["name"] for one in told} >= {f"{FIRE}.press", FIRST[desk.kind]}
