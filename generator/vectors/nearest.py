"""Vectors of some papers and of earlier ones → which are nearest, by cosine, the same to the last bit everywhere.

Components are whole numbers of one byte: the sum of 384 products of two stays below 2²⁴, up to which float32 counts
exactly, in whatever order a processor adds. What follows is one square root and one division, which IEEE 754 fixes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUGHLY = np.float32(0.999)
"""How far float32 may err about the floor, by a wide margin."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors row by row, with the squares of their lengths, all whole numbers."""

    components: NDArray[np.float32]
    squares: NDArray[np.float32]

    @classmethod
    def of(cls, components: NDArray[np.int8]) -> "Rows":
        """(n, d) components as they are stored, d at most 1,000."""
        whole = components.astype(np.float32)
        return cls(whole, np.einsum("ij,ij->i", whole, whole))

    def part(self, start: int, end: int) -> "Rows":
        """The rows from `start` to before `end`."""
        return Rows(self.components[start:end], self.squares[start:end])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Papers and earlier ones, each by its row, with their cosines."""

    rows: NDArray[np.int64]
    earlier: NDArray[np.int64]
    cosines: NDArray[np.float64]


def nearest(own: Rows, earlier: Rows, floor: float, most: int) -> Pairs:
    """For each of our papers at most `most` whose cosine is `floor`, which is above zero, or more; nearest first.

    Of equally near ones the last come first. A vector of zeros is near nothing.
    """
    products = own.components @ earlier.components.T
    least = np.outer(np.sqrt(own.squares) * np.float32(floor) * _ROUGHLY, np.sqrt(earlier.squares))
    rows, columns = np.nonzero(products > least)
    squares = own.squares[rows].astype(np.float64) * earlier.squares[columns]
    cosines = products[rows, columns] / np.sqrt(squares)
    order = np.lexsort((-columns, -cosines, rows))
    rows, columns, cosines = rows[order], columns[order], cosines[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    chosen = (place < most) & (cosines >= floor)
    return Pairs(rows[chosen], columns[chosen], cosines[chosen])
