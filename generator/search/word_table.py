"""Papers' vectors → a vector for every word, so that a query's meaning is the sum of its words'.

The table E is the ridge regression of the papers' vectors D on their words: the minimum of |X E - D|² + λ |E|²,
where a row of X holds a text's stems, each weighing √idf, scaled to length 1. It is solved by conjugate gradients,
all columns at once, each with its own step lengths. The meaning of a query is Σ √idf(w) · E(w), which compares with
a paper by the dot product; the table holds √idf · E, ready to be added up.

Stems in fewer than three papers have no vector: they name those papers, and measurably add nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.search.vector_space import of_length_one
from generator.search.weighting import Floats, bags, once

RIDGE: Final = 0.3
FEWEST: Final = 3
"""Papers a stem must stand in to have a vector."""
_STEPS: Final = 12
_NEVER_ZERO = 1e-30


@dataclass(frozen=True, slots=True)
class WordTable:
    """`vectors[row[stem]]` is what a stem adds to a query's meaning; `row` is -1 for a stem without vector."""

    row: NDArray[np.int32]
    vectors: Floats

    def meaning(self, counts: csr_array) -> Floats:
        """(texts × stems) → the sum of each text's words."""
        taught = np.flatnonzero(self.row >= 0)
        summed: Floats = counts[:, taught] @ self.vectors
        return summed

    def predicted(self, counts: csr_array) -> Floats:
        """Vectors of length 1 for papers that have none, from their words alone, each counted once."""
        return of_length_one(self.meaning(once(counts)))


def word_table(counts: csr_array, vectors: Floats, idf: Floats, with_stem: NDArray[np.int64]) -> WordTable:
    """(texts × stems) counts and the texts' vectors → the table; `with_stem` is df of each stem.

    A text whose vector is zero, which means unknown, teaches nothing.
    """
    taught = np.flatnonzero(with_stem >= FEWEST)
    row = np.full(len(idf), -1, np.int32)
    row[taught] = np.arange(len(taught), dtype=np.int32)
    root = np.sqrt(idf)
    words = bags(counts, root, repeats=False)
    words.data *= np.repeat(vectors.any(axis=1).astype(np.float32), np.diff(words.indptr))
    return WordTable(row, solved(csr_array(words[:, taught]), vectors) * root[taught, None])


def solved(texts: csr_array, vectors: Floats, ridge: float = RIDGE, steps: int = _STEPS) -> Floats:
    """The ridge regression of `vectors` on `texts`, as far as `steps` conjugate gradients come."""
    table = np.zeros((texts.shape[1], vectors.shape[1]), np.float32)
    residual: Floats = texts.T @ vectors
    direction = residual.copy()
    left = _products(residual, residual)
    for _ in range(steps):
        image = texts.T @ (texts @ direction)
        image += np.float32(ridge) * direction
        step = (left / (_products(direction, image) + _NEVER_ZERO)).astype(np.float32)
        table += step * direction
        residual -= step * image
        before, left = left, _products(residual, residual)
        direction *= (left / (before + _NEVER_ZERO)).astype(np.float32)
        direction += residual
    return table


def _products(one: Floats, other: Floats) -> NDArray[np.float64]:
    products: NDArray[np.float64] = np.einsum("ij,ij->j", one, other, dtype=np.float64)
    return products
