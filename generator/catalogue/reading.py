"""One listing file's bytes → its listing as every later stage sees it: decoded, cleaned, narrowed to what is wanted.

Pure functions of bytes and rules, so that any process can run them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.archive import decode_place
from generator.catalogue.cleaning import clean_listing
from generator.catalogue.works import trusted_title
from generator.errors import ContentError
from generator.model import COMMUNITY, Listing, Problem, Topic
from generator.topics import TopicMatcher, topic_matcher


@dataclass(frozen=True, slots=True)
class ListingFile:
    """A listing file by value; `path` is relative to the repository."""

    path: str
    day: date
    source: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Rules:
    """Which papers are shown: of the sources in `only_topics`, those that a topic or a note wants."""

    topics: tuple[Topic, ...]
    only_topics: tuple[str, ...]

    def matcher(self) -> TopicMatcher:
        """The topics, compiled."""
        return topic_matcher(self.topics)


@dataclass(frozen=True, slots=True)
class IndexedPaper:
    """What the catalogue keeps of a paper; `title` is its trusted title's key."""

    id: str
    title: str | None
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class IndexedListing:
    """What the catalogue keeps of a listing file; `day` is None when it cannot be used, or has nothing for readers."""

    path: str
    day: date | None
    source: str
    has_reason: bool
    papers: tuple[IndexedPaper, ...]
    problems: tuple[Problem, ...]


def index_listings(rules: Rules, files: Sequence[ListingFile]) -> tuple[IndexedListing, ...]:
    """What the catalogue needs to know of these files."""
    matcher = rules.matcher()
    return tuple(_index(file, rules, matcher) for file in files)


def _index(file: ListingFile, rules: Rules, matcher: TopicMatcher) -> IndexedListing:
    try:
        listing, problems = read_listing(file)
    except ContentError as error:
        return IndexedListing(file.path, None, file.source, False, (), (error.problem,))
    if file.source == COMMUNITY and not listing.papers:
        # That a note waits is the owner's business, and `status` tells it.
        return IndexedListing(file.path, None, file.source, False, (), problems)
    is_narrow = file.source in rules.only_topics
    papers = tuple(
        IndexedPaper(paper.id, trusted_title(paper.title), not is_narrow or bool(matcher.match(paper)))
        for paper in listing.papers
    )
    return IndexedListing(file.path, file.day, file.source, listing.reason is not None, papers, problems)


def read_listing(file: ListingFile) -> tuple[Listing, tuple[Problem, ...]]:
    """The listing, cleaned, and what had to be left out of it; ContentError when it cannot be used at all."""
    return clean_listing(decode_place(file.data, file.path, file.source, file.day), file.path)
