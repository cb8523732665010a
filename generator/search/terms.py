"""Titles and abstracts → how often each word stands in each paper: the matrix everything else is computed from.

Columns are words as written (folded); `stem_of` says which stem each belongs to. Stop words have no column. Words
and stems are sorted, so the same papers in the same order always give the same numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.search.analysis import STOP_WORDS, stem, words

_REMEMBERED: Final = 400_000
"""Blank-separated pieces of text whose words are kept: most pieces come again, and no word spans two."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Counts of `words` in the titles and abstracts of n papers; `stem_of[word]` is a row of `stems`."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    stem_of: NDArray[np.int32]
    titles: csr_array
    abstracts: csr_array

    def by_stem(self, counts: csr_array) -> csr_array:
        """The same counts with one column a stem."""
        indices = self.stem_of[counts.indices]
        shape = (counts.shape[0], len(self.stems))
        merged = csr_array((counts.data.copy(), indices, counts.indptr.copy()), shape=shape)
        merged.sum_duplicates()  # in place, hence the copies
        return merged


def count_terms(papers: Iterable[tuple[str, str]]) -> Terms:
    """(title, abstract) of each paper, as readable text, → their counts."""
    counter = _Counter()
    titles, abstracts = _Rows(), _Rows()
    for title, abstract in papers:
        titles.add(counter.numbers(title))
        abstracts.add(counter.numbers(abstract))
    order = sorted(counter.vocabulary)
    renumbered = np.empty(len(order), np.int32)
    renumbered[[counter.vocabulary[word] for word in order]] = np.arange(len(order), dtype=np.int32)
    stems_of_words = [stem(word) for word in order]
    stems = sorted(set(stems_of_words))
    rows = {name: row for row, name in enumerate(stems)}
    stem_of = np.array([rows[name] for name in stems_of_words], np.int32)
    return Terms(tuple(order), tuple(stems), stem_of, titles.counts(renumbered), abstracts.counts(renumbered))


class _Counter:
    """Text → numbers of its words, in the order in which words were first seen."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self._pieces: dict[str, tuple[int, ...]] = {}

    def numbers(self, text: str) -> Sequence[int]:
        found: list[int] = []
        pieces = self._pieces
        for piece in text.split():
            known = pieces.get(piece)
            if known is None:
                known = self._numbers_of(piece)
            found += known
        return found

    def _numbers_of(self, piece: str) -> tuple[int, ...]:
        numbers = tuple(
            self.vocabulary.setdefault(word, len(self.vocabulary)) for word in words(piece) if word not in STOP_WORDS
        )
        if len(self._pieces) >= _REMEMBERED:
            self._pieces.clear()
        self._pieces[piece] = numbers
        return numbers


class _Rows:
    """Word numbers, paper after paper."""

    def __init__(self) -> None:
        self._numbers: list[NDArray[np.int32]] = []

    def add(self, numbers: Sequence[int]) -> None:
        self._numbers.append(np.array(numbers, np.int32))

    def counts(self, renumbered: NDArray[np.int32]) -> csr_array:
        lengths = [len(numbers) for numbers in self._numbers]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        indices = renumbered[np.concatenate([np.empty(0, np.int32), *self._numbers])]
        shape = (len(lengths), len(renumbered))
        counts = csr_array((np.ones(len(indices), np.float32), indices, starts), shape=shape)
        counts.sum_duplicates()
        return counts
