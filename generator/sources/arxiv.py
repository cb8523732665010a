"""arXiv by categories and query → listings by announcement day.

What arXiv says of the last days (RSS, pages of the past week) is exact. Of older days its API knows submissions only:
there the day is computed from the cut-off calendar, and the papers are marked `announced_estimated`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import TypeVar

from generator.errors import SourceError
from generator.model import Json, Listing, Paper, State
from generator.sources.answers import Answer
from generator.sources.arxiv_api import ArxivApi, Harvest
from generator.sources.arxiv_calendar import announcement_instant, is_announcement_day
from generator.sources.arxiv_listing import ListedDay, ListingPage, parse_listing
from generator.sources.arxiv_recent import Recent, Verdict, Week
from generator.sources.arxiv_rss import RssFeed, parse_rss
from generator.sources.base import GIVE_UP_AFTER, FetchRequest
from generator.sources.http import Client

T = TypeVar("T")

_IN_FEEDS = timedelta(days=1)
"""RSS shows the last announcement; it is made some hours after it."""
_IN_PAGES = timedelta(days=8)
"""A page of five announcements reaches back over a weekend and a holiday."""
_PER_PAGE = 2000
_HTML = "text/html, */*;q=0.5"
_RSS = "application/rss+xml, application/xml;q=0.9, */*;q=0.5"


class Arxiv:
    """`query` narrows the categories down, in the API's own language; `cross_list` takes in papers listed elsewhere."""

    def __init__(
        self,
        name: str,
        client: Client,
        *,
        categories: tuple[str, ...],
        query: str | None = None,
        cross_list: bool = True,
        api_url: str = "https://export.arxiv.org",
        rss_url: str = "https://rss.arxiv.org",
        listing_url: str = "https://arxiv.org",
    ) -> None:
        self.name = name
        self._client = client
        self._api = ArxivApi(client, api_url)
        self._categories = categories
        self._query = query
        self._cross_list = cross_list
        self._rss_url = rss_url
        self._listing_url = listing_url

    def fetch(self, request: FetchRequest) -> Iterator[Listing]:
        """A listing for each day, until the API has failed too often in a row; weekends cost no request."""
        recent = self._ask_what_is_recent(request)
        faults = 0
        for day in request.days:
            if not is_announcement_day(day):
                yield Listing(self.name, day, State.NONE, request.now)
                continue
            harvest, listing = self._fetch_day(day, recent, request)
            yield listing
            faults = faults + 1 if harvest.fault else 0
            if faults == GIVE_UP_AFTER:
                return

    def _fetch_day(self, day: date, recent: Recent, request: FetchRequest) -> tuple[Harvest, Listing]:
        if announcement_instant(day) > request.now:
            return Harvest({}), Listing(self.name, day, State.OPEN, request.now)
        today = request.now.astimezone(UTC).date()
        verdict = recent.verdict(day, today)
        exact = request.exact.get(day, ())
        if verdict or exact:
            verdict = verdict or Verdict(State.ANNOUNCED, {})
            harvest = self._gather(verdict, exact)
        else:
            # The estimate is as good as it gets for a past day; of today it says that our better sources failed.
            verdict = Verdict(State.ANNOUNCED, {}, recent.doubts(day) if day == today else None)
            harvest = self._estimate(day, request)
        papers = tuple(replace(paper, announced=day, first_seen=today) for paper in harvest.papers.values())
        state, reason = _state(verdict, harvest, day == today)
        return harvest, Listing(self.name, day, state, request.now, papers, reason)

    def _gather(self, verdict: Verdict, exact: tuple[str, ...]) -> Harvest:
        """The papers whose ids are known; what only RSS knows so far is taken from there."""
        ids = tuple(dict.fromkeys((*verdict.announced, *exact)))
        harvest = self._api.by_ids(ids, self._query)
        papers = dict(harvest.papers)
        for paper_id, announcement in verdict.announced.items():
            # With a query, only the API can tell whether a paper matches.
            paper = papers.get(paper_id) or (None if self._query else announcement.paper)
            if paper:
                papers[paper_id] = _with_extra(paper, "announce_type", announcement.announce_type.value)
        cannot_tell = self._query or harvest.fault
        missing = [] if cannot_tell else [paper_id for paper_id in ids if paper_id not in papers]
        shortage = f"arXiv's API does not know {len(missing)} of {len(ids)} papers yet" if missing else None
        return Harvest(papers, harvest.fault, shortage)

    def _estimate(self, day: date, request: FetchRequest) -> Harvest:
        """The papers that were in time for that day; those archived under another day stay there."""
        harvest = self._api.by_announcement(day, self._search())
        papers = {
            paper_id: _with_extra(paper, "announced_estimated", True)
            for paper_id, paper in harvest.papers.items()
            if request.known.get(paper_id, day) == day and self._is_wanted(paper)
        }
        return replace(harvest, papers=papers)

    def _search(self) -> str:
        """`cs` stands for its categories `cs.LG` and so on, `hep-th` for itself."""
        terms = [f"cat:{name}" if "." in name else f"cat:{name} OR cat:{name}.*" for name in self._categories]
        categories = f"({' OR '.join(terms)})"
        return f"{categories} AND ({self._query})" if self._query else categories

    def _is_wanted(self, paper: Paper) -> bool:
        primary = paper.categories[0] if paper.categories else ""
        return self._cross_list or any(primary == name or primary.startswith(f"{name}.") for name in self._categories)

    def _ask_what_is_recent(self, request: FetchRequest) -> Recent:
        """RSS if it can show a day asked for, the pages if a recent day is not settled by then."""
        today = request.now.astimezone(UTC).date()
        recent = Recent(self._categories, self._cross_list, {}, {}, {})
        days = [
            day
            for day in request.days
            if is_announcement_day(day) and day >= today - _IN_PAGES and announcement_instant(day) <= request.now
        ]
        if any(day >= today - _IN_FEEDS for day in days):
            feeds, faults = self._by_category(self._feed)
            recent = replace(recent, feeds=feeds, faults=faults)
        if all(recent.is_in_feeds(day) for day in days):
            return recent
        # A page that cannot be had is no loss worth a word: the API's estimate takes its place.
        weeks, _ = self._by_category(self._week)
        return replace(recent, weeks=weeks)

    def _by_category(self, ask: Callable[[str], T]) -> tuple[dict[str, T], dict[str, str]]:
        """Answers and faults by category; after as many faults as a source may have, the others are not asked."""
        answers: dict[str, T] = {}
        faults: dict[str, str] = {}
        for category in self._categories:
            if len(faults) == GIVE_UP_AFTER:
                break
            try:
                answers[category] = ask(category)
            except SourceError as error:
                faults[category] = str(error)
        return answers, faults

    def _feed(self, category: str) -> RssFeed:
        return self._client.get(f"{self._rss_url}/rss/{category}", {}, _RSS, lambda answer: parse_rss(answer.body))

    def _week(self, category: str) -> Week:
        """All pages of the week; SourceError when they do not hold what they say that there is."""
        days: dict[date, ListedDay] = {}
        start, total = 0, 1
        while start < total:
            page = self._client.get(
                f"{self._listing_url}/list/{category}/pastweek",
                {"skip": str(start), "show": str(_PER_PAGE)},
                _HTML,
                _parse_listing,
            )
            for day, shown in page.days.items():
                ids = {**(days[day].ids if day in days else {}), **shown.ids}
                days[day] = ListedDay(ids, shown.total)
            start, total = start + _PER_PAGE, page.total
        if any(len(listed.ids) != listed.total for listed in days.values()):
            raise SourceError("the pages of the past week do not add up")
        return days


def _parse_listing(answer: Answer) -> ListingPage:
    return parse_listing(answer.body)


def _with_extra(paper: Paper, name: str, value: Json) -> Paper:
    extra: Mapping[str, Json] = {**paper.extra, name: value}
    return replace(paper, extra=extra)


def _state(verdict: Verdict, harvest: Harvest, is_today: bool) -> tuple[State, str | None]:
    """The day's state and the reason for it, from what was announced and what could be learnt."""
    if is_today and harvest.shortage and not (harvest.fault or verdict.reason):
        # The API lags behind the announcement by some hours.
        return State.OPEN, None
    reason = "; ".join(filter(None, (harvest.fault, harvest.shortage, verdict.reason)))
    if reason:
        return State.INCOMPLETE if harvest.papers else State.FAILED, reason
    if verdict.state is State.OPEN:
        return State.OPEN, None
    return State.ANNOUNCED if harvest.papers else State.NONE, None
