"""Merging a fetched listing into the archived one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from generator.archive import merge
from generator.model import Listing, Paper, Signals, State

DAY = date(2025, 10, 1)
MORNING = datetime(2025, 10, 1, 6, tzinfo=UTC)
EVENING = datetime(2025, 10, 1, 18, tzinfo=UTC)
PAPER = Paper(
    "arxiv:2510.00001",
    "A title",
    authors=("Ann",),
    first_seen=DAY,
    signals=Signals(votes=3, taken=MORNING),
    links={"code": "https://example.org/code"},
)


def listing(
    *papers: Paper, state: State = State.OPEN, fetched: datetime = MORNING, reason: str | None = None
) -> Listing:
    return Listing("huggingface", DAY, state, fetched, papers, reason)


def test_newer_fields_win_and_empty_ones_keep_the_older_value():
    """A later answer without authors or links takes neither away, but its title and votes count."""
    newer = Paper("arxiv:2510.00001", "A better title", first_seen=date(2025, 10, 2), signals=Signals(9, taken=EVENING))
    merged = merge(listing(PAPER), listing(newer, fetched=EVENING)).papers[0]
    assert merged.title == "A better title"
    assert merged.signals == Signals(votes=9, taken=EVENING)
    assert merged.authors == ("Ann",)
    assert merged.links == {"code": "https://example.org/code"}
    assert merged.first_seen == DAY


def test_the_same_answer_later_changes_nothing():
    """Neither the time of the fetch nor the time of the counts moves alone."""
    again = replace(PAPER, signals=replace(PAPER.signals, taken=EVENING))
    old = listing(PAPER)
    assert merge(old, listing(again, fetched=EVENING)) == old


def test_a_failed_answer_keeps_papers_and_says_failed():
    """What is archived of an unfinished day stays, and the state says what happened."""
    merged = merge(listing(PAPER), listing(state=State.FAILED, reason="HTTP 503", fetched=EVENING))
    assert (merged.state, merged.reason, merged.papers) == (State.FAILED, "HTTP 503", (PAPER,))


def test_a_finished_day_stays_finished():
    """A refresh that fails does not make a complete day look broken."""
    old = listing(PAPER, state=State.ANNOUNCED)
    for state in (State.FAILED, State.INCOMPLETE, State.OPEN):
        assert merge(old, listing(state=state, reason="down", fetched=EVENING)) == old


def test_a_day_that_awaits_papers_since_is_not_finished():
    """Until they are there, the newest word on them counts, and a paper that came is awaited no more."""
    old = listing(PAPER, state=State.ANNOUNCED)
    new = listing(state=State.INCOMPLETE, reason="down")
    merged = merge(old, replace(new, awaited={"arxiv:2510.00002": "down", PAPER.id: "down"}))
    assert (merged.state, merged.reason, merged.awaited) == (State.INCOMPLETE, "down", {"arxiv:2510.00002": "down"})
    whole = merge(merged, listing(Paper("arxiv:2510.00002", "B"), state=State.ANNOUNCED))
    assert (whole.state, len(whole.papers), whole.awaited) == (State.ANNOUNCED, 2, {})


def test_an_empty_answer_for_a_day_with_papers_is_not_none():
    """A source that forgets a day cannot erase it."""
    merged = merge(listing(PAPER), listing(state=State.NONE, fetched=EVENING))
    assert (merged.state, merged.papers) == (State.ANNOUNCED, (PAPER,))


def test_a_stated_announcement_beats_an_estimated_one():
    """An estimate that comes later does not replace what the source stated."""
    stated = replace(PAPER, announced=DAY)
    estimated = replace(PAPER, announced=date(2025, 10, 2), extra={"announced_estimated": True})
    merged = merge(listing(stated), listing(estimated)).papers[0]
    assert merged.announced == DAY
    assert "announced_estimated" not in merged.extra


def test_an_estimate_ends_where_a_source_states_the_day():
    """What was computed first and stated later is no estimate any more."""
    estimated = replace(PAPER, announced=date(2025, 10, 2), extra={"announced_estimated": True})
    stated = replace(PAPER, announced=date(2025, 10, 1))
    merged = merge(listing(estimated), listing(stated)).papers[0]
    assert merged.announced == date(2025, 10, 1)
    assert "announced_estimated" not in merged.extra


papers = st.builds(
    Paper,
    id=st.sampled_from([f"arxiv:2510.0000{n}" for n in range(1, 6)]),
    title=st.sampled_from(["A", "B"]),
    signals=st.builds(Signals, votes=st.none() | st.integers(0, 9)),
)
listings = st.builds(
    Listing,
    source=st.just("huggingface"),
    date=st.just(DAY),
    state=st.sampled_from(State),
    fetched=st.sampled_from([MORNING, EVENING]),
    papers=st.lists(papers, max_size=6).map(tuple),
)


@given(listings, listings)
def test_nothing_ever_disappears(old: Listing, new: Listing):
    """Whatever the two answers, every id of both is in the result, once, in order, and merging again is a no-op."""
    first = merge(None, old)
    merged = merge(first, new)
    ids = [paper.id for paper in merged.papers]
    assert set(ids) == {paper.id for paper in (*old.papers, *new.papers)}
    assert ids == sorted(set(ids))
    assert merge(merged, new) == merged
