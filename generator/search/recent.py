"""Papers since the base, and older ones with notes → the second segment, in the base's terms.

What a word means and which clusters there are is the base's; a paper without a stored vector means what its words say.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from generator.search.counting import Counted, count, title_weights
from generator.search.documents import Document
from generator.search.index import Names, Segment
from generator.search.neighbours import Clusters, Numbers, Rows, nearest_middles, neighbours
from generator.search.packing import from_nibbles, nibbles
from generator.search.reference import Reference
from generator.search.segment import Parts, write_segment
from generator.search.slots import NEIGHBOURS
from generator.search.weighting import Floats
from generator.vectors.store import Stored


def build_recent(
    reference: Reference, documents: Sequence[Document], stored: Stored | None, names: Names
) -> tuple[Segment, int]:
    """The segment, and of how many papers the vector had to be predicted."""
    row_of = {stem: row for row, stem in enumerate(reference.stems)}
    counted = count(documents, reference.length, lambda stem: reference.keys_of(row_of.get(stem, -1))[:1])
    rows = np.array([row_of.get(stem, -1) for stem in counted.terms.stems], np.int64)
    known = _in_terms_of(len(row_of), counted.frequency, rows)
    vectors, predicted = reference.meaning.vectors(known, documents, stored)
    clusters = nearest_middles(vectors, reference.middles)
    order = np.argsort(clusters, kind="stable")
    documents, counted, vectors = [documents[row] for row in order], counted.ordered(order), vectors[order]
    replaced = reference.numbers(document.anchor for document in documents)
    parts = Parts(
        documents=documents,
        counted=counted,
        keys=_keys(reference, counted, rows),
        word_vectors={},
        title_weights=title_weights(counted.titles, _idf(reference, rows)),
        vectors=vectors,
        sizes=np.bincount(clusters, minlength=len(reference.middles)).tolist(),
        neighbours=_near(reference, vectors, clusters[order], replaced),
        names=names,
        replaced=replaced,
    )
    return write_segment(parts), predicted


def _in_terms_of(stems: int, counts: csr_array, rows: Rows) -> csr_array:
    """The counts with one column for each stem of the base; others are left out."""
    there = rows[counts.indices] >= 0
    starts = np.concatenate([[0], np.cumsum(there)])[counts.indptr]
    return csr_array((counts.data[there], rows[counts.indices[there]], starts), shape=(counts.shape[0], stems))


def _idf(reference: Reference, rows: Rows) -> Floats:
    """The base's, and for stems that it lacks that of its rarest."""
    rarest = reference.idf.max(initial=0)
    found: Floats = np.append(reference.idf, rarest)[rows].astype(np.float32)
    return found


def _keys(reference: Reference, counted: Counted, rows: Rows) -> list[tuple[str, ...]]:
    """Those of the base first, so that a word leads to the same first key in both segments."""
    together = zip(rows.tolist(), counted.keys(), strict=True)
    return [tuple(dict.fromkeys((*reference.keys_of(row), *own))) for row, own in together]


def _near(reference: Reference, vectors: Floats, clusters: Numbers, replaced: Sequence[int]) -> Numbers:
    """Nearest papers of both segments, numbered through both."""
    older = reference.clusters.copy()
    older[list(replaced)] = -1
    everything = from_nibbles(np.concatenate([reference.vectors, nibbles(vectors)]))
    groups = Clusters(np.concatenate([older, clusters]), reference.middles)
    return neighbours(everything, groups, NEIGHBOURS, first=len(older))[0]
