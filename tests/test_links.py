"""Addresses of our pages are promises."""

from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.links import (
    ABOUT,
    ARCHIVE,
    CURATORS,
    HOME,
    OPENSEARCH,
    SAVED,
    SEARCH,
    STATS,
    TOPICS,
    citation_paths,
    curator_path,
    day_path,
    month_path,
    paper_path,
    relative,
    source_uri,
    topic_month_path,
    topic_path,
    week_path,
    year_path,
)

DAY = date(2025, 10, 1)
paths = st.one_of(
    st.sampled_from([HOME, ARCHIVE, TOPICS, CURATORS, SEARCH, SAVED, STATS, ABOUT, curator_path("index")]),
    st.dates(date(1991, 8, 14), date(2199, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [day_path(day), week_path(day), month_path(day), year_path(day), topic_month_path("a-b", day)]
        )
    ),
    st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).map(str.strip).map(topic_path),
    st.from_regex(r"(github:[A-Za-z0-9-]{1,39}|[a-z0-9][a-z0-9_-]{0,38})", fullmatch=True).map(curator_path),
    st.sampled_from(["2509.12345", "hep-th_9901001", "doi-10.1000_x", "t-cf02ba5f113e37c6"]).map(paper_path),
)


@pytest.mark.parametrize(
    ("path", "address", "source"),
    [
        (HOME, "", "index.md"),
        (day_path(DAY), "2025/10/01/", "2025/10/01.md"),
        (month_path(DAY), "2025/10/", "2025/10/index.md"),
        (year_path(DAY), "2025/", "2025/index.md"),
        (week_path(DAY), "2025/W40/", "2025/W40.md"),
        (week_path(date(2025, 12, 30)), "2026/W01/", "2026/W01.md"),
        (week_path(date(2027, 1, 3)), "2026/W53/", "2026/W53.md"),
        (ARCHIVE, "archive/", "archive.md"),
        (TOPICS, "topics/", "topics/index.md"),
        (topic_path("graph-neural-networks"), "topics/graph-neural-networks/", "topics/graph-neural-networks/index.md"),
        (topic_month_path("graphs", DAY), "topics/graphs/2025-10/", "topics/graphs/2025-10.md"),
        (CURATORS, "curators/", "curators/index.md"),
        (curator_path("ada"), "curators/ada/", "curators/ada.md"),
        (curator_path("github:Ada-1"), "curators/github.Ada-1/", "curators/github.Ada-1.md"),
        (curator_path("index"), "curators/curator.index/", "curators/curator.index.md"),
        (paper_path("2509.12345"), "papers/2509.12345/", "papers/2509.12345.md"),
        (SEARCH, "search/", "search.md"),
        (STATS, "stats/", "stats.md"),
        (SAVED, "saved/", "saved.md"),
        (ABOUT, "about/", "about.md"),
    ],
)
def test_addresses_never_change(path: str, address: str, source: str) -> None:
    """Readers and search engines keep these; the Markdown file is where MkDocs looks for them."""
    assert path == address
    assert source_uri(path) == source


def test_the_addresses_of_citations_never_change() -> None:
    """Reference managers may be told to ask them again."""
    assert citation_paths(DAY) == ("2025/10/01/cite.bib", "2025/10/01/cite.ris", "2025/10/01/cite.json")


def test_the_address_for_browsers_never_changes() -> None:
    """A browser that took it asks it again for years."""
    assert OPENSEARCH == "opensearch.xml"


@given(paths, paths, st.sampled_from(["", "#2509.12345"]))
def test_relative_links_lead_where_they_should(start: str, end: str, fragment: str) -> None:
    """On any host and under any sub-path."""
    base = "https://example.org/some/digest/"
    assert urljoin(base + start, relative(start, end + fragment)) == base + end + fragment


@given(paths, paths)
def test_pages_do_not_share_a_file(one: str, other: str) -> None:
    """One page, one Markdown file."""
    assert (source_uri(one) == source_uri(other)) == (one == other)
