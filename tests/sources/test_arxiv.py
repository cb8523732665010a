"""arXiv's listings: exact where arXiv says what it announced, estimated where only submissions are known."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.model import Listing, State
from generator.sources.arxiv import Arxiv
from generator.sources.base import FetchRequest
from generator.sources.http import Client
from tests.sources.played_arxiv import PlayedArxiv, rss, week
from tests.upstream import Request, Upstream

NOW = datetime(2025, 9, 18, 9, 0, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2025, 9, day) for day in range(15, 19))
OLD = date(2025, 7, 9)
DOWN = "127.0.0.1 answers HTTP 503 Service Unavailable (5 tries)"


def fetch(
    arxiv: PlayedArxiv,
    *days: date,
    log: list[Request] | None = None,
    now: datetime = NOW,
    categories: tuple[str, ...] = ("cs.LG",),
    query: str | None = None,
    cross_list: bool = True,
    known: Mapping[str, date] | None = None,
    exact: Mapping[date, tuple[str, ...]] | None = None,
) -> list[Listing]:
    """Over real HTTP, waiting in no time; `log` takes what was asked."""
    with Upstream() as upstream:
        upstream.otherwise(arxiv.answer)
        source = Arxiv(
            "arxiv",
            Client("mailto:a@b.example", sleep=lambda _: None),
            categories=categories,
            query=query,
            cross_list=cross_list,
            api_url=upstream.url,
            rss_url=upstream.url,
            listing_url=upstream.url,
        )
        listings = list(source.fetch(FetchRequest(days, now, False, known or {}, exact or {})))
    if log is not None:
        log += upstream.log
    return listings


def ids(listing: Listing) -> list[str]:
    return sorted(paper.id.removeprefix("arxiv:") for paper in listing.papers)


def submitted_for(day: date, *numbers: int, categories: str = "cs.LG") -> dict[str, tuple[str, str]]:
    """Papers sent in at noon of the day before, in time for `day` from Wednesday to Friday."""
    return {f"2507.{number:05}": (f"{day - timedelta(days=1)}T12:00:00", categories) for number in numbers}


def test_today_s_papers_are_those_of_the_rss() -> None:
    """New papers and cross-lists, with the API's metadata; replacements are no news."""
    items = (("2509.00001", "new"), ("2509.00002", "cross"), ("2509.00003", "replace"))
    arxiv = PlayedArxiv(
        papers={paper_id: ("2025-09-10T10:00:00", "cs.LG") for paper_id, _ in items},
        feeds={"cs.LG": rss(THURSDAY, *items)},
    )
    (listing,) = fetch(arxiv, THURSDAY)
    assert (listing.state, listing.reason) == (State.ANNOUNCED, None)
    first, second = listing.papers
    assert (first.title, first.announced, first.first_seen) == ("API 2509.00001", THURSDAY, THURSDAY)
    assert (first.extra["announce_type"], second.extra["announce_type"]) == ("new", "cross")


def test_cross_lists_can_be_left_out() -> None:
    """A paper that is new in one category is new, whatever it is in another."""
    arxiv = PlayedArxiv(
        feeds={
            "cs.LG": rss(THURSDAY, ("2509.00001", "cross"), ("2509.00002", "cross")),
            "stat.ML": rss(THURSDAY, ("2509.00001", "new")),
        }
    )
    (listing,) = fetch(arxiv, THURSDAY, categories=("cs.LG", "stat.ML"), cross_list=False)
    assert ids(listing) == ["2509.00001"]


def test_what_the_api_does_not_know_yet_is_taken_from_the_rss() -> None:
    """Metadata of the feed is better than no paper."""
    arxiv = PlayedArxiv(feeds={"cs.LG": rss(THURSDAY, ("2509.00001", "new"))})
    (listing,) = fetch(arxiv, THURSDAY)
    assert (listing.state, [paper.title for paper in listing.papers]) == (State.ANNOUNCED, ["RSS 2509.00001"])


def test_a_failing_api_leaves_the_rss_and_an_incomplete_day() -> None:
    """What is learnt is kept, with the reason for what is not."""
    arxiv = PlayedArxiv(feeds={"cs.LG": rss(THURSDAY, ("2509.00001", "new"))}, down=True)
    (listing,) = fetch(arxiv, THURSDAY)
    assert (listing.state, listing.reason, ids(listing)) == (State.INCOMPLETE, DOWN, ["2509.00001"])


