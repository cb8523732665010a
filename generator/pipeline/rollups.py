"""Records of all days → the roll-up pages, each with a key of all that it shows, made only when asked for."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from generator import links
from generator.catalogue import Catalogue, CatalogueDay, DayInput
from generator.dates import month_of
from generator.digest import (
    MONTH,
    WEEK,
    compose_front,
    month_of_topic,
    months_beside,
    summarise_curator,
    summarise_topic,
)
from generator.fingerprint import digest
from generator.model import Curator, DaySummary, Topic
from generator.pages import Page, calendar_days
from generator.pipeline.figures import stats_page
from generator.pipeline.making import Tools
from generator.pipeline.remembered import Remembered
from generator.pipeline.rollup import RollUp, roll_up
from generator.pipeline.spans import Spans
from generator.spans import TopicSummary

RECENT_DAYS = 14


def rollup_paths(days: Sequence[CatalogueDay], topics: Sequence[Topic], curators: Sequence[Curator]) -> Iterator[str]:
    """The site paths of all roll-ups over these days, of which nothing else is known yet.

    So a topic has a page for every month, with papers or without.
    """
    yield from (links.HOME, links.ARCHIVE, links.TOPICS, links.CURATORS, links.SEARCH, links.SAVED, links.STATS)
    yield from (links.topic_path(topic.slug) for topic in topics)
    yield from (links.curator_path(curator.handle) for curator in curators)
    for day in days:
        yield links.week_path(day.date)
        yield links.month_path(day.date)
        yield links.year_path(day.date)
        yield from (links.topic_month_path(topic.slug, day.date) for topic in topics)


class RollUps:
    """All roll-ups over the days of a catalogue that remembers their records."""

    def __init__(self, catalogue: Catalogue, tools: Tools) -> None:
        self._catalogue = catalogue
        self._days = {day.date: day for day in catalogue.days}
        self._tools = tools
        self._remembered = Remembered(catalogue)

    @property
    def papers(self) -> int:
        """How many papers all days show."""
        return sum(day.summary.papers for day in self._remembered.days)

    @property
    def days(self) -> int:
        """How many days show papers."""
        return sum(1 for day in self._remembered.days if day.summary.papers)

    def __iter__(self) -> Iterator[RollUp]:
        renderer, remembered = self._tools.renderer, self._remembered
        days = [day.summary for day in remembered.days]
        yield self._home(days)
        yield roll_up(links.ARCHIVE, renderer.archive, calendar_days(days))
        yield roll_up(links.SEARCH, renderer.search)
        yield roll_up(links.SAVED, renderer.saved)
        yield from Spans(remembered, self._tools.settings.topics, renderer)
        topics = [summarise_topic(topic, remembered.records, remembered.lines) for topic in self._tools.settings.topics]
        yield stats_page(remembered, topics, renderer)
        yield roll_up(links.TOPICS, renderer.topics, topics)
        for topic in topics:
            yield roll_up(links.topic_path(topic.topic.slug), renderer.topic, topic)
            yield from self._topic_months(topic)
        curators = [
            summarise_curator(curator, remembered.records, remembered.notes) for curator in self._catalogue.curators
        ]
        yield roll_up(links.CURATORS, renderer.curators, curators)
        for curator in curators:
            yield roll_up(links.curator_path(curator.curator.handle), renderer.curator, curator)

    def _home(self, days: Sequence[DaySummary]) -> RollUp:
        """The newest digest and what is trending: made of the digests of a week, which are composed again."""
        latest = next((day.date for day in reversed(days) if day.papers), None)
        near = [day for day in days if latest and (latest - day.date).days < MONTH]
        week = [day.date for day in near if day.papers and latest and 0 <= (latest - day.date).days < WEEK]
        window = [self._catalogue.input(self._days[day]) for day in week]
        shown = near if len(near) > RECENT_DAYS else days[-RECENT_DAYS:]
        key = digest(repr(shown), *(day.key for day in window))
        return RollUp(links.HOME, key, partial(self._make_home, window, shown))

    def _make_home(self, window: Sequence[DayInput], days: Sequence[DaySummary]) -> Page:
        half_life = self._tools.settings.ranking.half_life_days
        digests = [self._tools.digest(day) for day in window]
        return self._tools.renderer.home(compose_front(digests, days, half_life, RECENT_DAYS))

    def _topic_months(self, summary: TopicSummary) -> Iterator[RollUp]:
        """Each made of its days' lines, of which their records hold digests."""
        slug = summary.topic.slug
        months: dict[date, list[tuple[date, str]]] = {}
        for record in self._remembered.records:
            found = months.setdefault(month_of(record.summary.date), [])
            if slug in record.lines:
                found.append((record.summary.date, record.lines[slug]))
        for month, days in months.items():
            key = digest(repr((summary.topic, months_beside(summary, month), days)))
            make = partial(self._make_topic_month, summary, month, [day for day, _ in days])
            yield RollUp(links.topic_month_path(slug, month), key, make)

    def _make_topic_month(self, summary: TopicSummary, month: date, days: Sequence[date]) -> Page:
        return self._tools.renderer.topic_month(month_of_topic(summary, month, days, self._remembered.lines))
