"""Documents → their vectors and a vector for every word, by whichever encoder knows enough of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.search.corpus_vectors import corpus_vectors
from generator.search.documents import Document
from generator.search.vector_space import SIZE, Axes, principal_axes
from generator.search.weighting import Floats
from generator.search.word_table import WordTable, word_table
from generator.vectors.store import Stored
from generator.vectors.texts import text_hash

CORPUS: Final = "corpus"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words mean: the table, and the axes on which stored vectors are laid, none for `corpus`."""

    table: WordTable
    axes: Axes | None

    def vectors(self, counts: csr_array, documents: Sequence[Document], stored: Stored | None) -> tuple[Floats, int]:
        """Of documents by their stems: those stored, else what the words say; how many are of the second kind."""
        predicted = self.table.predicted(counts)
        if self.axes is None or stored is None:
            return predicted, 0 if self.axes is None else len(documents)
        found, known = _stored(documents, stored)
        predicted[known] = self.axes.project(found)[known]
        return predicted, int((~known).sum())


def knows_enough(documents: Sequence[Document], stored: Stored | None) -> bool:
    """True when at least half of the documents have a vector: fewer teach the words too little."""
    return stored is not None and len(documents) > 0 and 2 * int(_stored(documents, stored)[1].sum()) >= len(documents)


def learn(
    documents: Sequence[Document], counts: csr_array, idf: Floats, with_stem: NDArray[np.int64], stored: Stored | None
) -> tuple[Meaning, Floats, int]:
    """Meaning, the documents' vectors, and how many of them had to be predicted; `stored` None means `corpus`."""
    if stored is None:
        few = corpus_vectors(counts, idf, with_stem)
        vectors = np.pad(few, ((0, 0), (0, SIZE - few.shape[1])))  # later segments are as wide as the index
        return Meaning(word_table(counts, vectors, idf, with_stem), None), vectors, 0
    found, known = _stored(documents, stored)
    axes = principal_axes(found)
    vectors = axes.project(found)
    table = word_table(counts, vectors, idf, with_stem)
    vectors[~known] = table.predicted(counts[np.flatnonzero(~known)])
    return Meaning(table, axes), vectors, int((~known).sum())


def _stored(documents: Sequence[Document], stored: Stored) -> tuple[Floats, NDArray[np.bool_]]:
    return stored.vectors([text_hash(found.text) for found in documents])
