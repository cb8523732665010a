"""Digests → the lines and counts that roll-up pages show; each roll-up holds a bounded number of links."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from pydantic import TypeAdapter

from generator.dates import month_of
from generator.fingerprint import digest as fingerprint
from generator.model import (
    Curator,
    CuratorSummary,
    DaySummary,
    Digest,
    MonthSummary,
    Note,
    NoteLine,
    PaperLink,
    RankedPaper,
)
from generator.text import clean, without_tags

T = TypeVar("T")

TOP = 3
"""Of a day and of a month alike, so that the best of a month are among the best of its days."""
BEST = 10
"""Of a week, a month and a year, and so of each day, among whose best they are."""
RECENT_OF_CURATOR = 100
_FIRST_WORDS = 200
"""Characters of a note that a line shows."""


def link(ranked: RankedPaper, day: date) -> PaperLink:
    """The line that leads to a paper."""
    return PaperLink(
        title=ranked.paper.title,
        date=day,
        anchor=ranked.anchor,
        score=ranked.score,
        votes=ranked.paper.signals.votes,
        picked_by=_picked_by([note.curator.name for note in ranked.notes if note.pick]),
    )


def _picked_by(names: Sequence[str]) -> str | None:
    if len(names) < 2:
        return names[0] if names else None
    others = len(names) - 1
    return f"{names[0]} and {others} other{'s' if others > 1 else ''}"


def summarise_day(digest: Digest) -> DaySummary:
    """A digest's count, states and best papers."""
    top = tuple(link(ranked, digest.date) for ranked in digest.papers[:TOP])
    return DaySummary(digest.date, len(digest.papers), digest.states, top)


def summarise_months(days: Iterable[DaySummary]) -> tuple[MonthSummary, ...]:
    """Days in order → months in order."""
    return tuple(
        _summarise_month(month, tuple(some)) for month, some in groupby(days, key=lambda day: month_of(day.date))
    )


def _summarise_month(month: date, days: Sequence[DaySummary]) -> MonthSummary:
    return MonthSummary(
        month=month,
        days=sum(1 for day in days if day.papers),
        papers=sum(day.papers for day in days),
        failed=tuple(day.date for day in days if any(state.state.is_wanting() for state in day.states)),
        top=best_links((found for day in days for found in day.top), TOP),
    )


def best_links(links: Iterable[PaperLink], most: int) -> tuple[PaperLink, ...]:
    """The best of several days, as each day ranked its own; of equally good ones the earliest."""
    return tuple(sorted(links, key=lambda found: (-found.score, found.date, found.anchor))[:most])


@dataclass(frozen=True, slots=True)
class DayRecord:
    """What roll-ups need of a day, kept so that they need not read it again.

    `topics` counts its papers by slug, `notes` and `picks` its notes by curator. `lines` and `best` are digests of
    what is kept apart from the record, by topic and in all: they tell that it changed, without its being read.
    """

    summary: DaySummary
    topics: Mapping[str, int]
    notes: Mapping[str, int]
    picks: Mapping[str, int]
    lines: Mapping[str, str]
    best: str


_RECORD = TypeAdapter(DayRecord)
_LINES = TypeAdapter(Mapping[str, tuple[PaperLink, ...]])
_NOTES = TypeAdapter(Mapping[str, tuple[NoteLine, ...]])
_BEST = TypeAdapter(tuple[PaperLink, ...])


def record_day(digest: Digest) -> tuple[str, str, str, str]:
    """JSON of the day's DayRecord, the lines of its papers by topic, its notes by curator, and its best papers."""
    lines: dict[str, list[PaperLink]] = {}
    for ranked in digest.papers:
        for topic in ranked.topics:
            lines.setdefault(topic.slug, []).append(link(ranked, digest.date))
    notes: dict[str, list[NoteLine]] = {}
    for ranked in digest.papers:
        for note in ranked.notes:
            line = NoteLine(link(ranked, digest.date), first_words(note), note.pick)
            notes.setdefault(note.curator.handle, []).append(line)
    best = tuple(link(ranked, digest.date) for ranked in digest.papers[:BEST])
    record = DayRecord(
        summary=summarise_day(digest),
        topics={slug: len(found) for slug, found in lines.items()},
        notes={handle: len(found) for handle, found in notes.items()},
        picks={handle: sum(line.is_pick for line in found) for handle, found in notes.items()},
        lines={slug: _stamp(found) for slug, found in lines.items()},
        best=_stamp(best),
    )
    return (
        _RECORD.dump_json(record).decode(),
        _LINES.dump_json(_frozen(lines)).decode(),
        _NOTES.dump_json(_frozen(notes)).decode(),
        _BEST.dump_json(best).decode(),
    )


def _stamp(lines: Sequence[PaperLink]) -> str:
    """Enough of a digest to tell one day's lines from the same day's at another time."""
    return fingerprint(repr(tuple(lines)))[:16]


def _frozen(lines: Mapping[str, Sequence[T]]) -> Mapping[str, tuple[T, ...]]:
    return {key: tuple(found) for key, found in lines.items()}


def first_words(note: Note) -> str:
    """The beginning of a note without its markup, at most 200 characters."""
    words = clean(without_tags(note.html))
    if len(words) <= _FIRST_WORDS:
        return words
    begun = words[: _FIRST_WORDS - 1]
    whole = begun.rpartition(" ")[0]
    return f"{whole if len(whole) > _FIRST_WORDS // 2 else begun}…"


def read_record(text: str) -> DayRecord:
    """What `record_day` wrote."""
    return _RECORD.validate_json(text)


def read_lines(text: str) -> Mapping[str, tuple[PaperLink, ...]]:
    """What `record_day` wrote, by topic."""
    return _LINES.validate_json(text)


def read_notes(text: str) -> Mapping[str, tuple[NoteLine, ...]]:
    """What `record_day` wrote, by curator."""
    return _NOTES.validate_json(text)


def read_best(text: str) -> tuple[PaperLink, ...]:
    """What `record_day` wrote, best first."""
    return _BEST.validate_json(text)


def summarise_curator(
    curator: Curator, records: Sequence[DayRecord], lines: Callable[[date], Mapping[str, Sequence[NoteLine]]]
) -> CuratorSummary:
    """As `summarise_topic`, for the notes of one curator."""
    handle = curator.handle
    recent: list[NoteLine] = []
    for record in reversed(records):
        if handle in record.notes and len(recent) < RECENT_OF_CURATOR:
            recent += lines(record.summary.date)[handle]
    notes = sum(record.notes.get(handle, 0) for record in records)
    picks = sum(record.picks.get(handle, 0) for record in records)
    return CuratorSummary(curator, notes, picks, tuple(recent[:RECENT_OF_CURATOR]))
