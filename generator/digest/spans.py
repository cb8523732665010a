"""Records of days → what a week, a month or a year has: its best papers, and how many of each topic."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from generator.digest.summaries import BEST, DayRecord, best_links
from generator.model import PaperLink, Topic
from generator.spans import Highlights, TopicCount


def highlights(
    records: Iterable[DayRecord], topics: Iterable[Topic], best: Callable[[date], Sequence[PaperLink]]
) -> Highlights:
    """What stands out in these days; `best` looks up the best papers of a day."""
    counts: Counter[str] = Counter()
    links: list[PaperLink] = []
    for record in records:
        counts.update(record.topics)
        if record.summary.papers:
            links += best(record.summary.date)
    counted = tuple(TopicCount(topic, counts[topic.slug]) for topic in topics if counts[topic.slug])
    return Highlights(best_links(links, BEST), counted)
