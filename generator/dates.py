"""Days, weeks and instants: ISO 8601 text ↔ values. Days are plain dates, instants are UTC with `Z`."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(1991, 8, 14)
"""arXiv's first day: no digest is older."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_day(text: str) -> date:
    """`2025-10-01` → date; ValueError for any other form, for impossible days and for years no digest has."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a day; write it as YYYY-MM-DD, such as 2025-10-01")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text} is no day of the calendar") from error
    if not FIRST_DAY <= day <= date(2199, 12, 31):
        raise ValueError(f"{text} is outside 1991-08-14 to 2199-12-31")
    return day


def parse_instant(text: str) -> datetime:
    """RFC 3339 text → UTC; a missing zone means UTC; a leap second counts as the second before it."""
    settled = text.strip().replace(":60Z", ":59Z").replace(":60+", ":59+")
    value = datetime.fromisoformat(settled)
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(UTC)


def format_instant(instant: datetime) -> str:
    """UTC, whole seconds, `Z`: `2025-10-01T06:30:00Z`."""
    return instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included; none when `last` is before `first`."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def week_of(day: date) -> date:
    """The Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> Iterator[date]:
    """The Monday of every ISO week from that of `first` to that of `last`."""
    monday = week_of(first)
    while monday <= last:
        yield monday
        monday += timedelta(days=7)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of every month from that of `first` to that of `last`."""
    month = month_of(first)
    while month <= last:
        yield month
        month = month_of(month + timedelta(days=31))


_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def long_day(day: date) -> str:
    """`Wednesday, 1 October 2025`: never the machine's locale."""
    return f"{_WEEKDAYS[day.weekday()]}, {day.day} {month_name(day)} {day.year}"


def month_name(day: date) -> str:
    """`October`."""
    return _MONTHS[day.month - 1]


def short_weekday(day: date) -> str:
    """`Wed`."""
    return _WEEKDAYS[day.weekday()][:3]
