"""Hugging Face's daily papers: pages of a date → a listing, whatever the upstream does."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import AnswerError
from generator.model import Listing, State
from generator.sources.base import FetchRequest
from generator.sources.daily_papers import parse_daily_papers
from generator.sources.http import Client
from generator.sources.huggingface import HuggingFace
from tests.upstream import Reply, Upstream

NOW = datetime(2025, 10, 9, 6, tzinfo=UTC)
DAY = date(2025, 10, 1)
PATH = "/api/daily_papers"


def entry(number: int = 1, **inner: object) -> dict[str, object]:
    """One entry as the API sends it."""
    paper = {
        "id": f"2510.{number:05}",
        "title": "A title\n  wrapped",
        "summary": "First.\n\nSecond.",
        "authors": [{"name": "Ann"}, {"name": "Shy", "hidden": True}, {"name": "Bo", "hidden": False}],
        "publishedAt": "2025-09-30T17:59:41.000Z",
        "upvotes": 35,
        **inner,
    }
    return {"paper": paper, "title": "A title", "publishedAt": "2025-09-30T13:59:41.000Z", "numComments": 2}


def parse(*entries: object):
    return parse_daily_papers(json.dumps(list(entries)).encode(), DAY, NOW)


def fetch(upstream: Upstream, *days: date) -> list[Listing]:
    client = Client("mailto:a@b.example", sleep=lambda _: None)
    return list(HuggingFace("hf", upstream.url, client).fetch(FetchRequest(days, NOW, True, {}, {})))


def test_a_paper_keeps_all_that_a_page_can_use():
    """Text as it was sent, hidden authors left out, optional fields where they are."""
    given_entry = entry(
        githubRepo="https://github.com/a/b\n",
        githubStars=12,
        projectPage=" http://example.org",
        ai_summary="Short.",
        ai_summary_model="some-model",
        ai_keywords=["graphs"],
        organization={"name": "org", "fullname": "The Org", "_id": "x"},
    )
    given_entry["thumbnail"] = "https://cdn.example/x.png"
    (paper,) = parse(given_entry).papers
    assert (paper.id, paper.title, paper.abstract) == ("arxiv:2510.00001", "A title\n  wrapped", "First.\n\nSecond.")
    assert paper.authors == ("Ann", "Bo")
    assert (paper.submitted, paper.announced) == (datetime(2025, 9, 30, 17, 59, 41, tzinfo=UTC), DAY)
    assert (paper.signals.votes, paper.signals.comments, paper.signals.stars) == (35, 2, 12)
    assert paper.links["code"] == "https://github.com/a/b"
    assert paper.links["project"] == "http://example.org"
    assert paper.links["huggingface"] == "https://huggingface.co/papers/2510.00001"
    assert paper.extra["organization"] == {"name": "org", "fullname": "The Org"}
    assert (paper.extra["ai_summary"], paper.extra["ai_model"]) == ("Short.", "some-model")


LIES = {
    "HTML": (b"<!doctype html><title>502</title>", "not JSON"),
    "empty": (b"", "not JSON"),
    "truncated": (b'[{"paper": {"id": "2510', "not JSON"),
    "NaN": (b'[{"upvotes": NaN}]', "not JSON"),
    "error body": (b'{"error": "Sorry\\n::error::"}', r"it says: 'Sorry\n::error::'"),
    "object": (b'{"data": []}', "a list of papers was expected, not an object"),
    "text in the list": (b"[\"{'paper': 1}\"]", "a list of objects was expected, not of text"),
    "nothing of use": (b'[{"paper": {}}]', "none of the entries is a paper"),
    "deep": (b"[" * 100_000, "not JSON"),
}


@pytest.mark.parametrize(("body", "cause"), LIES.values(), ids=LIES)
def test_an_answer_that_is_no_listing_is_refused_with_its_cause(body: bytes, cause: str):
    """One line, without foreign control characters."""
    with pytest.raises(AnswerError) as caught:
        parse_daily_papers(body, DAY, NOW)
    assert cause in str(caught.value)
    assert str(caught.value).isprintable()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
)


@given(st.dictionaries(st.sampled_from([*entry()["paper"], "ai_keywords", "organization", "githubRepo"]), json_values))
def test_optional_fields_of_any_type_never_crash(fields):
    """Wrong types are dropped; an entry that names no paper is counted."""
    page = parse(entry(2), entry(**fields))
    assert len(page.papers) + page.broken == page.entries == 2


def test_all_pages_are_asked_for(upstream: Upstream, tmp_path: Path):
    """250 papers are three requests."""
    (tmp_path / f"{DAY}.json").write_text(json.dumps([entry(number) for number in range(1, 251)]))
    upstream.huggingface(tmp_path)
    (listing,) = fetch(upstream, DAY)
    assert (len(listing.papers), listing.state, len(upstream.log)) == (250, State.ANNOUNCED, 3)
    assert upstream.log[2].query == {"date": "2025-10-01", "limit": "100", "p": "2"}


def test_an_upstream_that_ignores_pages_is_not_asked_for_ever(upstream: Upstream):
    """A second page with nothing new ends the day."""
    upstream.script(PATH, Reply(body=json.dumps([entry(number) for number in range(1, 101)]).encode()))
    (listing,) = fetch(upstream, DAY)
    assert (len(listing.papers), len(upstream.log)) == (100, 2)


def test_states_follow_the_day(upstream: Upstream, tmp_path: Path):
    """Past with papers, past without, today."""
    (tmp_path / f"{DAY}.json").write_text(json.dumps([entry()]))
    upstream.huggingface(tmp_path)
    states = [listing.state for listing in fetch(upstream, DAY, date(2025, 10, 2), NOW.date())]
    assert states == [State.ANNOUNCED, State.NONE, State.OPEN]


def test_a_broken_entry_makes_the_day_incomplete(upstream: Upstream):
    """The rest is kept, and the reason counts."""
    upstream.script(PATH, Reply(body=json.dumps([entry(), {"paper": {"id": None}}]).encode()))
    (listing,) = fetch(upstream, DAY)
    assert (listing.state, listing.reason, len(listing.papers)) == (
        State.INCOMPLETE,
        "1 of the entries names no paper",
        1,
    )


def test_a_failing_page_keeps_the_pages_before_it(upstream: Upstream):
    """Incomplete, not failed."""
    first = Reply(body=json.dumps([entry(number) for number in range(1, 101)]).encode())
    upstream.script(PATH, first, Reply(500))
    (listing,) = fetch(upstream, DAY)
    assert (listing.state, len(listing.papers)) == (State.INCOMPLETE, 100)
    assert listing.reason == "127.0.0.1 answers HTTP 500 Internal Server Error (5 tries)"


def test_a_source_that_is_down_is_left_alone(upstream: Upstream):
    """Three days in a row, then no more."""
    upstream.script(PATH, Reply(503))
    days = [date(2025, 9, day) for day in range(1, 11)]
    listings = fetch(upstream, *days)
    assert [listing.state for listing in listings] == [State.FAILED] * 3
    assert len(upstream.log) == 15


def test_every_recorded_day_parses(real_data: Path):
    """No entry is lost."""
    for path in sorted((real_data / "hf").glob("*.json")):
        page = parse_daily_papers(path.read_bytes(), date.fromisoformat(path.stem), NOW)
        assert (len(page.papers), page.broken) == (len(json.loads(path.read_bytes())), 0)


def test_recorded_nonsense_is_refused(real_data: Path):
    """Python's repr and an error body, as they were met in the wild."""
    for path in [
        *(real_data / "hf_fixtures/illformed").glob("*.json"),
        real_data / "hf_fixtures/deep-diver_error_body.json",
    ]:
        with pytest.raises(AnswerError):
            parse_daily_papers(path.read_bytes(), DAY, NOW)
