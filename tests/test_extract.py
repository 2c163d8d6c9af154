"""An extract: what a reader may see, as a briefing from which the same brief is made again."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings import model, pipeline, source, templating
from briefings.audience import Sourcing
from briefings.errors import InvalidInput, Refused
from briefings.model import fields
from briefings.resources import Shelf
from briefings.source.writer import dump
from tests import canaries, hard, made
from tests.awkward import SIGNS
from tests.commands import FLOOD
from tests.made import AMBER, CLEAR, GREEN, MARKINGS, RED, actor, claim, event, origin
from tests.rendering import YAML, brief, marked, put, sentences
from tests.stories import Story, told
from tests.test_canaries import refused
from tests.test_no_trace import randoms, sections, sourcings

if TYPE_CHECKING:
    from pathlib import Path

    from briefings.audience import Audience
    from briefings.document import Document
    from briefings.model import Briefing
    from briefings.model.marking import Marking

EXAMPLES = sorted(FLOOD.parent.glob("*.yaml"))
AUDIENCES = ("executive", "analyst", "press")
CAGE = canaries.Cage()


def again(document: Document, folder: Path | None = None) -> Briefing:
    read = source.parse(document.source, f"{document.id}.yaml")
    return model.build(read, name=document.id, folder=folder)


def same(document: Document, reader: Audience, folder: Path | None = None) -> None:
    """Check that a document and the one made of its extract print the same, and give the same."""
    other = made.document(again(document, folder), reader)
    shelf = Shelf.at(folder)
    assert templating.markdown(other, shelf) == templating.markdown(document, shelf)
    assert other.source == document.source
    assert other.fingerprint == document.fingerprint


# The same again


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_comes_back(path: Path, audience: str) -> None:
    document = pipeline.view(pipeline.load(path), audience).document
    other = pipeline.view(again(document), audience)
    assert other.document.source == document.source
    assert other.document.made_with == document.made_with
    assert other.marked == pipeline.view(pipeline.load(path), audience).marked


@settings(max_examples=80)
@given(st.builds(Story, randoms, st.sampled_from(MARKINGS[:-1])), sections, sourcings)
def test_any_story_comes_back(story: Story, names: list[str], sourcing: str) -> None:
    briefing = made.briefing(told(story.data, secrets=True) | {"marking": story.high[-1]})
    reader = made.reader(story.low[-1], sections=names, sourcing=sourcing)
    same(made.document(briefing, reader), reader)


@pytest.mark.parametrize("sourcing", list(Sourcing))
def test_hard_characters_come_back(tmp_path: Path, sourcing: str) -> None:
    for start in range(0, len(SIGNS), 44):
        data = hard.briefing(hard.Hard(SIGNS[start : start + 44]))
        briefing = pipeline.load(hard.write(tmp_path, data))
        reader = made.reader(RED, sourcing=sourcing)
        same(made.document(briefing, reader), reader)


@pytest.mark.parametrize("ceiling", MARKINGS, ids=lambda marking: marking.name)
@pytest.mark.parametrize("sourcing", list(Sourcing))
def test_every_field_of_the_model_comes_back(
    tmp_path: Path, ceiling: Marking, sourcing: str
) -> None:
    put(tmp_path, {f"lexicons/{canaries.LEXICON}.yaml": CAGE.lexicon()})
    briefing = made.briefing(CAGE.data, tmp_path)
    reader = made.reader(ceiling, sourcing=sourcing)
    same(made.document(briefing, reader), reader, tmp_path)


def allowed(text: str) -> bool:
    return not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]",
        text,
    )


PIECES = ["1e5", "1e999", "0o17", "0x1F", ".inf", "NO", "12:30", "2024-11-21", "~", "null", "<<"]
PIECES += ["=", "- a", "a: b", "a #b", "'", '"', "\\", "\n", "\n\n", "\r", "\t", " ", "\ufeff", "é"]
PIECES += [
    "*a",
    "&a",
    "!a",
    "%a",
    "|",
    ">",
    "?",
    "[",
    "{",
    "@",
    "`",
    "\U0001f680",
    "\u200f",
    "word",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=9).filter(allowed), max_size=6)


@given(texts.map("".join), texts.map(" ".join))
def test_yaml_reads_back_as_it_was_meant(one: str, other: str) -> None:
    data = {"one": one, "list": [other, {"a": one}], "number": 7, "half": 0.5, "yes": True}
    read = source.parse(dump(data, "A comment").encode(), "x").data
    kept = {key: read[key] for key in ("number", "half", "yes")}
    assert kept == {"number": 7, "half": 0.5, "yes": True}
    [second, third] = read["list"]
    assert [fields.as_text(v) for v in (read["one"], second, third["a"])] == [one, other, one]


def test_what_was_written_in_other_ways_comes_back(tmp_path: Path) -> None:
    yaml = YAML.replace("published: 2024-11-21", "published: 2024-11-21T18:00+00:00")
    yaml = yaml.replace("as_of: 2024-11-21", "as_of: 2024-11-21T05:30-05:00\nversion: 1.10")
    document = brief(tmp_path, yaml).document
    assert pipeline.view(again(document), "analyst").marked == brief(tmp_path, yaml).marked


def test_a_name_that_is_no_id_comes_back() -> None:
    briefing = made.briefing({"events": [event("e", claim("c"))], "actors": [actor("somebody")]})
    briefing.placed("Fire in Silo 4", None)
    document = made.document(briefing, made.reader())
    assert b"\nid:" not in document.source
    assert made.document(again(document), made.reader()).source == document.source


def test_a_text_of_another_language_keeps_its_own(tmp_path: Path) -> None:
    put(tmp_path, {"audiences/francais.yaml": "extends: analyst\nlanguage: fr\n"})
    made_so = brief(tmp_path, audience="francais")
    assert made_so.document.language.code == "fr"
    assert b"\nlanguage: en\n" in made_so.document.source
    assert pipeline.view(again(made_so.document, tmp_path), "francais").marked == made_so.marked


# Nothing that its reader may not see


@pytest.mark.parametrize("ceiling", MARKINGS, ids=lambda marking: marking.name)
@pytest.mark.parametrize("sourcing", list(Sourcing))
def test_it_holds_nothing_above_the_ceiling_and_no_id(ceiling: Marking, sourcing: str) -> None:
    briefing = made.briefing(CAGE.data | {"lexicon": "icd203", "key_judgements": []})
    document = made.document(briefing, made.reader(ceiling, sourcing=sourcing))
    text = document.source.decode()
    assert not refused(text, ceiling)
    assert not [m for m in MARKINGS if m > ceiling and re.search(rf"{re.escape(m.value)}\b", text)]
    assert ceiling.value in text


GRADED: dict[str, Any] = {
    "actors": [actor("somebody"), actor("other")],
    "sources": [origin("wire", reliability="D")],
    "events": [
        event("e", claim("c", via=["wire"], credibility=4), claim("d", "other", reliability="B"))
    ],
}


@pytest.mark.parametrize(
    ("sourcing", "names", "there"),
    [
        ("annex", ["chain", "sources"], True),
        ("inline", ["chain"], False),
        ("inline", ["chain", "claims"], True),
        ("inline", ["chain", "sources"], True),
        ("none", ["chain", "claims"], False),
    ],
)
def test_grades_are_for_those_who_are_shown_them(
    sourcing: str, names: list[str], *, there: bool
) -> None:
    reader = made.reader(sourcing=sourcing, sections=names)
    document = made.document(made.briefing(GRADED), reader)
    text = document.source.decode()
    assert document.graded is there
    assert (f"grades: {str(there).lower()}") in text
    assert ("credibility: 4" in text) is ("reliability: B" in text) is there
    assert ("status: claimed" in text) is ("speakers:" in text) is not there
    assert ("reliability: D" in text) is there
    assert document["events"][0].status == "claimed"
    same(document, reader)


# For another reader


def two(**marks: str) -> dict[str, Any]:
    """Return a briefing with two claims; what is named is marked so."""
    claims = [claim("c"), claim("d", "other", stance="denies", marking=marks.get("claim", CLEAR))]
    listed = {"actors": [actor("somebody"), actor("other")], "events": [event("e", *claims)]}
    return {**listed, "gaps": [{"id": "g", "text": "A gap.", "marking": marks.get("gap", CLEAR)}]}


def test_an_extract_without_grades_is_not_cut_where_that_would_change_a_status() -> None:
    reader = made.reader(AMBER, sourcing="none")
    document = made.document(made.briefing(two(claim=AMBER)), reader)
    assert document["events"][0].status == "disputed"
    with pytest.raises(Refused, match=r'^this is an extract for "reader", whose statuses are'):
        made.document(again(document), made.reader(GREEN, sourcing="none"))
    assert made.document(again(document), made.reader(RED, sourcing="none"))["events"]


def test_a_graded_extract_is_cut_like_any_briefing() -> None:
    briefing = made.briefing(two(claim=AMBER, gap=RED))
    lower = made.reader(GREEN, sourcing="inline")
    document = made.document(briefing, made.reader(RED))
    left = made.document(again(document), lower)
    assert left["events"][0].status == "claimed"
    assert left.source == made.document(briefing, lower).source


@pytest.mark.parametrize(
    ("given", "wanted"), [("executive", "press"), ("executive", "analyst"), ("press", "analyst")]
)
def test_an_extract_is_not_for_who_is_shown_more_of_the_sourcing(given: str, wanted: str) -> None:
    document = pipeline.view(pipeline.load(FLOOD), given).document
    said = (
        rf'^this is an extract for "{given}", with less of the sourcing than "{wanted}" is shown$'
    )
    with pytest.raises(Refused, match=said):
        pipeline.view(again(document), wanted)


def test_an_extract_is_for_who_is_shown_less() -> None:
    document = pipeline.view(pipeline.load(EXAMPLES[0]), "analyst").document
    assert pipeline.view(again(document), "press").document["events"]


# In a template


def test_a_template_prints_the_fingerprint(tmp_path: Path) -> None:
    said = marked(tmp_path, "{{ document.fingerprint }} {{ document.content_hash }}")
    source = brief(tmp_path).document.source
    digest = sha256(source).hexdigest()
    assert said.split() == [digest[:12], digest]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ document.source }}", '"document.source" is printed here: the source'),
        ("{{ document.source.decode() }}", '"decode" of the source is not for templates'),
    ],
)
def test_a_template_does_not_print_the_source(tmp_path: Path, template: str, said: str) -> None:
    [found] = sentences(tmp_path, template)
    assert found.endswith(said)


# What only an extract states


def problems(yaml: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        model.build(source.parse(yaml.encode(), "x"), name="x", folder=None)
    return [problem.message for problem in caught.value.problems]


HEAD = "extract: {{audience: press, sourcing: none, grades: {}}}\n"
STATED = YAML.replace(
    "title: A fire", "title: A fire\n    status: claimed\n    speakers: [ministry]"
)
SOURCE = "\nsources: [{id: wire, title: Wire, type: news}]\n"


def test_nobody_writes_a_status_by_hand() -> None:
    said = [
        "a status is derived from the claims; only an extract states it",
        "the speakers are derived from the claims; only an extract states them",
    ]
    assert problems(STATED) == said
    assert problems(HEAD.format("true") + STATED) == said


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        (YAML + SOURCE, '"reliability" is missing'),
        (HEAD.format("true") + YAML + SOURCE, '"reliability" is missing'),
        (HEAD.format("false") + YAML, '"status" is missing'),
        (
            YAML + SOURCE.replace("news", "news, reliability: null"),
            "one of A, B, C, D, E, F is expected, nothing was found",
        ),
        ("extract: press\n" + YAML, "a mapping of keys and values is expected"),
        ("extract: {audience: press, grades: true}\n" + YAML, '"sourcing" is missing'),
    ],
)
def test_what_is_said_of_a_wrong_extract(yaml: str, said: str) -> None:
    found = problems(yaml)
    assert any(one.startswith(said) for one in found), found


def test_no_author_is_offered_what_only_extracts_have() -> None:
    assert problems(f"nonsense: 1\n{YAML}")[0].startswith('unknown key "nonsense"; known: id,')
    assert '"extract"' not in problems(f"extracts: 1\n{YAML}")[0]
    [said] = problems(YAML.replace("title: A fire", "title: A fire\n    stati: 1"))
    assert "status" not in said


def test_it_says_what_it_is() -> None:
    document = pipeline.view(pipeline.load(FLOOD), "press").document
    first, *rest = document.source.decode().splitlines()
    assert first == (
        '# The source of the brief "2025-03-14-riverbend-flood" for the audience "press": '
        "all that it was made of."
    )
    assert rest[0] == "extract:"
    assert max(map(len, rest)) < 200
