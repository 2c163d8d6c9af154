"""The preview: what it makes, and when it makes it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from briefings import pipeline, watch
from briefings.preview.places import roots
from briefings.preview.work import Job, Made, Pages, Papers, Read
from tests.previewing import CLEAR, RED, Screen, Told, edit, file, form_of, looking, screen
from tests.rendering import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["file", "screen"]

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
        assert b"It was <span" in screen.get("brief/analyst.html")[2]  # its last word is tied
        for path in ("brief/press.html", "brief/press.md", "markdown/press"):
            status, _, data = screen.get(path)
            assert status == 200
            assert b"It burned." in data.replace("\u00a0".encode(), b" ")
            assert b"It was" not in data


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


def test_what_nobody_looks_at_is_made_once_the_browser_has_had_time_to_draw(file: Path) -> None:
    def pauses(*shown: tuple[str, str]) -> list[list[str]]:
        """Return whose pages were there at each pause."""
        made: list[str] = []
        found: list[list[str]] = []
        with patch("briefings.preview.work.time.sleep", lambda _: found.append(made.copy())):
            for answer in Pages()(Job(1, file, ("analyst", "press"), shown)):
                made += [answer.audience] if isinstance(answer, Made) and answer.data else []
        return found

    assert pauses(("press", "html"), ("press", "md")) == [["press"] * 2]
    assert pauses(("press", "pdf")) == [[]]
    assert pauses(("press", "html"), ("analyst", "html")) == []
    assert pauses() == []


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
        ("brief.yaml", CLEAR.replace("A fire", "A flood"), "A\u00a0flood"),
        ("templates/sections/chain.md.j2", "Of one's own.\n", "Of one's\u00a0own."),
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
    file = desk / "a.yaml"
    known = {"a.yaml", "templates/sections/x.md.j2", "register/b.yaml", "../audiences/a.yaml"}
    known |= {"../briefings.toml", "lexicons/x.yaml", "../fonts/x.otf"}
    others = ("b.yaml", ".a.yaml.swp", "out/a.html", "../out/a.html", "../notes.txt")
    put(desk, dict.fromkeys((*known, *others), ""))
    assert roots(file) == (desk, tmp_path / "work")
    used = {path.resolve() for path in watch.used([file])}
    for name in known:
        assert (desk / name).resolve() in used, name
    for name in others:
        assert (desk / name).resolve() not in used, name


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
    # Where PDFs alone are on a screen, the pages are made once these are there.
    screen.until(lambda _: b"Fire 9" in screen.get("brief/analyst.html")[2], "analyst.pdf")


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
