"""Nearest earlier vectors are found exactly, whatever is looked at together."""

from math import isqrt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generator.vectors.nearest import Rows, nearest

_vectors = st.lists(st.lists(st.integers(-127, 127), min_size=3, max_size=3), max_size=12)


def _int8(vectors: list[list[int]]) -> NDArray[np.int8]:
    return np.array(vectors, np.int8).reshape(-1, 3)


def _found(own: list[list[int]], earlier: list[list[int]], most: int = 3) -> list[tuple[int, int, float]]:
    pairs = nearest(Rows.of(_int8(own)), Rows.of(_int8(earlier)), 0.65, most)
    return list(zip(pairs.rows.tolist(), pairs.earlier.tolist(), pairs.cosines.tolist(), strict=True))


def test_the_nearest_come_first_and_the_far_not_at_all():
    """At most so many for each paper; of equally near ones the last first."""
    earlier = [[100, 0, 0], [0, 100, 0], [90, 10, 0], [100, 0, 0], [50, 50, 0], [0, 0, 0]]
    assert [(row, at) for row, at, _ in _found([[1, 0, 0], [0, 0, 1]], earlier)] == [(0, 3), (0, 0), (0, 2)]


def test_a_vector_of_zeros_is_near_nothing():
    """Neither as a paper nor as an earlier one."""
    assert _found([[0, 0, 0]], [[0, 0, 0], [1, 1, 1]]) == []


@given(own=_vectors, earlier=_vectors)
def test_every_pair_above_the_floor_is_found(own: list[list[int]], earlier: list[list[int]]):
    """As whole numbers have it: cosine ≥ 0.65, that is 400 · product² ≥ 169 · squares of both lengths."""
    wanted = {
        (row, at)
        for row, one in enumerate(own)
        for at, other in enumerate(earlier)
        if (product := sum(a * b for a, b in zip(one, other, strict=True))) > 0
        and 400 * product**2 >= 169 * sum(a * a for a in one) * sum(b * b for b in other)
    }
    assert {(row, at) for row, at, _ in _found(own, earlier, most=len(earlier))} == wanted


@given(own=_vectors, earlier=_vectors, cut=st.integers(0, 12))
def test_what_is_looked_at_together_changes_no_bit(own: list[list[int]], earlier: list[list[int]], cut: int):
    """Row by row and in two parts, as all at once."""
    parts = [
        (row, at + start, cosine)
        for row, one in enumerate(own)
        for start, some in ((0, earlier[:cut]), (cut, earlier[cut:]))
        for _, at, cosine in _found([one], some, most=12)
    ]
    assert sorted(parts) == sorted(_found(own, earlier, most=12))


def test_long_vectors_are_counted_exactly():
    """384 components as great as they can be: an odd product beyond 2²² is not rounded."""
    own = np.full((1, 384), 127, np.int8)
    earlier = np.full((1, 384), 127, np.int8)
    earlier[0, 0] = 126
    pairs = nearest(Rows.of(own), Rows.of(earlier), 0.65, 1)
    product, squares = 383 * 127**2 + 127 * 126, (384 * 127**2) * (383 * 127**2 + 126**2)
    assert pairs.cosines.tolist() == [product / np.sqrt(np.float64(squares))]
    assert isqrt(squares) >= product
