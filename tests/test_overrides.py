"""``--set PATH=VALUE``: every kind of path, and what is said where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from briefings import model, source
from briefings.errors import InvalidInput
from briefings.source import overrides

YAML = """
title: Floods
bluf: The river rose.
as_of: 2024-11-21
published: 2024-11-21
marking: TLP:GREEN
authors: [Desk, {name: Team, role: field}]
actors:
  - {id: port, name: Port}
  - {id: port.north, name: North port}
  - {id: 7, name: Seven}
sources: []
events:
  - &fire
    id: fire
    date: 2024-11-21
    title: Fire
    places: &places
      - {place: quay, role: location}
    claims:
      - {id: fire-port, speaker: port, text: It burns.}
      - {id: fire-seven, speaker: "7", text: It burned., via: [x, y]}
context: [*fire, {text: same, items: *places, deep: *fire}]
"""


def put(*changes: str, yaml: str = YAML) -> source.Source:
    read = source.parse(yaml.encode(), "case.yaml")
    overrides.apply(read, changes, source.parse)
    return read


def said(*changes: str, yaml: str = YAML) -> str:
    with pytest.raises(InvalidInput) as caught:
        put(*changes, yaml=yaml)
    return str(caught.value)


def at(data: Any, *path: str | int) -> Any:  # noqa: ANN401
    for part in path:
        data = data[part]
    return data


@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        ("title=A fire", ("title",), "A fire"),
        ("title=a=b", ("title",), "a=b"),
        ("title='Fire: day 2'", ("title",), "Fire: day 2"),
        ("title=", ("title",), None),
        ("title=null", ("title",), None),
        ("title=true", ("title",), True),
        ("issue=8", ("issue",), 8),
        ("title={TLP:CLEAR: a, TLP:RED: b}", ("title",), {"TLP:CLEAR": "a", "TLP:RED": "b"}),
        ("audiences=[press, analyst]", ("audiences",), ["press", "analyst"]),
        ("authors.0=Duty desk", ("authors", 0), "Duty desk"),
        ("authors.1.role=chief", ("authors", 1, "role"), "chief"),
        ("actors.port.name=P", ("actors", 0, "name"), "P"),
        ("actors.port.north.name=N", ("actors", 1, "name"), "N"),
        ("actors.port.north={id: n}", ("actors", 1), {"id": "n"}),
        ("actors.7.name=S", ("actors", 2, "name"), "S"),
        ("actors.port.side=left", ("actors", 0, "side"), "left"),
        ("events.fire.claims.fire-seven.via.1=z", ("events", 0, "claims", 1, "via", 1), "z"),
        ("events.0.claims.0.text=No.", ("events", 0, "claims", 0, "text"), "No."),
        ("events.fire.places.0.role=target", ("events", 0, "places", 0, "role"), "target"),
    ],
)
def test_a_value_is_put_in_where_the_path_leads(
    change: str, path: tuple[str | int, ...], value: object
) -> None:
    before, read = put(), put(change)
    assert at(read.data, *path) == value
    assert read.overridden == {path: f"--set {change}"}
    for key in before.data:
        if key != path[0]:
            assert read.data[key] == before.data[key], "what an alias repeats has changed too"


def test_the_last_of_two_for_one_place_wins_and_later_ones_see_earlier_ones() -> None:
    assert put("title=a", "title=b").data["title"] == "b"
    read = put("actors=[{id: a}]", "actors.a.name=A", "actors.0.side=left")
    assert read.data["actors"] == [{"id": "a", "name": "A", "side": "left"}]


def test_an_alias_can_be_changed_without_its_anchor() -> None:
    read = put("context.1.items.0.place=mole", "context.fire.title=Other")
    assert read.data["context"][1]["items"][0]["place"] == "mole"
    assert read.data["events"][0]["places"][0]["place"] == "quay"
    assert read.data["context"][0]["title"] == "Other"
    assert read.data["events"][0]["title"] == read.data["context"][1]["deep"]["title"] == "Fire"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("title", "PATH=VALUE is expected, such as title=Floods"),
        ("", "PATH=VALUE is expected, such as title=Floods"),
        ("=x", "PATH=VALUE is expected, such as title=Floods"),
        ("events..title=x", "PATH=VALUE is expected, such as title=Floods"),
        ("authors.=x", "PATH=VALUE is expected, such as title=Floods"),
        (".title=x", "PATH=VALUE is expected, such as title=Floods"),
        ("evnts.0.title=x", 'there is no "evnts" at the top of the file; did you mean "events"?'),
        ("events.fir.title=x", 'there is no "fir" in events; did you mean "fire"?'),
        ("events.2=x", 'there is no "2" in events; known: fire'),
        ("events.-1.title=x", 'there is no "-1" in events; known: fire'),
        ("authors.2=x", 'there is no "2" in authors; known: 0 to 1'),
        ("authors.²=x", 'there is no "²" in authors; known: 0 to 1'),
        ("sources.0=x", 'there is no "0" in sources'),
        ("title.x=1", 'there is no "x" in title'),
        ("title.x.y=1", 'there is no "x" in title'),
        ("events.fire.clams.0.text=x", 'there is no "clams" in events.0; did you mean "claims"?'),
        ("title=[a", "the value is not YAML: "),
        ("title=a: b", 'the value is not YAML: a ":" stands where no key can be'),
        ("title=a\nbluf: b", "the value is not YAML: it goes on with a key of its own"),
        ("title=*x", "the value is not YAML: the alias *x has no anchor"),
        ("title=!!python/name:os.system", "the value is not YAML: the tag "),
        ("title=\x1b[2J", "the value is not YAML: the character U+001B is not allowed"),
        ("title=\udcff", "the value is not UTF-8"),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error(change: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        put(change)
    [problem] = caught.value.problems
    assert problem.place == f"--set {change}"
    assert problem.message.startswith(message)
    assert len(str(problem).splitlines()) == 1


def test_all_that_is_wrong_is_told_at_once_and_briefly() -> None:
    assert len(said("a.b=1", "title=x", "c.d=2", "title").splitlines()) == 3
    assert len(said(f"a.b={'x' * 10_000}")) < 300


# --- what the model says of it -----------------------------------------------------------------


def built(*changes: str) -> model.Briefing:
    yaml = YAML.replace("context:", "#").replace("via: [x, y]", "via: []")
    yaml = yaml.replace("places: &places\n      - {place: quay, role: location}", "places: []")
    return model.build(put(*changes, yaml=yaml), name="case", folder=None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("issue=x", 'a whole number is expected, the text "x" was found'),
        ("title=[1]", "a text is expected, a list was found"),
        ("title=", "a text is expected, nothing was found"),
        ("titel=x", 'unknown key "titel"; did you mean "title"?'),
        ("marking=TLP:BLUE", 'unknown marking "TLP:BLUE"'),
        ("events.fire.claims.0.stance=x", 'unknown stance "x"'),
        ("events.fire.claims.0.speaker=prt", 'there is no actor "prt"; did you mean "port"?'),
        ("authors.1.nme=x", 'unknown key "nme"; did you mean "name"?'),
        ("actors.port={id: port}", '"name" is missing'),
        ("id=other", 'the id is "other", the file\'s name makes it "case"'),
    ],
)
def test_a_wrong_value_has_the_option_for_its_place(change: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        built(change)
    [problem] = caught.value.problems
    assert problem.place == f"--set {change}"
    assert problem.message.startswith(message)


def test_a_sound_value_is_in_the_briefing() -> None:
    briefing = built("issue=8", "version=1.10", "audiences=[press]", "series=", "issue=9")
    assert (briefing.issue, briefing.version, briefing.audiences) == (9, "1.10", ["press"])
