"""Records of days → one topic: its newest papers, its papers month by month, and the months themselves."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from generator.dates import month_of, months_between
from generator.digest.summaries import DayRecord
from generator.model import PaperLink, Topic
from generator.spans import SpanCount, TopicMonth, TopicSummary

RECENT = 50
"""Newest papers on a topic's first page; every month has a page of its own."""
Lines = Callable[[date], Mapping[str, Sequence[PaperLink]]]
"""The papers of a day by topic, best first."""


def summarise_topic(topic: Topic, records: Sequence[DayRecord], lines: Lines) -> TopicSummary:
    """All papers of a topic counted, the newest linked; of `records`, in order of day, only so many are looked up."""
    recent: list[PaperLink] = []
    for record in reversed(records):
        if topic.slug in record.topics and len(recent) < RECENT:
            recent += lines(record.summary.date)[topic.slug]
    months = _months(topic, records)
    return TopicSummary(topic, sum(month.papers for month in months), tuple(recent[:RECENT]), months)


def _months(topic: Topic, records: Sequence[DayRecord]) -> tuple[SpanCount, ...]:
    if not records:
        return ()
    counts: Counter[date] = Counter()
    for record in records:
        if papers := record.topics.get(topic.slug):
            counts[month_of(record.summary.date)] += papers
    first, last = records[0].summary.date, records[-1].summary.date
    return tuple(SpanCount(month, counts[month]) for month in months_between(first, last))


def month_of_topic(summary: TopicSummary, month: date, days: Sequence[date], lines: Lines) -> TopicMonth:
    """All papers of the topic on these days, which are those of the month that have any, in order."""
    slug = summary.topic.slug
    papers = tuple(line for day in reversed(days) for line in lines(day)[slug])
    return TopicMonth(summary.topic, month, papers, *months_beside(summary, month))


def months_beside(summary: TopicSummary, month: date) -> tuple[date | None, date | None]:
    """The nearest months with papers of the topic, before and after."""
    filled = [found.first for found in summary.months if found.papers]
    before = next((found for found in reversed(filled) if found < month), None)
    return before, next((found for found in filled if found > month), None)
