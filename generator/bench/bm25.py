"""The peer: plain BM25 over titles and abstracts, all papers scored exactly; the same words and weights as ours."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csc_array

from generator.search.analysis import content_words, stem
from generator.search.documents import Document
from generator.search.ranking import best_first
from generator.search.terms import count_terms
from generator.search.weighting import frequencies, impacts, papers_with, rarity


class BM25:
    """k1 1.2, b 0.75, a word in the title counts twice; Lucene's idf."""

    def __init__(self, documents: Sequence[Document]) -> None:
        terms = count_terms((document.title, document.abstract) for document in documents)
        counts = frequencies(terms.by_stem(terms.titles), terms.by_stem(terms.abstracts))
        idf = rarity(papers_with(counts), len(documents))
        self._impacts = csc_array(impacts(counts, idf))
        self._columns = {name: column for column, name in enumerate(terms.stems)}
        self._anchors = [document.anchor for document in documents]

    def find(self, text: str, limit: int) -> list[str]:
        """Anchors of the best papers that have a word of `text`, best first, equal ones in the order of the papers."""
        scores = np.zeros(len(self._anchors))
        for name, count in Counter(map(stem, content_words(text))).items():
            if name in self._columns:
                column = self._columns[name]
                listed = slice(self._impacts.indptr[column], self._impacts.indptr[column + 1])
                scores[self._impacts.indices[listed]] += count * self._impacts.data[listed]
        return [self._anchors[row] for row in best_first(scores, limit) if scores[row] > 0]
