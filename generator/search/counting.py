"""Documents → how much each stem says of each of them, and where it stands: all that postings hold.

    q = round(31 · tf / (tf + 1.2 (0.25 + 0.75 · length / average)))

which is BM25 without its idf, so that idf may count papers of all segments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.search.documents import Document
from generator.search.packing import Bytes
from generator.search.terms import Terms, count_terms
from generator.search.weighting import Floats, frequencies, mean_length, once, saturation

HIGHEST: Final = 31
OTHER_FORM, MAIN_FORM, IN_TITLE = 1, 2, 4
"""Bits of a posting: another key stands in the paper, the first one does, one stands in the title."""
_OTHER, _MAIN, _TITLE = 1, 1 << 10, 1 << 20
"""Summed over the forms of a stem in one paper, these stay apart: no paper holds a thousand forms of one stem."""


FirstKey = Callable[[str], tuple[str, ...]]
"""Stem → the first key of its entry, or nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of n documents by stem; `main` is the row in `terms.words` of each stem's first key.

    `marks`, in the places of `frequency`, are the bytes of the postings. `length` is the average.
    """

    terms: Terms
    main: NDArray[np.int64]
    frequency: csr_array
    marks: Bytes
    titles: csr_array
    length: float

    def ordered(self, order: NDArray[np.int64]) -> "Counted":
        """The same with documents in another order; `terms` stay."""
        marks = csr_array(self.marked()[order]).data
        return replace(self, frequency=self.frequency[order], marks=marks, titles=self.titles[order])

    def marked(self) -> csr_array:
        """The marks as documents × stems."""
        return csr_array((self.marks, self.frequency.indices, self.frequency.indptr), shape=self.frequency.shape)

    def keys(self) -> list[tuple[str, ...]]:
        """The words of each stem, its first key first where it stands here, the others as they sort."""
        forms: list[list[str]] = [[self.terms.words[row]] if row >= 0 else [] for row in self.main]
        for row, stem in enumerate(self.terms.stem_of):
            if row != self.main[stem]:
                forms[stem].append(self.terms.words[row])
        return [tuple(words) for words in forms]


def count(documents: Sequence[Document], length: float | None = None, first_key: FirstKey | None = None) -> Counted:
    """`length` is the average by which papers' own are judged, if not theirs; `first_key` of a stem may be given."""
    terms = count_terms((found.title, found.body) for found in documents)
    frequency = frequencies(terms.by_stem(terms.titles), terms.by_stem(terms.abstracts))
    average = mean_length(frequency) if length is None else length
    main = _main_forms(terms, first_key)
    marks = _marks(frequency, average) | _flags(terms, main)
    return Counted(terms, main, frequency, marks, terms.by_stem(terms.titles), average)


def title_weights(titles: csr_array, idf: Floats) -> Bytes:
    """Twice the sum of idf of each title's stems, as a byte."""
    weights: Bytes = np.clip(np.rint(2 * (once(titles) @ idf)), 0, 255).astype(np.uint8)
    return weights


def _main_forms(terms: Terms, given: FirstKey | None) -> NDArray[np.int64]:
    """The word given, -1 when no document has it; else the most frequent word of the stem, of equal ones the first."""
    often = np.zeros(len(terms.words))
    for counts in (terms.titles, terms.abstracts):
        often += np.bincount(counts.indices, counts.data, minlength=len(often))
    order = np.lexsort((np.arange(len(often)), -often, terms.stem_of))
    main = order[np.searchsorted(terms.stem_of[order], np.arange(len(terms.stems)))]
    if given:
        rows = {word: row for row, word in enumerate(terms.words)}
        for number, stem in enumerate(terms.stems):
            for key in given(stem):
                main[number] = rows.get(key, -1)
    return main


def _marks(frequency: csr_array, average: float) -> Bytes:
    said = frequency.data / (frequency.data + saturation(frequency, average))
    marks: Bytes = np.clip(np.rint(HIGHEST * said), 1, HIGHEST).astype(np.uint8) << 3
    return marks


def _flags(terms: Terms, main: NDArray[np.int64]) -> Bytes:
    """Bits 0 to 2 of each posting."""
    by_form = np.full(len(terms.words), _OTHER, np.float32)
    by_form[main[main >= 0]] = _MAIN
    there = frequencies(terms.titles, terms.abstracts)
    forms = csr_array((by_form[there.indices], there.indices, there.indptr), shape=there.shape)
    titled = csr_array(
        (np.full(len(terms.titles.data), _TITLE, np.float32), terms.titles.indices, terms.titles.indptr),
        shape=there.shape,
    )
    summed = terms.by_stem(csr_array(forms + titled)).data.astype(np.int64)
    flags: Bytes = (summed % _MAIN > 0).astype(np.uint8) * np.uint8(OTHER_FORM)
    flags |= (summed % _TITLE >= _MAIN).astype(np.uint8) * np.uint8(MAIN_FORM)
    flags |= (summed >= _TITLE).astype(np.uint8) * np.uint8(IN_TITLE)
    return flags
