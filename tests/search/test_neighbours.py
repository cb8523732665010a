"""Papers alike stand together."""

import numpy as np

from generator.search.corpus_vectors import corpus_vectors
from generator.search.neighbours import clusters, neighbours
from tests.search.corpora import counted


def _vectors() -> np.ndarray:
    _, counts, with_stem, idf = counted()
    return corpus_vectors(counts, idf, with_stem)


def test_neighbours_are_the_nearest() -> None:
    """On a small corpus all clusters are looked at, so the answer is exact."""
    vectors = _vectors()
    found, cosines = neighbours(vectors, clusters(vectors, 4), 5)
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -2)
    assert np.allclose(cosines, -np.sort(-alike, axis=1)[:, :5], atol=1e-5)
    assert np.allclose(np.take_along_axis(alike, found.astype(int), axis=1), cosines, atol=1e-5)


def test_no_paper_is_its_own_neighbour() -> None:
    """Also when there are fewer papers than neighbours asked for."""
    vectors = np.eye(3, dtype=np.float32) * 0.5 + np.float32(0.5)
    found, _ = neighbours(vectors, clusters(vectors), 8)
    assert [sorted(row[row >= 0].tolist()) for row in found] == [[1, 2], [0, 2], [0, 1]]


def test_clusters_keep_subjects_apart() -> None:
    """Two clusters are the two subjects."""
    of = clusters(_vectors(), 2).of
    assert len(set(of[::2].tolist())) == len(set(of[1::2].tolist())) == 1
    assert of[0] != of[1]


def test_the_same_vectors_have_the_same_clusters() -> None:
    """Bit for bit, on one machine."""
    one, other = clusters(_vectors()), clusters(_vectors())
    assert np.array_equal(one.of, other.of)
    assert np.array_equal(one.middles, other.middles)


def test_papers_without_vector_have_no_neighbours() -> None:
    """Zero vectors are near nothing."""
    vectors = _vectors()
    vectors[3] = 0
    found, _ = neighbours(vectors, clusters(vectors))
    assert (found[3] == -1).all()
    assert not (found == 3).any()
