"""Settings and what is archived → the sources are asked, and each day is archived as it comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from generator.archive import Archive, days_to_fetch
from generator.files import only_one
from generator.model import COMMUNITY, Listing, Problem, State
from generator.pipeline.encoding import Encoded, ToEncode, encode_new
from generator.pipeline.events import Asked, Fetched, Unshown, Waiting, kept
from generator.pipeline.resolving import resolve
from generator.settings import ArxivSource, FeedSource, HuggingFaceSource, Settings
from generator.sources.arxiv import Arxiv
from generator.sources.base import FetchRequest, Source
from generator.sources.feed import Feed
from generator.sources.http import Client
from generator.sources.huggingface import HuggingFace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked `fetch` for; no days means gaps and the refresh window.

    Among the `sources`, `community` stands for the papers that notes name and nobody listed; days are nothing to it.
    """

    sources: tuple[str, ...]
    days: tuple[date, ...] | None = None
    refresh: bool = False


FetchEvent = Asked | Fetched | Waiting | Unshown | Problem | ToEncode | Encoded


def fetch(settings: Settings, now: datetime, wanted: Wanted) -> Iterator[FetchEvent]:
    """Ask each source for its days, one after the other, archiving each day as it comes; safe to kill and run again.

    Papers that only notes name are looked up last, when all listings are there. At the end the papers of these days
    get their vectors, where that can be done without asking anybody.
    """
    contact = settings.fetch.contact or settings.site.repo_url or settings.site.url or "no contact set"
    client = Client(contact, settings.build / "http")
    days: set[date] = set()
    for event in _fetch(settings, client, now, wanted):
        if isinstance(event, Fetched):
            days.add(event.listing.date)
        yield event
    yield from encode_new(settings, days)


def _fetch(settings: Settings, client: Client, now: datetime, wanted: Wanted) -> Iterator[FetchEvent]:
    archive = Archive(settings.content)
    with only_one(settings.content_lock):
        for name in wanted.sources:
            if name != COMMUNITY:
                yield from _fetch_source(settings, archive, open_source(settings, name, client), now, wanted)
    if COMMUNITY in wanted.sources:
        yield from resolve(settings, client, now)


def open_source(settings: Settings, name: str, client: Client) -> Source:
    """The source that settings describe under `name`."""
    match settings.sources[name]:
        case HuggingFaceSource(url=url):
            return HuggingFace(name, url, client)
        case ArxivSource() as arxiv:
            return Arxiv(
                name,
                client,
                categories=arxiv.categories,
                query=arxiv.query,
                cross_list=arxiv.cross_list,
                api_url=arxiv.api_url,
                rss_url=arxiv.rss_url,
                listing_url=arxiv.listing_url,
            )
        case FeedSource(url=url):
            return Feed(name, client, url=url, timezone=settings.timezone, refresh_days=settings.fetch.refresh_days)


def source_today(settings: Settings, name: str, now: datetime) -> date:
    """The day it is for a source: feeds live in the owner's time zone, the others in UTC."""
    zone = settings.timezone if isinstance(settings.sources[name], FeedSource) else UTC
    return now.astimezone(zone).date()


def _fetch_source(
    settings: Settings, archive: Archive, source: Source, now: datetime, wanted: Wanted
) -> Iterator[FetchEvent]:
    archived = archive.of_source(source.name)
    today = source_today(settings, source.name, now)
    states = {day: listing.state for day, listing in archived.items()}
    days = days_to_fetch(states, today, settings.fetch.refresh_days, wanted.days, wanted.refresh)
    yield Asked(source.name, len(days))
    if not days:
        return
    answered: dict[date, State] = {}
    for listing in source.fetch(_request(archived, days, now, wanted.days is not None)):
        answered[listing.date] = listing.state
        yield kept(archive, listing)
    left = tuple(day for day in days if day not in answered)
    if left and not isinstance(settings.sources[source.name], FeedSource):
        yield Waiting(source.name, left)
    elif left and State.FAILED not in answered.values():
        yield Unshown(source.name, left)


def _request(archived: Mapping[date, Listing], days: tuple[date, ...], now: datetime, explicit: bool) -> FetchRequest:
    known = {paper.id: day for day in sorted(archived, reverse=True) for paper in archived[day].papers}
    exact = {
        day: tuple(paper.id for paper in archived[day].papers if not paper.extra.get("announced_estimated"))
        for day in days
        if day in archived and archived[day].state.is_finished()
    }
    return FetchRequest(days=days, now=now, explicit=explicit, known=known, exact={d: i for d, i in exact.items() if i})
