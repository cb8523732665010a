"""All listings and notes → Catalogue: the explicit context that makes one day's digest a pure function.

Held in memory and made anew by each run; what it answers does not depend on how it is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.catalogue.cleaning import clean_listing
from generator.catalogue.works import Works, resolve_works
from generator.model import Day, Listing, Note, Problem
from generator.topics import TopicMatcher


@dataclass(frozen=True, slots=True)
class DayContext:
    """What `generator.digest` must know of one day beyond settings.

    `works` maps each id listed that day to its work's id, `owners` a work to the day that owns it, `notes` a work
    to what curators wrote about it; `previous` and `next` are the nearest days with papers.
    """

    date: date
    listings: tuple[Listing, ...]
    works: Mapping[str, str]
    owners: Mapping[str, Day]
    notes: Mapping[str, tuple[Note, ...]]
    previous: Day | None
    next: Day | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Days in order; `days` have a page, `listed` have any listing at all."""

    listings: Mapping[date, tuple[Listing, ...]]
    works: Works
    notes: Mapping[str, tuple[Note, ...]]
    days: tuple[date, ...]
    _neighbours: Mapping[date, tuple[date | None, date | None]] = field(repr=False)

    @property
    def listed(self) -> tuple[date, ...]:
        """Every day with a listing, in order."""
        return tuple(self.listings)

    def context(self, day: date) -> DayContext:
        """Everything about one day; a day without listings has an empty context."""
        listings = self.listings.get(day, ())
        ids = {paper.id for listing in listings for paper in listing.papers}
        works = {paper_id: self.works.work(paper_id) for paper_id in ids}
        previous, following = self._neighbours.get(day, (None, None))
        return DayContext(
            date=day,
            listings=listings,
            works=works,
            owners={work: self.works.owners[work] for work in works.values()},
            notes={work: self.notes[work] for work in works.values() if work in self.notes},
            previous=previous,
            next=following,
        )


def load_catalogue(
    found: Iterable[Listing | Problem],
    notes: Sequence[Note],
    matcher: TopicMatcher,
    only_topics: frozenset[str],
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Listings in order of day and source, problems among them → Catalogue and all problems.

    Papers of sources in `only_topics` stand nowhere unless a topic or a note wants them.
    """
    problems: list[Problem] = []
    by_day: dict[date, list[Listing]] = {}
    noted = {note.paper for note in notes}
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        path = f"content/listings/{item.date:%Y/%m/%d}/{item.source}.json"
        listing, wrong = clean_listing(item, path)
        problems += wrong
        if listing.source in only_topics:
            wanted = tuple(paper for paper in listing.papers if paper.id in noted or matcher.match(paper))
            listing = replace(listing, papers=wanted)
        by_day.setdefault(item.date, []).append(listing)
    listings = {day: tuple(by_day[day]) for day in sorted(by_day)}
    works = resolve_works((day, paper) for day, some in listings.items() for one in some for paper in one.papers)
    return _assemble(listings, works, notes), tuple(problems)


def _assemble(listings: Mapping[date, tuple[Listing, ...]], works: Works, notes: Sequence[Note]) -> Catalogue:
    by_work: dict[str, list[Note]] = {}
    for note in notes:
        by_work.setdefault(works.work(note.paper), []).append(note)
    with_papers = [day for day, some in listings.items() if any(listing.papers for listing in some)]
    days = [day for day, some in listings.items() if any(_needs_page(listing) for listing in some)]
    return Catalogue(
        listings=listings,
        works=works,
        notes={work: tuple(some) for work, some in by_work.items()},
        days=tuple(days),
        _neighbours=_neighbours(days, with_papers),
    )


def _needs_page(listing: Listing) -> bool:
    """A day nobody announced anything on gets a page only if a source did not answer."""
    return bool(listing.papers) or listing.reason is not None


def _neighbours(days: Sequence[date], with_papers: Sequence[date]) -> dict[date, tuple[date | None, date | None]]:
    """Previous and next day with papers, for every day that has a page."""
    found: dict[date, tuple[date | None, date | None]] = {}
    position = 0
    for day in days:
        while position < len(with_papers) and with_papers[position] < day:
            position += 1
        previous = with_papers[position - 1] if position else None
        after = position + 1 if position < len(with_papers) and with_papers[position] == day else position
        found[day] = (previous, with_papers[after] if after < len(with_papers) else None)
    return found
