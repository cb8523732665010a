"""Counts of words → impacts: what each word of a query adds to a paper's score (BM25).

    idf(w)       = ln(1 + (N - df + 1/2) / (df + 1/2))
    tf           = 2 · count in title + count in abstract
    impact(w, d) = idf(w) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length(d) / average length))

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; the idf is Lucene's, which
is never negative. The length of a paper is the sum of its `tf`.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

K1: Final = 1.2
B: Final = 0.75
TITLE: Final = 2.0
"""A word in the title counts as often."""

Floats = NDArray[np.float32]


def frequencies(titles: csr_array, abstracts: csr_array) -> csr_array:
    """`tf`: papers × stems."""
    return csr_array(titles * np.float32(TITLE) + abstracts)


def papers_with(counts: csr_array) -> NDArray[np.int64]:
    """df: in how many papers each column stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.int64)


def rarity(with_word: NDArray[np.int64], papers: int) -> Floats:
    """idf of each column from its df."""
    rare = (papers - with_word + 0.5) / (with_word + 0.5)
    return np.log1p(rare).astype(np.float32)


def impacts(counts: csr_array, idf: Floats) -> csr_array:
    """tf → impacts, in the same places."""
    tf = counts.data
    weights = idf[counts.indices] * tf * np.float32(K1 + 1) / (tf + saturation(counts, mean_length(counts)))
    return _with_data(counts, weights)


def mean_length(counts: csr_array) -> float:
    """At least one, as an empty corpus has none."""
    lengths = counts.sum(axis=1)
    return max(float(lengths.mean()) if len(lengths) else 0.0, 1.0)


def saturation(counts: csr_array, average: float) -> Floats:
    """What is added to tf below the line, in the same places; `average` is the length that is usual."""
    per_paper = (K1 * (1 - B + B * counts.sum(axis=1) / average)).astype(np.float32)
    return np.repeat(per_paper, np.diff(counts.indptr))


def once(counts: csr_array) -> csr_array:
    """One where there was any number."""
    return csr_array((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)


def bags(counts: csr_array, weights: Floats, *, repeats: bool) -> csr_array:
    """Each paper's words as one vector of length 1, a word weighing `weights`, times 1 + ln tf with `repeats`."""
    data = weights[counts.indices] * (1 + np.log(counts.data) if repeats else np.float32(1))
    weighted = _with_data(counts, data.astype(np.float32))
    lengths = np.sqrt((weighted * weighted).sum(axis=1)).astype(np.float32)
    lengths[lengths == 0] = 1
    weighted.data /= np.repeat(lengths, np.diff(weighted.indptr))
    return weighted


def _with_data(counts: csr_array, data: Floats) -> csr_array:
    """Other numbers in the same places, sharing nothing, as scipy sorts and merges in place."""
    return csr_array((data, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
