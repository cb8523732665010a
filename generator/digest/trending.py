"""Digests of a window → the papers that matter now: their score, halved every few days."""

from collections.abc import Iterable
from datetime import date

from generator.digest.ranking import order
from generator.digest.summaries import link
from generator.model import Digest, PaperLink


def trending(digests: Iterable[Digest], today: date, half_life_days: float, limit: int) -> tuple[PaperLink, ...]:
    """The best `limit` papers by score · 2^(−age / half-life), age in days before `today`; later days are left out."""
    decayed = [
        (ranked.score * 0.5 ** ((today - digest.date).days / half_life_days), digest.date, ranked)
        for digest in digests
        if digest.date <= today
        for ranked in digest.papers
    ]
    decayed.sort(key=lambda found: order(round(found[0], 6), found[1], found[2].paper.id))
    return tuple(link(ranked, day) for _, day, ranked in decayed[:limit])
