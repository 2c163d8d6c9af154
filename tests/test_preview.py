"""The preview: what it makes, when it makes it anew, and what is wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from briefings import pipeline, preview, survey
from briefings.errors import InvalidInput
from briefings.preview.places import EDITORS, Places
from briefings.preview.state import State
from briefings.preview.watch import matters, roots
from briefings.preview.work import Done, Job, Made, Pages, Papers, Read, Surveyed
from briefings.preview.worker import ENDED, Worker
from tests.commands import BIN, clean_environment, run
from tests.previewing import Screen, Told, form_of, looking, taken
from tests.rendering import READER, YAML, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RED = "{id: set, speaker: ministry, text: It was set., marking: TLP:RED}"
CLEAR = YAML.replace("TLP:GREEN", "TLP:CLEAR")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "brief.yaml"
    path.write_text(CLEAR, "utf-8")
    return path


@pytest.fixture
def screen(file: Path) -> Iterator[Screen]:
    with looking(file) as found:
        yield found


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


# --- what is made ---


def test_each_audience_has_the_bytes_that_render_writes(file: Path, screen: Screen) -> None:
    told = screen.settled("analyst.html", "analyst.pdf", "executive.html", "press.md")
    assert [one["name"] for one in told["audiences"]] == ["executive", "analyst", "press"]
    assert told["findings"] == []
    briefing = pipeline.load(file)
    for name, form in (("analyst", "html"), ("analyst", "pdf"), ("press", "md")):
        status, headers, data = screen.get(f"brief/{name}.{form}")
        assert status == 200
        assert data == pipeline.render(pipeline.view(briefing, name), form).data
        assert (
            headers["Content-Type"]
            == {
                "html": "text/html; charset=utf-8",
                "md": "text/markdown; charset=utf-8",
                "pdf": "application/pdf",
            }[form]
        )
    assert form_of(told, "analyst", "pdf")["pages"] == 1


def test_a_pdf_is_made_only_where_one_is_on_a_screen(screen: Screen) -> None:
    told = screen.settled("analyst.pdf")
    made = {one["name"] for one in told["audiences"] if one["forms"]["pdf"]["there"]}
    assert made == {"analyst"}


def test_an_audience_sees_its_own_document_and_no_more(file: Path) -> None:
    file.write_text(CLEAR.replace("burned.}", f"burned.}}, {RED}"))
    with looking(file) as screen:
        screen.settled("analyst.html", "press.html", "press.md")
        assert b"It was set." in screen.get("brief/analyst.html")[2]
        for path in ("brief/press.html", "brief/press.md", "markdown/press"):
            status, _, data = screen.get(path)
            assert status == 200
            assert b"It burned." in data
            assert b"It was set." not in data


def test_the_audiences_are_those_that_are_asked_for_else_those_of_the_briefing(
    file: Path,
) -> None:
    edit(file, "authors:", "audiences: [press]\nauthors:")
    with looking(file) as screen:
        assert [one["name"] for one in screen.settled("press.html")["audiences"]] == ["press"]
    with looking(file, "analyst", "press") as screen:
        names = [one["name"] for one in screen.settled("press.html")["audiences"]]
        assert names == ["analyst", "press"]


def test_the_markdown_stands_beside_its_rendering(file: Path) -> None:
    edit(file, "It burned.", '"<script>alert(1)</script> *fire*"')
    with looking(file) as screen:
        screen.settled("analyst.md")
        page = screen.get("markdown/analyst")[2].decode()
    assert "<em>fire</em>" in page
    assert "<script" not in page
    assert "href" not in page
    assert "&lt;script" in page


def test_what_is_on_a_screen_is_made_first(file: Path) -> None:
    answers = list(Pages()(Job(1, file, (), (("press", "html"), ("nobody", "html")))))
    assert isinstance(answers[0], Read)
    order = list(dict.fromkeys(a.audience for a in answers if isinstance(a, Made)))
    assert order == ["press", "executive", "analyst"]


def test_a_pdf_that_would_come_out_the_same_is_not_made_again(file: Path) -> None:
    papers, job = Papers(), Job(1, file, (), (("analyst", "pdf"),))
    with patch.object(pipeline, "render", wraps=pipeline.render) as rendered:
        first = [a for a in papers(job) if isinstance(a, Made)]
        edit(file, "authors:", "# a remark\nauthors:")
        assert [a for a in papers(job) if isinstance(a, Made)] == first
        assert rendered.call_count == 1
        for name, text in (
            ("brief.yaml", CLEAR.replace("A fire", "Another fire")),
            ("templates/themes/default.css", "h1 { color: red }"),
            ("audiences/analyst.yaml", "extends: analyst\npaper: letter\n"),
        ):
            put(file.parent, {name: text})
            (again,) = [a for a in papers(job) if isinstance(a, Made)]
            assert again.data != first[0].data
            assert (
                again.data
                == pipeline.render(pipeline.view(pipeline.load(file), "analyst"), "pdf").data
            )
            first = [again]


# --- when it changes ---


@pytest.mark.parametrize(
    ("path", "text", "seen"),
    [
        ("brief.yaml", CLEAR.replace("A fire", "A flood"), "A flood"),
        ("templates/sections/chain.md.j2", "Of one's own.\n", "Of one's own."),
        ("templates/themes/default.css", "h1 { color: #123456 }", "#123456"),
        ("audiences/analyst.yaml", "extends: analyst\nname: Somebody else\n", "Somebody else"),
    ],
)
def test_a_change_of_what_it_is_made_of_is_shown(
    path: str, text: str, seen: str, file: Path
) -> None:
    edit(file, "authors:", "audiences: [analyst]\nauthors:")
    put(file.parent, {"audiences/analyst.yaml": "extends: analyst\nsections: [chain, sources]\n"})
    with looking(file) as screen:
        before = screen.settled("analyst.html")["number"]
        assert seen not in screen.get("brief/analyst.html")[2].decode()
        put(file.parent, {path: text})
        screen.until(
            lambda told: (
                told["number"] > before and seen in screen.get("brief/analyst.html")[2].decode()
            ),
            "analyst.html",
        )


def test_what_matters_is_known(tmp_path: Path) -> None:
    desk = tmp_path / "work" / "data"
    put(tmp_path / "work", {"briefings.toml": "", "audiences/a.yaml": "", "data/a.yaml": ""})
    put(tmp_path / "work", {"data/register/b.yaml": "", "data/templates/c.css": ""})
    file = desk / "a.yaml"
    assert roots(file) == (desk, tmp_path / "work")
    for name in (
        "a.yaml",
        "templates/sections/x.md.j2",
        "register/b.yaml",
        "../audiences/a.yaml",
        "../briefings.toml",
        "lexicons",
        "../fonts",
    ):
        assert matters(file, (desk / name).resolve()), name
    for name in ("b.yaml", ".a.yaml.swp", "out/a.html", "../out/a.html", "../notes.txt"):
        assert not matters(file, (desk / name).resolve()), name


def test_a_file_that_goes_is_told_of_and_comes_back(file: Path, screen: Screen) -> None:
    told = screen.settled("press.html")
    good = screen.get("brief/press.html")[2]
    file.unlink()
    told = screen.until(lambda told: told["findings"], "press.html")
    assert told["findings"][0]["message"] == "there is no such file"
    assert form_of(told, "press", "html")["there"]
    assert screen.get("brief/press.html")[2] == good
    file.write_text(CLEAR.replace("A fire", "A flood"), "utf-8")
    screen.until(lambda told: not told["findings"] and told["number"] > 2, "press.html")
    screen.until(lambda _: b"A flood" in screen.get("brief/press.html")[2], "press.html")


def test_a_folder_that_goes_is_told_of_and_comes_back(file: Path, screen: Screen) -> None:
    screen.settled("press.html")
    away = file.parent.with_name("away")
    file.parent.rename(away)
    screen.until(lambda told: told["findings"], "press.html")
    away.rename(file.parent)
    screen.until(lambda told: not told["findings"], "press.html")


def test_a_later_change_overtakes(file: Path, screen: Screen) -> None:
    """Ten changes in a row end in the last, though each PDF takes longer than a change."""
    before = screen.settled("analyst.pdf")["number"]
    for number in range(10):
        file.write_text(CLEAR.replace("A fire", f"Fire {number}"), "utf-8")
        _later(screen, before + number)
    made = pipeline.render(pipeline.view(pipeline.load(file), "analyst"), "pdf").data
    screen.until(lambda _: screen.get("brief/analyst.pdf")[2] == made, "analyst.pdf")
    assert b"Fire 9" in screen.get("brief/analyst.html")[2]


def _later(screen: Screen, number: int) -> int:
    """Wait for a later change, and return its number."""
    told = screen.until(lambda told: told["number"] > number, "analyst.pdf")
    return int(told["number"])


def test_a_template_without_end_is_left_off(file: Path, screen: Screen) -> None:
    before = screen.settled("analyst.html")["number"]
    long = "{% for a in range(9999) %}" * 3 + "x" + "{% endfor %}" * 3
    put(file.parent, {"templates/sections/chain.md.j2": long})
    number = screen.until(lambda told: told["number"] > before, "analyst.html")["number"]
    put(file.parent, {"templates/sections/chain.md.j2": "Of one's own."})
    screen.settled("analyst.html", after=number)


# --- what is wrong ---


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


def test_where_pdfs_alone_are_shown_the_pages_come_after(file: Path) -> None:
    with looking(file) as screen:
        first = screen.settled("analyst.pdf")
        edit(file, "authors:", "issue: 7\nauthors:")
        later = [
            (form_of(told, "analyst", "pdf")["waiting"], form_of(told, "press", "html")["waiting"])
            for told in _until_settled(screen, first["number"])
        ]
        assert (True, False) not in later
        assert later[-1] == (False, False)


def _until_settled(screen: Screen, number: int) -> Iterator[Told]:
    for told in screen.follow("analyst.pdf"):
        if told["number"] > number:
            yield told
            if not form_of(told, "press", "html")["waiting"]:
                return


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
        told = screen.until(lambda told: len(told["findings"]) > 1, "short.pdf")
    said = {one["audience"]: f["message"] for f in told["findings"] for one in f["concerns"]}
    assert set(said) == {"press", "short"}
    assert "pages; 1 is allowed" in said["short"]
    assert form_of(told, "short", "html")["there"]
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


# --- the command ---


def test_what_is_wrong_with_the_command_is_a_sentence(file: Path) -> None:
    with taken() as port:
        for arguments, said in (
            ([file.parent / "none.yaml"], "there is no such file"),
            ([file.parent], "this is a folder"),
            (["-"], "standard input has none"),
            ([file, "-a", "analist"], 'did you mean "analyst"?'),
            ([file, "--editor", "vscod"], 'did you mean "vscode"?'),
            ([file, "--port", port], f"port {port} cannot be used: Address already in use"),
        ):
            done = run("preview", *arguments, "--no-browser")
            assert done.code == 2
            assert said in done.err
            assert done.out == ""


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "watchfiles"])
def test_a_missing_package_is_a_sentence(name: str, file: Path) -> None:
    code = f"import sys; sys.modules[{name!r}] = None; from briefings.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "preview", str(file), "--no-browser"],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    assert done.returncode == 2
    assert (
        done.stderr == f'the preview needs {name}; install it: pip install "briefings[preview]"\n'
    )


def test_ctrl_c_ends_it_at_once_with_nothing_but_the_address_said(file: Path) -> None:
    started = subprocess.Popen(
        [str(BIN / "briefings"), "preview", str(file), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    with started:
        assert started.stdout
        screen = Screen(started.stdout.readline().strip())
        for _ in zip(range(3), screen.follow("analyst.pdf"), strict=False):
            pass
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=5)
    assert started.returncode == 0
    assert (out, err) == ("", "")


def test_the_browser_is_opened_with_an_address_that_leads_in_once(file: Path) -> None:
    opened: list[str] = []
    said: list[str] = []

    def see(address: str) -> None:
        opened.append(address)
        raise KeyboardInterrupt

    with patch("webbrowser.open", see):
        preview.run(file, [], tell=said.append)
    assert len(opened) == len(said) == 1
    assert opened[0].rsplit("/", 1)[0] == said[0].rstrip("/").rsplit("/", 1)[0]
    assert opened[0].rsplit("/", 1)[1] not in said[0]


def test_a_file_that_cannot_be_read_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput), preview.running(tmp_path / "none.yaml"):
        pytest.fail("it started")
