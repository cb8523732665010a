"""What a query demands → which papers may be shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from generator.search.analysis import content_words, folded, words
from generator.search.counting import IN_TITLE
from generator.search.lookup import Entries, Words
from generator.search.query import Query, Term
from generator.search.reader import IndexReader
from generator.search.slots import EPOCH
from generator.settings.schema import slugify

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Phrased:
    """Papers in `mask` pass when their page holds the phrase, or does not where `is_negative`."""

    mask: Mask
    phrases: tuple[tuple[str, ...], ...]
    is_negative: bool


@dataclass(slots=True)
class Conditions:
    """`allowed` are papers by number; `phrased` are still to be read on pages."""

    allowed: Mask
    phrased: list[Phrased] = field(default_factory=list)
    are_there: bool = False


class Judge:
    """Conditions over one index."""

    def __init__(self, index: IndexReader, known: Words) -> None:
        self._index = index
        self._words = known

    def conditions(self, query: Query) -> Conditions:
        """Of all groups and days."""
        found = Conditions(np.ones(self._words.papers, bool))
        for group in query.groups:
            if any(term.field or term.is_phrase or term.is_negative for term in group):
                self._judge(group, found)
        if query.since or query.until:
            found.are_there = True
            days = self._index.column("days")
            found.allowed &= days >= _day(query.since, 0)
            found.allowed &= days < _day(query.until, 1 << 17)
        return found

    def _judge(self, group: Sequence[Term], found: Conditions) -> None:
        found.are_there = True
        sure, perhaps = np.zeros_like(found.allowed), np.zeros_like(found.allowed)
        phrases: list[tuple[str, ...]] = []
        for term in group:
            matched = self._matched(term)
            if term.is_phrase and len(phrase := tuple(words(term.text))) > 1:
                phrases.append(phrase)
                perhaps |= matched
            else:
                sure |= matched
        perhaps &= ~sure
        if group[0].is_negative:
            found.allowed &= ~sure
        else:
            found.allowed &= sure | perhaps
        if phrases:
            found.phrased.append(Phrased(perhaps, tuple(phrases), group[0].is_negative))

    def _matched(self, term: Term) -> Mask:
        """Papers that match, a phrase's words anywhere."""
        value = term.text
        simple: dict[str, Callable[[], Mask]] = {
            "": lambda: self._all_words(content_words(value)),
            "title": lambda: self._all_words(content_words(value), IN_TITLE),
            "author": lambda: self._all_under("author", value),
            "org": lambda: self._all_under("org", value),
            "curator": lambda: self._curated(value),
            "has": lambda: self._under(f"has:{value}"),
            "topic": lambda: self._topics(value),
            "source": lambda: self._sources(value),
        }
        return simple[term.field]()

    def _all_words(self, wanted: Sequence[str], bit: int = 0) -> Mask:
        return self._together([self._mask(self._words.word(word), bit) for word in wanted])

    def _all_under(self, name: str, value: str) -> Mask:
        return self._together([self._under(f"{name}:{word}") for word in words(value)])

    def _curated(self, value: str) -> Mask:
        whole = self._under(f"curator:{folded(value)}")
        return whole if whole.any() else self._all_under("curator", value)

    def _topics(self, value: str) -> Mask:
        slug = slugify(value)
        return self._any([f"topic:{known}" for known, _ in self._index.topics if slug and slug in known])

    def _sources(self, value: str) -> Mask:
        name = folded(value)
        return self._any([f"source:{folded(known)}" for known in self._index.sources if name and name in folded(known)])

    def _any(self, keys: Sequence[str]) -> Mask:
        mask = np.zeros(self._words.papers, bool)
        for key in keys:
            mask |= self._under(key)
        return mask

    def _together(self, masks: Sequence[Mask]) -> Mask:
        mask = np.full(self._words.papers, bool(masks))
        for other in masks:
            mask &= other
        return mask

    def _under(self, key: str) -> Mask:
        return self._mask(self._words.under(key), 0)

    def _mask(self, entries: Entries, bit: int) -> Mask:
        mask = np.zeros(self._words.papers, bool)
        for segment, entry in zip(self._index.segments, entries, strict=True):
            is_told = not bit or not entry or entry.own_file is None
            found = segment.entry(f"title:{entry.keys[0]}") if entry and not is_told else entry
            if found:
                papers, marks = segment.whole(found)
                mask[segment.first + (papers[marks & bit > 0] if bit and is_told else papers)] = True
        return mask


def _day(text: str, otherwise: int) -> int:
    return (date.fromisoformat(text) - EPOCH).days if text else otherwise
