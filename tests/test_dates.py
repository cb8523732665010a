"""Days and instants: one form each, never the machine's zone or language."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import FIRST_DAY, days_between, format_instant, long_day, month_name, parse_day, parse_instant

days = st.dates(FIRST_DAY, date(2199, 12, 31))


@given(days)
def test_a_day_reads_back(day: date) -> None:
    """ISO 8601 and nothing else."""
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "20251001", "2025-W40-3", "2025-13-01", "2025-02-30", "2999-01-01", "1990-01-01", "2026-11-24/../../x",
     "292277026596-12-04", "２０２５-10-01", " 2025-10-1", "2025/10/01"],
)  # fmt: skip
def test_anything_else_is_no_day(text: str) -> None:
    """Other forms, impossible days and years without digests are refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_reads_back_in_utc(moment: datetime, minutes: int) -> None:
    """Whole seconds, `Z`, whatever zone it came in."""
    local = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_instant(format_instant(local)) == local
    assert parse_instant(local.isoformat()) == local


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-01T06:30:00.250Z", "2025-10-01T06:30:00Z"),
        ("2025-10-01T06:30:00", "2025-10-01T06:30:00Z"),
        ("2025-10-01T20:30:00-04:00", "2025-10-02T00:30:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        (" 2025-10-01 06:30:00Z\n", "2025-10-01T06:30:00Z"),
    ],
)
def test_instants_of_other_forms_are_understood(text: str, expected: str) -> None:
    """Fractions are dropped, a missing zone is UTC, a leap second is the one before it."""
    assert format_instant(parse_instant(text)) == expected


def test_days_between_holds_both_ends() -> None:
    """And nothing when the end lies before the start."""
    first, last = date(2025, 9, 30), date(2025, 10, 2)
    assert list(days_between(first, last)) == [first, date(2025, 10, 1), last]
    assert list(days_between(last, first)) == []


def test_days_are_spelt_in_english() -> None:
    """Whatever the locale."""
    assert long_day(date(2025, 10, 1)) == "Wednesday, 1 October 2025"
    assert month_name(datetime(2025, 12, 1, tzinfo=UTC).date()) == "December"
