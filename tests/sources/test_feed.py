"""A feed's papers are filed under one day each."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from generator.identifiers import url_id
from generator.model import Listing, State
from generator.sources.base import FetchRequest
from generator.sources.feed import Feed
from generator.sources.http import Client
from tests.upstream import Reply, Upstream

NOW = datetime(2025, 10, 8, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
WINDOW = tuple(date(2025, 10, day) for day in range(2, 9))


def item(name: str, published: str = "") -> str:
    when = f"<pubDate>{published}</pubDate>" if published else ""
    return f"<item><title>{name}</title><link>https://example.org/{name}</link>{when}</item>"


def paper_id(name: str) -> str:
    return url_id(f"https://example.org/{name}")


def fetch(
    *items: str,
    days: tuple[date, ...] = WINDOW,
    explicit: bool = False,
    known: Mapping[str, date] | None = None,
    timezone: str = "UTC",
) -> list[Listing]:
    body = f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()
    return answered(Reply(body=body), FetchRequest(days, NOW, explicit, known or {}, {}), timezone)


def answered(reply: Reply, request: FetchRequest, timezone: str = "UTC") -> list[Listing]:
    """Over real HTTP, waiting in no time."""
    with Upstream() as upstream:
        upstream.script("/feed", reply)
        client = Client("mailto:a@b.example", sleep=lambda _: None)
        feed = Feed("blog", client, url=f"{upstream.url}/feed", timezone=ZoneInfo(timezone), refresh_days=7)
        return list(feed.fetch(request))


def filed(listings: list[Listing]) -> dict[date, list[str]]:
    return {listing.date: [paper.title for paper in listing.papers] for listing in listings if listing.papers}


def test_a_new_paper_is_filed_under_its_own_date() -> None:
    """Within the window, a reader may still look at that day."""
    assert filed(fetch(item("a", "Fri, 03 Oct 2025 10:00:00 GMT"))) == {date(2025, 10, 3): ["a"]}


def test_the_owner_s_time_zone_decides_about_the_day() -> None:
    """23:00 UTC is tomorrow in Tokyo."""
    listings = fetch(item("a", "Fri, 03 Oct 2025 23:00:00 GMT"), timezone="Asia/Tokyo")
    assert filed(listings) == {date(2025, 10, 4): ["a"]}


def test_papers_without_date_or_from_the_future_are_today_s() -> None:
    """What the feed does not date is new when it is first seen."""
    assert filed(fetch(item("a"), item("b", "Fri, 03 Oct 2036 10:00:00 GMT"))) == {TODAY: ["a", "b"]}


def test_a_known_paper_stays_on_its_day() -> None:
    """Whatever its date says now, a paper has one day; it is refreshed when that day is asked for."""
    known = {paper_id("a"): date(2025, 10, 2), paper_id("b"): date(2025, 9, 1)}
    listings = fetch(item("a", "Fri, 03 Oct 2025 10:00:00 GMT"), item("b"), known=known)
    assert filed(listings) == {date(2025, 10, 2): ["a"]}


def test_the_past_of_a_new_feed_is_left_out() -> None:
    """An old blog's entries do not flood the first digest."""
    assert filed(fetch(item("a", "Fri, 03 Oct 2014 10:00:00 GMT"))) == {}


def test_a_late_paper_is_today_s() -> None:
    """After the feed's first day even what is older than the window is news: nobody looks at old digests for it."""
    known = {paper_id("b"): date(2025, 8, 1)}
    listings = fetch(
        item("a", "Mon, 01 Sep 2025 10:00:00 GMT"), item("c", "Fri, 03 Oct 2014 10:00:00 GMT"), known=known
    )
    assert filed(listings) == {TODAY: ["a"]}


def test_days_that_the_user_names_are_filled_from_the_feed_s_past() -> None:
    """Exactly those days, and only if there is something: a feed does not tell how far back it goes."""
    days = (date(2014, 10, 3), date(2014, 10, 4))
    listings = fetch(item("a", "Fri, 03 Oct 2014 10:00:00 GMT"), item("b"), days=days, explicit=True)
    assert [(listing.date, listing.state, filed([listing])) for listing in listings] == [
        (days[0], State.ANNOUNCED, {days[0]: ["a"]})
    ]


def test_every_day_has_a_state() -> None:
    """Today stays open, a past day is announced or none, so that an earlier failure mends itself."""
    states = [listing.state for listing in fetch(item("a", "Fri, 03 Oct 2025 10:00:00 GMT"))]
    assert states == [State.NONE, State.ANNOUNCED, *[State.NONE] * 4, State.OPEN]


def test_papers_carry_their_day() -> None:
    """`announced` is the day of filing, `first_seen` is today."""
    listings = fetch(item("a", "Fri, 03 Oct 2025 10:00:00 GMT"))
    (paper,) = [paper for listing in listings for paper in listing.papers]
    assert (paper.announced, paper.first_seen) == (date(2025, 10, 3), TODAY)


def test_a_failure_is_a_failed_listing_of_today() -> None:
    """No exception, no other day, and the reason in one line."""
    listings = answered(Reply(503), FetchRequest(WINDOW, NOW, False, {}, {}))
    reason = "127.0.0.1 answers HTTP 503 Service Unavailable (5 tries)"
    assert listings == [Listing("blog", TODAY, State.FAILED, NOW, reason=reason)]


def test_a_gap_is_filled_with_what_the_feed_still_shows() -> None:
    """A day before the window that is asked for as a gap gets its own papers; they are no news of today."""
    gap = date(2025, 9, 20)
    known = {paper_id("first"): date(2025, 9, 1)}
    listings = fetch(item("late", "Sat, 20 Sep 2025 10:00:00 GMT"), days=(gap, *WINDOW), known=known)
    assert filed(listings) == {gap: ["late"]}
