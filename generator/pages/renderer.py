"""Digests and roll-ups → Markdown pages whose body is raw HTML, which Python-Markdown passes through untouched.

Templates get values, `here` (the page's own path) and `to` (path → relative href); they hold all markup.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from markupsafe import escape

from generator import links
from generator.dates import long_day, month_name, week_of
from generator.digest.summaries import link
from generator.model import CuratorSummary, DaySummary, Digest, MonthSummary, RankedPaper
from generator.pages.almanac import CalendarDay, calendar
from generator.pages.citing import highwire
from generator.pages.contributing import Contributing
from generator.pages.environment import Templates
from generator.pages.stats import shown
from generator.pages.wording import counted, headlines
from generator.settings import ContributingSettings, Site
from generator.spans import FrontPage, Highlights, RisingPhrase, Statistics, TopicMonth, TopicSummary
from generator.text import readable

_REWRITTEN = (("\t", " "), ("\r", "\n"), ("\x02", ""), ("\x03", ""))


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file: `path` in the docs tree, such as `2025/10/01.md`, and its whole text."""

    path: str
    text: str


class Renderer:
    """Turns values into pages with the templates in `templates`/pages; TemplateError names file and line."""

    def __init__(
        self, templates: Path, site: Site, contributing: ContributingSettings, machine_summaries: bool = True
    ) -> None:
        shared = {"contributing": Contributing(site, contributing), "shows_machine_summaries": machine_summaries}
        self._templates = Templates(templates / "pages", shared)
        self._site = site

    def day(self, digest: Digest) -> Page:
        """The page of one digest, every paper in full."""
        title = long_day(digest.date)
        description = f"{counted(len(digest.papers), 'paper')} of {title}" if digest.papers else None
        return self._page(links.day_path(digest.date), "day", title, description, digest=digest)

    def paper(self, ranked: RankedPaper, day: date) -> Page:
        """The page of one paper that has notes; `day` is that of its digest."""
        path = links.paper_path(ranked.anchor)
        title = readable(ranked.paper.title)
        page = self._page(path, "paper", title, f"Notes on {title}", ranked=ranked, day=day)
        tags = json.dumps(highwire(ranked, day), ensure_ascii=False)
        return replace(page, text=page.text.replace("---\n", f"---\ncitation: {tags}\n", 1))

    def home(self, front: FrontPage) -> Page:
        """The first page: the newest digest's best papers in full and the others as lines, and what is trending."""
        leads, others = headlines(front.latest.papers) if front.latest else ((), ())
        lines = [link(ranked, front.latest.date) for ranked in others] if front.latest else []
        return self._page(links.HOME, "home", None, self._site.description, front=front, leads=leads, lines=lines)

    def month(
        self,
        month: date,
        days: Sequence[DaySummary],
        highlights: Highlights,
        previous: date | None,
        next: date | None,
    ) -> Page:
        """Every day of a month that has a state; `previous` and `next` are the first days of months with days."""
        title = f"{month_name(month)} {month.year}"
        weeks = sorted({week_of(day.date) for day in days})
        values = {"month": month, "days": days, "weeks": weeks, "highlights": highlights}
        return self._page(links.month_path(month), "month", title, None, **values, previous=previous, next=next)

    def week(
        self,
        week: date,
        days: Sequence[DaySummary],
        highlights: Highlights,
        previous: date | None,
        next: date | None,
    ) -> Page:
        """The days of an ISO week that have a state; `week`, `previous` and `next` are Mondays of weeks with days."""
        year, number, _ = week.isocalendar()
        values = {"week": week, "days": days, "highlights": highlights, "previous": previous, "next": next}
        return self._page(links.week_path(week), "week", f"Week {number} of {year}", None, **values)

    def year(
        self,
        year: date,
        months: Sequence[MonthSummary],
        weeks: Sequence[date],
        highlights: Highlights,
        previous: date | None,
        next: date | None,
    ) -> Page:
        """The months of a year with counts and best papers; `year`, `previous` and `next` are first days of years."""
        values = {"year": year.year, "months": months, "weeks": weeks, "highlights": highlights}
        return self._page(links.year_path(year), "year", str(year.year), None, **values, previous=previous, next=next)

    def archive(self, days: Sequence[CalendarDay]) -> Page:
        """All days that have a state as a calendar for each year, newest year first."""
        return self._page(links.ARCHIVE, "archive", "Archive", None, calendar=calendar(days))

    def stats(self, statistics: Statistics, rising: Sequence[RisingPhrase]) -> Page:
        """The archive in figures and pictures."""
        values = {"stats": shown(statistics), "newest": statistics.last, "rising": rising}
        return self._page(links.STATS, "stats", "Statistics", None, **values)

    def topic(self, summary: TopicSummary) -> Page:
        """One topic with its newest papers, and its months."""
        name = summary.topic.name
        return self._page(links.topic_path(summary.topic.slug), "topic", name, None, summary=summary)

    def topic_month(self, found: TopicMonth) -> Page:
        """All papers of a topic in a month."""
        path = links.topic_month_path(found.topic.slug, found.month)
        title = f"{found.topic.name}, {month_name(found.month)} {found.month.year}"
        return self._page(path, "topic_month", title, None, found=found)

    def topics(self, summaries: Sequence[TopicSummary]) -> Page:
        """All topics with counts."""
        return self._page(links.TOPICS, "topics", "Topics", None, summaries=summaries)

    def curator(self, summary: CuratorSummary) -> Page:
        """One curator with the newest notes."""
        path = links.curator_path(summary.curator.handle)
        return self._page(path, "curator", summary.curator.name, summary.curator.bio, summary=summary)

    def curators(self, summaries: Sequence[CuratorSummary]) -> Page:
        """All curators with counts."""
        return self._page(links.CURATORS, "curators", "Curators", None, summaries=summaries)

    def search(self) -> Page:
        """The page that `assets/search/page.js` fills with what a reader looks for."""
        return self._page(links.SEARCH, "search", "Search", None)

    def saved(self) -> Page:
        """The page that `assets/reader/saved.js` fills with what this reader's browser keeps."""
        return self._page(links.SAVED, "saved", "Saved", None)

    def _page(
        self,
        path: str,
        template: str,
        title: str | None,
        description: str | None,
        **values: object,
    ) -> Page:
        shared = {"site": self._site, "here": path, "to": partial(links.relative, path)}
        body = _without_blank_lines(self._templates.render(f"{template}.md.j2", shared | values))
        if not (body.startswith("<div") and body.endswith("</div>")):  # anything else would be Markdown
            raise self._templates.error(f"{template}.md.j2", None, "does not make one <div> and nothing beside it")
        head = _front_matter(title, description)
        return Page(links.source_uri(path), f"{head}{body}\n")


def _front_matter(title: str | None, description: str | None) -> str:
    """YAML for MkDocs. Material prints title and description raw, so both are escaped as HTML first."""
    lines = ["---"]
    if title:
        lines.append(f"title: {_quoted(title)}")
    if description:
        lines.append(f"description: {_quoted(description)}")
    return "\n".join([*lines, "hide: [toc]", "---", ""])


def _quoted(text: str) -> str:
    """A JSON string is a YAML string."""
    return json.dumps(str(escape(text)), ensure_ascii=False)


def _without_blank_lines(body: str) -> str:
    """One raw HTML block: a blank line or an indent would hand what follows to the Markdown parser.

    What that parser does not leave as it is goes here already: tabs, other line ends, and its own marks.
    """
    for character, instead in _REWRITTEN:
        body = body.replace(character, instead)
    lines = (line.strip() for line in body.split("\n"))
    return "\n".join(line for line in lines if line)
