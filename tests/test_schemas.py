"""``data/schemas``: made from the model, fresh, and of one mind with the model.

``pytest --rewrite tests/test_schemas.py`` or ``python -m scripts.schemas`` makes them anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefings import audience, language, model, source
from briefings.errors import InvalidInput
from briefings.model import lexicon, register
from briefings.model.addresses import checked_url
from briefings.model.dates import Edtf, Moment
from briefings.model.inline import Inline
from briefings.model.written import DATE, DAY, TEXT, URL
from briefings.resources import Shelf
from briefings.settings import Settings
from scripts import schemas
from tests import test_bad
from tests.made import MARKINGS
from tests.schemas import Json, at, changed, places, refused
from tests.schemas import shipped as schema_of
from tests.stories import Story, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
BRIEFING = schema_of("briefing")
# What is said of data that no static schema can know to be wrong.
BEYOND = re.compile(
    r"^(there is no (?!year|month)|the id |.* stands twice|.* cannot point at itself"
    r"|.* is later than |.* leads (on|back)|this leads back|unknown likelihood|unknown lexicon"
    r"|.* is out of bounds: a sheet|.* ends before it begins|.* its brackets do not fit)"
)
# What is wrong with a link inside a text.
LINKS = re.compile(rf"{BEYOND.pattern}|^(a link|the link|the address|.* is not an address)")


def plain(data: Any) -> Any:  # noqa: ANN401
    """Return what was read as JSON has it."""
    return json.loads(json.dumps(data))


def read(path: Path) -> Any:  # noqa: ANN401
    return plain(source.read(path).data)


def messages(check: Callable[[], object]) -> list[str]:
    """Return what a check finds wrong."""
    try:
        check()
    except InvalidInput as error:
        return [problem.message for problem in error.problems]
    except ValueError as error:
        return [str(error)]
    return []


def problems(read: source.Source) -> list[str]:
    """Return what the model finds wrong."""
    return messages(lambda: model.build(read, name="case", folder=None))


def assert_of_one_mind(said: list[str], by_schema: str, beyond: re.Pattern[str] = BEYOND) -> None:
    """A schema refuses what the model refuses for its structure, and takes all else.

    What names nothing that there is may also be no name at all.
    """
    told = f"model: {said}\nschema: {by_schema}"
    if any(not beyond.search(message) for message in said):
        assert by_schema, told
    elif not any(message.startswith("there is no ") for message in said):
        assert not by_schema, told


# --- what is there ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", schemas.SHIPPED)
def test_what_is_shipped_is_what_would_be_written(kind: str, *, rewrite: bool) -> None:
    path = schemas.FOLDER / f"{kind}.json"
    if rewrite:
        path.write_text(schemas.text(kind), "utf-8")
    assert path.read_text("utf-8") == schemas.text(kind)


def test_nothing_else_is_shipped() -> None:
    assert {path.name for path in schemas.FOLDER.iterdir()} == {
        f"{k}.json" for k in schemas.SHIPPED
    }


@pytest.mark.parametrize("kind", schemas.SHIPPED)
def test_each_is_a_schema_of_2020_12_that_refers_to_nothing_outside(kind: str) -> None:
    schema = schema_of(kind)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)
    refs = {value for key, value in keywords(schema) if key in ("$ref", "$id", "$dynamicRef")}
    assert all(ref.startswith("#/$defs/") for ref in refs)


def keywords(schema: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    for path in places(schema):
        if isinstance(path[-1], str):
            yield path[-1], at(schema, path)


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_field_is_described_and_has_an_example_that_it_takes(kind: str) -> None:
    schema = schema_of(kind)
    number = 0
    for name, field in fields(schema):
        number += 1
        assert field["description"], name
        assert field["examples"], name
        for example in field["examples"]:
            assert refused({**field, "$defs": schema.get("$defs", {})}, example) == "", name
    assert number >= {"lexicon": 6, "workspace": 7, "audience": 13, "register": 30}.get(kind, 80)


RULES = ("if", "then", "else", "allOf", "dependentSchemas")


def fields(schema: Any) -> Iterator[tuple[str, Json]]:  # noqa: ANN401
    """Yield the fields of a schema with their names, those of the rules between fields not."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        kept = [one for key, one in schema.items() if key not in RULES]
        schema = kept
    for one in schema if isinstance(schema, list) else []:
        yield from fields(one)


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_value_of_an_enumeration_is_explained(kind: str) -> None:
    schema = schema_of(kind)
    for path in places(schema):
        if path[-1] == "enum" and kind != "language":
            around = at(schema, path[:-1])
            assert len(around["enum"]) == len(around["enumDescriptions"])
            assert all(around["enumDescriptions"])


