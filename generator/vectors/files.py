"""Vectors as bytes, and where they lie: `content/vectors/<model>/YYYY/MM/DD.vec`; read here without numpy.

One file holds what the papers of one digest day need. Format, all little-endian:

    offset  bytes      content
    0       4          b"BSV1"
    4       4          d, numbers of one vector, uint32
    8       4          n, vectors, uint32
    12      16·n       text hashes, ascending: the first 16 bytes of SHA-256 of the text in UTF-8
    …       4·n        scales, float32: component = int8 · scale, scale = greatest component / 127
    …       d·n        components, int8, vector after vector
    end     4          CRC-32 of everything before, uint32
"""

import os
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.errors import ContentError
from generator.files import regular_files
from generator.model import Problem
from generator.vectors.texts import HASH_SIZE
from generator.vectors.weights import MODEL, SIZE

_MAGIC = b"BSV1"
_HEAD = struct.Struct("<4sII")
_CHECK = struct.Struct("<I")
_PLACE = re.compile(r"(\d{4})/(\d{2})/(\d{2})\.vec", re.ASCII)


@dataclass(frozen=True, slots=True)
class Packed:
    """The parts of a file: ascending keys, and for each its scale and its components as bytes."""

    size: int
    keys: tuple[bytes, ...]
    scales: bytes
    components: bytes


def pack(packed: Packed) -> bytes:
    """The parts → the bytes of a file."""
    head = _HEAD.pack(_MAGIC, packed.size, len(packed.keys))
    data = b"".join((head, *packed.keys, packed.scales, packed.components))
    return data + _CHECK.pack(zlib.crc32(data))


def unpack(data: bytes, size: int) -> Packed:
    """The bytes of a file → its parts; ValueError when they are not one, or of another length than `size`."""
    if len(data) < _HEAD.size + _CHECK.size or data[:4] != _MAGIC:
        raise ValueError("it is no file of vectors")
    _, found_size, count = _HEAD.unpack_from(data)
    if len(data) != _HEAD.size + count * (HASH_SIZE + 4 + found_size) + _CHECK.size:
        raise ValueError("its length is wrong")
    if zlib.crc32(data[: -_CHECK.size]) != _CHECK.unpack_from(data, len(data) - _CHECK.size)[0]:
        raise ValueError("its checksum is wrong")
    if found_size != size:
        raise ValueError(f"its vectors have {found_size} numbers, not {size}")
    scales = _HEAD.size + HASH_SIZE * count
    components = scales + 4 * count
    keys = tuple(data[start : start + HASH_SIZE] for start in range(_HEAD.size, scales, HASH_SIZE))
    return Packed(size, keys, data[scales:components], data[components : -_CHECK.size])


@dataclass(frozen=True, slots=True)
class VectorFiles:
    """The files of one model below `content`; `size` is the length of each vector."""

    content: Path
    model: str = MODEL
    size: int = SIZE

    @property
    def folder(self) -> Path:
        """Where the model's files live."""
        return self.content / "vectors" / self.model

    def path(self, day: date) -> Path:
        """Where the vectors of one day's papers live."""
        return Path(f"{self.content}/vectors/{self.model}/{day.year:04}/{day.month:02}/{day.day:02}.vec")

    def read(self, path: Path) -> Packed:
        """One file; ContentError when it cannot be used."""
        try:
            return unpack(path.read_bytes(), self.size)
        except (OSError, ValueError) as error:
            hint = "Delete it and run `broadsheet encode`"
            shown = path.relative_to(self.content.parent).as_posix()
            raise ContentError(Problem(shown, None, f"holds no vectors that can be read ({error})", hint)) from error

    def check(self, day: date) -> bytes:
        """The checksum of one day's file as it stands at its end; empty when there is none."""
        try:
            with self.path(day).open("rb") as file:
                file.seek(-_CHECK.size, os.SEEK_END)
                return file.read()
        except OSError:
            return b""

    def load(self) -> tuple[Sequence[tuple[date, Packed]], tuple[Problem, ...]]:
        """All files that can be used with their days, in order, and a problem for each that cannot."""
        found: list[tuple[date, Packed]] = []
        problems: list[Problem] = []
        for day, path in self._paths():
            try:
                found.append((day, self.read(path)))
            except ContentError as error:
                problems.append(error.problem)
        return found, tuple(problems)

    def _paths(self) -> Iterator[tuple[date, Path]]:
        for path in regular_files(self.folder):
            if found := _PLACE.fullmatch(path.relative_to(self.folder).as_posix()):
                with suppress(ValueError):  # no such day
                    yield date(*map(int, found.groups())), path
