"""One day by value → the context that makes its digest a pure function."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.catalogue.reading import ListingFile, Rules, read_listing
from generator.model import Day, EarlierPaper, Listing, Note
from generator.topics import TopicMatcher


@dataclass(frozen=True, slots=True)
class DayInput:
    """All that one day's page is made of, besides settings and templates: bytes of listings and facts of other days.

    `key` is the day's, or one that no day has where a listing is not what the catalogue read any more.
    `works` maps ids to the id of their work where that is another one; `owners` maps works to the day that owns
    them where that is another day; `notes` maps works to what curators wrote; `noted` are the ids that notes name,
    `hidden` those that the owner has hidden; `previous` and `next` are the nearest days with papers; `related` maps
    anchors to earlier papers near in meaning, which no key of the catalogue knows of.
    """

    date: date
    key: str
    files: tuple[ListingFile, ...]
    works: Mapping[str, str]
    owners: Mapping[str, Day]
    notes: Mapping[str, tuple[Note, ...]]
    noted: frozenset[str]
    hidden: frozenset[str]
    previous: Day | None
    next: Day | None
    related: Mapping[str, tuple[EarlierPaper, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayContext:
    """A DayInput with its listings read; the words mean the same."""

    date: date
    listings: tuple[Listing, ...]
    works: Mapping[str, str]
    owners: Mapping[str, Day]
    notes: Mapping[str, tuple[Note, ...]]
    previous: Day | None
    next: Day | None
    related: Mapping[str, tuple[EarlierPaper, ...]] = field(default_factory=dict)


def read_context(day: DayInput, rules: Rules, matcher: TopicMatcher) -> DayContext:
    """Decode the day's listings; ContentError when one changed for the worse since the catalogue saw it."""
    listings = tuple(_read(file, day, rules, matcher) for file in day.files)
    return DayContext(day.date, listings, day.works, day.owners, day.notes, day.previous, day.next, day.related)


def _read(file: ListingFile, day: DayInput, rules: Rules, matcher: TopicMatcher) -> Listing:
    listing, _ = read_listing(file)
    is_narrow = file.source in rules.only_topics
    if not (is_narrow or day.hidden):
        return listing
    shown = (paper for paper in listing.papers if paper.id not in day.hidden)
    wanted = tuple(paper for paper in shown if not is_narrow or paper.id in day.noted or matcher.match(paper))
    return replace(listing, papers=wanted)
