"""A section that is somebody's own template: named by an audience, no wider than that says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings import audience as audiences
from briefings import pipeline
from briefings.document.extract import extract
from briefings.errors import InvalidInput
from briefings.model.marking import Marking
from briefings.model.sections import SECTIONS
from briefings.resources import Shelf
from tests import canaries, made
from tests.commands import does
from tests.rendering import put
from tests.test_canaries import CAGE, refused

if TYPE_CHECKING:
    from briefings.document import Document

ACTIONS = '{% for gap in document["gaps"] %}\n-   {{ gap.text }}\n{% endfor %}\n'
BRIEF = """
title: A strike
bluf: A strike was reported.
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
authors: [Desk]
actors: [{id: ministry, name: The ministry}]
events:
  - id: strike
    date: 2024-11-21
    title: A fire
    claims: [{id: burned, speaker: ministry, text: It burned.}]
gaps:
  - {id: cause, text: What began it., matters: It may happen again., about: [strike]}
  - {id: secret, text: Who did it., marking: TLP:RED}
needs: [{id: tents, sector: Shelter, text: Tents., speaker: ministry}]
"""
READER = """
name: Tester
reader: a test
ceiling: TLP:AMBER
sourcing: inline
sections: [timeline, actions]
headings: {actions: What *to* do}
uses: {actions: [gaps]}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path, {"brief.yaml": BRIEF, "audiences/own.yaml": READER})
    put(tmp_path, {"templates/sections/actions.md.j2": ACTIONS})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def brief(**files: str) -> pipeline.Brief:
    names = {"reader": "audiences/own.yaml", "template": "templates/sections/actions.md.j2"}
    put(Path(), {names.get(name, name): text for name, text in files.items()})
    return pipeline.view(pipeline.load("brief.yaml"), "own")


def text(form: str = "md", **files: str) -> str:
    return pipeline.render(brief(**files), form).data.decode()


@pytest.mark.usefixtures("desk")
def test_it_stands_where_it_is_named_under_its_heading() -> None:
    said = text()
    assert said.index("## What happened") < said.index(
        "## What \\*to\\* do\n\n-   What began it.\n"
    )
    assert '<section class="section-actions"' in text("html")
    first = text(reader=READER.replace("[timeline, actions]", "[actions, timeline]"))
    assert first.index("\\*to\\*") < first.index("What happened")


@pytest.mark.usefixtures("desk")
def test_its_document_holds_what_is_used_and_nothing_else() -> None:
    document = brief().document
    assert document.sections == ("timeline", "actions")
    assert list(document.parts) == ["events", "gaps"]
    assert "Tents" not in extract(document)
    assert "Who did it" not in extract(document), "the ceiling holds for it too"
    both = brief(reader=READER.replace("[gaps]", "[gaps, needs]")).document
    assert "Tents" in extract(both)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "template",
    [
        "{# nothing #}",
        '{% for gap in document["gaps"] if gap.matters is none %}x{% endfor %}\n\n',
        '{% call block("note") %}{% call block("inner") %} {% endcall %}{% endcall %}',
        '{{ figure("tally") if false }}',
    ],
)
def test_one_of_which_nothing_comes_has_no_heading(template: str) -> None:
    assert "What happened" in text(template=template)
    assert "do\n" not in text(template=template)
    assert "section-actions" not in text("html", template=template)


@pytest.mark.usefixtures("desk")
def test_one_that_has_nothing_to_show_is_not_run() -> None:
    said = text(reader=READER.replace("[gaps]", "[warnings]"), template="Always.")
    assert "Always" not in said
    assert "Always" in text(reader=READER.replace("uses: {actions: [gaps]}", ""))


@pytest.mark.usefixtures("desk")
def test_what_it_does_not_use_is_told() -> None:
    with pytest.raises(InvalidInput) as caught:
        text(template='\n{{ document["needs"] | length }}')
    (problem,) = caught.value.problems
    assert (Path(problem.file).name, problem.line) == ("actions.md.j2", 2)
    assert problem.message == (
        'document["needs"] is not there: no section of this reader shows it; '
        'the audience can say so under "uses"'
    )
    reader = READER.replace("timeline, ", "")
    with pytest.raises(InvalidInput, match=r'document\["events"\] is not there'):
        text(reader=reader, template='{{ figure("chain") }}')


@pytest.mark.usefixtures("desk")
def test_its_own_template_lets_one_of_ours_use_more() -> None:
    both = '{{ document["gaps"] | length }} and {{ document["needs"] | length }}'
    reader = READER.replace("actions", "gaps").replace("gaps: [gaps]", "gaps: [needs]")
    put(Path(), {"templates/sections/gaps.md.j2": both})
    assert "1 and 1" in text(reader=reader)


@pytest.mark.usefixtures("desk")
def test_a_heading_of_ours_may_be_another() -> None:
    said = text(reader=READER.replace("headings: {", "headings: {timeline: The course of it, "))
    assert "## The course of it" in said
    assert "What happened" not in said


