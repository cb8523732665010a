"""`broadsheet fetch` of feeds over HTTP: what is filed where, and what becomes of faults."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.pipeline.conftest import Repository, tree
from tests.upstream import Reply, Upstream

TODAY = datetime.now(UTC).replace(hour=0, minute=1)


@pytest.fixture
def digest(empty: Repository, upstream: Upstream) -> Repository:
    """A repository with one feed, on loopback."""
    empty.settings(f"sources:\n  blog: {{type: feed, url: '{upstream.url}/feed'}}")
    return empty


def rss(*items: tuple[str, int]) -> bytes:
    """(title, days ago) pairs."""
    lines = "".join(
        f"<item><title>{title}</title><link>https://example.org/{title}</link>"
        f"<pubDate>{format_datetime(TODAY - timedelta(days=days))}</pubDate></item>"
        for title, days in items
    )
    return f'<rss version="2.0"><channel><title>Blog</title>{lines}</channel></rss>'.encode()


def filed(digest: Repository) -> dict[str, list[str]]:
    """Titles by day."""
    found = {}
    for path in sorted((digest.root / "content/listings").rglob("blog.json")):
        value = json.loads(path.read_bytes())
        if value["papers"]:
            found[value["date"]] = [paper["title"] for paper in value["papers"]]
    return found


def day(days: int) -> str:
    return str((TODAY - timedelta(days=days)).date())


def test_entries_stand_under_their_own_days_and_a_second_run_changes_nothing(digest: Repository, upstream: Upstream):
    """The feed's past before its first day here is no news."""
    upstream.script("/feed", Reply(body=rss(("today", 0), ("lately", 3), ("long ago", 400))))
    assert digest.run("fetch").returncode == 0
    assert filed(digest) == {day(3): ["lately"], day(0): ["today"]}
    before = tree(digest.root / "content")
    assert digest.run("fetch").returncode == 0
    assert tree(digest.root / "content") == before


def test_one_old_day_that_was_asked_for_does_not_make_the_past_today_s_news(digest: Repository, upstream: Upstream):
    """What lies between the two is filed under its own days."""
    upstream.script("/feed", Reply(body=rss(("today", 0), ("between", 20), ("old", 40), ("older", 60))))
    digest.run("fetch")
    digest.run("fetch", "--date", day(40))
    digest.run("fetch")
    assert filed(digest) == {day(40): ["old"], day(20): ["between"], day(0): ["today"]}


def test_past_days_of_which_a_feed_shows_nothing_are_one_line(digest: Repository, upstream: Upstream):
    """Nothing is archived, since nobody knows what the feed showed then; that is no failure."""
    upstream.script("/feed", Reply(body=rss(("today", 0), ("old", 40))))
    done = digest.run("fetch", "--since", day(42), "--until", day(40))
    left = f"blog {day(42)} to {day(41)} (2 days): nothing to archive, a feed shows only its newest entries."
    assert (done.returncode, done.stderr.splitlines()) == (0, [f"blog {day(40)}: announced, 1 paper", left])
    upstream.script("/feed", Reply(404))
    done = digest.run("fetch", "--date", day(50))
    assert (done.returncode, "nothing to archive" in done.stderr) == (3, False)


FAULTS = {
    "down": Reply(503),
    "gone": Reply(404),
    "an error page": Reply(200, b"<!doctype html><title>Sorry</title><p>Not now."),
    "nothing": Reply(200, b""),
    "cut off": Reply(200, rss(("a", 0)), length=100_000),
}


@pytest.mark.parametrize("reply", FAULTS.values(), ids=FAULTS)
def test_a_feed_that_fails_is_one_line_and_exit_3(digest: Repository, upstream: Upstream, reply: Reply):
    """Today is marked as failed; the next run mends it."""
    upstream.script("/feed", reply)
    done = digest.run("fetch")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line.startswith(f"blog {day(0)}: failed: ")) == (3, True)
    upstream.script("/feed", Reply(body=rss(("a", 0))))
    assert digest.run("fetch").returncode == 0
    assert filed(digest) == {day(0): ["a"]}


def test_an_address_where_nothing_is_sends_the_owner_to_the_settings(digest: Repository, upstream: Upstream):
    """Asking again would not help."""
    upstream.script("/feed", Reply(404))
    line = f"blog {day(0)}: failed: 127.0.0.1 answers HTTP 404 Not Found. What is archived stays; "
    assert digest.run("fetch").stderr == f"{line}check the address of blog in mkdocs.yml.\n"
