"""Records of days → what pages over many days show: bounded, ordered, and counted over all days."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.digest import (
    DayRecord,
    highlights,
    month_of_topic,
    months_beside,
    read_best,
    read_lines,
    read_record,
    record_day,
    statistics,
    summarise_topic,
)
from generator.model import Digest, Paper, PaperLink, RankedPaper, SourceState, State, Topic
from generator.spans import SourceCount, SpanCount, TopicCount

FIRST = date(2025, 9, 26)
TOPICS = (Topic("Graphs", "graphs"), Topic("Fish", "fish"))
MOMENT = datetime(2025, 10, 2, tzinfo=UTC)
Kept = dict[date, tuple[str, str, str, str]]


def day(number: int, scores: list[int], *topics: Topic, state: State = State.ANNOUNCED) -> Digest:
    """The papers of a day, best first, all of the topics."""
    papers = tuple(
        RankedPaper(Paper(f"arxiv:2509.{n:05}", f"Paper {n}"), f"2509.{n:05}", (), (), topics, (), float(score), ())
        for n, score in enumerate(sorted(scores, reverse=True))
    )
    told = SourceState("test", state, len(papers), MOMENT)
    return Digest(FIRST + timedelta(days=number), papers, (), (told,))


def kept(*digests: Digest) -> Kept:
    return {found.date: record_day(found) for found in digests}


def records(found: Kept) -> list[DayRecord]:
    return [read_record(texts[0]) for texts in found.values()]


@given(st.lists(st.lists(st.integers(0, 50), max_size=30), max_size=8))
def test_the_best_of_a_span_are_the_best_of_all_its_papers(days: list[list[int]]):
    """Ten of them, the earlier day first where scores are equal."""
    found = kept(*(day(number, scores) for number, scores in enumerate(days)))
    best = highlights(records(found), (), lambda wanted: read_best(found[wanted][3])).top
    everything = sorted((-score, FIRST + timedelta(days=number)) for number, some in enumerate(days) for score in some)
    assert [(-line.score, line.date) for line in best] == everything[:10]


def test_topics_are_counted_in_the_order_of_the_settings():
    """Those without papers are left out."""
    found = kept(day(0, [1, 2], TOPICS[1]), day(1, [3], *TOPICS), day(2, []))
    counted = highlights(records(found), (*TOPICS, Topic("None", "none")), lambda _: ()).topics
    assert counted == (TopicCount(TOPICS[0], 1), TopicCount(TOPICS[1], 3))


def test_a_topic_has_its_newest_papers_and_all_its_months():
    """Fifty papers, newest day first; a month without any counts zero; only the days that are shown are looked up."""
    found = kept(*(day(number, [1] * 20, TOPICS[0]) for number in (0, 40, 70, 71)), day(100, []))
    looked: list[date] = []

    def lines(wanted: date) -> dict[str, tuple[PaperLink, ...]]:
        looked.append(wanted)
        return dict(read_lines(found[wanted][1]))

    summary = summarise_topic(TOPICS[0], records(found), lines)
    assert (summary.papers, len(summary.recent)) == (80, 50)
    assert looked == [FIRST + timedelta(days=number) for number in (71, 70, 40)]
    assert [(count.first.month, count.papers) for count in summary.months] == [
        (9, 20),
        (10, 0),
        (11, 20),
        (12, 40),
        (1, 0),
    ]


def test_a_month_of_a_topic_has_all_its_papers():
    """Newest day first; the months beside it are the nearest that have papers."""
    found = kept(day(0, [1], TOPICS[0]), day(40, [2, 3], *TOPICS), day(41, [4], TOPICS[0]), day(70, [1], TOPICS[1]))
    summary = summarise_topic(TOPICS[0], records(found), lambda wanted: read_lines(found[wanted][1]))
    days = [FIRST + timedelta(days=number) for number in (40, 41)]
    month = month_of_topic(summary, date(2025, 11, 1), days, lambda wanted: read_lines(found[wanted][1]))
    assert [line.score for line in month.papers] == [4, 3, 2]
    assert (month.previous, month.next) == (date(2025, 9, 1), None)
    assert months_beside(summary, date(2025, 10, 1)) == (date(2025, 9, 1), date(2025, 11, 1))


def test_a_record_tells_when_lines_apart_from_it_changed():
    """Another score of the last paper changes the digest of its topic, and not that of another."""
    before, after = records(kept(day(0, [5, 4], TOPICS[0]))) + records(kept(day(0, [5, 3], TOPICS[0])))
    assert before.lines["graphs"] != after.lines["graphs"]
    assert before.best != after.best
    assert records(kept(day(0, [5, 4], TOPICS[0]))) == [before]


def test_weeks_and_months_have_no_hole():
    """From the first day with papers to the last; weeks begin on Mondays."""
    found = statistics(records(kept(day(0, []), day(3, [1]), day(20, [1, 2]), day(30, []))), ())
    mondays = [date(2025, 9, 29), date(2025, 10, 6), date(2025, 10, 13)]
    assert found.last == date(2025, 10, 16)
    assert found.weeks == tuple(map(SpanCount, mondays, (1, 0, 2)))
    assert found.months == (SpanCount(date(2025, 9, 1), 1), SpanCount(date(2025, 10, 1), 2))


def test_sources_are_counted_with_their_gaps():
    """A day of which only a part came counts as both."""
    days = day(0, [1]), day(1, [1, 2], state=State.INCOMPLETE), day(2, [], state=State.FAILED), day(3, [])
    found = statistics(records(kept(*days)), ())
    assert found.sources == (SourceCount("test", 3, 2, 2, date(2025, 9, 27)),)


def test_figures_of_nothing_are_empty():
    """No day, or none with papers."""
    assert statistics((), ()).weeks == statistics(records(kept(day(0, []))), ()).weeks == ()
