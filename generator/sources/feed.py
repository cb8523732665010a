"""A feed of any format → listings: one request, each paper filed under one day.

A feed does not say what it announced on a past day, only what it shows now. So a paper stays on the day under which it
was filed first; a new one is filed under its own date where readers may still look at that day, else under today.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.errors import SourceError
from generator.model import Listing, Paper, State
from generator.sources.answers import Answer
from generator.sources.base import FetchRequest
from generator.sources.feed_entry import FeedEntry, paper_of
from generator.sources.feed_parsing import parse_feed
from generator.sources.http import Client

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


class Feed:
    """`timezone` tells which day it is for the owner; `refresh_days` is how many days back readers still look."""

    def __init__(self, name: str, client: Client, *, url: str, timezone: ZoneInfo, refresh_days: int) -> None:
        self.name = name
        self._client = client
        self._url = url
        self._timezone = timezone
        self._refresh_days = refresh_days

    def fetch(self, request: FetchRequest) -> Iterator[Listing]:
        """The days asked for, today staying open; a failure is one failed listing of today.

        A past day without papers is `none`, so that a day that failed or stayed open mends itself; but of days before
        the window that the user asks for, only those with papers: how far back a feed shows nobody knows.
        """
        today = request.now.astimezone(self._timezone).date()
        try:
            entries = self._client.get(self._url, {}, _ACCEPT, _parse_answer)
        except SourceError as error:
            yield Listing(self.name, today, State.FAILED, request.now, reason=str(error))
            return
        filing = Filing(today, today - timedelta(days=self._refresh_days - 1), self._timezone, request)
        for day, papers in filing.file(entries).items():
            state = State.OPEN if day == today else State.ANNOUNCED if papers else State.NONE
            yield Listing(self.name, day, state, request.now, papers)


def _parse_answer(answer: Answer) -> tuple[FeedEntry, ...]:
    return parse_feed(answer.body, answer.headers.get("content-type"), answer.url)


@dataclass(frozen=True, slots=True)
class Filing:
    """Decides under which day a paper stands; `window` is the first day at which readers still look."""

    today: date
    window: date
    timezone: ZoneInfo
    request: FetchRequest

    def file(self, entries: Iterable[FeedEntry]) -> Mapping[date, tuple[Paper, ...]]:
        """The days to list, ascending, with their papers in the feed's order."""
        filed: dict[date, dict[str, Paper]] = {day: {} for day in self.request.days}
        for entry in entries:
            paper = paper_of(entry)
            day = self.day_of(paper.id, entry.published or entry.updated)
            if day in filed:
                filed[day].setdefault(paper.id, replace(paper, announced=day, first_seen=self.today))
        return {day: tuple(papers.values()) for day, papers in sorted(filed.items()) if papers or self._is_told(day)}

    def _is_told(self, day: date) -> bool:
        return day >= self.window or not self.request.explicit

    def day_of(self, paper_id: str, published: datetime | None) -> date | None:
        """The day of a paper, None for one that is left out.

        Without a date, with one in the future, or with one of a day long finished, a new paper counts as today's.
        Before the feed's first archived day it is no news but the feed's past, which would flood the digest: it is
        left out, unless its day is asked for.
        """
        if known := self.request.known.get(paper_id):
            return known
        day = published.astimezone(self.timezone).date() if published else self.today
        if self.window <= day <= self.today or day in self.request.days:
            return day
        start = min(self.request.known.values(), default=self.window)
        return None if day < start else self.today
