"""The files of an index → words, papers and columns, as `docs/search-index.md` lays them out.

Everything that does not hold together is a SearchIndexError: a file may be missing, cut short, or of another version.
"""

import json
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.entries import ALIAS, LONG_LIST_MARK, WORD
from generator.search.index import VERSION
from generator.search.packing import Bytes, Numbers, file_number, from_riced, home, unscaled
from generator.search.ranking import Scores
from generator.search.slots import EPOCH, NONE, SLOT, SLOTS, UNKNOWN_VOTES
from generator.search.spelling import bucket
from generator.search.unpacking import SearchIndexError, Unpacker
from generator.search.vector_space import SIZE

Read = Callable[[str], bytes]
"""Path below the site's `search/` → the file's bytes; OSError when there is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under a key: `papers`, ascending, with their `marks` if it is a word.

    They are the best only where the list has a file of its own. `vector` is √idf · E, zero for a word without.
    """

    keys: tuple[str, ...]
    is_word: bool
    count: int
    papers: Numbers
    marks: Bytes
    own_file: str | None
    own_bytes: int
    vector: Scores


@dataclass(frozen=True, slots=True)
class Slot:
    """One paper as it is shown; `neighbours` are numbered through all segments, `votes` None when unknown."""

    anchor: str
    day: date
    title: str
    authors: str
    organization: str
    topics: tuple[int, ...]
    sources: tuple[int, ...]
    curators: tuple[str, ...]
    snippet: str
    votes: int | None
    flags: int
    title_weight: float
    neighbours: tuple[int, ...]
    vector: Scores


@dataclass(frozen=True)
class SegmentReader:
    """One segment; `first` is the number of its first paper among those of all segments."""

    read: Read
    path: str
    papers: int
    shards: int
    spelling: int
    first: int
    _cached: dict[str, bytes] = field(default_factory=dict)

    def bytes_of(self, name: str) -> bytes:
        """A file of the segment; SearchIndexError when it is missing."""
        if name not in self._cached:
            try:
                self._cached[name] = self.read(f"{self.path}{name}")
            except OSError as error:
                raise SearchIndexError(f"search/{self.path}{name} is missing: run broadsheet build") from error
        return self._cached[name]

    @contextmanager
    def _decoding(self, name: str) -> Iterator[bytes]:
        """A file's bytes; whatever they are not is a SearchIndexError."""
        data = self.bytes_of(name)
        try:
            yield data
        except (ValueError, IndexError, OverflowError, struct.error) as error:
            raise SearchIndexError(f"search/{self.path}{name} is damaged: run broadsheet build --clean") from error

    @cached_property
    def top(self) -> tuple[NDArray[np.int64], frozenset[int], Scores]:
        """Each paper's cluster, the numbers of the base that this segment replaces, and the clusters' middles."""
        with self._decoding("top.bin") as data:
            at = Unpacker(data)
            sizes = [at.varint() for _ in range(at.varint())]
            steps = [at.varint() for _ in range(at.varint())]
            middles = _halves(at.rest())
            middles /= _lengths(middles)
            _demand(sum(sizes) == self.papers and sum(steps) <= self.first)
            _demand(len(middles) == (0 if self.first else len(sizes)))
            replaced = (np.cumsum(steps) - 1).tolist() if steps else []
            return np.repeat(np.arange(len(sizes)), sizes), frozenset(replaced), middles

    def column(self, name: str) -> Numbers:
        """`days` or `votes`."""
        with self._decoding(f"{name}.bin") as data:
            _demand(len(data) == 2 * self.papers)
            return np.frombuffer(data, "<u2").astype(np.int64)

    def entry(self, key: str) -> Entry | None:
        """What stands under a key, aliases followed."""
        name = f"w/{file_number(home(key.partition(':')[2] or key), self.shards):04x}.bin"
        with self._decoding(name) as data:
            at = Unpacker(data)
            while at.has_more:
                body = Unpacker(at.take(at.varint()))
                kind = body.byte()
                keys = body.keys()
                if key in keys:
                    return self.entry(body.string()) if kind == ALIAS else self._entry(body, keys, kind == WORD)
        return None

    def _entry(self, body: Unpacker, keys: tuple[str, ...], is_word: bool) -> Entry:
        found = _entry(body, keys, is_word)
        _demand(found.count <= self.papers and (found.papers < self.papers).all())
        return found

    def whole(self, entry: Entry) -> tuple[Numbers, Bytes]:
        """All papers of an entry, with their marks: of a long list those of its best papers are known."""
        if entry.own_file is None:
            return entry.papers, entry.marks
        with self._decoding(entry.own_file) as data:
            papers = from_riced(data, entry.count)
            _demand((papers < self.papers).all())
            marks = np.full(len(papers), LONG_LIST_MARK, np.uint8)
            marks[np.searchsorted(papers, entry.papers)] = entry.marks
            return papers, marks

    def slot(self, number: int) -> Slot:
        """One paper by its number in the segment."""
        with self._decoding(f"r/{number // SLOTS:04x}.bin") as data:
            return _slot(data[number % SLOTS * SLOT :][:SLOT])

    def words(self, prefix: str) -> Mapping[str, int]:
        """Words of the spelling file for this beginning, with what their byte says of df."""
        if not self.spelling:
            return {}
        found: dict[str, int] = {}
        before = b""
        with self._decoding(f"s/{file_number(bucket(prefix), self.spelling):04x}.bin") as data:
            at = Unpacker(data)
            while at.has_more:
                before = before[: at.byte()] + at.take(at.byte())
                found[before.decode()] = at.byte()
        return found


