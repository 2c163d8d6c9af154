"""What an editor shows of our schemas: yaml-language-server is asked, as editors ask it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefings import scaffold
from scripts import schemas
from tests.languageserver import SERVER, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.editor
ROOT = Path(__file__).parent.parent
MODELINE = "# yaml-language-server: $schema=schemas/{}.json\n"
HEAD = """title: A fire
bluf: A fire was reported.
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
authors: [Desk]
"""
CLAIM = """events:
  - id: fire
    date: 2024-11-21
    title: A fire
    claims:
      - id: fire-port
        speaker: port
        text: It burned.
"""
NO_STANCE = (
    'Value is not accepted. Valid values: "asserts", "confirms", "denies", "disputes", '
    '"declines-to-comment", "has-no-information".'
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    assert SERVER.is_file(), "set up by: sh scripts/setup.sh editor"
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(schemas.FOLDER, folder / "schemas")
    with Server(folder) as running:
        yield running


def briefing(text: str) -> str:
    return MODELINE.format("briefing") + text


# --- what is offered ----------------------------------------------------------------------------


def test_keys_are_offered_at_the_top_and_those_of_extracts_are_not(server: Server) -> None:
    offered = server.open("top", briefing(HEAD + "|")).offered()
    assert {"events", "sources", "key_judgements", "notice", "lexicon"} <= set(offered)
    assert not {"title", "marking", "extract"} & set(offered), "what is there, and what is not ours"
    said = offered["lexicon"]["documentation"]["value"]
    assert said.startswith("The lexicon whose terms the likelihoods are: ours are `icd203`,")


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("events:\n  - id: fire\n    |", {"date", "claims", "responds_to"}, {"status", "bluf"}),
        (CLAIM + "        |", {"stance", "via", "credibility"}, {"speaker", "date"}),
        ("authors:\n  - name: Desk\n    |", {"role", "marking"}, {"id"}),
        ("warnings:\n  - id: w\n    answer:\n      |", {"speaker", "text", "via"}, {"id"}),
        ("title:\n  |", {"TLP:CLEAR", "TLP:AMBER+STRICT"}, {"CLEAR", "bluf"}),
    ],
)
def test_keys_are_offered_within(
    text: str, wanted: set[str], unwanted: set[str], server: Server
) -> None:
    offered = set(server.open("within", briefing(text)).offered())
    assert wanted <= offered
    assert not unwanted & offered


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("marking: |", "TLP:CLEAR TLP:GREEN TLP:AMBER TLP:AMBER+STRICT TLP:RED"),
        (
            CLAIM + "        stance: |",
            "asserts confirms denies disputes declines-to-comment has-no-information",
        ),
        ("sources:\n  - id: wire\n    reliability: |", "A B C D E F null"),
        ("key_judgements:\n  - id: j\n    confidence: |", "low moderate high"),
        ("actors:\n  - id: a\n    identified: |", "true false"),
    ],
)
def test_values_are_offered_each_with_its_meaning(text: str, values: str, server: Server) -> None:
    offered = server.open("values", briefing(text)).offered()
    assert set(offered) == set(values.split())
    if "identified" not in text:
        said = {label: one["documentation"] for label, one in offered.items()}
        assert all(said.values())
        assert len(set(said.values())) == len(said)


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("audience", "name: Partners\n|", {"ceiling", "sections", "extends"}),
        ("audience", "sections:\n  - |", {"chain", "claims", "history"}),
        ("audience", "worldview: |", {"un", "ne"}),
        ("lexicon", "terms:\n  - term: likely\n    |", {"low", "high"}),
        ("language", "dates:\n  |", {"months", "minute", "since"}),
        ("language", "direction: |", {"ltr", "rtl"}),
    ],
)
def test_the_other_files_have_theirs(
    kind: str, text: str, wanted: set[str], server: Server
) -> None:
    assert wanted <= set(server.open(kind, MODELINE.format(kind) + text).offered())


# --- what is shown ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("as_|of: 2024-11-21", "The information cut-off: what became known later is not"),
        ("as_|of: 2024-11-21", "Example:\n\n```yaml\n2026-05-03T18:00Z\n```"),
        ("mark|ing: TLP:GREEN", "#### marking\n\nThe marking of the whole"),
        ("marking: TLP:G|REEN", "* `TLP:RED`: For the eyes and ears of individual recipients"),
        ("title: {TLP:CL|EAR: A fire}", "For everybody."),
        ("eve|nts: []", "Something that happened, or that somebody says happened."),
        (CLAIM + "        stance: den|ies", "* `denies`: Says that it is not so.\n* `asserts`"),
        (CLAIM + "        v|ia: [wire]", "The chain of sources that it came through"),
        ("sources:\n  - rel|iability: B", "* `F`: Reliability cannot be judged"),
        ("warnings:\n  - ans|wer: {speaker: a}", "What the other side answers."),
    ],
)
def test_a_field_says_what_it_is_for(text: str, said: str, server: Server) -> None:
    assert said in server.open("shown", briefing(text)).shown()


# --- what is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "where", "said"),
    [
        ("colour: red", "8:1-8:7", "Property colour is not allowed."),
        ("language: english!", "8:11-8:19", "Expected: a language code such as en."),
        ("issue: first", "8:8-8:13", "Expected: a whole number from 1 to 1,000,000."),
        ("series: {TLP:BLUE: A}", "8:10-8:18", "Property TLP:BLUE is not allowed."),
        ("series: {TLP:RED: A, RED: B}", "8:22-8:25", "Property RED is not allowed."),
        (
            "sources: [{id: a, title: b, type: data}]",
            "8:11-8:12",
            'Missing property "reliability".',
        ),
        (CLAIM + "        stance: deny", "16:17-16:21", NO_STANCE),
        (CLAIM.replace("title", "titel"), "11:5-11:10", "Property titel is not allowed."),
        (
            CLAIM.replace("2024-11-21", "2024-11-31"),
            "10:11-10:21",
            "Expected: a date such as 2024-11-21, 2024-11, 2024-11-21T05:00Z or ../2024-11-19.",
        ),
        (CLAIM + "    status: claimed", "16:5-16:11", "Property status is not allowed."),
    ],
)
def test_a_mistake_is_marked_where_it_is(more: str, where: str, said: str, server: Server) -> None:
    wrong = server.open("wrong", briefing(f"{HEAD}{more}\n")).wrong()
    assert (where, said) in wrong
    assert all(place.partition(":")[0] != "1" for place, _ in wrong)


@pytest.mark.parametrize(
    "path",
    [
        path
        for kind in ("briefings", "audiences", "languages", "lexicons")
        for path in sorted((ROOT / "data" / kind).glob("*.yaml"))
    ],
    ids=lambda path: path.name,
)
def test_nothing_is_wrong_with_ours_whose_modelines_lead_to_the_schemas(
    path: Path, server: Server
) -> None:
    """Each lies beside ``schemas/`` as in the repository, and says itself which one it is of."""
    text = path.read_text("utf-8")
    (server.folder / path.parent.name).mkdir(exist_ok=True)
    name = f"{path.parent.name}/{path.stem}"
    assert server.open(name, text).wrong() == []
    spoilt = server.open(name, f"{text}\ncolour: red\n").wrong()
    assert [said for _, said in spoilt] == ["Property colour is not allowed."]


def test_nothing_is_wrong_with_what_init_and_new_make(server: Server) -> None:
    """Their first lines lead to the workspace's own schemas, which know that it has a register."""
    desk = server.folder / "desk"
    made = [path for path in scaffold.init(desk) if path.suffix == ".yaml"]
    made += [scaffold.briefing(desk, "2026-06-01-ferry", "2026-06-01")]
    made += [scaffold.audience(desk, "council", "executive")]
    for path in made:
        name = str(path.relative_to(server.folder).with_suffix(""))
        text = path.read_text("utf-8")
        assert server.open(name, text).wrong() == [], name
        spoilt = server.open(name, f"{text}\ncolour: red\n").wrong()
        assert [said for _, said in spoilt] == ["Property colour is not allowed."], name


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """Where a schema is elsewhere, the guard sees it; where it is one of ours, there is nothing."""
    shutil.copytree(schemas.FOLDER, tmp_path / "schemas")
    with Server(tmp_path) as server:
        server.open("own", briefing(HEAD)).wrong()
        assert server.open("own", briefing(HEAD + "|")).offered()
        assert server.connections() == []
        elsewhere = "# yaml-language-server: $schema=http://127.0.0.1:9/x.json\n"
        assert server.open("elsewhere", elsewhere + HEAD).wrong()
        assert server.connections() != []
