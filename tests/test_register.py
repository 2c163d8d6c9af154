"""The register: what recurs stands once, and a briefing has of it what it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefings import build, model, pipeline, source
from briefings.errors import InvalidInput, NothingToSay
from briefings.model import register
from briefings.model.marking import Marking
from briefings.model.sections import REFERRED
from briefings.model.sections.actors import Actor
from briefings.model.sections.places import Place
from briefings.resources import Shelf
from briefings.writers import fit
from tests import canaries, made
from tests.commands import run, settle
from tests.made import MARKINGS
from tests.rendering import put
from tests.test_canaries import lacking, refused
from tests.unpacked import unpacked

if TYPE_CHECKING:
    from briefings.model import Briefing

HEAD = """title: A fire
bluf: A fire was reported.
as_of: 2026-05-03
published: 2026-05-03
marking: TLP:GREEN
authors: [Desk]
"""
EVENTS = """events:
  - id: fire
    date: 2026-05-03
    title: A fire
    places: [{place: quay, role: site}]
    claims: [{id: burned, speaker: port, text: It burned., via: [notice]}]
"""
ACTORS = """# Who recurs.
sides:
  - {id: harbour, name: The harbour}
actors:
  - {id: port, name: Port authority, side: harbour, description: It runs the port.}
  - {id: unused, name: Somebody else}
"""
PLACES = "places:\n  - {id: quay, name: Long quay, lat: 46.1, lon: -8.6, precision: exact}\n"
SOURCES = """sources:
  - {id: notice, title: Notices to shipping, type: official, reliability: B, origin: port}
