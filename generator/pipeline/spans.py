"""Records of days → the pages of weeks, months and years; a page's key is of the records of its days and its links."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from generator import links
from generator.dates import month_of, week_of
from generator.digest import highlights, summarise_months
from generator.fingerprint import digest
from generator.model import Topic
from generator.pages import Page, Renderer
from generator.pipeline.remembered import Recalled, Remembered
from generator.pipeline.rollup import RollUp
from generator.spans import Highlights


class Spans:
    """The weeks, months and years that hold a day."""

    def __init__(self, remembered: Remembered, topics: Sequence[Topic], renderer: Renderer) -> None:
        self._remembered = remembered
        self._topics = topics
        self._renderer = renderer

    def __iter__(self) -> Iterator[RollUp]:
        yield from self._each(week_of, links.week_path, self._week)
        yield from self._each(month_of, links.month_path, self._month)
        yield from self._each(_first_of_year, links.year_path, self._year)

    def _each(
        self, first_of: Callable[[date], date], path: Callable[[date], str], make: Callable[["_Span"], Page]
    ) -> Iterator[RollUp]:
        grouped = groupby(self._remembered.days, key=lambda day: first_of(day.date))
        spans = [(first, tuple(days)) for first, days in grouped]
        names = repr(self._topics)
        for position, (first, days) in enumerate(spans):
            before = spans[position - 1][0] if position else None
            after = spans[position + 1][0] if position + 1 < len(spans) else None
            span = _Span(first, days, before, after)
            key = digest(names, repr((first, before, after)), *(day.text for day in days))
            yield RollUp(path(first), key, partial(make, span))

    def _week(self, span: "_Span") -> Page:
        days = [day.summary for day in span.days]
        return self._renderer.week(span.first, days, self._highlights(span), span.previous, span.next)

    def _month(self, span: "_Span") -> Page:
        days = [day.summary for day in span.days]
        return self._renderer.month(span.first, days, self._highlights(span), span.previous, span.next)

    def _year(self, span: "_Span") -> Page:
        months = summarise_months(day.summary for day in span.days)
        weeks = sorted({week_of(day.date) for day in span.days})
        found = self._highlights(span)
        return self._renderer.year(span.first, months, weeks, found, span.previous, span.next)

    def _highlights(self, span: "_Span") -> Highlights:
        return highlights((day.record for day in span.days), self._topics, self._remembered.best)


@dataclass(frozen=True, slots=True)
class _Span:
    """The days from `first` on, and the first days of the spans before and after that have days."""

    first: date
    days: tuple[Recalled, ...]
    previous: date | None
    next: date | None


def _first_of_year(day: date) -> date:
    return day.replace(month=1, day=1)
