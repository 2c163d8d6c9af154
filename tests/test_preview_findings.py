"""The preview: what is wrong, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from briefings import survey
from briefings.preview.places import EDITORS, Places
from briefings.preview.state import State
from briefings.preview.work import Done, Job, Made, Pages, Read, Surveyed
from briefings.preview.worker import ENDED, Worker
from tests.previewing import CLEAR, Screen, Told, edit, file, form_of, looking, screen
from tests.rendering import READER, put

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["file", "screen"]


def test_on_an_error_the_last_good_one_stays_and_all_is_told(file: Path, screen: Screen) -> None:
    before = screen.settled("analyst.html")
    good = screen.get("brief/analyst.html")[2]
    edit(file, "as_of:", "as_off:")
    told = screen.until(lambda told: told["findings"], "analyst.html")
    assert [(f["place"], f["line"]) for f in told["findings"]] == [
        ("brief.yaml:2:1", 2),
        ("brief.yaml:4:1", 4),
    ]
    assert 'did you mean "as_of"?' in told["findings"][1]["message"]
    assert told["findings"][1]["excerpt"].startswith("as_off:")
    form = form_of(told, "analyst", "html")
    assert form["problems"] == [
        {key: one[key] for key in one if key != "concerns"} for one in told["findings"]
    ]
    assert form["version"] == form_of(before, "analyst", "html")["version"]
    assert screen.get("brief/analyst.html")[2] == good
    edit(file, "as_off:", "as_of:")
    told = screen.until(lambda told: not told["findings"], "analyst.html")
    assert screen.get("brief/analyst.html")[2] == good


def test_it_may_begin_with_an_error(file: Path) -> None:
    edit(file, "authors:", "audiences: [press]\nautors:")
    with looking(file) as screen:
        told = screen.until(lambda told: told["findings"])
        assert [one["name"] for one in told["audiences"]] == ["executive", "analyst", "press"]
        form = form_of(told, "analyst", "html")
        assert form["problems"]
        assert not form["there"]
        assert screen.get("brief/analyst.html")[0] == 404
        edit(file, "autors:", "authors:")
        told = screen.settled("press.html", after=told["number"])
        assert [one["name"] for one in told["audiences"]] == ["press"]
        assert told["findings"] == []


def test_an_error_in_a_template_is_at_its_place_and_those_it_does_not_concern_go_on(
    file: Path, screen: Screen
) -> None:
    screen.settled("analyst.html")
    put(file.parent, {"templates/sections/claims.md.j2": "One\n{{ document.nothing }}\n"})
    put(file.parent, {"audiences/press.yaml": "extends: press\nsections: [chain, sources]\n"})
    put(file.parent, {"audiences/analyst.yaml": "extends: analyst\nsections: [claims, sources]\n"})
    told = screen.until(lambda told: told["findings"], "analyst.html")
    (finding,) = told["findings"]
    assert finding["place"] == "templates/sections/claims.md.j2:2"
    assert {one["audience"] for one in finding["concerns"]} >= {"analyst"}
    assert not form_of(told, "press", "html")["problems"]


def test_what_a_check_of_templates_tells_is_a_finding(file: Path) -> None:
    put(file.parent, {"templates/themes/house.css": "h1 { colour: red }\n"})
    put(file.parent, {"audiences/press.yaml": "extends: press\ntheme: house\n"})
    put(
        file.parent,
        {"templates/sections/gaps.md.j2": "{% for gap in document.gapps %}{% endfor %}"},
    )
    with looking(file) as screen:
        told = screen.until(lambda told: len(told["findings"]) == 2, "analyst.html")
        assert [(f["place"], f["concerns"]) for f in told["findings"]] == [
            ("templates/sections/gaps.md.j2:1", []),
            ("templates/themes/house.css:1:6", []),
        ]
        assert not form_of(told, "press", "html")["problems"]
        assert screen.get(f"lines?file={told['findings'][1]['file']}&line=1")[0] == 200
        put(file.parent, {"templates/themes/house.css": "h1 { color: red }\n"})
        screen.until(lambda told: len(told["findings"]) == 1, "analyst.html")


def test_a_portion_marked_too_low_is_a_finding_and_is_made(file: Path) -> None:
    edit(file, "burned.", "burned., marking: TLP:CLEAR")
    edit(file, "id: ministry,", "id: ministry, marking: TLP:RED,")
    with looking(file) as screen:
        told = screen.settled("analyst.html", "analyst.pdf")
        said = [one["message"] for one in told["findings"]]
        assert any(one.startswith("marked TLP:CLEAR but stands on actor") for one in said)
        assert form_of(told, "analyst", "pdf")["there"]


def test_what_is_looked_through_is_so_once_until_it_changes(file: Path) -> None:
    pages, job = Pages(), Job(1, file, ("press",))
    put(file.parent, {"templates/themes/house.css": "h1 { colour: red }\n"})
    with patch.object(survey, "problems", wraps=survey.problems) as looked:
        for text in ("A fire", "Another fire", "A third fire"):
            file.write_text(CLEAR.replace("A fire", text), "utf-8")
            *_, last = pages(job)
            assert isinstance(last, Surveyed)
            assert len(last.problems) == 1
        assert looked.call_count == 1
        put(file.parent, {"templates/themes/house.css": "h1 { color: red }\n"})
        *_, last = pages(job)
        assert last == Surveyed(1)


def test_a_refused_reader_is_a_finding_and_so_is_a_longer_pdf(file: Path) -> None:
    edit(file, "marking: TLP:CLEAR", "marking: TLP:GREEN")
    put(file.parent, {"audiences/short.yaml": f"{READER}sections: [chain]\npages: 1\n"})
    claim = "claims: [{{id: c{0}, speaker: ministry, text: So.}}]"
    event = f"  - {{{{id: e{{0}}, date: 2024, title: Event {{0}}, {claim}}}}}\n"
    much = "".join(event.format(number) for number in range(200))
    file.write_text(file.read_text("utf-8") + much, "utf-8")
    with looking(file, "press", "short") as screen:

        def all_is_made(told: Told) -> bool:
            return len(told["findings"]) > 1 and form_of(told, "short", "html")["there"]

        told = screen.until(all_is_made, "short.pdf")
    said = {one["audience"]: f["message"] for f in told["findings"] for one in f["concerns"]}
    assert set(said) == {"press", "short"}
    assert "pages; 1 is allowed" in said["short"]
    assert not form_of(told, "short", "pdf")["there"]


def test_a_defect_of_ours_does_not_end_it(file: Path) -> None:
    told: list[object] = []
    worker = Worker("pages", told.append)
    try:
        worker.ask(Job(1, 3, ()))  # type: ignore[arg-type]
        _wait(lambda: Done(1) in told)
        assert "defect" in _said(told)
        worker.ask(Job(2, file, ("press",)))
        _wait(lambda: Done(2) in told)
        assert [a.form for a in told if isinstance(a, Made) and a.number == 2] == ["html", "md"]
        worker._process.kill()  # noqa: SLF001  # what the system does when memory runs out
        _wait(lambda: ENDED in _said(told))
        worker.ask(Job(3, file, ("press",)))
        _wait(lambda: any(isinstance(a, Made) and a.number == 3 for a in told))
    finally:
        worker.close()


def _said(told: list[object]) -> str:
    return "\n".join(p.message for a in told if isinstance(a, Read) for p in a.problems)


def _wait(holds: object, seconds: float = 30) -> None:
    from time import monotonic, sleep

    end = monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert monotonic() < end
        sleep(0.01)


def test_an_earlier_answer_does_not_undo_a_later_one() -> None:
    state = State()
    state.begin()
    state.begin()
    state.take("pages", Read(2, ("a",)))
    assert state.take("pages", Made(2, "a", "html", b"new"))
    assert not state.take("pages", Made(1, "a", "html", b"old"))
    assert not state.take("pdf", Read(1, ("b",)))
    assert state.audiences == ("a",)
    assert state.brief(("a", "html")).data == b"new"
    assert not state.waiting(("a", "html"))
    assert state.waiting(("a", "pdf"))


# --- places ---


def test_lines_are_those_of_the_briefing_and_of_findings_in_its_folders(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    put(desk, {"a.yaml": "one: 1\ntwo: \x1b[2m\n", "audiences/b.yaml": "b", "c.env": "secret"})
    put(tmp_path, {"other.yaml": "secret"})
    (desk / "link.yaml").symlink_to(tmp_path / "other.yaml")
    places = Places(desk / "a.yaml", (desk,))
    found = places.lines(str(desk / "a.yaml"), 2, ())
    assert found == {"file": "a.yaml", "first": 1, "lines": ["one: 1", "two: ␛[2m"], "line": 2}
    named = [str(desk / "audiences/b.yaml"), str(tmp_path / "other.yaml"), str(desk / "c.env")]
    named += [str(desk / "link.yaml"), str(desk / "../other.yaml"), "", "\0"]
    assert [bool(places.lines(name, 0, named)) for name in named] == [True] + [False] * 6
    assert places.lines(str(desk / "audiences/b.yaml"), 0, ()) is None


@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_is_led_to_the_place(editor: str, tmp_path: Path) -> None:
    from briefings.errors import Problem

    put(tmp_path, {"a b#c.yaml": ""})
    file = tmp_path / "a b#c.yaml"
    told = Places(file, (tmp_path,), editor).told(Problem("no", str(file), 3, 4))
    assert "a%20b%23c.yaml" in told["editor"]
    assert told["editor"].partition(":")[0] not in ("http", "https", "javascript", "file", "data")
    assert told["editor"].index("3") < told["editor"].rindex("4")
    assert Places(file, (tmp_path,)).told(Problem("no", str(file), 3, 4))["editor"] == ""