def test_a_stale_feed_makes_the_day_incomplete() -> None:
    """One category still shows yesterday, and the pages that could tell are down."""
    arxiv = PlayedArxiv(
        feeds={
            "cs.LG": rss(THURSDAY, ("2509.00001", "new")),
            "stat.ML": rss(WEDNESDAY, ("2509.00009", "new"), made=THURSDAY),
        }
    )
    (listing,) = fetch(arxiv, THURSDAY, categories=("cs.LG", "stat.ML"))
    assert (listing.state, listing.reason) == (State.INCOMPLETE, "the RSS of stat.ML does not show this day")


def test_the_pages_of_the_week_settle_what_a_stale_feed_does_not() -> None:
    """Both categories' pages know today's papers."""
    arxiv = PlayedArxiv(
        papers={f"2509.0000{number}": ("2025-09-10T10:00:00", "cs.LG") for number in (1, 2)},
        feeds={"cs.LG": rss(THURSDAY, ("2509.00001", "new")), "stat.ML": rss(WEDNESDAY, ("2509.00009", "new"))},
        weeks={"cs.LG": week({THURSDAY: ["2509.00001"]}), "stat.ML": week({THURSDAY: ["2509.00002"]})},
    )
    (listing,) = fetch(arxiv, THURSDAY, categories=("cs.LG", "stat.ML"))
    assert (listing.state, ids(listing)) == (State.ANNOUNCED, ["2509.00001", "2509.00002"])


def test_missed_days_are_read_from_the_pages_of_the_week() -> None:
    """The runner was out: exact days, a holiday between them, and no estimate."""
    arxiv = PlayedArxiv(
        papers={f"2509.0000{number}": ("2025-08-01T10:00:00", "cs.LG") for number in (1, 2, 3)},
        weeks={"cs.LG": week({WEDNESDAY: ["2509.00001", "2509.00002*"], MONDAY: ["2509.00003"]})},
    )
    listings = fetch(arxiv, MONDAY, TUESDAY, WEDNESDAY, cross_list=False)
    assert [(listing.state, ids(listing)) for listing in listings] == [
        (State.ANNOUNCED, ["2509.00003"]),
        (State.NONE, []),
        (State.ANNOUNCED, ["2509.00001"]),
    ]
    assert "announced_estimated" not in listings[0].papers[0].extra


def test_without_pages_a_missed_day_is_estimated() -> None:
    """Quietly: the papers that were in time, marked as an estimate."""
    arxiv = PlayedArxiv(papers=submitted_for(TUESDAY + timedelta(days=1), 1), feeds={"cs.LG": rss(THURSDAY)})
    (listing,) = fetch(arxiv, WEDNESDAY)
    assert (listing.state, listing.reason, ids(listing)) == (State.ANNOUNCED, None, ["2507.00001"])
    assert listing.papers[0].extra["announced_estimated"] is True


@pytest.mark.parametrize(
    ("arxiv", "now", "state"),
    [
        (PlayedArxiv(), datetime(2025, 9, 17, 23, 59, tzinfo=UTC), State.OPEN),
        (PlayedArxiv(feeds={"cs.LG": rss(WEDNESDAY, ("2509.00001", "new"))}), NOW, State.OPEN),
        (PlayedArxiv(weeks={"cs.LG": week({WEDNESDAY: ["2509.00001"]})}), NOW, State.OPEN),
        (PlayedArxiv(feeds={"cs.LG": rss(THURSDAY)}), NOW, State.NONE),
        (PlayedArxiv(feeds={"cs.LG": rss(THURSDAY, ("2509.00001", "replace"))}), NOW, State.NONE),
        (PlayedArxiv(weeks={"cs.LG": week({THURSDAY: ["2509.00001"]})}), NOW, State.OPEN),
    ],
    ids=["before the announcement", "stale feed", "not on the pages", "fresh and empty", "nothing new", "API lags"],
)
def test_today_without_papers_is_open_or_none(arxiv: PlayedArxiv, now: datetime, state: State) -> None:
    """Only a fresh feed can say that nothing was announced; until then the day is open."""
    assert [(listing.state, listing.papers) for listing in fetch(arxiv, THURSDAY, now=now)] == [(state, ())]


def test_today_fails_when_nothing_can_be_learnt() -> None:
    """RSS and pages are down, and the API knows no submissions."""
    (listing,) = fetch(PlayedArxiv(), THURSDAY)
    assert (listing.state, listing.reason) == (State.FAILED, f"the RSS of cs.LG failed: {DOWN}")


