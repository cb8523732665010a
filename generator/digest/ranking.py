"""A paper's stored values → score and reasons.

score = Σ weight · value over the features below; votes, comments and stars count as log2(1 + n), so that ten votes
weigh more on a quiet paper than on a famous one. Order: score, then the newest announcement, then the id.
"""

from collections.abc import Sequence
from datetime import date
from math import log2
from typing import Protocol

from generator.model import Note, Paper, Reason, Topic

_DIGITS = 6
"""Scores are rounded, so that a last bit that differs between processors cannot change an order."""


class Weights(Protocol):
    """The weight of each feature, as `extra.broadsheet.ranking` gives them."""

    pick: float
    note: float
    votes: float
    comments: float
    stars: float
    topic: float
    sources: float


def reasons(
    paper: Paper, notes: Sequence[Note], topics: Sequence[Topic], sources: Sequence[str], weights: Weights
) -> tuple[Reason, ...]:
    """The features that speak for a paper, in the order of the table; a feature without value has no reason."""
    pickers = [note.curator.name for note in notes if note.pick]
    signals = paper.signals
    table: tuple[tuple[str, float, float, str], ...] = (
        ("pick", weights.pick, len(pickers), f"picked by {', '.join(pickers)}"),
        ("note", weights.note, len(notes), _count(len(notes), "note")),
        ("votes", weights.votes, _log(signals.votes), _count(signals.votes, "vote")),
        ("comments", weights.comments, _log(signals.comments), _count(signals.comments, "comment")),
        ("stars", weights.stars, _log(signals.stars), _count(signals.stars, "star")),
        ("topic", weights.topic, float(bool(topics)), f"topic {', '.join(topic.name for topic in topics)}"),
        ("sources", weights.sources, len(sources) - 1, f"in {len(sources)} sources"),
    )
    return tuple(
        Reason(feature, round(value, _DIGITS), round(weight * value, _DIGITS), text)
        for feature, weight, value, text in table
        if value and weight
    )


def score(found: Sequence[Reason]) -> float:
    """The sum of the reasons' shares."""
    return round(sum(reason.score for reason in found), _DIGITS)


def order(score: float, announced: date | None, paper_id: str) -> tuple[float, int, str]:
    """Sort key: best first."""
    return -score, -(announced or date.min).toordinal(), paper_id


def _log(count: int | None) -> float:
    return log2(1 + max(count or 0, 0))


def _count(count: int | None, noun: str) -> str:
    return f"{count or 0:,} {noun}{'' if count == 1 else 's'}"
