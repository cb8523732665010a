"""Records of days → the page of statistics, with the phrases that rise up to the newest day with papers."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from generator import links
from generator.digest import statistics
from generator.fingerprint import digest
from generator.pages import Page, Renderer
from generator.pipeline.remembered import Remembered
from generator.pipeline.rollup import RollUp
from generator.search.phrases import rising
from generator.spans import Statistics, TopicSummary

RECENT, BEFORE = timedelta(days=28), timedelta(days=365)


def stats_page(remembered: Remembered, topics: Sequence[TopicSummary], renderer: Renderer) -> RollUp:
    """Its key is of the figures, and of the titles in which phrases are looked for."""
    found = statistics(remembered.records, topics)
    recent, before = _titles(remembered, found)
    key = digest(repr(found), *recent, "|", *before)
    return RollUp(links.STATS, key, partial(_make, renderer, found, recent, before))


def _make(renderer: Renderer, found: Statistics, recent: Sequence[str], before: Sequence[str]) -> Page:
    return renderer.stats(found, rising(recent, before))


def _titles(remembered: Remembered, found: Statistics) -> tuple[Sequence[str], Sequence[str]]:
    """Of the days with papers among the last 28, and of those in the year before."""
    if found.last is None:
        return (), ()
    turn, start = found.last - RECENT, found.last - RECENT - BEFORE
    days = [day.date for day in remembered.days if day.summary.papers and start < day.date <= found.last]
    recent = [remembered.titles(day) for day in days if day > turn]
    return recent, [remembered.titles(day) for day in days if day <= turn]
