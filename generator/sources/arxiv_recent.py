"""arXiv's RSS feeds and pages of the past week → what it announced on each of the last days. Pure.

RSS tells the last announcement only, with titles and abstracts; the pages tell the last five days, ids only. A feed
may be stale, so a day is settled when every category is accounted for in one of the two ways.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from generator.model import Paper, State
from generator.sources.arxiv_listing import ListedDay
from generator.sources.arxiv_rss import AnnounceType, RssFeed

Week: TypeAlias = Mapping[date, ListedDay]


@dataclass(frozen=True, slots=True)
class Announcement:
    """Why a paper was announced, and what RSS says of it, if it was there."""

    announce_type: AnnounceType
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A day's state as the announcements have it; `reason` says which category is not accounted for."""

    state: State
    announced: Mapping[str, Announcement]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Recent:
    """What could be learnt, by category; `faults` says why a category has no feed."""

    categories: tuple[str, ...]
    cross_list: bool
    feeds: Mapping[str, RssFeed]
    weeks: Mapping[str, Week]
    faults: Mapping[str, str]

    def verdict(self, day: date, today: date) -> Verdict | None:
        """None when neither feeds nor pages reach back to `day`."""
        announced = self.announced_on(day)
        is_in_feeds = self.is_in_feeds(day)
        if is_in_feeds or self._is_in_weeks(day):
            if announced:
                return Verdict(State.ANNOUNCED, announced)
            # The pages leave out what is still to come; only a fresh feed says that there is nothing today.
            return Verdict(State.OPEN if day == today and not is_in_feeds else State.NONE, {})
        if announced:
            return Verdict(State.INCOMPLETE, announced, self.doubts(day))
        if day == today and self.feeds and not self.faults:
            return Verdict(State.OPEN, {})
        return None

    def is_in_feeds(self, day: date) -> bool:
        """True when each category's feed is of that day, be it empty."""
        return all(category in self.feeds and _is_of(self.feeds[category], day) for category in self.categories)

    def _is_in_weeks(self, day: date) -> bool:
        return all(category in self.weeks and day >= min(self.weeks[category]) for category in self.categories)

    def announced_on(self, day: date) -> dict[str, Announcement]:
        """By id; a paper that is new in one category and a cross-list in another is new."""
        found: dict[str, Announcement] = {}
        for paper_id, announcement in self._all_on(day):
            before = found.get(paper_id)
            if before is None or _rank(announcement) < _rank(before):
                paper = announcement.paper or (before.paper if before else None)
                found[paper_id] = Announcement(announcement.announce_type, paper)
        return {
            paper_id: announcement
            for paper_id, announcement in found.items()
            if announcement.announce_type.is_listed(self.cross_list)
        }

    def _all_on(self, day: date) -> Iterator[tuple[str, Announcement]]:
        for feed in self.feeds.values():
            for item in feed.items:
                if item.day == day:
                    yield item.paper.id, Announcement(item.announce_type, item.paper)
        for week in self.weeks.values():
            for paper_id, is_cross in week[day].ids.items() if day in week else ():
                yield paper_id, Announcement(AnnounceType.CROSS if is_cross else AnnounceType.NEW, None)

    def doubts(self, day: date) -> str:
        """Which categories' feeds do not tell of `day`, and why."""
        stale = [name for name, feed in self.feeds.items() if not _is_of(feed, day)]
        faults = [f"the RSS of {name} failed: {fault}" for name, fault in self.faults.items()]
        return "; ".join([*(f"the RSS of {name} does not show this day" for name in stale), *faults])


def _is_of(feed: RssFeed, day: date) -> bool:
    return any(item.day == day for item in feed.items) or (not feed.items and feed.day == day)


def _rank(announcement: Announcement) -> int:
    return list(AnnounceType).index(announcement.announce_type)
