"""Numbers and words ↔ the bytes of the index, as `docs/search-index.md` lays them out."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.search.vector_space import SIZE
from generator.search.weighting import Floats

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

GREATEST: Final = 7
"""The greatest number in 4 bits."""
_NOTHING: Final = 1e-30
"""Numbers below stand for zero."""
_MOST_LOW_BITS: Final = 24
_ENDINGS = re.compile("(?<=...)(?:[aeiousy]|ed|ing|er|or|ly|al|ion|ic|iv|ment|ness|abl|ibl|at|it|iz|anc|enc|ant|ent)*$")
_LETTERS = re.compile("[a-z]{1,40}")


def varint(number: int) -> bytes:
    """LEB128 of a number that is not negative."""
    data = bytearray()
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)
    return bytes(data)


def string(text: str) -> bytes:
    """A length and UTF-8; ValueError over 255 bytes."""
    data = text.encode("utf-8", "replace")
    return bytes((len(data),)) + data


def home(value: str) -> str:
    """What decides in which file a key with this value lies: words of one stem mostly share it."""
    return _ENDINGS.sub("", value, count=1) if _LETTERS.fullmatch(value) else value


def file_number(text: str, files: int) -> int:
    """Which of so many files: FNV-1a, 32 bits (RFC 9923), of the text's UTF-8."""
    value = 0x811C9DC5
    for byte in text.encode("utf-8", "replace"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % files


def nibbles(vectors: Floats) -> Bytes:
    """(n, at most 128) vectors → (n, 64): 4 bits a number, the greatest of each vector being 7."""
    greatest = np.abs(vectors).max(axis=1, initial=0)
    scaled = np.zeros((len(vectors), SIZE), np.float32)
    scaled[:, : vectors.shape[1]] = vectors * (GREATEST / np.where(greatest > _NOTHING, greatest, 1))[:, None]
    halves = (np.rint(scaled) + 8).astype(np.uint8)
    return (halves[:, ::2] | halves[:, 1::2] << 4).astype(np.uint8)


def unscaled(packed: Bytes) -> Floats:
    """(n, 64) → (n, 128) whole numbers from -7 to 7."""
    vectors = np.empty((len(packed), SIZE), np.float32)
    np.bitwise_and(packed, 15, out=vectors[:, ::2], casting="unsafe")
    np.right_shift(packed, 4, out=vectors[:, 1::2], casting="unsafe")
    vectors -= 8
    return vectors


def from_nibbles(packed: Bytes) -> Floats:
    """(n, 64) → (n, 128) vectors of length 1, or zero."""
    vectors = unscaled(packed)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1
    vectors /= lengths[:, None]
    return vectors


@dataclass(frozen=True, slots=True)
class Lists:
    """Many lists of papers as bytes: list i is `data[starts[i] : starts[i + 1]]` and holds `counts[i]` papers."""

    data: bytes
    starts: Numbers
    counts: Numbers

    def __getitem__(self, number: int) -> bytes:
        return self.data[self.starts[number] : self.starts[number + 1]]


def packed_lists(bounds: Numbers, papers: Numbers, marks: Bytes | None = None) -> Lists:
    """Postings of many lists: list i is `papers[bounds[i] : bounds[i + 1]]`, ascending, each with its mark."""
    before = np.concatenate([[-1], papers[:-1]])
    before[bounds[:-1][np.diff(bounds) > 0]] = -1
    steps = (papers - before).astype(np.uint32)
    lengths = 1 + sum((steps >= 1 << bits).astype(np.int64) for bits in (7, 14, 21, 28))
    at = np.concatenate([[0], np.cumsum(lengths + (marks is not None))])
    data = np.empty(at[-1], np.uint8)
    for number in range(int(lengths.max(initial=0))):
        some = lengths > number
        more = (lengths[some] > number + 1).astype(np.uint32) << 7
        data[at[:-1][some] + number] = (steps[some] >> np.uint32(7 * number) & 127) | more
    if marks is not None:
        data[at[:-1] + lengths] = marks
    return Lists(data.tobytes(), at[bounds], np.diff(bounds))


def riced(papers: Numbers) -> bytes:
    """One ascending list as Golomb-Rice codes of its steps (R. Rice, "Some Practical Universal Noiseless Coding
    Techniques", 1979): for long lists about half of what `packed_lists` takes.
    """
    steps = np.diff(papers, prepend=-1) - 1
    low = min(range(_MOST_LOW_BITS), key=lambda bits: int((steps >> bits).sum()) + len(steps) * (bits + 1))
    high = steps >> low
    ends = np.cumsum(high + 1 + low)
    starts = ends - high - 1 - low
    turns = np.zeros(int(ends[-1]) + 1, np.int8)
    np.add.at(turns, starts, 1)
    np.add.at(turns, starts + high, -1)
    bits = np.cumsum(turns[:-1], dtype=np.int8).astype(np.uint8)
    for bit in range(low):
        bits[starts + high + 1 + bit] = steps >> bit & 1
    return bytes((low,)) + np.packbits(bits, bitorder="little").tobytes()


def from_riced(data: bytes, count: int) -> Numbers:
    """The inverse, for a list of `count` papers; ValueError when there are fewer."""
    low = data[0] if data else 0
    bits = np.unpackbits(np.frombuffer(data[1:], np.uint8), bitorder="little")
    zeros = np.flatnonzero(bits == 0).tolist()
    papers = np.empty(count, np.int64)
    at, paper, zero = 0, -1, 0
    weights = 1 << np.arange(low)
    for number in range(count):
        while zero < len(zeros) and zeros[zero] < at:
            zero += 1
        if zero == len(zeros) or zeros[zero] + low >= len(bits):
            raise ValueError("a list is cut short")
        end = zeros[zero] + 1
        paper += 1 + ((zeros[zero] - at) << low) + int(bits[end : end + low] @ weights)
        papers[number] = paper
        at = end + low
    return papers
