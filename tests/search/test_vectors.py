"""Meaning without a model: vectors of papers and words from a made-up corpus."""

import numpy as np
from scipy.sparse import csr_array, eye_array

from generator.search.corpus_vectors import corpus_vectors
from generator.search.vector_space import principal_axes
from generator.search.word_table import FEWEST, solved, word_table
from tests.search.corpora import counted, same_subject


def test_papers_on_one_subject_lie_close() -> None:
    """Latent semantic analysis tells the two subjects apart."""
    _, counts, with_stem, idf = counted()
    within, across = same_subject(corpus_vectors(counts, idf, with_stem))
    assert within > across + 0.1


def test_the_same_corpus_has_the_same_vectors() -> None:
    """Bit for bit, on one machine."""
    _, counts, with_stem, idf = counted()
    assert np.array_equal(corpus_vectors(counts, idf, with_stem), corpus_vectors(counts, idf, with_stem))


def test_a_corpus_without_common_words_has_zero_vectors() -> None:
    """One paper alone shares nothing."""
    _, counts, with_stem, idf = counted(1)
    assert not corpus_vectors(counts, idf, with_stem).any()


def test_words_mean_what_their_papers_do() -> None:
    """A query's summed words point to its subject, and words that were not asked for agree."""
    terms, counts, with_stem, idf = counted()
    vectors = corpus_vectors(counts, idf, with_stem)
    table = word_table(counts, vectors, idf, with_stem)
    query = csr_array(([1.0], ([0], [terms.stems.index("ligand")])), shape=(1, len(terms.stems)))
    scores = (vectors @ table.meaning(query)[0]).reshape(-1, 2).mean(axis=0)
    assert scores[1] > scores[0]


def test_rare_stems_have_no_vector() -> None:
    """A stem of one paper names that paper and nothing else."""
    terms, counts, with_stem, idf = counted()
    table = word_table(counts, corpus_vectors(counts, idf, with_stem), idf, with_stem)
    assert table.row[terms.stems.index("paper7")] == -1
    assert len(table.vectors) == np.count_nonzero(with_stem >= FEWEST)


def test_unknown_papers_teach_nothing_and_can_be_predicted() -> None:
    """A zero vector stands for unknown; the words of such a paper still tell its subject."""
    _, counts, with_stem, idf = counted()
    vectors = corpus_vectors(counts, idf, with_stem)
    lacking = vectors.copy()
    lacking[::5] = 0
    predicted = word_table(counts, lacking, idf, with_stem).predicted(counts)
    within, across = same_subject(predicted)
    assert within > across + 0.1
    assert ((predicted * vectors).sum(axis=1)[::5]).mean() > 0.4


def test_ridge_regression_is_solved() -> None:
    """With enough steps it is the closed form."""
    chance = np.random.default_rng(0)
    texts = csr_array((chance.random((40, 6)) * (chance.random((40, 6)) < 0.5)).astype(np.float32))
    vectors = chance.standard_normal((40, 3)).astype(np.float32)
    dense = texts.toarray().astype(np.float64)
    closed = np.linalg.solve(dense.T @ dense + 0.3 * eye_array(6).toarray(), dense.T @ vectors)
    assert np.abs(solved(texts, vectors, steps=12) - closed).max() < 1e-4


def test_principal_axes_keep_what_differs() -> None:
    """Vectors in a plane keep their angles; unknown ones stay unknown."""
    chance = np.random.default_rng(1)
    plane = np.linalg.qr(chance.standard_normal((200, 2)))[0].astype(np.float32)
    vectors = chance.standard_normal((30, 2)).astype(np.float32) @ plane.T
    vectors[4] = 0
    axes = principal_axes(vectors, 2)
    known = np.delete(vectors, 4, axis=0)
    centred = known - known.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    assert not axes.project(vectors)[4].any()
    projected = np.delete(axes.project(vectors), 4, axis=0)
    assert np.abs(projected @ projected.T - centred @ centred.T).max() < 1e-3
