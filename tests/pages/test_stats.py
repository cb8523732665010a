"""What of the statistics is shown: three years at most, shares of months, years named where there is room."""

from datetime import date, timedelta

import pytest

from generator.model import Topic
from generator.pages.stats import shown
from generator.spans import SpanCount, Statistics, TopicSummary

TOPIC = Topic("A", "a")


def weekly(first: date, weeks: int) -> Statistics:
    spans = tuple(SpanCount(first + timedelta(weeks=week), week) for week in range(weeks))
    return Statistics(first, spans, (), (), ())


def test_three_years_of_weeks_are_shown():
    """The newest."""
    found = shown(weekly(date(2016, 1, 4), 520)).weeks
    assert [week.papers for week in found] == list(range(364, 520))


@pytest.mark.parametrize(
    ("first", "weeks", "ticks"),
    [
        (date(2025, 9, 29), 1, ((0, "2025"),)),
        (date(2025, 1, 6), 100, ((0, "2025"), (51, "2026"))),
        (date(2025, 12, 1), 100, ((4, "2026"), (57, "2027"))),
        (date(2025, 3, 3), 45, ((0, "2025"),)),
    ],
)
def test_years_are_named_where_there_is_room(first: date, weeks: int, ticks: tuple[tuple[int, str], ...]):
    """At their first week, but not close to the end, where the words would leave the picture."""
    assert shown(weekly(first, weeks)).ticks == ticks


def test_shares_are_of_all_papers_of_the_month():
    """A month without papers has no share; what the topic says of other months does not count."""
    months = tuple(SpanCount(date(2025, month, 1), papers) for month, papers in ((8, 20), (9, 0), (10, 40)))
    own = (SpanCount(date(2025, 7, 1), 9), SpanCount(date(2025, 8, 1), 5), SpanCount(date(2025, 10, 1), 30))
    found = shown(Statistics(None, (), months, (TopicSummary(TOPIC, 44, (), own),), ()))
    assert found.topics[0].papers == (5, 0, 30)
    assert found.topics[0].shares == (0.25, 0.0, 0.75)
    assert found.peak == 0.75
