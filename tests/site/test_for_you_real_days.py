"""For you on the site of all real days, for made-up readers; skipped where the recorded days are absent.

Each reader stars ten papers that speak of one subject, out of the newest 120 days. What they should be shown is counted
by hand: of the first 20 papers, those of the newest 30 days that speak of it too. `pytest --log-cli-level=INFO` prints
the table.
"""

import logging
import random
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from generator.bench.counting_server import CountingServer
from tests.site import test_search_real_days as real
from tests.site.real_days import Days, Known

log = logging.getLogger(__name__)

SUBJECTS = ("agents", "diffusion", "robots", "video", "3d", "reinforcement learning")
STARS, SHOWN = 10, 20

real_site, papers, files, server, base = real.real_site, real.papers, real.files, real.server, real.base


class Reader:
    """Stars by lot, and what is meant by them."""

    def __init__(self, subject: str, papers: list[Known]) -> None:
        newest = max(known.day for known in papers)
        every = Days(papers, subject).with_words(*subject.split())
        recent = [known for known in every if newest - known.day < timedelta(days=120)]
        self.stars = random.Random(subject).sample(recent, STARS)
        had = {known.anchor for known in self.stars}
        latest = [known for known in papers if newest - known.day < timedelta(days=30) and known.anchor not in had]
        self.wanted = {known.anchor for known in every} - had
        by_votes = sorted(latest, key=lambda known: -known.votes)
        self.popular = self.precision([known.anchor for known in by_votes[:SHOWN]])

    def precision(self, shown: list[str]) -> float:
        """What share of them is wanted."""
        return len(self.wanted & set(shown)) / SHOWN

    @property
    def kept(self) -> dict[str, object]:
        """As the browser keeps stars."""
        stars = [{"anchor": known.anchor, "day": known.day.isoformat()} for known in self.stars]
        return {"version": 1, "value": stars}


@pytest.fixture
def readers(papers: list[Known]) -> dict[str, Reader]:
    """By subject."""
    return {subject: Reader(subject, papers) for subject in SUBJECTS}


def test_for_you_finds_what_a_reader_stars(
    browser: Browser, base: str, server: CountingServer, readers: dict[str, Reader]
) -> None:
    """Most of the first 20 papers are on the reader's subject, far more than of the most voted."""
    found, popular = [], []
    for subject, reader in readers.items():
        page = browser.new_page()
        page.goto(f"{base}saved/")
        page.evaluate(
            "kept => localStorage.setItem(`${location.pathname.replace('saved/', '')}.stars`, JSON.stringify(kept))",
            reader.kept,
        )
        page.reload()
        server.take()
        page.get_by_role("button", name="Rank the newest 30 days").click()
        expect(page.locator(".suggest-status")).to_contain_text(f"by {STARS} stars", timeout=60_000)
        shown = page.locator(".suggest-list > li > a").evaluate_all("all => all.map(each => each.hash.slice(1))")
        sent = server.take()
        size = sum(each.size for each in sent) / 1000
        found.append(reader.precision(shown))
        popular.append(reader.popular)
        words = page.locator(".suggest-status").inner_text().partition("Words that count: ")[2]
        line = "%s: %.2f, by votes %.2f; %.0f kB in %d requests; %s"
        log.info(line, subject, found[-1], popular[-1], size, len(sent), words)
        page.close()
    mean, baseline = sum(found) / len(found), sum(popular) / len(popular)
    log.info("precision at %d: %.3f, by votes %.3f", SHOWN, mean, baseline)
    assert mean > 0.7
    assert mean > 2 * baseline
