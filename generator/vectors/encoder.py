"""What an encoder is: texts → one float32 vector a text, rows of length 1, so that a dot product is a cosine."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors that lie close together where the texts mean alike.

    `name` says which model and which version of its use made a vector, as vectors of two names never compare: it
    is a folder under `content/vectors/`. `size` is the length of each vector.
    """

    @property
    def name(self) -> str:
        """A folder name."""
        ...

    @property
    def size(self) -> int:
        """Numbers of one vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), size), in the order of the texts; an empty text has a vector too."""
        ...
