"""Vectors of papers ↔ their files: data, committed with the listings.

A vector is found by the hash of its text, in whatever day's file it lies, so a paper that moves to another day keeps
its vectors, and a changed text is a new one. The same set of vectors always gives the same bytes. Rounding to int8
changes a cosine by some 0.0005, hardly ever by 0.002.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.errors import ContentError
from generator.files import write_atomic
from generator.model import Problem
from generator.vectors.encoder import Vectors
from generator.vectors.files import Packed, VectorFiles, pack, unpack

_MOST = 127


@dataclass(frozen=True, slots=True)
class Stored:
    """Vectors by text hash, as kept: int8 components and a scale for each."""

    rows: Mapping[bytes, int]
    components: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, hashes: Sequence[bytes], vectors: Vectors) -> "Stored":
        """Round (n, d) vectors, one a hash."""
        scales = (np.abs(vectors).max(axis=1, initial=0) / np.float32(_MOST)).astype(np.float32)
        divisors = np.where(scales > 0, scales, np.float32(1))[:, None]
        components = np.clip(np.rint(vectors / divisors), -_MOST, _MOST).astype(np.int8)
        return cls({key: row for row, key in enumerate(hashes)}, components, scales)

    def vectors(self, hashes: Sequence[bytes]) -> tuple[Vectors, NDArray[np.bool_]]:
        """(m, d) vectors, and which of them are known; unknown ones are zero."""
        rows = np.array([self.rows.get(key, -1) for key in hashes], np.int64)
        known = rows >= 0
        found = np.zeros((len(rows), self.components.shape[1]), np.float32)
        found[known] = self.components[rows[known]] * self.scales[rows[known], None]
        return found, known

    def only(self, hashes: Iterable[bytes]) -> "Stored":
        """Those of `hashes` that are here, as they are kept."""
        keys = sorted(set(hashes) & self.rows.keys())
        rows = np.array([self.rows[key] for key in keys], np.int64)
        return Stored({key: row for row, key in enumerate(keys)}, self.components[rows], self.scales[rows])

    def plus(self, other: "Stored") -> "Stored":
        """All of both; where both have a text, ours."""
        added = other.only(other.rows.keys() - self.rows.keys())
        rows = dict(self.rows) | {key: len(self.scales) + row for key, row in added.rows.items()}
        components = np.concatenate([self.components, added.components])
        return Stored(rows, components, np.concatenate([self.scales, added.scales]))


@dataclass(frozen=True, slots=True)
class VectorStore:
    """The vectors of one model below `content`; `size` is the length of each."""

    content: Path
    model: str
    size: int

    @property
    def files(self) -> VectorFiles:
        """Where they lie."""
        return VectorFiles(self.content, self.model, self.size)

    def path(self, day: date) -> Path:
        """Where the vectors of one day's papers live."""
        return self.files.path(day)

    def read(self, day: date) -> Stored:
        """One day's vectors, none when there is no file; ContentError when it cannot be used."""
        path = self.path(day)
        return _joined([self.files.read(path)] if path.exists() else [], self.size)

    def write(self, day: date, vectors: Stored) -> bool:
        """Make these the day's vectors; True when the file changed."""
        return write_atomic(self.path(day), encoded(vectors))

    def add(self, day: date, vectors: Stored) -> bool:
        """Add these to the day's vectors; True when the file changed. One that cannot be used is made anew."""
        try:
            return self.write(day, self.read(day).plus(vectors))
        except ContentError:
            return self.write(day, vectors)

    def of_days(self, days: Iterable[date]) -> Stored:
        """The vectors of some days; a file that cannot be used counts as none, as `check` tells of it."""
        found: list[Packed] = []
        for day in days:
            with suppress(ContentError):
                found += [self.files.read(self.path(day))] if self.path(day).exists() else []
        return _joined(found, self.size)

    def load(self) -> tuple[Stored, tuple[Problem, ...]]:
        """All days' vectors; a file that cannot be used is a problem, and its vectors are missing."""
        days, problems = self.files.load()
        return _joined([packed for _, packed in days], self.size), problems


def _joined(days: Sequence[Packed], size: int) -> Stored:
    rows: dict[bytes, int] = {}
    before = 0
    for day in days:
        for row, key in enumerate(day.keys, before):
            rows.setdefault(key, row)
        before += len(day.keys)
    scales = np.frombuffer(b"".join(day.scales for day in days), "<f4")
    components = np.frombuffer(b"".join(day.components for day in days), np.int8)
    return Stored(rows, components.reshape(before, size), scales)


def encoded(vectors: Stored) -> bytes:
    """Vectors → the bytes of a file."""
    keys = sorted(vectors.rows)
    order = np.array([vectors.rows[key] for key in keys], np.int64)
    scales, components = vectors.scales[order].astype("<f4").tobytes(), vectors.components[order].tobytes()
    return pack(Packed(vectors.components.shape[1], tuple(keys), scales, components))


def decoded(data: bytes, size: int) -> Stored:
    """The bytes of a file → its vectors; ValueError when they are not one, or of another length than `size`."""
    return _joined([unpack(data, size)], size)
