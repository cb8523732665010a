"""Digests and summaries of a window → the papers that matter now: their score, halved every few days."""

from collections.abc import Iterable, Sequence
from datetime import date

from generator.digest.ranking import order
from generator.digest.summaries import link
from generator.model import DaySummary, Digest, PaperLink, RankedPaper
from generator.spans import FrontPage

WEEK, MONTH = 7, 30
"""Days of a window that ends with the newest day; the half-life grows with the window."""
LIMIT = 5


def compose_front(week: Sequence[Digest], days: Sequence[DaySummary], half_life_days: float, recent: int) -> FrontPage:
    """`week` are the digests with papers of the last seven days, `days` the summaries of all, both in order."""
    latest = week[-1] if week else None
    newest = tuple(days[: -recent - 1 : -1])
    if latest is None:
        return FrontPage(None, None, (), (), newest)
    today = latest.date
    near = (day for day in days if 0 <= (today - day.date).days < MONTH)
    papers = (link(ranked, digest.date) for digest in week for ranked in digest.papers)
    return FrontPage(
        latest=latest,
        pick=_best_pick(week[:-1]),
        week=trending(papers, today, half_life_days),
        month=trending((top for day in near for top in day.top), today, half_life_days * MONTH / WEEK),
        recent=newest,
    )


def trending(papers: Iterable[PaperLink], today: date, half_life_days: float) -> tuple[PaperLink, ...]:
    """The best by score · 2^(−age / half-life), age in days before `today`; ties by day, newest first, then anchor."""
    ranked = sorted(
        papers,
        key=lambda paper: order(
            round(paper.score * 0.5 ** ((today - paper.date).days / half_life_days), 6), paper.date, paper.anchor
        ),
    )
    return tuple(ranked[:LIMIT])


def _best_pick(digests: Sequence[Digest]) -> tuple[RankedPaper, date] | None:
    picked = [(ranked, digest.date) for digest in digests for ranked in digest.papers if ranked.is_picked]
    return min(picked, key=lambda found: order(found[0].score, found[1], found[0].anchor), default=None)