# --- what is right, and what is wrong -----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("briefing", path) for path in sorted((ROOT / "data/briefings").glob("*.yaml"))),
        *(("briefing", path) for path in sorted((ROOT / "tests/briefings").glob("*.yaml"))),
        *(("audience", path) for path in sorted((ROOT / "data/audiences").glob("*.yaml"))),
        *(("language", path) for path in sorted((ROOT / "data/languages").glob("*.yaml"))),
        *(("lexicon", path) for path in sorted((ROOT / "data/lexicons").glob("*.yaml"))),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_what_is_ours_is_taken(kind: str, path: Path) -> None:
    assert refused(schema_of(kind), read(path)) == ""


def test_the_briefings_of_the_readme_are_taken() -> None:
    first, own = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )[:2]
    for kind, text in (("briefing", first), ("audience", own)):
        assert refused(schema_of(kind), plain(source.parse(text.encode(), "x").data)) == ""


def parsed(case: test_bad.Case) -> source.Source | None:
    try:
        return source.parse(test_bad.laid_over_the_base(case.yaml).encode(), "case")
    except InvalidInput:
        return None


BAD = [
    pytest.param(data, LINKS if path.stem == "text" else BEYOND, id=f"{path.stem}: {case.title}")
    for path in test_bad.FILES
    for case in test_bad.read(path)
    if isinstance(case, test_bad.Case) and (data := parsed(case))
]


@pytest.mark.parametrize(("read", "beyond"), BAD)
def test_bad_input_is_refused_where_its_structure_is_bad(
    read: source.Source, beyond: re.Pattern[str]
) -> None:
    assert_of_one_mind(problems(read), refused(BRIEFING, plain(read.data)), beyond)


def test_most_bad_input_has_a_bad_structure() -> None:
    assert len(BAD) > 200
    read = [one.values[0] for one in BAD]
    assert (
        sum(
            bool(refused(BRIEFING, plain(one.data)))
            for one in read
            if isinstance(one, source.Source)
        )
        > 150
    )


@given(st.integers(0), st.sampled_from(MARKINGS[:-1]))
def test_briefings_made_at_random_are_taken(seed: int, ceiling: Any) -> None:  # noqa: ANN401
    data = told(Story(Random(seed), ceiling).data, secrets=True)  # noqa: S311
    head = {"as_of": "2024-01-01", "published": "2024-01-02", "marking": "RED"}
    assert refused(BRIEFING, data | head) == ""


WHOLE = [
    plain(yaml.load(test_bad.BASE, yaml.BaseLoader)),  # noqa: S506  # all texts
    *(read(path) for path in sorted((ROOT / "data/briefings").glob("*.yaml"))),
]


@given(st.sampled_from(WHOLE).flatmap(changed))
def test_model_and_schema_agree_on_data_that_is_wrong_in_one_place(data: Json) -> None:
    read = source.parse(json.dumps(data).encode(), "case")
    assert_of_one_mind(problems(read), refused(BRIEFING, data))


LANGUAGES, LEXICONS = (
    sorted((ROOT / "data" / kind).glob("*.yaml")) for kind in ("languages", "lexicons")
)
AUDIENCES: list[Json] = [
    {"name": 7, "reader": "x", "ceiling": "RED", "sections": ["gaps"], "sourcing": "none"},
    {"extends": "press", "theme": ["plain"], "language": "fr", "pages": 3, "paper": "letter"},
    {"extends": "analyst", "sections": ["gaps", "sources"], "sourcing": "annex", "theme": "plain"},
    {"extends": "press", "paper": "90mm x 160mm"},
    {"extends": "press", "sections": ["gaps"], "headings": {"gaps": "What is open"}},
    *(read(path) for path in sorted((ROOT / "data/audiences").glob("*.yaml"))),
]
REFERRED = ("sides", "actors", "places", "sources")
REGISTERS: list[Json] = [
    *({key: one[key] for key in REFERRED if key in one} for one in WHOLE),
    {"sides": None, "actors": [{"id": "port"}], "sources": [{"id": "wire", "type": "news"}]},
]
WORKSPACES: list[Json] = [
    {"audiences": ["press"], "formats": ["md"], "out": "out", "trusted": False},
    {"paper": "A4", "language": "en", "worldview": "un", "out": "a/b"},
    {"paper": "4in x 6 in"},
    {"targets": {"wiki": {"kind": "folder", "path": "../a b", "audiences": ["press"]}}},
    {
        "targets": {
            "a": {"kind": "git", "path": ".", "audiences": ["press"], "pdf": True, "format": "md"},
            "b": {"kind": "x", "url": "https://a.b/c", "audiences": ["own"], "ceiling": "GREEN"},
        }
    },
]
# Which sections of one's own there are, no schema knows.
OF_SECTIONS = re.compile(
    r'^unknown section "[a-z][a-z0-9]*([_-][a-z0-9]+)*…?"|none of the sections of this reader'
    r"|has our template|is your own and has no heading"
)
NOT_READ = re.compile(r'unknown audience|"own" extends itself')
INHERITED = re.compile('sourcing "annex" needs')
OUT_OF_ORDER = re.compile(r'"low" is .*, more than "high"')


