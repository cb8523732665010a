"""Hugging Face's daily papers, day by day: all pages of a date → its listing."""

from collections.abc import Iterator
from datetime import date, datetime

from generator.errors import SourceError
from generator.model import Listing, Paper, State
from generator.sources.answers import Answer
from generator.sources.base import GIVE_UP_AFTER, FetchRequest
from generator.sources.daily_papers import DailyPage, parse_daily_papers
from generator.sources.http import Client

_PER_PAGE = 100


class HuggingFace:
    """The digest day is the date asked for: `publishedAt` is arXiv's, and the outer one is hours off."""

    def __init__(self, name: str, url: str, client: Client) -> None:
        self.name = name
        self._url = f"{url}/api/daily_papers"
        self._client = client

    def fetch(self, request: FetchRequest) -> Iterator[Listing]:
        """A listing for each day, until the source has failed too often in a row."""
        failures = 0
        for day in request.days:
            listing = self._day(day, request.now)
            yield listing
            failures = failures + 1 if listing.state.is_wanting() else 0
            if failures == GIVE_UP_AFTER:
                return

    def _day(self, day: date, now: datetime) -> Listing:
        papers: dict[str, Paper] = {}
        broken = 0
        try:
            for page in self._pages(day, now):
                broken += page.broken
                if not self._add(page, papers):
                    break
        except SourceError as error:
            state = State.INCOMPLETE if papers else State.FAILED
            return Listing(self.name, day, state, now, tuple(papers.values()), str(error))
        if broken:
            reason = f"{broken} of the entries {'names' if broken == 1 else 'name'} no paper"
            return Listing(self.name, day, State.INCOMPLETE, now, tuple(papers.values()), reason)
        return Listing(self.name, day, _state(day, now, bool(papers)), now, tuple(papers.values()))

    def _pages(self, day: date, now: datetime) -> Iterator[DailyPage]:
        number = 0
        while True:
            page = self._client.get(
                self._url,
                {"date": day.isoformat(), "limit": str(_PER_PAGE), "p": str(number)},
                "application/json",
                lambda answer: _parse(answer, day, now),
            )
            yield page
            if page.entries < _PER_PAGE:
                return
            number += 1

    def _add(self, page: DailyPage, papers: dict[str, Paper]) -> bool:
        """Take the new papers in; False when a full page brought none, as an upstream that ignores `p` would."""
        before = len(papers)
        for paper in page.papers:
            papers.setdefault(paper.id, paper)
        return len(papers) > before


def _parse(answer: Answer, day: date, now: datetime) -> DailyPage:
    return parse_daily_papers(answer.body, day, now)


def _state(day: date, now: datetime, has_papers: bool) -> State:
    if day >= now.date():
        return State.OPEN
    return State.ANNOUNCED if has_papers else State.NONE
