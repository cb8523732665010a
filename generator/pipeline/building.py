"""`content/` → Markdown pages → the site."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.archive import Archive
from generator.catalogue import Catalogue, load_catalogue
from generator.curation import read_notes
from generator.digest import TopicTally, compose_digest, summarise_day, summarise_months, trending
from generator.files import FolderWriter, only_one, regular_files
from generator.model import DaySummary, Digest, MonthSummary, PaperLink, Problem
from generator.pages import Page, Renderer
from generator.settings import ArxivSource, Settings
from generator.site import publish, render_site
from generator.topics import TopicMatcher, topic_matcher

TRENDING_DAYS, TRENDING_PAPERS, RECENT_DAYS = 7, 5, 14


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: days with a page, papers shown, files that changed and that went, MkDocs's warnings."""

    days: int
    papers: int
    changed: int
    removed: int
    warnings: int

    def summary(self, place: str) -> str:
        """One line for people; `place` is the folder that was written."""
        papers = f"{self.papers} paper{'' if self.papers == 1 else 's'}"
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        removed = f", {self.removed} removed" if self.removed else ""
        return f"{papers} on {days} in {place}: {self.changed} files changed{removed}"


def load(settings: Settings) -> tuple[Catalogue, TopicMatcher, tuple[Problem, ...]]:
    """Everything in `content/` that can be used, and a Problem for everything that cannot."""
    matcher = topic_matcher(settings.topics)
    notes, wrong_notes = read_notes(settings.content, settings.topics)
    archive = Archive(settings.content)
    only_topics = frozenset(
        name for name, source in settings.sources.items() if isinstance(source, ArxivSource) and source.only_topics
    )
    catalogue, wrong_listings = load_catalogue(archive.listings(), notes, matcher, only_topics)
    return catalogue, matcher, (*archive.strays(), *wrong_listings, *wrong_notes)


def write_pages(settings: Settings, report: Callable[[Problem], None]) -> Built:
    """`content/` → `build/docs`: every page as Markdown, with the assets and the hand-written pages."""
    renderer = Renderer(settings.templates, settings.site)
    catalogue, matcher, problems = load(settings)
    for problem in problems:
        report(problem)
    folder = FolderWriter(settings.docs)
    for source, prefix in ((settings.templates / "assets", "assets/"), (settings.content / "pages", "")):
        for path in regular_files(source):
            folder.write(f"{prefix}{path.relative_to(source).as_posix()}", path.read_bytes())
    digests = _digests(settings, catalogue, matcher)
    summaries = _write_all(renderer, settings, frozenset(catalogue.days), digests, folder)
    removed = folder.finish()
    return Built(len(catalogue.days), sum(day.papers for day in summaries), folder.changed, removed, 0)


def _digests(settings: Settings, catalogue: Catalogue, matcher: TopicMatcher) -> Iterator[Digest]:
    for day in catalogue.listed:
        yield compose_digest(catalogue.context(day), matcher, settings.ranking, tuple(settings.sources))


def _write_all(
    renderer: Renderer, settings: Settings, days: frozenset[date], digests: Iterable[Digest], folder: FolderWriter
) -> Sequence[DaySummary]:
    """One pass over the days in order, keeping only what roll-ups need."""
    summaries: list[DaySummary] = []
    window: deque[Digest] = deque(maxlen=TRENDING_DAYS)
    tallies = [TopicTally(topic) for topic in settings.topics]
    for digest in digests:
        summaries.append(summarise_day(digest))
        if digest.papers:
            window.append(digest)
        for tally in tallies:
            tally.add(digest)
        if digest.date in days:
            _put(folder, renderer.day(digest))
    for page in _roll_ups(renderer, settings, summaries, tallies, window):
        _put(folder, page)
    return summaries


def _roll_ups(
    renderer: Renderer,
    settings: Settings,
    summaries: Sequence[DaySummary],
    tallies: Sequence[TopicTally],
    window: Sequence[Digest],
) -> Iterator[Page]:
    latest = window[-1] if window else None
    yield renderer.home(latest, _hot(settings, window), summaries[: -RECENT_DAYS - 1 : -1])
    months = summarise_months(summaries)
    yield renderer.archive(months)
    yield from _months(renderer, summaries, months)
    yield from _years(renderer, months)
    topics = [tally.summary() for tally in tallies]
    yield renderer.topics(topics)
    for topic in topics:
        yield renderer.topic(topic)


def _hot(settings: Settings, window: Sequence[Digest]) -> tuple[PaperLink, ...]:
    if not window:
        return ()
    today = window[-1].date
    week = [digest for digest in window if (today - digest.date).days < TRENDING_DAYS]
    return trending(week, today, settings.ranking.half_life_days, TRENDING_PAPERS)


def _months(renderer: Renderer, days: Sequence[DaySummary], months: Sequence[MonthSummary]) -> Iterator[Page]:
    grouped = groupby(days, key=lambda day: day.date.replace(day=1))
    for position, (month, some) in enumerate(grouped):
        before = months[position - 1].month if position else None
        after = months[position + 1].month if position + 1 < len(months) else None
        yield renderer.month(month, tuple(some), before, after)


def _years(renderer: Renderer, months: Sequence[MonthSummary]) -> Iterator[Page]:
    grouped = {year: tuple(some) for year, some in groupby(months, key=lambda month: month.month.year)}
    years = list(grouped)
    for position, year in enumerate(years):
        before = years[position - 1] if position else None
        after = years[position + 1] if position + 1 < len(years) else None
        yield renderer.year(year, grouped[year], before, after)


def _put(folder: FolderWriter, page: Page) -> None:
    folder.write(page.path, page.text.encode())


def build(settings: Settings, report: Callable[[Problem], None], warn: Callable[[str], None]) -> Built:
    """`content/` → `site/`; two builds at once take turns."""
    with only_one(settings.build / "build.lock"):
        pages = write_pages(settings, report)
        built = settings.build / "site"
        warnings = render_site(settings.path, built, warn)
        published = publish(built, settings.output)
    return Built(pages.days, pages.papers, published.changed, published.removed, warnings)
