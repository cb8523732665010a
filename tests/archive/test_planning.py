"""Which days a fetch asks for."""

from datetime import date, timedelta

from generator.archive import days_to_fetch
from generator.dates import days_between
from generator.model import State

TODAY = date(2025, 10, 31)


def test_a_new_archive_starts_with_the_refresh_window():
    """Nothing archived: only the last days, today included."""
    assert days_to_fetch({}, TODAY, 3) == (date(2025, 10, 29), date(2025, 10, 30), TODAY)


def test_gaps_and_unfinished_days_are_mended():
    """A hole, a failed day and an open day before the window are asked for again; finished ones are not."""
    states = dict.fromkeys(days_between(date(2025, 10, 1), TODAY), State.ANNOUNCED)
    states[date(2025, 10, 5)] = State.FAILED
    states[date(2025, 10, 6)] = State.OPEN
    states[date(2025, 10, 7)] = State.NONE
    del states[date(2025, 10, 9)]
    mended = days_to_fetch(states, TODAY, 1)
    assert mended == (date(2025, 10, 5), date(2025, 10, 6), date(2025, 10, 9), TODAY)


def test_named_days_are_asked_for_unless_finished():
    """A backfill that was cut off goes on where it stopped; `refresh` asks for all of it again."""
    days = tuple(days_between(date(2025, 1, 1), date(2025, 1, 4)))
    states = {days[0]: State.ANNOUNCED, days[1]: State.NONE, days[2]: State.INCOMPLETE}
    assert days_to_fetch(states, TODAY, 7, days) == days[2:]
    assert days_to_fetch(states, TODAY, 7, days, refresh=True) == days


def test_the_future_is_never_asked_for():
    """Days after today are dropped."""
    assert days_to_fetch({}, TODAY, 7, (TODAY, TODAY + timedelta(days=1))) == (TODAY,)
