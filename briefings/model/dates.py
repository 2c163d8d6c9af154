"""Dates with their precision (EDTF), and the moments of a briefing.

EDTF is part of ISO 8601-2:2019. This reads its calendar dates (``2024``, ``2024-11``,
``2024-11-21``), a time with its zone (``2024-11-21T05:00Z``), the qualifiers ``~`` (approximate),
``?`` (uncertain) and ``%`` (both), and intervals (``2024-11-19/2024-11-21``) that may be open at
either end (``../2024-11-19``).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

Precision = Literal["year", "month", "day", "minute"]
MONTHS = 12
ANYWHERE = timedelta(hours=14)  # how far a zone may be from UTC

_DATE = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2})"
    r"(T(?P<hour>\d{2}):(?P<minute>\d{2})(:00)?(?P<zone>Z|[+-]\d{2}:[0-5]\d))?)?)?(?P<mark>[~?%]?)",
    re.ASCII,
)
EXPECTED = 'expected a date such as "2024-11-21", "2024-11", "2024-11-21T05:00Z" or "../2024-11-19"'
EXPECTED_MOMENT = 'expected a date such as "2024-11-21" or "2024-11-21T18:00Z"'


class BadDate(ValueError):
    """A date that cannot be read or cannot be."""


@dataclass(frozen=True, slots=True)
class Point:
    """One calendar date, month, year or minute, with how sure it is."""

    text: str
    year: int
    month: int = 0
    day: int = 0
    clock: str = ""
    zone: str = ""
    approximate: bool = False
    uncertain: bool = False

    @property
    def precision(self) -> Precision:
        """The smallest unit that is stated."""
        if self.clock:
            return "minute"
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> datetime:
        """The first instant that it may mean, in UTC."""
        hour, minute = (int(part) for part in (self.clock or "00:00").split(":"))
        moment = datetime(self.year, self.month or 1, self.day or 1, hour, minute, tzinfo=UTC)
        return moment - _offset(self.zone)

    @property
    def last(self) -> datetime:
        """The last instant that it may mean, in UTC."""
        if self.clock:
            return self.first
        month = self.month or MONTHS
        day = self.day or calendar.monthrange(self.year, month)[1]
        return datetime(self.year, month, day, 23, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date, or an interval of two; an open end is ``None``."""

    text: str
    start: Point | None
    end: Point | None

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Read an EDTF date or interval.

        Raises:
            BadDate: with a sentence that says why.
        """
        first, slash, second = text.partition("/")
        if not slash:
            point = parse_point(first)
            return cls(text, point, point)
        if not all(part == ".." or _DATE.fullmatch(part) for part in (first, second)):
            raise BadDate(f'"{text}" is not a date; {EXPECTED}')
        start, end = _end(first), _end(second)
        if start is None and end is None:
            raise BadDate(f'"{text}" has no date on either side; {EXPECTED}')
        if start and end and surely_before(end, start):
            raise BadDate(f'"{text}" ends before it begins')
        return cls(text, start, end)

    @property
    def is_interval(self) -> bool:
        """Whether it has two ends, one of which may be open."""
        return self.start is not self.end

    @property
    def earliest(self) -> datetime:
        """The first instant that it may mean; the beginning of time where that is open."""
        return self.start.first if self.start else datetime.min.replace(tzinfo=UTC)

    @property
    def latest(self) -> datetime:
        """The last instant that it may mean; the end of time where that is open."""
        return self.end.last if self.end else datetime.max.replace(tzinfo=UTC)


def surely_before(one: Point, other: Point) -> bool:
    """Whether *one* was over before *other* can have begun, in whatever zone a day was meant."""
    slack = timedelta() if bool(one.clock) == bool(other.clock) else ANYWHERE
    return other.first - one.last > slack


def _end(text: str) -> Point | None:
    return None if text == ".." else parse_point(text)


def parse_point(text: str, expected: str = EXPECTED) -> Point:
    """Read one date that is no interval.

    Raises:
        BadDate: with a sentence that says why.
    """
    match = _DATE.fullmatch(text)
    zoned = match or _DATE.fullmatch(f"{text}Z")
    if not zoned:
        raise BadDate(f'"{text}" is not a date; {expected}')
    year, month, day = (int(zoned[part] or 0) for part in ("year", "month", "day"))
    _check_calendar(text, zoned, (year, month, day))
    if not match:
        raise BadDate(f'"{text}" has no time zone; write "{text}Z" if it is UTC')
    mark, hour, minute = match["mark"], match["hour"], match["minute"]
    clock = f"{hour}:{minute}" if hour else ""
    approximate, uncertain = mark in ("~", "%"), mark in ("?", "%")
    return Point(text, year, month, day, clock, match["zone"] or "", approximate, uncertain)


def _check_calendar(text: str, match: re.Match[str], ymd: tuple[int, int, int]) -> None:
    year, month, day = ymd
    if year == 0:
        raise BadDate(f'"{text}" is not a date: there is no year 0')
    if match["month"] and not 1 <= month <= MONTHS:
        raise BadDate(f'"{text}" is not a date: there is no month {match["month"]}')
    if match["day"]:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise BadDate(f'"{text}" is not a date: that month has no day {match["day"]}')
    if match["hour"] and (int(match["hour"]) > 23 or int(match["minute"]) > 59):  # noqa: PLR2004
        raise BadDate(f'"{text}" is not a time of day')
    if match["zone"] and abs(_offset(match["zone"])) > timedelta(hours=14):
        raise BadDate(f'"{text}" has no such time zone')
    if match["hour"] and not date(1, 1, 2) < date(year, month, day) < date(9999, 12, 31):
        raise BadDate(f'"{text}" is out of range')


def _offset(zone: str) -> timedelta:
    if zone in ("", "Z"):
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a minute with its zone: the cut-off, the publication, a retrieval."""

    point: Point

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read a full date, with or without a time.

        Raises:
            BadDate: it is less than a day, qualified, or not a date.
        """
        point = parse_point(text, EXPECTED_MOMENT)
        if not point.day or point.approximate or point.uncertain:
            raise BadDate(f'"{text}" is not one day; {EXPECTED_MOMENT}')
        return cls(point)

    @property
    def iso(self) -> str:
        """As XMP and HTML want it: ``2024-11-21`` or ``2024-11-21T18:00:00Z``."""
        if not self.point.clock:
            return self.point.text
        moment = self.point.first.astimezone(timezone(_offset(self.point.zone)))
        return moment.isoformat().replace("+00:00", "Z")
