"""Stored vectors → under each paper, the earlier ones nearest to it in meaning.

A day's lists are made of what its own papers mean and what those of some months before it do, so that no later day
changes an earlier one. They are kept in the catalogue, under keys of values: a vote or a note on an old paper has
nothing made again. Without stored vectors there are no lists, and nothing here costs anything.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Final

from pydantic import TypeAdapter

from generator.catalogue import Catalogue, DayInput
from generator.fingerprint import digest, program_digest
from generator.model import EarlierPaper
from generator.pipeline.given import KIND as GIVEN
from generator.pipeline.given import GivenPapers, read_given
from generator.pipeline.workers import Crew
from generator.settings import Settings
from generator.vectors.files import VectorFiles

MONTHS: Final = 12
"""Calendar months before a day's own that are looked at."""
_KIND: Final = "related"
_LISTS = TypeAdapter(dict[str, tuple[tuple[date, str], ...]])
"""By anchor of the paper: day and anchor of each related one, whose titles stand with what their days give."""


class RelatedPapers:
    """The related papers of a catalogue's days; `refresh` comes first, and again whenever content changed."""

    def __init__(self, settings: Settings, catalogue: Catalogue, crew: Crew) -> None:
        self._catalogue = catalogue
        self._files = VectorFiles(settings.content)
        self._given = GivenPapers(settings, catalogue, crew)
        self._known_titles: dict[date, Mapping[str, str]] = {}

    def refresh(self) -> None:
        """Find those that are missing, or were found among others."""
        self._known_titles.clear()
        stamps = self._given.refresh()
        keys = window_keys(stamps)
        known = self._catalogue.keys(_KIND)
        stale = [day for day, key in keys.items() if known.get(str(day), "").partition(" ")[0] != key]
        if stale:
            self._find(stale, stamps, keys)
        self._catalogue.forget_others(_KIND, set(map(str, keys)))

    def _find(self, stale: list[date], stamps: Mapping[date, str], keys: Mapping[date, str]) -> None:
        from generator.pipeline.nearness import Nearness

        months = {number: tuple(days) for number, days in groupby(stamps, key=_month)}
        nearness = Nearness(self._catalogue, self._files, months, MONTHS)
        for number, days in groupby(stale, key=_month):
            for day, lists in nearness.lists(number, tuple(days)):
                places = {name: tuple((paper.date, paper.anchor) for paper in some) for name, some in lists.items()}
                key = keys[day] if nearness.is_as_planned else ""  # else the next build looks again
                shown = digest(repr(lists)) if lists else ""
                self._catalogue.remember(_KIND, str(day), f"{key} {shown}", _LISTS.dump_json(places).decode())

    def keys(self) -> Mapping[date, str]:
        """Digests of the lists of the days that have any."""
        kept = ((name, key.partition(" ")[2]) for name, key in self._catalogue.keys(_KIND).items())
        return {date.fromisoformat(name): seen for name, seen in kept if seen}

    def added(self, day: DayInput) -> DayInput:
        """The day with its lists."""
        recalled = self._catalogue.recall(_KIND, str(day.date))
        places = _LISTS.validate_json(recalled[1]) if recalled else {}
        related = {
            name: tuple(EarlierPaper(self._titles(owner)[anchor], owner, anchor) for owner, anchor in some)
            for name, some in places.items()
        }
        return replace(day, related=related)

    def _titles(self, day: date) -> Mapping[str, str]:
        """Of what a day gives, by anchor; days near each other have related papers on the same days."""
        if day not in self._known_titles:
            recalled = self._catalogue.recall(GIVEN, str(day))
            papers = read_given(recalled[1]).papers if recalled else ()
            self._known_titles[day] = {paper.anchor: paper.title for paper in papers}
        return self._known_titles[day]


def window_keys(stamps: Mapping[date, str]) -> Mapping[date, str]:
    """Digests of what days give, in order → for each the key of all that its lists are made of."""
    keys: dict[date, str] = {}
    months: dict[int, str] = {}
    for number, days in groupby(stamps, key=_month):
        before = [months.get(earlier, "") for earlier in range(number - MONTHS, number)]
        window = digest(program_digest(), *before)
        own = ""
        for day in days:
            keys[day] = digest(window, own, stamps[day])
            own = digest(own, str(day), stamps[day])
        months[number] = own
    return keys


def _month(day: date) -> int:
    return day.year * 12 + day.month
