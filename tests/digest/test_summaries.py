"""What roll-ups are made of: days' records put together."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from generator.digest import DayRecord, read_notes, read_record, record_day, summarise_curator
from generator.model import Curator, Digest, Note, NoteLine, Paper, RankedPaper, SourceState, State

ADA, BO = Curator("ada", "Ada"), Curator("bo", "Bo")
STATE = SourceState("test", State.ANNOUNCED, 1, datetime(2025, 10, 2, tzinfo=UTC))


def _recorded(*digests: Digest) -> tuple[list[DayRecord], dict[date, Mapping[str, tuple[NoteLine, ...]]]]:
    texts = {digest.date: record_day(digest) for digest in digests}
    records = [read_record(record) for record, *_ in texts.values()]
    return records, {day: read_notes(notes) for day, (_, _, notes, _) in texts.items()}


def _digest(day: date, *notes: Note) -> Digest:
    paper = Paper("arxiv:2510.00001", "A title")
    ranked = RankedPaper(paper, "2510.00001", (), ("test",), (), notes, 1.0, ())
    return Digest(day, (ranked,), (), (STATE,))


def _note(curator: Curator, html: str = "<p>x</p>", *, pick: bool = False) -> Note:
    return Note("arxiv:2510.00001", curator, "x", html, pick)


def test_a_curators_notes_are_counted_and_stand_newest_first():
    """Those of others are theirs."""
    first = _digest(date(2025, 10, 1), _note(ADA, pick=True), _note(BO))
    second = _digest(date(2025, 10, 2), _note(ADA))
    records, lines = _recorded(first, second)
    found = summarise_curator(ADA, records, lines.__getitem__)
    assert (found.notes, found.picks) == (2, 1)
    assert [(line.paper.date.day, line.is_pick) for line in found.recent] == [(2, False), (1, True)]


def test_a_curator_without_notes_has_none():
    """Whoever is listed has a page."""
    records, lines = _recorded(_digest(date(2025, 10, 1), _note(BO)))
    assert summarise_curator(ADA, records, lines.__getitem__).recent == ()


def test_a_line_holds_the_first_words_without_markup():
    """At most 200 characters, cut between words."""
    html = "<p>Half &amp; <em>half</em></p> <p>" + "word " * 60 + "</p>"
    _, lines = _recorded(_digest(date(2025, 10, 1), _note(ADA, html)))
    words = lines[date(2025, 10, 1)]["ada"][0].words
    assert words.startswith("Half & half word")
    assert words.endswith(" word…")
    assert len(words) <= 200


def test_a_paper_names_the_first_who_picked_it():
    """And how many others did."""
    eve = Curator("github:eve", "eve")
    for notes, said in (((ADA,), "Ada"), ((ADA, BO), "Ada and 1 other"), ((ADA, BO, eve), "Ada and 2 others")):
        digest = _digest(date(2025, 10, 1), *(_note(curator, pick=True) for curator in notes), _note(BO))
        (record,), _ = _recorded(digest)
        assert record.summary.top[0].picked_by == said
