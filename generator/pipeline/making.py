"""Days by value → their pages by value: what a worker does, in whatever process or machine it runs.

A worker reads settings and templates where the Workshop says, and nothing else; all of a day comes in the task.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from generator import links
from generator.catalogue import DayInput, Rules, read_context
from generator.citations import bibtex, csl_json, references, ris
from generator.digest import compose_digest, record_day
from generator.model import Digest
from generator.pages import Page, Renderer
from generator.search.documents import documents_of, search_record
from generator.search.phrases import titles_text
from generator.settings import ArxivSource, Settings, load_settings
from generator.site import PageMaker
from generator.topics import TopicMatcher


@dataclass(frozen=True, slots=True)
class Workshop:
    """The settings file and the frame's docs tree; `key` is a digest of all that they and the templates hold."""

    settings: Path
    frame: Path
    key: str


@dataclass(frozen=True, slots=True)
class DayTask:
    """A day to make; without a page only its record is wanted."""

    day: DayInput
    has_page: bool


@dataclass(frozen=True, slots=True)
class DayMade:
    """A day's pages as HTML and its citations, by site path, and what `Tools.recorded` tells of it.

    `key` is that of the input it was made of.
    """

    date: date
    key: str
    files: Mapping[str, bytes]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composer:
    """What makes digests under one set of settings."""

    settings: Settings
    rules: Rules
    matcher: TopicMatcher

    def digest(self, day: DayInput) -> Digest:
        """One day's publication."""
        context = read_context(day, self.rules, self.matcher)
        return compose_digest(context, self.matcher, self.settings.ranking, tuple(self.settings.sources))

    def without_notes(self, day: DayInput) -> Digest:
        """The day as it would be if nobody had written about it."""
        return self.digest(replace(day, notes={}, noted=frozenset()))

    def recorded(self, day: DayInput, found: Digest) -> tuple[str, ...]:
        """What is kept of the day with this digest, in the order of `recording.KINDS`."""
        full = documents_of(found)
        plain = documents_of(self.without_notes(day)) if day.noted else full
        titles = titles_text(document.title for document in full)
        return (*record_day(found), search_record(plain, full), titles)


@dataclass(frozen=True, slots=True)
class Tools(Composer):
    """What makes digests and pages."""

    renderer: Renderer

    def citations(self, found: Digest) -> Iterator[tuple[str, bytes]]:
        """What cites a digest's papers, by site path."""
        cited = references(found.papers, found.date)
        for path, form in zip(links.citation_paths(found.date), (bibtex, ris, csl_json), strict=True):
            yield path, form(cited).encode()

    def pages(self, found: Digest) -> Iterator[tuple[str, Page]]:
        """A digest's page, and those of its papers that have notes, by site path."""
        yield links.day_path(found.date), self.renderer.day(found)
        for ranked in found.papers:
            if ranked.notes:
                yield links.paper_path(ranked.anchor), self.renderer.paper(ranked, found.date)


def tools_of(settings: Settings) -> Tools:
    """TemplateError when a template has a mistake in its syntax."""
    rules = rules_of(settings)
    renderer = Renderer(settings.templates, settings.site, settings.contributing, settings.machine_summaries)
    return Tools(settings, rules, rules.matcher(), renderer)


def composer_of(settings: Settings) -> Composer:
    """Without templates."""
    rules = rules_of(settings)
    return Composer(settings, rules, rules.matcher())


@lru_cache(maxsize=1)
def composer_at(settings: Path, key: str) -> Composer:
    """That of a settings file, read once by each process; `key` is that of what it holds."""
    return composer_of(load_settings(settings))


def rules_of(settings: Settings) -> Rules:
    """Which papers are shown."""
    narrow = (
        name for name, source in settings.sources.items() if isinstance(source, ArxivSource) and source.only_topics
    )
    return Rules(settings.topics, tuple(narrow))


@lru_cache(maxsize=1)
def equipped(workshop: Workshop) -> tuple[Tools, PageMaker]:
    """What a workshop holds, read once by each process. TemplateError when a template has a mistake in its syntax."""
    return tools_of(load_settings(workshop.settings)), PageMaker(workshop.settings, workshop.frame)


def make_days(workshop: Workshop, tasks: Sequence[DayTask]) -> tuple[DayMade, ...]:
    """The days' pages and records."""
    tools, maker = equipped(workshop)
    return tuple(_make(tools, maker, task) for task in tasks)


def _make(tools: Tools, maker: PageMaker, task: DayTask) -> DayMade:
    digest = tools.digest(task.day)
    made: dict[str, bytes] = {}
    if task.has_page:
        made.update((path, maker.render(page.path, page.text)) for path, page in tools.pages(digest))
        made.update(tools.citations(digest))
    return DayMade(task.day.date, task.day.key, made, tools.recorded(task.day, digest))


def make_page(workshop: Workshop, page: Page) -> bytes:
    """One roll-up's HTML."""
    _, maker = equipped(workshop)
    return maker.render(page.path, page.text)
