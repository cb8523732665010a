"""One day's context → Digest: merged, matched, ranked with reasons. Pure: the same inputs give the same order."""

from generator.digest.compose import compose_digest
from generator.digest.summaries import TopicTally, summarise_day, summarise_months
from generator.digest.trending import trending

__all__ = ["TopicTally", "compose_digest", "summarise_day", "summarise_months", "trending"]
