"""Vectors of papers, of whatever encoder → 128 numbers each, of length 1: what the index works with."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from generator.search.weighting import Floats

SIZE: Final = 128


def of_length_one(vectors: Floats) -> Floats:
    """Each row divided by its length; zero rows stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    lengths[lengths == 0] = 1
    scaled: Floats = (vectors / lengths).astype(np.float32)
    return scaled


@dataclass(frozen=True, slots=True)
class Axes:
    """The mean and the strongest principal axes of some vectors."""

    mean: Floats
    axes: Floats

    def project(self, vectors: Floats) -> Floats:
        """(n, any) → (n, at most `SIZE`), centred, turned, of length 1; zero rows, which are unknown, stay zero."""
        centred: Floats = (vectors - self.mean).astype(np.float32)
        projected = of_length_one(centred @ self.axes)
        projected[~vectors.any(axis=1)] = 0
        return projected


def principal_axes(vectors: Floats, size: int = SIZE) -> Axes:
    """The axes of the known (not zero) rows."""
    known = vectors[vectors.any(axis=1)]
    mean = (
        known.mean(axis=0, dtype=np.float64).astype(np.float32)
        if len(known)
        else np.zeros(vectors.shape[1], np.float32)
    )
    centred = known - mean
    return Axes(mean, strongest_directions(centred, size))


def strongest_directions(vectors: Floats, size: int) -> Floats:
    """(d, at most `size`): the eigenvectors of the vectors' products, strongest first."""
    values, turns = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    strongest: Floats = turns[:, np.argsort(-values, kind="stable")[:size]].astype(np.float32)
    return strongest