"""
FILES = {
    "briefings.toml": "",
    "data/brief.yaml": HEAD + EVENTS,
    "data/register/actors.yaml": ACTORS,
    "data/register/places.yaml": PLACES,
    "data/register/sources.yaml": SOURCES,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    put(tmp_path, FILES)
    return tmp_path


def loaded(*changes: str, **files: str) -> Briefing:
    names = {"brief": "data/brief.yaml"} | {
        name: f"data/register/{name}.yaml" for name in ("actors", "places", "sources")
    }
    put(Path(), {names[name]: text for name, text in files.items()})
    return pipeline.load("data/brief.yaml", changes)


def said(*changes: str, **files: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        loaded(*changes, **files)
    return [f"{problem.place}: {problem.message}" for problem in caught.value.problems]


def ids(briefing: Briefing, key: str) -> list[str]:
    return [getattr(portion, "id") for portion in briefing.portions(key)]  # noqa: B009


# What a briefing has of it


def test_a_briefing_has_what_it_names_and_what_that_names() -> None:
    briefing = loaded()
    assert ids(briefing, "actors") == ["port"]
    assert ids(briefing, "places") == ["quay"]
    assert ids(briefing, "sources") == ["notice"]
    assert ids(briefing, "sides") == ["harbour"], "which the actor names"


def test_a_side_and_an_origin_come_in_through_what_names_them() -> None:
    named_only_by_the_source = EVENTS.replace("speaker: port", "speaker: crew")
    briefing = loaded(brief=HEAD + "actors: [{id: crew, name: Crew}]\n" + named_only_by_the_source)
    assert ids(briefing, "actors") == ["crew", "port"]
    assert ids(briefing, "sides") == ["harbour"]


def test_without_a_briefings_toml_there_is_no_register(folder: Path) -> None:
    (folder / "briefings.toml").unlink()
    assert 'data/brief.yaml:11:22: there is no place "quay"; there are none at all' in said()


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_what_no_briefing_names_is_in_no_brief(form: str) -> None:
    brief = pipeline.view(loaded(), "analyst")
    data = pipeline.render(brief, form).data
    text = unpacked(data) if form == "pdf" else data.decode()
    assert "Port authority" in text
    assert "Somebody else" not in text
    assert "unused" not in text


def test_the_brief_is_that_of_a_briefing_which_states_it_all(folder: Path) -> None:
    whole = HEAD + ACTORS.replace("  - {id: unused, name: Somebody else}\n", "") + PLACES + SOURCES
    shared = pipeline.render(pipeline.view(loaded(), "analyst"), "pdf").data
    (folder / "briefings.toml").unlink()
    alone = pipeline.render(pipeline.view(loaded(brief=whole + EVENTS), "analyst"), "pdf").data
    assert shared == alone


def test_an_entry_of_the_same_id_is_laid_over_field_by_field() -> None:
    own = "actors: [{id: port, name: Harbour office, side: null}]\n"
    (port,) = loaded(brief=HEAD + own + EVENTS).all_of("actors", Actor)
    assert port.name.plain == "Harbour office"
    assert port.description
    assert port.description.plain == "It runs the port."
    assert port.side is None, "what is stated as nothing is nothing"


def test_one_brief_does_not_change_the_register_for_the_next() -> None:
    own = "actors: [{id: port, name: Harbour office}]\n"
    loaded("actors.port.description=Nobody.", brief=HEAD + own + EVENTS)
    (port,) = loaded(brief=HEAD + EVENTS).all_of("actors", Actor)
    assert port.description
    assert port.description.plain == "It runs the port."


def test_a_value_can_be_put_in_for_one_run() -> None:
    briefing = loaded("actors.port.name=Harbour office", "places.quay.lat=47")
    assert briefing.all_of("actors", Actor)[0].name.plain == "Harbour office"
    assert briefing.all_of("places", Place)[0].lat == 47


def test_an_extract_takes_nothing_of_it_and_the_pdf_is_verified(folder: Path) -> None:
    same_as_in_extracts = ACTORS.replace("unused", "actor-1").replace("harbour", "side-1")
    put(folder, {"data/register/actors.yaml": same_as_in_extracts})
    assert run("render", "data/brief.yaml", "-a", "analyst", "-t", "pdf").code == 0
    assert run("verify", "out/brief.analyst.pdf").code == 0
    extract = run("extract", "out/brief.analyst.pdf").data
    put(folder, {"elsewhere/brief.yaml": extract.decode(), "data/brief.yaml": extract.decode()})
    assert ids(pipeline.load("elsewhere/brief.yaml"), "actors") == ["actor-1"]
    assert "Somebody else" not in extract.decode()
    assert ids(pipeline.load("data/brief.yaml"), "actors") == ["actor-1"]


# What is wrong, and where


def test_what_is_wrong_in_the_register_is_told_there() -> None:
    wrong = PLACES.replace("46.1", "460")
    assert said(places=wrong) == [
        'data/register/places.yaml:2:38: "lat" is 460; 90 or less is expected'
    ]


def test_what_is_wrong_in_the_briefing_is_told_there() -> None:
    own = "places: [{id: quay, lat: 460}]\n"
    assert said(brief=HEAD + own + EVENTS, places=PLACES.replace("exact", "pin")) == [
        'data/brief.yaml:7:26: "lat" is 460; 90 or less is expected',
        (
            'data/register/places.yaml:2:66: unknown precision "pin"; '
            "known: exact, city, region, country"
        ),
    ]


def test_the_line_of_the_register_is_quoted() -> None:
    with pytest.raises(InvalidInput) as caught:
        loaded(places=PLACES.replace("46.1", "460"))
    assert caught.value.problems[0].excerpt.startswith("  - {id: quay, name: Long quay, lat: 460")


def test_what_is_lacking_says_that_the_briefing_can_add_it() -> None:
    short = SOURCES.replace("title: Notices to shipping, ", "")
    assert said(sources=short) == [
        (
            'data/register/sources.yaml:2:5: "title" is missing; '
            "add it here, or in data/brief.yaml in an entry with this id"
        )
    ]
    own = "sources: [{id: notice, title: Notice 14}]\n"
    assert loaded(brief=HEAD + own + EVENTS, sources=short)


def test_an_unknown_name_is_told_with_the_nearest_of_the_register() -> None:
    misspelt = EVENTS.replace("speaker: port", "speaker: prot").replace(
        "place: quay", "place: quey"
    )
    assert said(brief=HEAD + misspelt) == [
        'data/brief.yaml:11:22: there is no place "quey"; did you mean "quay"?',
        'data/brief.yaml:12:36: there is no actor "prot"; did you mean "port"?',
    ]
    other = EVENTS.replace("speaker: port", "speaker: quay")
    assert said(brief=HEAD + other) == [
        'data/brief.yaml:12:36: there is no actor "quay"; that is a place'
    ]


def test_an_id_that_stands_in_two_files_is_told() -> None:
    assert said(places=PLACES + "actors: [{id: port, name: Port}]\n") == [
        (
            'data/register/places.yaml:3:15: the id "port" stands twice; '
            "the first is in data/register/actors.yaml:5"
        )
    ]


def test_what_is_no_register_is_told() -> None:
    assert said(places="events: []\nplaces: {quay: 1}\n", actors="actors: [port]\n") == [
        'data/brief.yaml:11:22: there is no place "quay"; there are none at all',
        'data/brief.yaml:12:36: there is no actor "port"; there are none at all',
        'data/register/actors.yaml:1:10: an entry of the register is a mapping with an "id"',
        (
            'data/register/places.yaml:1:1: unknown key "events"; '
            "known: sides, actors, places, sources"
        ),
        "data/register/places.yaml:2:9: a list is expected",
        ('data/register/sources.yaml:2:86: there is no actor or source "port"; known: notice'),
    ]


def test_files_that_cannot_be_read_are_told_alone() -> None:
    found = said(places="places: [\n", actors="\t")
    assert [line.partition(": ")[0] for line in found] == [
        "data/register/actors.yaml:1:1",
        "data/register/places.yaml:1:10",
    ]


def test_a_file_that_leads_out_of_the_register_is_refused(folder: Path) -> None:
    secret = folder / "secret.yaml"
    secret.write_text("actors: [{id: spy, name: Hidden}]\n")
    (folder / "data/register/secret.yaml").symlink_to(secret)
    assert said() == [
        "data/register/secret.yaml: no file of the register: it is a folder, or leads elsewhere"
    ]


def test_one_name_for_two_things_is_told() -> None:
    own = "sources: [{id: port, title: A paper, type: news, reliability: C}]\n"
    text = EVENTS.replace("speaker: port", "speaker: crew")
    found = said(brief=HEAD + "actors: [{id: crew, name: Crew}]\n" + own + text)
    assert found == [
        (
            'data/brief.yaml:8:16: the register has "port" for actor '
            "(data/register/actors.yaml:5); give this another id"
        )
    ]


def test_the_register_is_checked_by_itself() -> None:
    put(
        Path(),
        {
            "data/register/more.yaml": "actors:\n"
            "  - {id: loose, name: 7.5, side: nowhere, born: 1990}\n"
            "sources:\n  - {id: paper, publisher: A paper}\n"
        },
    )
    found = register.check(register.load(Shelf.at(Path())))
    assert [f"{p.place}: {p.message}" for p in found] == [
        'data/register/more.yaml:2:34: there is no side "nowhere"; known: harbour',
        (
            'data/register/more.yaml:2:43: unknown key "born"; '
            "known: marking, id, name, side, description, identified"
        ),
    ]
    assert loaded(), "which names none of it"


# Markings


@pytest.mark.parametrize("own", ["TLP:GREEN", "CLEAR", "null"])
def test_a_briefing_cannot_show_what_the_register_withholds(own: str) -> None:
    marked = ACTORS.replace("Port authority", "Port authority, marking: TLP:AMBER")
    text = f"actors: [{{id: port, marking: {own}}}]\n"
    found = said(brief=HEAD + text + EVENTS, actors=marked)
    sentence = (
        "the register marks this TLP:AMBER (data/register/actors.yaml:5); "
        "a briefing may raise that and never lower it"
    )
    assert found == [f"data/brief.yaml:7:30: {sentence}"]
    put(Path(), {"data/brief.yaml": HEAD + EVENTS})
    assert said(f"actors.port.marking={own}") == [f"--set actors.port.marking={own}: {sentence}"]


def test_a_briefing_may_withhold_more_and_other_fields_stay_withheld() -> None:
    marked = ACTORS.replace("Port authority", "Port authority, marking: TLP:AMBER")
    own = "actors: [{id: port, name: Harbour office, marking: TLP:RED}]\n"
    (port,) = loaded(brief=HEAD + own + EVENTS, actors=marked).portions("actors")
    assert port.marking is Marking.RED
    own = "actors: [{id: port, name: Harbour office}]\n"
    (port,) = loaded(brief=HEAD + own + EVENTS).portions("actors")
    assert port.marking is Marking.AMBER


def test_without_a_marking_it_has_that_of_the_briefing_and_no_lower_one() -> None:
    clear = EVENTS.replace("id: fire", "id: fire\n    marking: TLP:CLEAR")
    briefing = loaded(brief=HEAD + clear)
    assert briefing.portions("actors")[0].marking is None
    with pytest.raises(NothingToSay):
        pipeline.view(briefing, "press")


CAGE = canaries.Cage()
KEPT = {key: CAGE.data[key] for key in ("sides", "actors", "places", "sources")}


def halved(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the register's half of a part, with its marking, and the briefing's own half."""
    fields = [name for name in data if name not in ("id", "marking")]
    theirs = {name: data[name] for name in ("id", "marking", *fields[::2]) if name in data}
    return theirs, {name: data[name] for name in ("id", *fields[1::2])}


