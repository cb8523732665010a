"""What segments after the base refer to: its words, what they mean, its papers and where they stand.

It is kept beside the catalogue, so that a new day need not read the papers of ten years.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.meaning import Meaning
from generator.search.packing import GREATEST, Bytes, nibbles, unscaled
from generator.search.vector_space import Axes
from generator.search.weighting import Floats
from generator.search.word_table import WordTable


@dataclass(frozen=True, slots=True)
class PackedTable:
    """A word table as entries hold it: `row` by stem, and for each row what a half is worth, and 64 bytes of halves."""

    row: NDArray[np.int32]
    worth: Floats
    halves: Bytes

    @classmethod
    def of(cls, table: WordTable) -> "PackedTable":
        """Round a table."""
        worth = (np.abs(table.vectors).max(axis=1, initial=0) / GREATEST).astype("<f4")
        return cls(table.row, worth, nibbles(table.vectors))

    def entries(self) -> dict[int, bytes]:
        """The end of a word's entry, by row of the stem."""
        rows = enumerate(self.row.tolist())
        return {stem: self.worth[row].tobytes() + self.halves[row].tobytes() for stem, row in rows if row >= 0}

    def unpacked(self) -> WordTable:
        """The table as readers see it."""
        return WordTable(self.row, unscaled(self.halves) * self.worth[:, None])


@dataclass(frozen=True, slots=True)
class Reference:
    """`keys`, parted by tabs, and `idf` by row of `stems`; the rest by the papers' numbers, `vectors` in 4 bits."""

    encoder: str
    length: float
    stems: tuple[str, ...]
    keys: tuple[str, ...]
    idf: Floats
    table: PackedTable
    axes: Axes | None
    middles: Floats
    clusters: NDArray[np.int32]
    anchors: tuple[str, ...]
    vectors: Bytes

    @property
    def meaning(self) -> Meaning:
        """What words mean."""
        return Meaning(self.table.unpacked(), self.axes)

    def keys_of(self, row: int) -> tuple[str, ...]:
        """The words of a stem, its first key first; none in row -1."""
        return tuple(self.keys[row].split("\t")) if row >= 0 else ()

    def numbers(self, anchors: Iterable[str]) -> list[int]:
        """The numbers of those papers that are here, ascending."""
        wanted = set(anchors)
        return [number for number, anchor in enumerate(self.anchors) if anchor in wanted]

    def as_bytes(self) -> bytes:
        """All of it, to be kept."""
        axes = self.axes or Axes(np.zeros(0, np.float32), np.zeros((0, 0), np.float32))
        texts = (self.encoder, *("\n".join(lines) for lines in (self.stems, self.keys, self.anchors)))
        file = io.BytesIO()
        np.savez(
            file,
            texts=np.frombuffer("\0".join(texts).encode("utf-8", "surrogatepass"), np.uint8),
            length=np.array([self.length]),
            idf=self.idf,
            row=self.table.row,
            worth=self.table.worth,
            halves=self.table.halves,
            mean=axes.mean,
            axes=axes.axes,
            middles=self.middles,
            clusters=self.clusters,
            vectors=self.vectors,
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Reference":
        """The inverse."""
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            encoder, stems, keys, anchors = kept["texts"].tobytes().decode("utf-8", "surrogatepass").split("\0")
            return cls(
                encoder=encoder,
                length=float(kept["length"][0]),
                stems=_lines(stems),
                keys=_lines(keys),
                idf=kept["idf"],
                table=PackedTable(kept["row"], kept["worth"], kept["halves"]),
                axes=Axes(kept["mean"], kept["axes"]) if len(kept["mean"]) else None,
                middles=kept["middles"],
                clusters=kept["clusters"],
                anchors=_lines(anchors),
                vectors=kept["vectors"],
            )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
