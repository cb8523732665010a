"""Digests → the lines and counts that roll-up pages show; each roll-up holds a bounded number of links."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from generator.model import (
    DaySummary,
    Digest,
    MonthSummary,
    PaperLink,
    RankedPaper,
    State,
    Topic,
    TopicSummary,
)

TOP = 3
"""Of a day and of a month alike, so that the best of a month are among the best of its days."""
RECENT_OF_TOPIC = 100


def link(ranked: RankedPaper, day: date) -> PaperLink:
    """The line that leads to a paper."""
    return PaperLink(
        title=ranked.paper.title,
        date=day,
        anchor=ranked.anchor,
        score=ranked.score,
        votes=ranked.paper.signals.votes,
        has_pick=any(note.pick for note in ranked.notes),
    )


def summarise_day(digest: Digest) -> DaySummary:
    """A digest's count, states and best papers."""
    top = tuple(link(ranked, digest.date) for ranked in digest.papers[:TOP])
    return DaySummary(digest.date, len(digest.papers), digest.states, top)


def summarise_months(days: Iterable[DaySummary]) -> tuple[MonthSummary, ...]:
    """Days in order → months in order."""
    return tuple(
        _summarise_month(month, tuple(some)) for month, some in groupby(days, key=lambda day: day.date.replace(day=1))
    )


def _summarise_month(month: date, days: Sequence[DaySummary]) -> MonthSummary:
    links = [found for day in days for found in day.top]
    links.sort(key=lambda found: (-found.score, found.date, found.anchor))
    return MonthSummary(
        month=month,
        days=sum(1 for day in days if day.papers),
        papers=sum(day.papers for day in days),
        failed=tuple(day.date for day in days if _is_wanting(day)),
        top=tuple(links[:TOP]),
    )


def _is_wanting(day: DaySummary) -> bool:
    return any(state.state in (State.FAILED, State.INCOMPLETE) for state in day.states)


@dataclass(slots=True)
class TopicTally:
    """Counts a topic's papers while the days go by in order, and keeps the newest of them."""

    topic: Topic
    papers: int = 0
    _recent: deque[tuple[PaperLink, ...]] = field(default_factory=deque)

    def add(self, digest: Digest) -> None:
        """Take in the next day."""
        found = [ranked for ranked in digest.papers if self.topic in ranked.topics]
        if found:
            self.papers += len(found)
            self._recent.append(tuple(link(ranked, digest.date) for ranked in found))
            while sum(map(len, self._recent)) - len(self._recent[0]) >= RECENT_OF_TOPIC:
                self._recent.popleft()

    def summary(self) -> TopicSummary:
        """All papers counted, the newest linked."""
        newest_first = [line for day in reversed(self._recent) for line in day]
        return TopicSummary(self.topic, self.papers, tuple(newest_first[:RECENT_OF_TOPIC]))