def test_weekends_cost_no_request() -> None:
    """arXiv announces nothing on Saturdays and Sundays."""
    log: list[Request] = []
    listings = fetch(PlayedArxiv(), date(2025, 9, 13), date(2025, 9, 14), log=log)
    assert ([listing.state for listing in listings], log) == ([State.NONE, State.NONE], [])


def test_the_past_is_estimated_page_by_page() -> None:
    """The search names categories, query and window; every page is asked for."""
    arxiv = PlayedArxiv(papers=submitted_for(OLD, *range(250)))
    log: list[Request] = []
    (listing,) = fetch(arxiv, OLD, log=log, categories=("cs.LG", "hep-th"), query="all:sheaf")
    assert (listing.state, len(listing.papers)) == (State.ANNOUNCED, 250)
    assert [asked.query["start"] for asked in log] == ["0", "100", "200"]
    assert log[0].query["search_query"] == (
        "(cat:cs.LG OR cat:hep-th OR cat:hep-th.*) AND (all:sheaf) AND submittedDate:[202507071800 TO 202507081800]"
    )


def test_papers_that_go_missing_between_pages_make_the_day_incomplete() -> None:
    """arXiv's own total tells."""
    arxiv = PlayedArxiv(papers=submitted_for(OLD, 1, 2, 3), lost={"2507.00002"})
    (listing,) = fetch(arxiv, OLD)
    assert (listing.state, listing.reason) == (State.INCOMPLETE, "arXiv counts 3 papers, its pages held 2")


def test_an_estimate_gives_no_paper_a_second_day() -> None:
    """What is archived under another day stays there; what came in the closing minute too late is left out."""
    papers = submitted_for(OLD, 1, 2) | {"2507.00003": ("2025-07-08T18:00:30", "cs.LG")}
    known = {"arxiv:2507.00001": OLD + timedelta(days=2), "arxiv:2507.00002": OLD}
    (listing,) = fetch(PlayedArxiv(papers=papers), OLD, known=known)
    assert ids(listing) == ["2507.00002"]


def test_an_estimate_without_cross_lists_goes_by_the_primary_category() -> None:
    """The API finds a category wherever it stands."""
    papers = submitted_for(OLD, 1, categories="stat.ML cs.LG") | submitted_for(OLD, 2, categories="cs.LG stat.ML")
    (listing,) = fetch(PlayedArxiv(papers=papers), OLD, cross_list=False)
    assert ids(listing) == ["2507.00002"]


def test_an_exact_day_is_refreshed_by_its_ids() -> None:
    """Ids that were announced are asked for again; no search, no estimate."""
    arxiv = PlayedArxiv(papers=submitted_for(OLD, 1, 2))
    log: list[Request] = []
    (listing,) = fetch(arxiv, OLD, log=log, exact={OLD: ("arxiv:2507.00001",)})
    assert (listing.state, ids(listing)) == (State.ANNOUNCED, ["2507.00001"])
    assert [asked.query["id_list"] for asked in log] == ["2507.00001"]


def test_a_query_is_put_to_the_api() -> None:
    """Only the API can tell which of the announced papers match."""
    items = (("2509.00001", "new"), ("2509.00002", "new"))
    arxiv = PlayedArxiv(
        papers={paper_id: ("2025-09-10T10:00:00", "cs.LG") for paper_id, _ in items},
        feeds={"cs.LG": rss(THURSDAY, *items)},
        matching={"2509.00002"},
    )
    (listing,) = fetch(arxiv, THURSDAY, query="all:sheaf")
    assert (listing.state, ids(listing)) == (State.ANNOUNCED, ["2509.00002"])


def test_many_ids_are_asked_for_in_batches() -> None:
    """A hundred a request."""
    numbers = tuple(f"2509.{number:05}" for number in range(150))
    arxiv = PlayedArxiv(
        papers=dict.fromkeys(numbers, ("2025-09-10T10:00:00", "cs.LG")),
        feeds={"cs.LG": rss(THURSDAY, *((paper_id, "new") for paper_id in numbers))},
    )
    log: list[Request] = []
    (listing,) = fetch(arxiv, THURSDAY, log=log)
    assert len(listing.papers) == 150
    assert [asked.path for asked in log] == ["/rss/cs.LG", "/api/query", "/api/query"]


def test_arxiv_is_left_alone_after_three_failed_days() -> None:
    """The days after them wait for the next run; a weekend between them does not count."""
    days = tuple(date(2025, 7, day) for day in range(10, 20))
    listings = fetch(PlayedArxiv(down=True), *days)
    assert [listing.state for listing in listings] == [State.FAILED] * 2 + [State.NONE] * 2 + [State.FAILED]