def loaded(kind: str, data: Json, load: Callable[[str, Shelf], object]) -> list[str]:
    """Return what is wrong with data as a file of a kind that lies beside a briefing."""
    with TemporaryDirectory() as folder:
        (Path(folder) / kind).mkdir()
        (Path(folder) / kind / "own.yaml").write_text(json.dumps(data), "utf-8")
        return messages(lambda: load("own", Shelf.at(Path(folder))))


@given(st.sampled_from(AUDIENCES).flatmap(changed))
def test_they_agree_on_audiences(data: Json) -> None:
    said = loaded("audiences", data, audience.load)
    beyond = (NOT_READ, OF_SECTIONS)
    assume(not any(one.search(message) for message in said for one in beyond))
    whole = {"sourcing", "sections"} <= set(data)
    assert_of_one_mind(said, refused(schema_of("audience"), data), BEYOND if whole else INHERITED)


@given(st.sampled_from([read(path) for path in LANGUAGES]).flatmap(changed))
def test_they_agree_on_languages(data: Json) -> None:
    said = loaded("languages", data, language.load)
    assert_of_one_mind(said, refused(schema_of("language"), data))


@given(st.sampled_from([read(path) for path in LEXICONS]).flatmap(changed))
def test_they_agree_on_lexicons(data: Json) -> None:
    said = loaded("lexicons", data, lexicon.load)
    assert_of_one_mind(said, refused(schema_of("lexicon"), data), OUT_OF_ORDER)


@given(st.sampled_from(REGISTERS).flatmap(changed))
def test_they_agree_on_registers(data: Json) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / register.FOLDER).mkdir(parents=True)
        (root / register.FOLDER / "all.yaml").write_text(json.dumps(data), "utf-8")
        found = register.check(register.load(Shelf((root,), root)))
    said = [problem.message for problem in found]
    assert_of_one_mind(said, refused(schema_of("register"), data))


@given(st.sampled_from(WORKSPACES).flatmap(changed))
def test_they_agree_on_workspaces(data: Json) -> None:
    assume(all(at(data, path) is not None for path in places(data)))  # TOML has no null
    said = messages(lambda: Settings.model_validate(data))
    assert_of_one_mind(said, refused(schema_of("workspace"), data))


# --- texts with a form --------------------------------------------------------------------------

DIGITS = st.integers(0, 99).map("{:02}".format)
YEARS = st.one_of(st.integers(0, 9999), st.sampled_from([0, 1, 1900, 2000, 2024, 9999]))
DAYS = st.builds("{:04}-{}-{}".format, YEARS, DIGITS, DIGITS)
REAL = st.dates().map(str)
SIGNS = st.sampled_from("+-")
TIMES = st.builds(
    "T{}:{}{}{}".format,
    *(DIGITS, DIGITS),
    st.sampled_from(["", ":00", ":30"]),
    st.one_of(
        st.sampled_from(["", "Z", "z"]),
        st.builds("{}{}:{}".format, st.sampled_from("+-"), DIGITS, DIGITS),
    ),
)
POINTS = st.builds(
    "{}{}{}".format,
    st.one_of(REAL, DAYS, REAL.map(lambda day: day[:7]), YEARS.map("{:04}".format)),
    st.one_of(st.just(""), TIMES, st.sampled_from(["T05:00Z", "T00:00+14:00", "T23:59-14:00"])),
    st.sampled_from(["", "", "~", "?", "%", "!", "\n"]),
)
EDTF = st.one_of(
    POINTS,
    st.builds("{}/{}".format, *[st.one_of(POINTS, st.just(".."), st.just(""))] * 2),
)


@given(st.one_of(EDTF, st.from_regex(DATE["pattern"])))
def test_a_date_is_one_to_both(text: str) -> None:
    said = messages(lambda: Edtf.parse(text))
    assert_of_one_mind(said, refused(DATE, text))


@given(st.one_of(POINTS, st.from_regex(DAY["pattern"])))
def test_a_day_is_one_to_both(text: str) -> None:
    assert_of_one_mind(messages(lambda: Moment.parse(text)), refused(DAY, text))


ADDRESSES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ftp", "mailto", "", "http "]),
    st.sampled_from(["://", ":/", ":", "//", ":///"]),
    st.sampled_from(["", "u@", "u:p@", "@", "u@v@"]),
    st.sampled_from(["", "a.example", "[::1]", ":80", "a:80", "ü.example", "a b", "?", "#", "a@"]),
    st.sampled_from(["", "/", "/a b", "/<x>", "?q=1", "#f", "/ä/|", "//", "/a@b:c"]),
)


@given(ADDRESSES)
def test_an_address_is_one_to_both(text: str) -> None:
    assert_of_one_mind(messages(lambda: checked_url(text, ("http", "https"))), refused(URL, text))


@given(st.text(st.sampled_from("ab \t\n\r"), max_size=12))
def test_one_paragraph_is_one_to_both(text: str) -> None:
    assert_of_one_mind(messages(lambda: Inline.parse(text)), refused(TEXT, text))
