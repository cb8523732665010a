"""A query's stems and lists → the parts of papers' scores that come from words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.search.counting import HIGHEST, IN_TITLE, MAIN_FORM, OTHER_FORM
from generator.search.lookup import Fetched, Lookup, Stem
from generator.search.packing import Numbers
from generator.search.ranking import TITLE, VERBATIM, Scores, alike_weight, longness, meaning_weight
from generator.search.reader import Slot
from generator.search.vector_space import SIZE
from generator.search.weighting import K1


class Scoring:
    """Over `papers` papers: `bm25` by number, and which were `found` in any list."""

    def __init__(self, papers: int, lookup: Lookup, lists: Fetched) -> None:
        self._stems = lookup.stems
        self._marks = [np.zeros(papers, np.uint8) for _ in lookup.stems]
        self.bm25 = np.zeros(papers)
        self.found = np.zeros(papers, bool)
        for stem, marks in zip(lookup.stems, self._marks, strict=True):
            for some, given in lists.postings(stem.entries):
                marks[some] = given
                self.bm25[some] += stem.count * stem.idf * (K1 + 1) * (given >> 3) / HIGHEST
                self.found[some] = True
        for entries, bonus in lookup.names:
            for some, _ in lists.postings(entries):
                self.bm25[some] += bonus
                self.found[some] = True

    def meaning(self) -> Scores:
        """Q."""
        summed = np.zeros(SIZE)
        for stem in self._stems:
            if base := stem.entries[0]:
                summed += stem.count * base.vector
        return summed

    def with_all(self, papers: Numbers) -> NDArray[np.bool_]:
        """Which of these papers have all stems; all of them when none has."""
        has_all = np.ones(len(papers), bool)
        for marks in self._marks:
            has_all &= marks[papers] > 0
        return has_all if has_all.any() else ~has_all

    def of_words(self, papers: Numbers) -> Scores:
        """What words alone say of papers: BM25, and how much of the query stands there as typed."""
        typed = np.zeros(len(papers))
        for stem, marks in zip(self._stems, self._marks, strict=True):
            typed += stem.idf * (marks[papers] & _as_typed(stem) > 0)
        known = sum(stem.idf for stem in self._stems)
        scores: Scores = self.bm25[papers] + (VERBATIM * typed / known if known else 0)
        return scores

    def of_titles(self, papers: Numbers, slots: Sequence[Slot]) -> Scores:
        """What the query says of papers' titles."""
        titled = np.zeros(len(papers))
        for stem, marks in zip(self._stems, self._marks, strict=True):
            titled += stem.idf * (marks[papers] & IN_TITLE > 0)
        weights = np.array([slot.title_weight for slot in slots])
        share = np.divide(titled, weights, out=np.zeros(len(papers)), where=weights > 0)
        scores: Scores = TITLE * longness(len(self._stems)) * np.minimum(1, share)
        return scores

    @property
    def meant(self) -> float:
        """The weight of meaning."""
        return meaning_weight(len(self._stems))

    @property
    def alike(self) -> float:
        """The weight of what is alike."""
        return alike_weight(len(self._stems))


def _as_typed(stem: Stem) -> int:
    """The bits that say that a word stands in a paper as the query has it."""
    return sum({MAIN_FORM if word == stem.key else OTHER_FORM for word in stem.words})
