"""Vectors of papers → clusters of papers alike, and each paper's nearest papers.

Clusters are spherical k-means from a seeded sample: papers numbered cluster by cluster have their neighbours next
to them, and a cluster's middle stands for its papers. Neighbours are looked for in the clusters nearest to a
paper's own, as comparing all papers with all would take a minute at 110,000 of them. Deterministic on one machine.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.search.vector_space import of_length_one
from generator.search.weighting import Floats

_ROUNDS: Final = 8
_SAMPLE: Final = 40_000
_BLOCK: Final = 4_096
_CLUSTERS_LOOKED_AT: Final = 20
_SEED: Final = 8

Numbers = NDArray[np.int32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """`of` is each paper's cluster; `middles` have length 1; clusters stand in an order in which alike follow alike."""

    of: Numbers
    middles: Floats


def clusters(vectors: Floats, count: int | None = None) -> Clusters:
    """Some 2·√n clusters of papers alike, or `count`; a paper with a zero vector is in the first."""
    papers = len(vectors)
    wanted = min(papers, max(1, round(2 * papers**0.5)) if count is None else count)
    chance = np.random.default_rng(_SEED)
    sample = vectors[np.sort(chance.choice(papers, min(papers, max(_SAMPLE, wanted)), replace=False))]
    middles = sample[np.sort(chance.choice(len(sample), wanted, replace=False))].copy()
    for _ in range(_ROUNDS):
        middles = _moved(sample, nearest_middles(sample, middles), middles)
    middles = middles[_tour(middles)]
    return Clusters(nearest_middles(vectors, middles), middles)


def neighbours(vectors: Floats, groups: Clusters, count: int = 8, first: int = 0) -> tuple[Numbers, Floats]:
    """(n - first, count) nearest papers of those from `first` on, nearest first, and their cosines.

    Where there are fewer stand -1 and 0. Of equally near papers the lower number comes first. A paper whose cluster
    is -1 is nobody's neighbour.
    """
    found = np.full((len(vectors) - first, count), -1, np.int32)
    cosines = np.zeros((len(vectors) - first, count), np.float32)
    order = np.argsort(groups.of, kind="stable")
    bounds = np.searchsorted(groups.of[order], np.arange(len(groups.middles) + 1))
    members = [order[bounds[number] : bounds[number + 1]] for number in range(len(groups.middles))]
    looked_at = np.argsort(-(groups.middles @ groups.middles.T), axis=1, kind="stable")[:, :_CLUSTERS_LOOKED_AT]
    for number, some in enumerate(members):
        own = some[some >= first]
        if len(own):
            others = np.sort(np.concatenate([members[other] for other in looked_at[number]]))
            found[own - first], cosines[own - first] = _nearest_of(vectors, own, others, count)
    return found, cosines


def _nearest_of(vectors: Floats, own: Rows, others: Rows, count: int) -> tuple[Numbers, Floats]:
    alike = vectors[own] @ vectors[others].T
    alike[own[:, None] == others[None, :]] = -2  # not its own neighbour
    best = np.arange(len(others))[None, :].repeat(len(own), axis=0)
    if len(others) > count:
        best = np.sort(np.argpartition(alike, -count, axis=1)[:, -count:], axis=1)
    cosines = np.take_along_axis(alike, best, axis=1)
    order = np.argsort(-cosines, axis=1, kind="stable")
    best, cosines = np.take_along_axis(best, order, axis=1), np.take_along_axis(cosines, order, axis=1)
    there = cosines > 0
    found = np.full((len(own), count), -1, np.int32)
    values = np.zeros((len(own), count), np.float32)
    found[:, : best.shape[1]] = np.where(there, others[best], -1)
    values[:, : best.shape[1]] = np.where(there, cosines, 0)
    return found, values


def nearest_middles(vectors: Floats, middles: Floats) -> Numbers:
    """Each vector's cluster."""
    blocks = (vectors[at : at + _BLOCK] @ middles.T for at in range(0, len(vectors), _BLOCK))
    nearest = [block.argmax(axis=1).astype(np.int32) for block in blocks]
    return np.concatenate([np.empty(0, np.int32), *nearest])


def _moved(vectors: Floats, of: Numbers, middles: Floats) -> Floats:
    """Each middle amid its papers; one without papers stays."""
    places = (np.ones(len(of), np.float32), (of, np.arange(len(of))))
    moved = of_length_one(csr_array(places, shape=(len(middles), len(of))) @ vectors)
    empty = ~moved.any(axis=1)
    moved[empty] = middles[empty]
    return moved


def _tour(middles: Floats) -> list[int]:
    """From the first always on to the nearest not yet visited."""
    left = np.ones(len(middles), bool)
    tour: list[int] = []
    at = 0
    for _ in range(len(middles)):
        tour.append(at)
        left[at] = False
        at = int(np.where(left, middles @ middles[at], -3).argmax())
    return tour
