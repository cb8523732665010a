"""Records of all days → the roll-up pages, each with a key of all that it shows, made only when asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from generator import links
from generator.catalogue import Catalogue, CatalogueDay, DayInput
from generator.digest import (
    MONTH,
    WEEK,
    DayRecord,
    compose_front,
    read_lines,
    read_notes,
    read_record,
    summarise_curator,
    summarise_months,
    summarise_topic,
)
from generator.fingerprint import digest
from generator.model import Curator, DaySummary, MonthSummary, NoteLine, PaperLink, Topic
from generator.pages import Page, Renderer
from generator.pipeline.making import Tools

RECENT_DAYS = 14


@dataclass(frozen=True, slots=True)
class RollUp:
    """A page by its site path: a pure function of values, of which `key` is the digest."""

    path: str
    key: str
    make: Callable[[], Page]


def rollup_paths(days: Sequence[CatalogueDay], topics: Sequence[Topic], curators: Sequence[Curator]) -> Iterator[str]:
    """The site paths of all roll-ups over these days."""
    yield from (links.HOME, links.ARCHIVE, links.TOPICS, links.CURATORS, links.SEARCH)
    yield from (links.topic_path(topic.slug) for topic in topics)
    yield from (links.curator_path(curator.handle) for curator in curators)
    for day in days:
        yield links.month_path(day.date)
        yield links.year_path(day.date)


class RollUps:
    """All roll-ups over the days of a catalogue that remembers their records."""

    def __init__(self, catalogue: Catalogue, tools: Tools) -> None:
        self._catalogue = catalogue
        self._days = {day.date: day for day in catalogue.days}
        self._tools = tools
        recalled = catalogue.recall_all("day")
        self._records: tuple[DayRecord, ...] = tuple(read_record(recalled[str(day)][1]) for day in self._days)

    @property
    def papers(self) -> int:
        """How many papers all days show."""
        return sum(record.summary.papers for record in self._records)

    @property
    def days(self) -> int:
        """How many days show papers."""
        return sum(1 for record in self._records if record.summary.papers)

    def __iter__(self) -> Iterator[RollUp]:
        renderer = self._tools.renderer
        days = [record.summary for record in self._records]
        months = summarise_months(days)
        yield self._home(days)
        yield _roll_up(links.ARCHIVE, renderer.archive, months)
        yield _roll_up(links.SEARCH, renderer.search)
        yield from _months(renderer, days, months)
        yield from _years(renderer, months)
        topics = [summarise_topic(topic, self._records, self._lines) for topic in self._tools.settings.topics]
        yield _roll_up(links.TOPICS, renderer.topics, topics)
        for topic in topics:
            yield _roll_up(links.topic_path(topic.topic.slug), renderer.topic, topic)
        curators = [summarise_curator(curator, self._records, self._notes) for curator in self._catalogue.curators]
        yield _roll_up(links.CURATORS, renderer.curators, curators)
        for curator in curators:
            yield _roll_up(links.curator_path(curator.curator.handle), renderer.curator, curator)

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

    def _lines(self, day: date) -> Mapping[str, Sequence[PaperLink]]:
        recalled = self._catalogue.recall("lines", str(day))
        return read_lines(recalled[1]) if recalled else {}

    def _notes(self, day: date) -> Mapping[str, Sequence[NoteLine]]:
        recalled = self._catalogue.recall("notes", str(day))
        return read_notes(recalled[1]) if recalled else {}


def _roll_up(path: str, make: Callable[..., Page], *values: object) -> RollUp:
    return RollUp(path, digest(repr(values)), partial(make, *values))


def _months(renderer: Renderer, days: Sequence[DaySummary], months: Sequence[MonthSummary]) -> Iterator[RollUp]:
    grouped = groupby(days, key=lambda day: day.date.replace(day=1))
    for position, (month, some) in enumerate(grouped):
        before = months[position - 1].month if position else None
        after = months[position + 1].month if position + 1 < len(months) else None
        yield _roll_up(links.month_path(month), renderer.month, month, tuple(some), before, after)


def _years(renderer: Renderer, months: Sequence[MonthSummary]) -> Iterator[RollUp]:
    grouped = {year: tuple(some) for year, some in groupby(months, key=lambda month: month.month.year)}
    years = list(grouped)
    for position, year in enumerate(years):
        before = years[position - 1] if position else None
        after = years[position + 1] if position + 1 < len(years) else None
        path = links.year_path(date(year, 1, 1))
        yield _roll_up(path, renderer.year, year, grouped[year], before, after)
