"""arXiv's cut-off calendar, both ways."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.arxiv_calendar import (
    announcement_day,
    announcement_instant,
    is_announcement_day,
    submission_window,
)

EASTERN = ZoneInfo("America/New_York")
INSTANT = st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("submitted", "day"),
    [
        ("2025-09-18 13:59:59", "2025-09-19"),
        ("2025-09-18 14:00:00", "2025-09-22"),
        ("2025-09-19 13:59:59", "2025-09-22"),
        ("2025-09-19 14:00:00", "2025-09-23"),
        ("2025-09-21 23:00:00", "2025-09-23"),
        ("2025-09-22 14:00:00", "2025-09-24"),
        ("2025-09-23 14:00:00", "2025-09-25"),
        ("2025-09-24 13:00:00", "2025-09-25"),
    ],
)
def test_the_cut_off_is_at_14_00_eastern(submitted: str, day: str) -> None:
    """A second decides; Thursday's and Friday's evenings wait for Monday and Tuesday."""
    assert announcement_day(datetime.fromisoformat(submitted).replace(tzinfo=EASTERN)) == date.fromisoformat(day)


@given(INSTANT)
def test_a_submission_lies_in_the_window_of_its_day(submitted: datetime) -> None:
    """The two directions agree, in summer and in winter."""
    window = submission_window(announcement_day(submitted))
    assert window is not None
    assert window[0] <= submitted < window[1]


@given(st.dates(date(1995, 1, 1), date(2100, 1, 1)))
def test_windows_leave_no_gap(day: date) -> None:
    """Each window starts where the one of the announcement before ends; weekends have none."""
    window = submission_window(day)
    assert (window is not None) == is_announcement_day(day)
    if window:
        before = submission_window(day - timedelta(days=3 if day.weekday() == 0 else 1))
        assert before is not None
        assert before[1] == window[0]
        assert announcement_day(window[0]) == announcement_day(window[1] - timedelta(seconds=1)) == day


@given(st.dates(date(1995, 1, 1), date(2100, 1, 1)))
def test_an_announcement_carries_its_utc_date(day: date) -> None:
    """20:00 Eastern is the next day in UTC all year."""
    assert announcement_instant(day).astimezone(UTC).date() == day
