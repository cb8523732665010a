"""Vectors on disk: the same set gives the same bytes, and damage is a problem, not a crash."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from generator.errors import ContentError
from generator.vectors.store import Stored, VectorStore, decoded, encoded
from generator.vectors.texts import text_hash

DAY = date(2025, 10, 1)
SIZE = 8
vectors = npst.arrays(np.float32, st.tuples(st.integers(0, 5), st.just(SIZE)), elements=st.floats(-2, 2, width=32))


def _hashes(count: int) -> list[bytes]:
    return [text_hash(f"text {number}") for number in range(count)]


def _unit(count: int, size: int = 384) -> np.ndarray:
    found = np.random.default_rng(1).standard_normal((count, size)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@given(vectors)
@settings(deadline=None)
def test_round_trip(found: np.ndarray) -> None:
    """What is written is read, to half a step of each vector's scale."""
    hashes = _hashes(len(found))
    read, known = decoded(encoded(Stored.of(hashes, found)), SIZE).vectors(hashes)
    step = np.abs(found).max(axis=1, initial=0)[:, None] / 127
    assert known.all()
    assert (np.abs(read - found) <= step * 0.51 + 1e-30).all()


@given(vectors, st.randoms())
@settings(deadline=None)
def test_same_set_same_bytes(found: np.ndarray, random) -> None:
    """Order and detours through the disk leave no trace."""
    hashes = _hashes(len(found))
    straight = encoded(Stored.of(hashes, found))
    order = list(range(len(found)))
    random.shuffle(order)
    assert encoded(Stored.of([hashes[row] for row in order], found[order])) == straight
    again = decoded(straight, SIZE)
    assert encoded(again.only(hashes).plus(again)) == straight


def test_cosines_are_kept() -> None:
    """Rounding to int8 changes a cosine by some 0.0005."""
    found = _unit(50)
    read, _ = Stored.of(_hashes(50), found).vectors(_hashes(50))
    errors = np.abs(read @ read.T - found @ found.T)
    assert errors.mean() < 0.001
    assert errors.max() < 0.003


def test_a_vector_is_found_in_any_days_file(tmp_path: Path) -> None:
    """A paper that moved to another day keeps its vectors; an unknown text has none."""
    store = VectorStore(tmp_path / "content", "model", 384)
    hashes, found = _hashes(3), _unit(3)
    store.write(DAY, Stored.of(hashes[:2], found[:2]))
    store.write(date(2025, 10, 2), Stored.of(hashes[1:], found[1:]))
    stored, problems = store.load()
    read, known = stored.vectors([*hashes, text_hash("other")])
    assert problems == ()
    assert known.tolist() == [True, True, True, False]
    assert not read[3].any()


def test_nothing_stored_is_nothing(tmp_path: Path) -> None:
    """A folder that is not there holds no vectors; an unwritten day is empty."""
    store = VectorStore(tmp_path / "content", "model", 384)
    assert store.load()[0].vectors([text_hash("a")])[1].tolist() == [False]
    assert len(store.read(DAY).scales) == 0


@pytest.mark.parametrize("damage", ["cut", "flipped", "foreign", "longer", "empty"])
def test_a_damaged_file_is_a_problem(tmp_path: Path, damage: str) -> None:
    """Its vectors are missing, the other days' are there, and the message says what to do."""
    store = VectorStore(tmp_path / "content", "model", 384)
    store.write(DAY, Stored.of(_hashes(2)[:1], _unit(1)))
    store.write(date(2025, 10, 2), Stored.of(_hashes(2)[1:], _unit(1)))
    data = store.path(DAY).read_bytes()
    flipped = data[:40] + bytes([data[40] ^ 1]) + data[41:]
    bad = {"cut": data[:-9], "flipped": flipped, "foreign": b"hello" * 20, "longer": data + b"x", "empty": b""}
    store.path(DAY).write_bytes(bad[damage])
    stored, problems = store.load()
    assert stored.vectors(_hashes(2))[1].tolist() == [False, True]
    assert [problem.path for problem in problems] == ["content/vectors/model/2025/10/01.vec"]
    assert "broadsheet encode" in str(problems[0])
    with pytest.raises(ContentError):
        store.read(DAY)


def test_vectors_of_another_length_are_a_problem(tmp_path: Path) -> None:
    """A file of another model in this folder does not mix with ours."""
    VectorStore(tmp_path, "model", 8).write(DAY, Stored.of(_hashes(1), _unit(1, 8)))
    _, problems = VectorStore(tmp_path, "model", 384).load()
    assert "8 numbers, not 384" in str(problems[0])


def test_writing_the_same_again_changes_no_file(tmp_path: Path) -> None:
    """Only what differs is written."""
    store = VectorStore(tmp_path, "model", 384)
    assert store.write(DAY, Stored.of(_hashes(2), _unit(2)))
    assert not store.write(DAY, store.read(DAY))
