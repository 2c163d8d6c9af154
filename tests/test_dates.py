"""Dates with their precision: what they mean, and that no text makes them raise by accident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefings.model.dates import BadDate, Edtf, Moment, parse_point


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2024", "year", at(2024, 1, 1), at(2024, 12, 31, 23, 59)),
        ("2024-11", "month", at(2024, 11, 1), at(2024, 11, 30, 23, 59)),
        ("2024-02", "month", at(2024, 2, 1), at(2024, 2, 29, 23, 59)),
        ("2023-02", "month", at(2023, 2, 1), at(2023, 2, 28, 23, 59)),
        ("2024-11-21", "day", at(2024, 11, 21), at(2024, 11, 21, 23, 59)),
        ("2024-11-21T05:30Z", "minute", at(2024, 11, 21, 5, 30), at(2024, 11, 21, 5, 30)),
        ("2024-11-21T05:30:00Z", "minute", at(2024, 11, 21, 5, 30), at(2024, 11, 21, 5, 30)),
        ("2024-11-21T01:30+02:00", "minute", at(2024, 11, 20, 23, 30), at(2024, 11, 20, 23, 30)),
        ("2024-11-21T23:30-03:30", "minute", at(2024, 11, 22, 3, 0), at(2024, 11, 22, 3, 0)),
        ("0001", "year", at(1, 1, 1), at(1, 12, 31, 23, 59)),
        ("9999-12-31", "day", at(9999, 12, 31), at(9999, 12, 31, 23, 59)),
    ],
)
def test_what_a_date_means(text: str, precision: str, first: datetime, last: datetime) -> None:
    point = parse_point(text)
    assert (point.precision, point.first, point.last) == (precision, first, last)
    assert point.text == text
    date = Edtf.parse(text)
    assert (date.earliest, date.latest) == (first, last)
    assert not date.is_interval


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2024-11-21", False, False),
        ("2024-11-21~", True, False),
        ("2024-11?", False, True),
        ("2024%", True, True),
    ],
)
def test_how_sure_a_date_is(text: str, approximate: bool, uncertain: bool) -> None:  # noqa: FBT001
    point = parse_point(text)
    assert (point.approximate, point.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-11-19/2024-11-21", at(2024, 11, 19), at(2024, 11, 21, 23, 59)),
        ("2024-11-19/2024-11-19", at(2024, 11, 19), at(2024, 11, 19, 23, 59)),
        ("2024/2024-11-21", at(2024, 1, 1), at(2024, 11, 21, 23, 59)),
        ("2024-11-21/2024", at(2024, 11, 21), at(2024, 12, 31, 23, 59)),
        ("../2024-11-21", datetime.min.replace(tzinfo=UTC), at(2024, 11, 21, 23, 59)),
        ("2024-11-21~/..", at(2024, 11, 21), datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_what_an_interval_means(text: str, earliest: datetime, latest: datetime) -> None:
    date = Edtf.parse(text)
    assert date.is_interval
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "../..",
        "..",
        "2024-",
        "2024-1",
        "2024-13",
        "2024-00",
        "2024-11-00",
        "2024-11-31",
        "2023-02-29",
        "1900-02-29",
        "0000",
        "24-11-21",
        "12024",
        "-2024",
        "2024-11-21T05",
        "2024-11-21T05:00",
        "2024-11-21T5:00Z",
        "2024-11-21T24:00Z",
        "2024-11-21T12:60Z",
        "2024-11-21T12:00:01Z",
        "2024-11-21t12:00z",
        "2024-11-21T12:00+14:01",
        "2024-11-21T12:00+05:60",
        "2024-11T12:00Z",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "2024-11-21~~",
        "~2024",
        "2024-11-21/2024-11-20",
        "2024-11-21T20:00Z/2024-11-20",
        "2024-11-21/..2024-11-22",
        "2024-11-21//2024-11-22",
        "2024-11-21\n",
        " 2024-11-21",
        "\uff12\uff10\uff12\uff14",  # digits of full width
        "\u0662\u0660\u0662\u0664",  # Arabic digits
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        Edtf.parse(text)
    assert text in str(caught.value) or "/" in text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-11-21", "2024-11-21"),
        ("0099-01-01", "0099-01-01"),
        ("2024-11-21T05:00Z", "2024-11-21T05:00:00Z"),
        ("2024-11-21T05:00+00:00", "2024-11-21T05:00:00Z"),
        ("2024-11-21T05:00-00:00", "2024-11-21T05:00:00Z"),
        ("2024-11-21T05:00+02:00", "2024-11-21T05:00:00+02:00"),
        ("2024-11-21T05:00-03:30", "2024-11-21T05:00:00-03:30"),
    ],
)
def test_a_moment_as_machines_want_it(text: str, iso: str) -> None:
    assert Moment.parse(text).iso == iso


@pytest.mark.parametrize(
    "text", ["2024", "2024-11", "2024-11-21~", "2024-11-21?", "2024-11-21/2024-11-22", ".."]
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(BadDate):
        Moment.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-13-01T10:00", "there is no month 13"),
        ("2026-02-30T10:00", "that month has no day 30"),
        ("2026-02-03T10:00", 'has no time zone; write "2026-02-03T10:00Z" if it is UTC'),
    ],
)
def test_a_zone_is_missed_where_all_else_is_right(text: str, said: str) -> None:
    with pytest.raises(BadDate, match=said):
        Moment.parse(text)


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
digits = st.text("0123456789", min_size=1, max_size=5)
date_like = st.lists(
    st.one_of(
        digits,
        st.sampled_from(["-", "/", "..", "T", ":", "Z", "+", "~", "?", "%", "٢", " "]),
        st.sampled_from(["2024", "0001", "9999", "0000", "-01", "-12", "-31", "-30", "-02-29"]),
        st.sampled_from(["T00:00", "T23:59", "+14:00", "-14:00", "+99:99"]),
        st.dates().map(str),
        st.datetimes(timezones=zones).map(lambda moment: moment.isoformat(timespec="minutes")),
    ),
    max_size=5,
).map("".join)


@given(st.one_of(st.text(), date_like))
@example("0001-01-01T00:00+14:00")
@example("0001-01-02T00:00+14:00")
@example("0001-01-03T00:00+14:00")
@example("9999-12-30T23:59-14:00")
@example("9999-12-31T23:59-14:00")
@example("9999-12-31T23:59-14:00/..")
def test_any_text_is_a_date_or_a_bad_date(text: str) -> None:
    for read in (Edtf.parse, Moment.parse):
        try:
            found = read(text)
        except BadDate:
            continue
        if isinstance(found, Moment):
            assert found.iso.startswith(text[:10])
            assert found.point.first <= found.point.last
        else:
            assert found.text == text
            assert found.earliest <= found.latest


@given(st.dates(), st.dates())
def test_days_are_in_their_order(one: object, other: object) -> None:
    first, second = sorted([str(one), str(other)])
    date = Edtf.parse(f"{first}/{second}")
    assert date.latest - date.earliest >= timedelta(hours=23)
    if first != second:
        with pytest.raises(BadDate):
            Edtf.parse(f"{second}/{first}")


@given(
    st.datetimes(
        datetime(1, 1, 3),  # noqa: DTZ001  # hypothesis wants it without a zone
        datetime(9999, 12, 30),  # noqa: DTZ001
        timezones=zones,
    )
)
def test_every_minute_with_its_zone_is_the_same_instant(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert parse_point(moment.isoformat(timespec="minutes")).first == moment
