"""Keys with their lists and vectors → the files of `w/`, `l/` and `s/`."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from generator.search.counting import IN_TITLE, MAIN_FORM, OTHER_FORM
from generator.search.packing import Bytes, Numbers, file_number, home, packed_lists, riced, string, varint
from generator.search.spelling import bucket

ALIAS, PAPERS, WORD = 0, 1, 2
LONG_LIST_MARK: Final = 15 << 3 | OTHER_FORM | MAIN_FORM
"""What counts as the mark of a paper in a list that is a file, if it is not among the best."""
OWN_FILE: Final = 1_024
"""Bytes of the longest list that stands in its entry."""
_HEAD: Final = 200
"""Papers of a longer list that stand in its entry all the same."""
_WORDS_FILE: Final = 3_500
_SPELLING_FILE: Final = 2_000
"""Bytes of a file on average."""
_LONGEST_KEY: Final = 255
_MOST_KEYS: Final = 255


@dataclass(slots=True)
class Entries:
    """Collects entries and lists until all are known; then gives the files."""

    _entries: list[tuple[str, str, bytes]] = field(default_factory=list)
    _files: dict[str, bytes] = field(default_factory=dict)

    def add_papers(self, lists: Mapping[str, Sequence[int]]) -> None:
        """Plain lists by key, papers ascending."""
        keys = sorted(key for key in lists if 0 < len(key.encode("utf-8", "replace")) <= _LONGEST_KEY)
        bounds = np.cumsum([0, *(len(lists[key]) for key in keys)])
        papers = np.fromiter((paper for key in keys for paper in lists[key]), np.int64, int(bounds[-1]))
        packed = packed_lists(bounds, papers)
        for number, key in enumerate(keys):
            body = self._listed(packed[number], papers[bounds[number] : bounds[number + 1]], b"")
            self._add(PAPERS, (key,), body)

    def add_words(
        self, keys: Sequence[tuple[str, ...]], lists: tuple[Numbers, Numbers, Bytes], vectors: Mapping[int, bytes]
    ) -> None:
        """Stems by their keys; `lists` are bounds, papers and marks of them all, `vectors` bytes by row of the stem."""
        bounds, papers, marks = lists
        packed = packed_lists(bounds, papers, marks)
        titled: dict[str, Sequence[int]] = {}
        for row, words in enumerate(keys):
            some = slice(bounds[row], bounds[row + 1])
            head = b""
            if len(packed[row]) > OWN_FILE:
                head = _best(papers[some], marks[some])
                titled[f"title:{words[0]}"] = papers[some][marks[some] & IN_TITLE > 0].tolist()
            body = self._listed(packed[row], papers[some], head)
            self._add(WORD, words[:_MOST_KEYS], body + vectors.get(row, b""))
        self.add_papers({key: found for key, found in titled.items() if found})

    def files(self) -> tuple[dict[str, bytes], int]:
        """`w/` and `l/` by path, and how many there are of `w/`."""
        shards = max(1, math.ceil(sum(len(entry) for _, _, entry in self._entries) / _WORDS_FILE))
        parts: list[list[tuple[bytes, bytes]]] = [[] for _ in range(shards)]
        for place, key, entry in self._entries:
            parts[file_number(place, shards)].append((key.encode("utf-8", "replace"), entry))
        words = {f"w/{number:04x}.bin": b"".join(e for _, e in sorted(part)) for number, part in enumerate(parts)}
        return {**words, **self._files}, shards

    def _listed(self, postings: bytes, papers: Numbers, head: bytes) -> bytes:
        if len(postings) <= OWN_FILE:
            return varint(len(papers)) + b"\0" + varint(len(postings)) + postings
        number = len(self._files)
        file = self._files[f"l/{number:04x}.bin"] = riced(papers)
        return varint(len(papers)) + b"\1" + varint(number) + varint(len(file)) + varint(len(head)) + head

    def _add(self, kind: int, keys: Sequence[str], body: bytes) -> None:
        entry = bytes((kind, len(keys))) + _packed_keys(keys) + body
        place = home(keys[0].partition(":")[2] or keys[0])
        self._entries.append((place, keys[0], varint(len(entry)) + entry))
        if kind == WORD:
            self._add_aliases(place, keys)

    def _add_aliases(self, place: str, keys: Sequence[str]) -> None:
        for key in keys[1:]:
            if home(key) != place:
                entry = bytes((ALIAS, 1)) + string(key) + string(keys[0])
                self._entries.append((home(key), key, varint(len(entry)) + entry))


def _best(papers: Numbers, marks: Bytes) -> bytes:
    """The postings of the papers of which the word says most."""
    best = np.sort(np.lexsort((papers, -(marks >> 3).astype(np.int64)))[:_HEAD])
    return packed_lists(np.array([0, len(best)]), papers[best], marks[best])[0]


def spelling_files(words: Mapping[str, int]) -> tuple[dict[str, bytes], int]:
    """Words with their df → `s/` by path, and how many files that is."""
    count = max(1, math.ceil(sum(4 + len(word) // 3 for word in words) / _SPELLING_FILE))
    parts: list[list[str]] = [[] for _ in range(count)]
    for word in words:
        parts[file_number(bucket(word), count)].append(word)
    return {f"s/{number:04x}.bin": b"".join(_spelt(part, words)) for number, part in enumerate(parts)}, count


def _spelt(some: Iterable[str], words: Mapping[str, int]) -> Iterator[bytes]:
    before = b""
    for data in sorted(word.encode() for word in some):
        shared = _shared(before, data)
        weight = min(255, round(16 * math.log1p(words[data.decode()])))
        yield bytes((shared, len(data) - shared)) + data[shared:] + bytes((weight,))
        before = data


def _packed_keys(keys: Sequence[str]) -> bytes:
    before = keys[0].encode("utf-8", "replace")
    parts = [bytes((len(before),)), before]
    for key in keys[1:]:
        data = key.encode("utf-8", "replace")
        shared = _shared(before, data)
        parts += (bytes((shared, len(data) - shared)), data[shared:])
        before = data
    return b"".join(parts)


def _shared(one: bytes, other: bytes) -> int:
    """Bytes at the start that are the same, at most 255."""
    most = min(len(one), len(other), 255)
    return next((at for at in range(most) if one[at] != other[at]), most)
