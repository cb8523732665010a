"""The papers of closed months → the base: the segment that everything else is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generator.search.counting import count, title_weights
from generator.search.documents import Document
from generator.search.index import Names, Segment
from generator.search.meaning import CORPUS, knows_enough, learn
from generator.search.neighbours import Clusters, clusters, neighbours
from generator.search.packing import nibbles
from generator.search.reference import PackedTable, Reference
from generator.search.segment import Parts, write_segment
from generator.search.slots import NEIGHBOURS
from generator.search.weighting import papers_with, rarity
from generator.vectors.store import Stored
from generator.vectors.weights import MODEL


@dataclass(frozen=True, slots=True)
class Base:
    """The segment, what later ones refer to, and of how many papers the vector had to be predicted."""

    segment: Segment
    reference: Reference
    predicted: int


def build_base(documents: Sequence[Document], stored: Stored | None, names: Names) -> Base:
    """Every paper in one segment. Stored vectors are used when at least half of the papers have one."""
    used = stored if knows_enough(documents, stored) else None
    counted = count(documents)
    with_stem = papers_with(counted.frequency)
    idf = rarity(with_stem, len(documents))
    meaning, vectors, predicted = learn(documents, counted.frequency, idf, with_stem, used)
    groups = clusters(vectors, round(len(documents) ** 0.5))
    order = np.argsort(groups.of, kind="stable")
    documents, counted, vectors = [documents[row] for row in order], counted.ordered(order), vectors[order]
    groups = Clusters(groups.of[order], groups.middles)
    keys, table = counted.keys(), PackedTable.of(meaning.table)
    parts = Parts(
        documents=documents,
        counted=counted,
        keys=keys,
        word_vectors=table.entries(),
        title_weights=title_weights(counted.titles, idf),
        vectors=vectors,
        sizes=np.bincount(groups.of, minlength=len(groups.middles)).tolist(),
        neighbours=neighbours(vectors, groups, NEIGHBOURS)[0],
        names=names,
        middles=groups.middles,
    )
    reference = Reference(
        encoder=CORPUS if used is None else MODEL,
        length=counted.length,
        stems=counted.terms.stems,
        keys=tuple(map("\t".join, keys)),
        idf=idf,
        table=table,
        axes=meaning.axes,
        middles=groups.middles,
        clusters=groups.of,
        anchors=tuple(document.anchor for document in documents),
        vectors=nibbles(vectors),
    )
    return Base(write_segment(parts), reference, predicted)
