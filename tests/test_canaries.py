"""No byte of what a reader gets holds a word that is marked above that reader's ceiling."""

from __future__ import annotations

import gc
import html
import io
import re
import zipfile
from enum import Enum
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from pypdf.generic import NameObject, StreamObject

from briefings import audience as audiences
from briefings import pipeline
from briefings.errors import InvalidInput, NothingToSay, TooLong
from briefings.model.base import Model, _parts, shape
from briefings.resources import Shelf
from briefings.writers import PACKED, WRITERS, fit
from tests import canaries, made
from tests.made import MARKINGS
from tests.unpacked import UNREAD, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from briefings.model import Briefing
    from briefings.model.marking import Marking

CAGE = canaries.Cage()
IDS = {canary.word for canary in CAGE.words if canary.field == "id"}
WORDS = {canary.word for canary in CAGE.words}
NUMBERS = {word for word in WORDS if not re.fullmatch(canaries.WORD, word)}
SOURCINGS = ("none", "inline", "annex")
# What our templates print for nobody. Whatever else is in the model, an analyst is shown.
NOT_SHOWN = {("Source", "language")}


TEXTS = [form for form in WRITERS if form not in PACKED]
# Where the same templates have written, the most that a reader can be shown is enough.
WRITTEN = [(form, s) for form in TEXTS for s in SOURCINGS if form in ("md", "html") or s == "annex"]


def slow(marking: Marking) -> Any:  # noqa: ANN401
    return pytest.param(marking, marks=pytest.mark.slow)


ceilings = pytest.mark.parametrize("ceiling", MARKINGS, ids=lambda marking: marking.name)
sourcings = pytest.mark.parametrize("sourcing", SOURCINGS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cage")
    (place / "lexicons").mkdir()
    (place / "lexicons" / f"{canaries.LEXICON}.yaml").write_text(CAGE.lexicon())
    return place


@pytest.fixture(scope="module")
def caged(folder: Path) -> Briefing:
    return made.briefing(CAGE.data, folder)


def holds(text: str) -> set[str]:
    """Return the canaries of a text, though a line may end inside one or commas group its digits.

    Digits count where none touch them, and only before what no person reads.
    """
    said, unread = text.lower().partition(UNREAD)[::2]
    said = said.replace(",", "")
    squeezed = re.sub(r"[\s\u00ad\u2010-]", "", said)
    found = WORDS & {w for hay in (said, squeezed, unread) for w in re.findall(canaries.WORD, hay)}
    for word in NUMBERS:
        alone = rf"(?<![\w.]){re.escape(word)}(?!\w|\.\d)"
        if (word in squeezed) if len(word) > 20 else (word in said and re.search(alone, said)):
            found.add(word)
    return found


def refused(text: str, ceiling: Marking) -> list[canaries.Canary]:
    """Return the canaries of a text that may not be there: ids, and what is above the ceiling."""
    found = holds(text)
    above = {c for c in CAGE.words if c.word in found and c.marking > ceiling}
    ids = {c for c in CAGE.words if c.word in found & IDS}
    return sorted(above | ids, key=lambda c: (c.owner, c.field, c.word))


def lacking(text: str, ceiling: Marking) -> set[tuple[str, str, str]]:
    """Return the fields that may be shown, by marking, of which no canary is in a text."""
    found = holds(text)
    shown, expected = set(), set()
    for canary in CAGE.words:
        place = (canary.owner, canary.field, canary.marking.name)
        per_marking = canary.owner == "Briefing" and canary.marking is not ceiling
        if canary.marking > ceiling or canary.field == "id" or per_marking:
            continue
        expected.add(place)
        if canary.word in found:
            shown.add(place)
    return {place for place in expected - shown if place[:2] not in NOT_SHOWN}


# The cage itself


def test_each_field_of_the_model_holds_a_canary_of_each_marking() -> None:
    held: dict[tuple[str, str], set[Marking]] = {}
    for canary in CAGE.words:
        held.setdefault((canary.owner, canary.field), set()).add(canary.marking)
    for owner in set(canaries.owners()):
        parts = shape(owner)
        for name, field in owner.model_fields.items():
            types = [t for t in (field.annotation, *_parts(field.annotation)) if t]
            closed = any(t is bool or (isinstance(t, type) and issubclass(t, Enum)) for t in types)
            told = owner.__name__ == "Briefing" and name in {*canaries.TOLD, *canaries.UNTOLD}
            if name in parts.links or name in parts.nested or name in canaries.CLOSED or told:
                continue
            if not closed or name in canaries.TEXTS:
                assert held.get((owner.__name__, name)) == set(MARKINGS), (owner.__name__, name)


def test_no_canary_stands_in_two_fields() -> None:
    words = [c.word for c in CAGE.words if c.field != "likelihood"]
    assert len(words) == len(set(words)) > 1000


def test_every_portion_is_there_to_be_cut(caged: Briefing) -> None:
    for key in ("events", "gaps", "sources", "corrections"):
        markings = {portion.marking for portion in caged.portions(key)}
        assert markings == {None, *MARKINGS} - {canaries.TOP}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "utf-16-le", "hex", "utf-16 hex"])
