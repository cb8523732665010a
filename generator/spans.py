"""The values that pages over many days show: what stands out in a week, a month or a year, and figures of the archive.

Frozen, like those of `model`.
"""

from dataclasses import dataclass
from datetime import date

from generator.model import Day, DaySummary, Digest, PaperLink, RankedPaper, Topic


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many papers of a topic a span of days has."""

    topic: Topic
    papers: int


@dataclass(frozen=True, slots=True)
class Highlights:
    """The best papers of a span of days, best first, and its topics in settings order, but for those without papers."""

    top: tuple[PaperLink, ...] = ()
    topics: tuple[TopicCount, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanCount:
    """How many papers a week or a month has, by its first day."""

    first: date
    papers: int


@dataclass(frozen=True, slots=True)
class TopicSummary:
    """One topic with all its papers counted, month by month, and the newest of them linked, newest day first.

    `months` has no hole: months without papers of the topic count zero.
    """

    topic: Topic
    papers: int
    recent: tuple[PaperLink, ...] = ()
    months: tuple[SpanCount, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicMonth:
    """All papers of a topic in the month that begins with `month`, newest day first.

    `previous` and `next` are the nearest months with papers of the topic.
    """

    topic: Topic
    month: date
    papers: tuple[PaperLink, ...]
    previous: Day | None = None
    next: Day | None = None


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What one source told: its papers, the days on which it had some, and those on which it failed.

    A paper that stands on several days or in several sources counts each time. `last` is its newest day with papers.
    """

    source: str
    papers: int
    days: int
    gaps: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The archive in figures, up to `last`, its newest day with papers; weeks and months have no hole."""

    last: date | None
    weeks: tuple[SpanCount, ...]
    months: tuple[SpanCount, ...]
    topics: tuple[TopicSummary, ...]
    sources: tuple[SourceCount, ...]


@dataclass(frozen=True, slots=True)
class RisingPhrase:
    """Words that stand in titles more often of late: how often, how often before, and by how many deviations."""

    words: str
    recent: int
    before: int
    z: float


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the first page shows: the newest digest, the week's best pick with its day, what trends, the last days.

    `pick` is None where nothing was picked, or where the newest digest shows it; `recent` are newest first.
    """

    latest: Digest | None
    pick: tuple[RankedPaper, Day] | None
    week: tuple[PaperLink, ...]
    month: tuple[PaperLink, ...]
    recent: tuple[DaySummary, ...]
