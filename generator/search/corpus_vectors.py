"""The site's own papers → a vector each, with no model: latent semantic analysis.

The papers' words, weighing (1 + ln tf) · idf and scaled to length 1, are projected on their 128 strongest common
directions (S. Deerwester et al., "Indexing by Latent Semantic Analysis", 1990). The directions are found by
subspace iteration from a seeded start (N. Halko, P. Martinsson, J. Tropp, "Finding Structure with Randomness",
2011), so that one machine always finds the same.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.search.vector_space import SIZE, of_length_one, strongest_directions
from generator.search.weighting import Floats, bags

_SPARE: Final = 16
"""Directions computed beyond those kept, which makes the last kept ones sound."""
_ROUNDS: Final = 4
_SEED: Final = 1990
_FEWEST: Final = 2
"""Papers a stem must stand in to say what papers have in common."""


def corpus_vectors(counts: csr_array, idf: Floats, with_stem: NDArray[np.int64]) -> Floats:
    """tf, idf and df → (papers, at most 128) vectors of length 1; a paper that shares no stem has a zero vector."""
    words = csr_array(bags(counts, idf, repeats=True)[:, with_stem >= _FEWEST])
    width = min(SIZE + _SPARE, *words.shape)
    if width == 0:
        return np.zeros((counts.shape[0], 1), np.float32)
    directions = np.random.default_rng(_SEED).standard_normal((words.shape[1], width)).astype(np.float32)
    for _ in range(_ROUNDS):
        directions = np.linalg.qr(words.T @ (words @ directions))[0]
    projected = words @ directions
    return of_length_one(projected @ strongest_directions(projected, SIZE))
