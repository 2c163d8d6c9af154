"""Every example's PDF keeps to what it claims, as far as page-validation and we ourselves can see.

What veraPDF says of the same files is in ``test_verapdf``.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from tests.broken import BROKEN, SOUND, VARIANTS, Broken, made
from tests.examples import ALL, BROWSED, EXAMPLES, Case, rendered
from tests.profiles import PROFILES, wrong


@pytest.fixture(scope="module", params=ALL, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Each example; all that is asked of one comes in a row, for its PDF is made once then."""
    found: Case = request.param
    return found


@pytest.mark.parametrize("profile", PROFILES)
def test_each_example_keeps_to_its_profile(case: Case, profile: str) -> None:
    assert wrong(rendered(case, "pdf"), profile) == []


@pytest.mark.parametrize("profile", VARIANTS)
def test_the_sound_page_is_sound(profile: str) -> None:
    assert wrong(made(profile, SOUND), profile) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_page_is_found(broken: Broken) -> None:
    """Or is known not to be; if one is found now, say so in the table."""
    rules = [found.partition(":")[0] for found in wrong(broken.data(), broken.profile)]
    if not broken.page:
        assert rules == []
    else:
        assert any(re.fullmatch(rf"PDF(UA1|A3A)-{broken.page}-\d+", rule) for rule in rules), rules


def _dates(data: bytes) -> dict[str, list[datetime | None]]:
    """Return the two dates of a PDF as its information dictionary and its metadata tell them."""
    reader = PdfReader(io.BytesIO(data))
    info, xmp = reader.metadata, reader.xmp_metadata
    assert info is not None
    assert xmp is not None
    return {
        "created": [info.creation_date, xmp.xmp_create_date],
        "modified": [info.modification_date, xmp.xmp_modify_date],
    }


def test_its_dates_are_told_alike(case: Case) -> None:
    for name, (info, xmp) in _dates(rendered(case, "pdf")).items():
        assert info is not None, name
        assert xmp is not None, name
        assert _utc(info) == _utc(xmp), name


def _utc(told: datetime) -> datetime:
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def test_dates_that_differ_are_seen() -> None:
    """No validator sees them, so this is proved on the broken page of that name."""
    broken = next(one for one in BROKEN if one.name.startswith("dates that differ"))
    info, xmp = _dates(broken.data())["modified"]
    assert info
    assert xmp
    assert info.year != xmp.year


def _heads(data: bytes) -> list[Any]:
    """Return the attributes of each head of a table's column or row."""
    found = []
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        entry = waiting.pop()
        entry = entry.get_object() if hasattr(entry, "get_object") else entry
        if isinstance(entry, list):
            waiting += entry
        elif isinstance(entry, dict):
            if entry.get("/S") == "/TH":
                found.append(entry)
            waiting += [entry["/K"]] if "/K" in entry else []
    return found


def _scope(head: Any) -> str | None:  # noqa: ANN401
    attributes = head.get("/A", [])
    each = attributes if isinstance(attributes, list) else [attributes]
    return next((str(a.get_object()["/Scope"]) for a in each if "/Scope" in a.get_object()), None)


def test_each_head_says_what_it_is_the_head_of(case: Case) -> None:
    """Both validators take a plain table's head for that of its column; a screen reader may not."""
    assert {_scope(head) for head in _heads(rendered(case, "pdf"))} <= {"/Column", "/Row"}


def test_heads_of_columns_and_of_rows_are_found() -> None:
    heads = _heads(rendered(Case(EXAMPLES[0], "analyst", BROWSED), "pdf"))
    assert {_scope(head) for head in heads} == {"/Column", "/Row"}


def test_a_head_without_scope_is_seen() -> None:
    broken = next(one for one in BROKEN if one.name == "a head of a column without scope")
    assert {_scope(head) for head in _heads(broken.data())} == {None}
