"""One day's context → Digest: merged, matched, ranked with reasons. Pure: the same inputs give the same order."""

from generator.digest.compose import compose_digest
from generator.digest.figures import statistics
from generator.digest.spans import highlights
from generator.digest.summaries import (
    DayRecord,
    read_best,
    read_lines,
    read_notes,
    read_record,
    record_day,
    summarise_curator,
    summarise_months,
)
from generator.digest.topics import month_of_topic, months_beside, summarise_topic
from generator.digest.trending import MONTH, WEEK, compose_front

__all__ = [
    "MONTH",
    "WEEK",
    "DayRecord",
    "compose_digest",
    "compose_front",
    "highlights",
    "month_of_topic",
    "months_beside",
    "read_best",
    "read_lines",
    "read_notes",
    "read_record",
    "record_day",
    "statistics",
    "summarise_curator",
    "summarise_months",
    "summarise_topic",
]
