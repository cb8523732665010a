"""Words of a query → stems of the index, with the lists of papers that count for each."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.search.packing import Bytes, Numbers
from generator.search.reader import Entry, IndexReader, SegmentReader
from generator.search.spelling import bucket, buckets, corrections

BUDGET: Final = 22_000
"""Bytes of whole lists fetched for one query."""
_FIELDS: Final = ("author", "org")
_FEWEST_LETTERS: Final = 3

Entries = tuple[Entry | None, ...]
"""What stands under a key in each segment."""


@dataclass(slots=True)
class Stem:
    """A stem by its entries; `words` are those of the query that lead to it, each as often as it is there."""

    key: str
    entries: Entries
    words: list[str]
    idf: float

    @property
    def count(self) -> int:
        """How often the query names it."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Lookup:
    """`names` are lists of authors and organisations, each with what it adds to a paper's score."""

    words: tuple[str, ...]
    stems: tuple[Stem, ...]
    names: tuple[tuple[Entries, float], ...]
    corrections: tuple[tuple[str, str], ...]


def rarity_of(count: int, papers: int) -> float:
    """idf."""
    return math.log1p((papers - count + 0.5) / (count + 0.5))


def total(entries: Entries) -> int:
    """df over all segments."""
    return sum(entry.count for entry in entries if entry)


class Words:
    """The words of one index."""

    def __init__(self, index: IndexReader) -> None:
        self._segments = index.segments
        self.papers = sum(segment.papers for segment in index.segments)

    def look_up(self, words: Sequence[str]) -> Lookup:
        """A query's words in order."""
        meant: dict[str, str] = {}
        found: dict[str, Entries] = {}
        names: dict[str, list[Entries]] = {}
        for typed in dict.fromkeys(words):
            word = typed
            entries, lists = self._listed(word)
            if not lists and not any(entries) and (word := self._corrected(typed)) != typed:
                entries, lists = self._listed(word)
            meant[typed], found[word], names[word] = word, entries, lists
        stems: dict[str, Stem] = {}
        for word in (meant[word] for word in words):
            if first := next(filter(None, found[word]), None):
                key = first.keys[0]
                idf = rarity_of(total(found[word]), self.papers)
                stems.setdefault(key, Stem(key, found[word], [], idf)).words.append(word)
        listed = [
            (entries, rarity_of(total(found[word]) + total(entries), self.papers) / 2)
            for word, lists in names.items()
            for entries in lists
        ]
        changed = tuple((typed, other) for typed, other in meant.items() if typed != other)
        return Lookup(tuple(meant[word] for word in words), tuple(stems.values()), tuple(listed), changed)

    def under(self, key: str) -> Entries:
        """What stands under a key."""
        return tuple(segment.entry(key) for segment in self._segments)

    def word(self, word: str) -> Entries:
        """A word's stem; where only one segment knows the word, the other is asked for the stem's first key."""
        entries = self.under(word)
        first = next((entry.keys[0] for entry in entries if entry), None)
        if first is None or all(entries):
            return entries
        others = self.under(first)
        return tuple(entry or other for entry, other in zip(entries, others, strict=True))

    def _listed(self, word: str) -> tuple[Entries, list[Entries]]:
        """The word's stem, and its lists of authors and organisations."""
        return self.word(word), [entries for key in _FIELDS if any(entries := self.under(f"{key}:{word}"))]

    def _corrected(self, word: str) -> str:
        if len(word) < _FEWEST_LETTERS or not word.isalpha():
            return word
        known = {
            other: math.expm1(weight / 16)
            for base in self._segments[:1]
            for start in buckets(word)
            for other, weight in base.words(start).items()
            if bucket(other) == start
        }
        return next(iter(corrections(word, known, 1)), word)


def fetched(lookup: Lookup, segments: Sequence[SegmentReader], *, everything: bool) -> "Fetched":
    """Which lists count whole: those that are at hand, and files, shortest first, while the budget lasts."""
    lists = [entries for entries, _ in lookup.names]
    lists += [stem.entries for stem in lookup.stems]
    files = sorted(
        ((entry.own_bytes, order, entry) for order, entry in enumerate(_entries(lists)) if entry.own_file),
        key=lambda found: found[:2],
    )
    spent = 0
    whole: set[int] = set()
    for size, _, entry in files:
        spent += size
        if spent > BUDGET and not everything:
            break
        whole.add(id(entry))
    return Fetched(segments, frozenset(whole), len(whole) == len(files))


def _entries(lists: Sequence[Entries]) -> Iterator[Entry]:
    for entries in lists:
        yield from filter(None, entries)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Lists as far as they count; `is_whole` when all of them do."""

    segments: Sequence[SegmentReader]
    _whole: frozenset[int]
    is_whole: bool

    def postings(self, entries: Entries) -> Iterator[tuple[Numbers, Bytes]]:
        """Papers, numbered through all segments, and their marks."""
        for segment, entry in zip(self.segments, entries, strict=True):
            if entry:
                papers, marks = segment.whole(entry) if id(entry) in self._whole else (entry.papers, entry.marks)
                yield papers + segment.first, marks
