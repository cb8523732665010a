"""Records of days → the archive in figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from generator.dates import month_of, months_between, week_of, weeks_between
from generator.digest.summaries import DayRecord
from generator.model import DaySummary, SourceState
from generator.spans import SourceCount, SpanCount, Statistics, TopicSummary


def statistics(records: Sequence[DayRecord], topics: Sequence[TopicSummary]) -> Statistics:
    """Days in order, and their topics, in figures."""
    days = [record.summary for record in records]
    last = next((day.date for day in reversed(days) if day.papers), None)
    first = next((day.date for day in days if day.papers), None)
    spans = (first, last) if first and last else None
    return Statistics(
        last=last,
        weeks=_counted(days, week_of, weeks_between(*spans)) if spans else (),
        months=_counted(days, month_of, months_between(*spans)) if spans else (),
        topics=tuple(TopicSummary(found.topic, found.papers, (), found.months) for found in topics),
        sources=_sources(days),
    )


def _counted(days: Iterable[DaySummary], first: Callable[[date], date], spans: Iterable[date]) -> tuple[SpanCount, ...]:
    papers: Counter[date] = Counter()
    for day in days:
        papers[first(day.date)] += day.papers
    return tuple(SpanCount(span, papers[span]) for span in spans)


def _sources(days: Iterable[DaySummary]) -> tuple[SourceCount, ...]:
    """By name."""
    told: dict[str, list[tuple[date, SourceState]]] = {}
    for day in days:
        for state in day.states:
            told.setdefault(state.source, []).append((day.date, state))
    return tuple(_source(name, told[name]) for name in sorted(told))


def _source(name: str, told: Sequence[tuple[date, SourceState]]) -> SourceCount:
    with_papers = [(day, state.papers) for day, state in told if state.papers]
    return SourceCount(
        source=name,
        papers=sum(papers for _, papers in with_papers),
        days=len(with_papers),
        gaps=sum(1 for _, state in told if state.state.is_wanting()),
        last=with_papers[-1][0] if with_papers else None,
    )