def test_the_search_finds_what_is_hidden_in_a_pdf(encoding: str) -> None:
    word = CAGE.words[0].word
    hidden = word.encode("utf-16-be" if encoding == "utf-16 hex" else "utf-8")
    if encoding.startswith("utf-16-"):
        hidden = word.encode(encoding)
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream.set_data(hidden.hex().encode() if encoding.endswith("hex") else hidden)
    writer.root_object[NameObject("/Hidden")] = writer._add_object(stream.flate_encode())  # noqa: SLF001
    writer.add_metadata({"/Subject": CAGE.words[1].word})
    writer.add_outline_item(title=CAGE.words[2].word, page_number=0)
    writer.add_attachment("file", CAGE.words[3].word.encode())
    packed = io.BytesIO()
    writer.write(packed)
    assert hidden not in packed.getvalue()
    assert holds(unpacked(packed.getvalue())) == {c.word for c in CAGE.words[:4]}


# What readers get


@ceilings
@sourcings
def test_the_document_holds_nothing_above_the_ceiling_and_no_id(
    caged: Briefing, ceiling: Marking, sourcing: str
) -> None:
    document = made.document(caged, made.reader(ceiling, sourcing=sourcing))
    parts = [part for part in made.reached(document) if part is not document.lexicon]
    lexicon = set(CAGE.terms.values())  # every term there is: they are the lexicon's
    text = "\n".join(str(part) for part in parts if isinstance(part, (str, int, float)))
    assert not [c for c in refused(text, ceiling) if c.word not in lexicon]
    assert not {m for m in MARKINGS if m > ceiling} & {p for p in parts if isinstance(p, Enum)}


@ceilings
def test_nothing_leads_from_the_document_back_to_the_briefing(
    caged: Briefing, ceiling: Marking
) -> None:
    document = made.document(caged, made.reader(ceiling))
    seen: dict[int, object] = {}
    waiting: list[object] = [document]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen and not isinstance(thing, (type, ModuleType, FunctionType)):
            assert not isinstance(thing, Model)
            seen[id(thing)] = thing
            waiting += gc.get_referents(thing)
    assert len(seen) > 1000


@ceilings
@pytest.mark.parametrize(("form", "sourcing"), WRITTEN)
def test_no_text_holds_what_is_above_the_ceiling(
    caged: Briefing, folder: Path, ceiling: Marking, sourcing: str, form: str
) -> None:
    document = made.document(caged, made.reader(ceiling, sourcing=sourcing))
    text = made.written(document, form, folder).decode()
    assert not refused(text, ceiling)
    assert canaries.UNTOLD["formerly"][0] not in text
    assert not [m for m in MARKINGS if m > ceiling and re.search(rf"{re.escape(m.value)}\b", text)]
    assert ceiling.value in text
    if sourcing == "annex":
        assert not lacking(text, ceiling)


