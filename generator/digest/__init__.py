"""One day's context → Digest: merged, matched, ranked with reasons. Pure: the same inputs give the same order."""

from generator.digest.compose import compose_digest
from generator.digest.summaries import (
    DayRecord,
    read_lines,
    read_notes,
    read_record,
    record_day,
    summarise_curator,
    summarise_months,
    summarise_topic,
)
from generator.digest.trending import trending

__all__ = [
    "DayRecord",
    "compose_digest",
    "read_lines",
    "read_notes",
    "read_record",
    "record_day",
    "summarise_curator",
    "summarise_months",
    "summarise_topic",
    "trending",
]