@pytest.fixture(scope="module", params=["whole", "halved"])
def caged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The briefing of canaries, with what a register can hold in one, or half of each part."""
    place = tmp_path_factory.mktemp("cage")
    rest = {key: value for key, value in CAGE.data.items() if key not in KEPT}
    kept = dict(KEPT)
    if request.param == "halved":
        pairs = {key: [halved(part) for part in parts] for key, parts in KEPT.items()}
        kept = {key: [theirs for theirs, _ in parts] for key, parts in pairs.items()}
        rest |= {key: [own for _, own in parts] for key, parts in pairs.items()}
    files = {f"data/register/{key}.yaml": json.dumps({key: part}) for key, part in kept.items()}
    lexicon = {f"lexicons/{canaries.LEXICON}.yaml": CAGE.lexicon()}
    put(place, {"briefings.toml": "", **lexicon, **files})
    return made.briefing(rest, place / "data")


@pytest.mark.parametrize("ceiling", MARKINGS, ids=lambda marking: marking.name)
@pytest.mark.parametrize("form", ["md", "html"])
def test_no_text_holds_what_the_register_marks_above_the_ceiling(
    caged: Briefing, ceiling: Marking, form: str
) -> None:
    document = made.document(caged, made.reader(ceiling))
    text = made.written(document, form, caged.folder).decode()
    assert not refused(text, ceiling)
    assert not lacking(text, ceiling)
    assert not refused(document.source.decode(), ceiling)


@pytest.mark.parametrize("ceiling", MARKINGS[:2], ids=lambda marking: marking.name)
def test_no_byte_of_a_pdf_holds_what_the_register_marks_above_the_ceiling(
    caged: Briefing, ceiling: Marking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "TRIES", 1)  # how closely it is set changes nothing in what it says
    document = made.document(caged, made.reader(ceiling))
    assert not refused(unpacked(made.written(document, "pdf", caged.folder)), ceiling)
    again = source.parse(document.source, "case.yaml")
    assert model.build(again, name="case", folder=caged.folder).portions("actors")


def test_every_key_that_is_only_referred_to_can_stand_in_a_register() -> None:
    assert set(KEPT) == set(REFERRED)


def test_check_tells_of_all_briefings_once() -> None:
    found = build.problems([Path("data/brief.yaml")])
    assert found == []