@dataclass(frozen=True, slots=True)
class IndexReader:
    """`index.json` and the segments that it names."""

    topics: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    segments: tuple[SegmentReader, ...]

    @classmethod
    def open(cls, read: Read) -> "IndexReader":
        """SearchIndexError when there is none, or one of another version."""
        try:
            found = json.loads(read("index.json"))
            if found["version"] == VERSION:
                return cls._of(found, read)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SearchIndexError("site/search/index.json cannot be read: run broadsheet build") from error
        raise SearchIndexError(f"site/search/ was made by another version ({found['version']}): run broadsheet build")

    @classmethod
    def _of(cls, found: Mapping[str, Any], read: Read) -> "IndexReader":
        segments: list[SegmentReader] = []
        for each in found["segments"]:
            first = segments[-1].first + segments[-1].papers if segments else 0
            segments.append(SegmentReader(read, each["path"], each["papers"], each["shards"], each["spelling"], first))
        topics = tuple((slug, name) for slug, name in found["topics"])
        return cls(topics, tuple(found["sources"]), tuple(segments))

    def column(self, name: str) -> Numbers:
        """`days` or `votes` of all papers."""
        return np.concatenate([np.zeros(0, np.int64), *(segment.column(name) for segment in self.segments)])

    def slot(self, number: int) -> Slot:
        """A paper by its number among those of all segments."""
        segment = next(found for found in reversed(self.segments) if found.first <= number)
        return segment.slot(number - segment.first)


def _demand(is_so: bool | np.bool_) -> None:
    if not is_so:
        raise ValueError("parts of the index do not fit together")


def _entry(body: Unpacker, keys: tuple[str, ...], is_word: bool) -> Entry:
    count = body.varint()
    own_file, own_bytes = None, 0
    if body.byte():
        own_file = f"l/{body.varint():04x}.bin"
        own_bytes = body.varint()
    papers, marks = _postings(body.take(body.varint()), is_word)
    rest = body.rest()
    vector = np.zeros(SIZE)
    if rest:
        (worth,) = struct.unpack("<f", rest[:4])
        vector = _halves(rest[4:])[0] * worth
    return Entry(keys, is_word, count, papers, marks, own_file, own_bytes, vector)


def _postings(data: bytes, is_word: bool) -> tuple[Numbers, Bytes]:
    at = Unpacker(data)
    papers: list[int] = []
    marks = bytearray()
    number = -1
    while at.has_more:
        number += at.varint()
        papers.append(number)
        if is_word:
            marks.append(at.byte())
    return np.array(papers, np.int64), np.frombuffer(bytes(marks), np.uint8)


def _slot(data: bytes) -> Slot:
    if len(data) < SLOT:
        raise SearchIndexError("a file of the search index is cut short: run broadsheet build --clean")
    day, votes, flags, weight = struct.unpack_from("<HHBB", data)
    near = (int.from_bytes(data[at : at + 3], "little") for at in range(6, 24, 3))
    vector = _halves(data[24:88])
    text = data[88:].rstrip(b"\0").decode("utf-8", "replace")
    anchor, title, authors, organization, topics, sources, curators, snippet = text.split("\n", 7)
    return Slot(
        anchor=anchor,
        day=EPOCH + timedelta(days=day),
        title=title,
        authors=authors,
        organization=organization,
        topics=_numbers(topics),
        sources=_numbers(sources),
        curators=tuple(filter(None, curators.split(", "))),
        snippet=snippet,
        votes=None if votes == UNKNOWN_VOTES else votes,
        flags=flags,
        title_weight=weight / 2,
        neighbours=tuple(number for number in near if number != NONE),
        vector=(vector / _lengths(vector))[0],
    )


def _halves(data: bytes) -> Scores:
    """(n, 128), in double precision, as a browser reckons."""
    return unscaled(np.frombuffer(data, np.uint8).reshape(-1, SIZE // 2)).astype(np.float64)


def _lengths(vectors: Scores) -> Scores:
    """(n, 1) of vectors, one of zero vectors, which stay."""
    lengths: Scores = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.where(lengths > 0, lengths, 1)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))
