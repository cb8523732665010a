"""Statistics → what the page of statistics shows: the newest weeks, each topic's share of the newest months."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Topic
from generator.spans import SourceCount, SpanCount, Statistics

_WEEKS, _MONTHS = 156, 36
_APART = 20
"""Weeks between words below the picture, so that they do not overlap on a phone."""


@dataclass(frozen=True, slots=True)
class TopicShares:
    """A topic's papers in each of the months shown, and what share of all papers they are."""

    topic: Topic
    papers: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`ticks` name the years of `weeks` by position; `peak` is the highest share of any topic in any month."""

    weeks: tuple[SpanCount, ...]
    ticks: tuple[tuple[int, str], ...]
    months: tuple[SpanCount, ...]
    topics: tuple[TopicShares, ...]
    peak: float
    sources: tuple[SourceCount, ...]


def shown(statistics: Statistics) -> Shown:
    """Three years at most; what is older stands on the pages of its year."""
    weeks, months = statistics.weeks[-_WEEKS:], statistics.months[-_MONTHS:]
    topics = tuple(_shares(found.topic, found.months, months) for found in statistics.topics)
    peak = max((share for topic in topics for share in topic.shares), default=0.0)
    return Shown(weeks, _years(weeks), months, topics, peak, statistics.sources)


def _shares(topic: Topic, counts: Sequence[SpanCount], months: Sequence[SpanCount]) -> TopicShares:
    papers = {count.first: count.papers for count in counts}
    own = tuple(papers.get(month.first, 0) for month in months)
    shares = (of / month.papers if month.papers else 0.0 for of, month in zip(own, months, strict=True))
    return TopicShares(topic, own, tuple(shares))


def _years(weeks: Sequence[SpanCount]) -> tuple[tuple[int, str], ...]:
    """The first week of each year, where there is room before the end, and the first of all, before the next."""
    named = [(position, week.first.isocalendar()) for position, week in enumerate(weeks)]
    turns = [
        (position, str(week.year)) for position, week in named if week.week == 1 and position <= len(weeks) - _APART
    ]
    if named and (not turns or turns[0][0] >= _APART):
        turns.insert(0, (0, str(named[0][1].year)))
    return tuple(turns)