@pytest.mark.usefixtures("desk")
def test_who_extends_changes_single_entries() -> None:
    more = "extends: own\nsections: [timeline, actions]\nheadings: {timeline: First}\n"
    put(Path(), {"audiences/more.yaml": more})
    reader = audiences.load("more", Shelf.at(Path()))
    assert {key: line.plain for key, line in reader.headings.items()} == {
        "actions": "What *to* do",
        "timeline": "First",
    }
    assert reader.uses == {"actions": ["gaps"]}
    put(Path(), {"audiences/more.yaml": "extends: own\nsections: [timeline]\n"})
    assert audiences.load("more", Shelf.at(Path())).shown_by("timeline") == ("events",)


@pytest.mark.usefixtures("desk")
def test_the_labels_and_grades_follow_what_is_used() -> None:
    reader = READER.replace("inline", "annex").replace("[timeline, actions]", "[actions, sources]")
    template = '{% from "parts.md.j2" import label with context %}' + ACTIONS.replace(
        "{{ gap", "{{ label(gap) }}{{ gap"
    )
    assert "-   G1 What began it." in text(reader=reader, template=template)


def test_the_grades_are_there_for_who_uses_the_sources() -> None:
    for used, graded in (("gaps", False), ("sources", True), ("events", False)):
        one = made.reader(
            sections=["x"], sourcing="inline", headings={"x": "X"}, uses={"x": [used]}
        )
        assert one.graded is graded


@pytest.mark.slow
def test_a_pdf_with_one_is_what_its_source_makes(desk: Path) -> None:
    put(desk, {"briefings.toml": ""})
    assert does("render brief.yaml -a own -t pdf").code == 0
    assert does("verify out/brief.own.pdf").code == 0
    for reader in (
        READER.replace("What *to*", "Another"),
        READER.replace("[gaps]", "[gaps, needs]"),
    ):
        put(desk, {"audiences/own.yaml": reader})
        ran = does("verify out/brief.own.pdf")
        assert (ran.code, "another audience" in ran.out + ran.err) == (1, True)
    put(desk, {"audiences/own.yaml": READER})
    put(desk, {"templates/sections/actions.md.j2": ACTIONS + "More."})
    ran = does("verify out/brief.own.pdf")
    assert "another templates" in ran.out + ran.err
    (desk / "again").mkdir()
    assert does("extract out/brief.own.pdf -o again/brief.yaml").code == 0
    put(desk, {"templates/sections/actions.md.j2": ACTIONS})
    ran = does("render again/brief.yaml -a own -t pdf -o -")
    assert (ran.code, ran.data) == (0, (desk / "out/brief.own.pdf").read_bytes())


@pytest.mark.usefixtures("desk")
def test_commands_know_it() -> None:
    put(Path(), {"briefings.toml": ""})
    assert does("check brief.yaml").code == 0
    assert does("check --templates").code == 0
    assert (
        "  Your own: shows what the audience says that it uses." in does("reference actions").lines
    )
    assert does("new template sections/risks.md.j2").lines == ["templates/sections/risks.md.j2"]
    begun = Path("templates/sections/risks.md.j2").read_text("utf-8")
    assert "headings: {risks: Risks}" in begun
    told = begun.partition("sections: ")[0], begun.partition("headings: ")[2]
    assert "{risks: [needs, gaps]}" in told[1]
    reader = (
        READER.replace("actions]", "actions, risks]")
        .replace("headings: {", "headings: {risks: Risks, ")
        .replace("uses: {", "uses: {risks: [needs, gaps], ")
    )
    assert "## Risks\n\n-   **Shelter**: Tents.\n-   What began it." in text(reader=reader)
    assert does("check --templates").code == 0
    assert does("new audience third").code == 0
    assert "history, actions, risks." in Path("audiences/third.yaml").read_text("utf-8")


def document(uses: list[str], ceiling: Marking, folder: Path) -> Document:
    reader = made.reader(ceiling, sections=["own"], headings={"own": "Own"}, uses={"own": uses})
    return made.document(made.briefing(CAGE.data, folder), reader)


@pytest.mark.parametrize("ceiling", list(Marking), ids=lambda marking: marking.name)
def test_no_section_of_ones_own_gets_what_is_above_the_ceiling(
    ceiling: Marking, tmp_path: Path
) -> None:
    put(tmp_path, {f"lexicons/{canaries.LEXICON}.yaml": CAGE.lexicon()})
    briefing = made.briefing(CAGE.data, tmp_path)
    for key, ours in {section.key: name for name, section in SECTIONS.items()}.items():
        put(tmp_path, {"templates/sections/own.md.j2": f'{{% include "sections/{ours}.md.j2" %}}'})
        own = document([key], ceiling, tmp_path)
        assert not refused(made.written(own, "md", tmp_path).decode(), ceiling)
        assert not refused(own.source.decode(), ceiling)
        same = made.document(briefing, made.reader(ceiling, sections=[ours]))
        assert extract(own) == extract(same), "it holds what a section of ours would"
