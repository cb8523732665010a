"""Vectors made up, for papers whose encoding would take long."""

from collections.abc import Mapping
from datetime import date
from math import cos, radians, sin
from pathlib import Path

import numpy as np

from generator.model import Paper
from generator.vectors.store import Stored, VectorStore
from generator.vectors.texts import text_hash, text_of
from generator.vectors.weights import MODEL, SIZE


def place_vectors(root: Path, day: date, angles: Mapping[str, float]) -> None:
    """Give the day's file these texts, each with a vector in a plane, at so many degrees."""
    found = np.zeros((len(angles), SIZE), np.float32)
    found[:, 0] = [cos(radians(angle)) for angle in angles.values()]
    found[:, 1] = [sin(radians(angle)) for angle in angles.values()]
    store = VectorStore(root / "content", MODEL, SIZE)
    store.write(day, Stored.of([text_hash(text) for text in angles], found))


def place(root: Path, day: date, *papers: tuple[Paper, float]) -> None:
    """The same for papers."""
    place_vectors(root, day, {text_of(paper): angle for paper, angle in papers})