@pytest.mark.parametrize("audience", ["executive", "analyst", "press"])
@pytest.mark.parametrize("form", TEXTS)
def test_our_own_readers_get_nothing_above_their_ceilings(
    caged: Briefing, audience: str, form: str
) -> None:
    brief = pipeline.view(caged, audience)
    text = pipeline.render(brief, form).data.decode()
    assert not refused(text, audiences.load(audience, Shelf()).ceiling)
    assert holds(text)


@pytest.mark.parametrize("ceiling", [*MARKINGS[:2], *(slow(m) for m in MARKINGS[2:])])
def test_no_byte_of_a_pdf_holds_what_is_above_the_ceiling(
    caged: Briefing, folder: Path, ceiling: Marking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "TRIES", 1)  # how closely it is set changes nothing in what it says
    document = made.document(caged, made.reader(ceiling))
    text = unpacked(made.written(document, "pdf", folder))
    assert not refused(text, ceiling)
    assert not [m for m in MARKINGS if m > ceiling and m.value in text]
    assert not lacking(text, ceiling)


@pytest.mark.office
@pytest.mark.parametrize("form", ["docx", "odt"])
@ceilings
def test_no_part_of_an_office_document_holds_what_is_above_the_ceiling(
    caged: Briefing, folder: Path, ceiling: Marking, form: str
) -> None:
    document = made.document(caged, made.reader(ceiling))
    with zipfile.ZipFile(io.BytesIO(made.written(document, form, folder))) as file:
        raw = "\n".join(f"{name}\n{file.read(name).decode('latin-1')}" for name in file.namelist())
        text = "\n".join(
            file.read(n).decode() for n in file.namelist() if n.endswith((".xml", ".rels"))
        )
    bare = html.unescape(re.sub("<[^>]*>", "", text))
    assert not refused(f"{bare}\n{UNREAD}{raw}", ceiling)
    assert not [m for m in MARKINGS if m > ceiling and re.search(rf"{re.escape(m.value)}\b", text)]
    assert ceiling.value in text
    assert not lacking(f"{bare}\n{text}", ceiling)


# What is said where there is no brief


def said(error: BaseException | None) -> str:
    """Return all that an error tells, with those that it comes from."""
    return f"{error!r} {error} {vars(error)} {said(error.__cause__)}" if error else ""


@pytest.mark.parametrize("lacks", ["title", "bluf"])
def test_a_brief_with_nothing_to_say_is_refused_without_telling_what_there_is(
    folder: Path, lacks: str
) -> None:
    texts = {label: text for label, text in CAGE.data[lacks].items() if label != made.CLEAR}
    briefing = made.briefing(CAGE.data | {lacks: texts}, folder)
    with pytest.raises(NothingToSay) as caught:
        made.document(briefing, made.reader())
    assert not holds(said(caught.value))


def test_a_brief_that_is_too_long_is_refused_without_telling_what_there_is(
    caged: Briefing, folder: Path
) -> None:
    document = made.document(caged, made.reader(pages=1))
    with pytest.raises(TooLong) as caught:
        made.written(document, "pdf", folder)
    assert not holds(said(caught.value))


@pytest.mark.parametrize(
    "fault",
    [
        "{{ document.titel }}",
        "{{ document }}",
        "{{ document.parts }}",
        '{{ document["events"][0].sorce }}',
        '{{ document["events"][0] }}',
        '{{ document["events"][0].claims }}',
        '{{ document["events"][0].claims[0].via[0].x }}',
        "{{ document.title.source }}",
        "{{ document.title.nodes[0].text }}",
        '{{ "%d" | format(document.title) }}',
        "{% include document.title %}",
        "{{ document.sources[999] }}",
    ],
)
def test_a_fault_of_a_template_tells_nothing_above_the_ceiling(tmp_path: Path, fault: str) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / f"{canaries.LEXICON}.yaml").write_text(CAGE.lexicon())
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "briefing.md.j2").write_text(fault)
    document = made.document(made.briefing(CAGE.data, tmp_path), made.reader())
    with pytest.raises(InvalidInput) as caught:
        made.written(document, "md", tmp_path)
    assert not refused(said(caught.value), made.MARKINGS[0])
