"""Pages over many days: which of them there are, and which of them a change makes anew."""

import re
from datetime import date, timedelta

from generator.pipeline import Wishes
from tests.pipeline.builds import build_elsewhere, build_here, differing, snapshot
from tests.pipeline.conftest import Repository, paper

DAY = date(2025, 10, 1)


def changed(repository: Repository) -> set[str]:
    """The site paths of the pages that a build changes; it leaves what a clean one leaves."""
    before = snapshot(repository.root / "site")
    after = build_here(repository.root, Wishes()).site
    assert differing(after, build_elsewhere(repository.root).site) == []
    return {name.removesuffix("index.html") for name in differing(before, after) if name.endswith("/index.html")}


def test_a_vote_changes_only_pages_that_show_it(empty: Repository):
    """Of a topic the month of the day, its first page while the paper is among the newest; of spans the day's own."""
    for number in range(60):
        empty.keep(DAY - timedelta(days=number), paper(number, f"Graph {number}", votes=1))
    empty.keep(DAY, paper(100, "Fish", abstract="No words."), source="other")
    build_here(empty.root)
    empty.keep(DAY - timedelta(days=58), paper(58, "Graph 58", votes=900))
    assert changed(empty) == {
        "2025/08/04/",
        "2025/W32/",
        "2025/08/",
        "2025/",
        "topics/graphs/2025-08/",
    }


def test_a_week_over_two_years_has_one_page(empty: Repository):
    """2026-W01 begins in December 2025."""
    empty.keep(date(2025, 12, 30), paper(1))
    empty.keep(date(2026, 1, 2), paper(2))
    site = build_here(empty.root).site
    page = str(site["2026/W01/index.html"], "utf-8")
    assert "29 December 2025 to 4 January 2026: 2 papers" in page
    assert [name for name in site if re.fullmatch(r"\d+/W\d\d", name)] == ["2026/W01"]
    assert '"../../W01/"' in str(site["2026/01/02/index.html"], "utf-8")
    assert '"../../../2026/W01/"' in str(site["2025/12/30/index.html"], "utf-8")


def test_every_topic_has_a_page_for_every_month(empty: Repository):
    """Also for those in which it has no paper, so that addresses can be told before papers are read."""
    empty.keep(DAY, paper(1, "Fish", abstract="No words."))
    page = str(build_here(empty.root).site["topics/graphs/2025-10/index.html"], "utf-8")
    assert "No papers of this topic in this month" in page


def test_phrases_rise_up_to_the_newest_day_with_papers(empty: Repository):
    """Not up to today, nor to a day that only failed."""
    for number in range(40, 60):
        empty.keep(DAY - timedelta(days=number), paper(number, "A graph of old"))
    for number in range(5):
        empty.keep(DAY - timedelta(days=number), paper(number, "Wombat quokkas"))
    empty.keep(DAY + timedelta(days=90))
    page = str(build_here(empty.root).site["stats/index.html"], "utf-8")
    assert re.findall(r'q=%22(.*?)%22"', page) == ["wombat%20quokkas"]
    assert "<td>5</td><td>0</td>" in page
