"""One segment of the index, all of it in numbers → its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.search.analysis import folded, words
from generator.search.counting import Counted
from generator.search.documents import Document
from generator.search.entries import Entries, spelling_files
from generator.search.index import Names, Segment
from generator.search.neighbours import Numbers as Rows
from generator.search.packing import Numbers, nibbles, varint
from generator.search.slots import slots
from generator.search.weighting import Floats

_LARGE: Final = 1_000
"""Papers from which on a word must stand in two to be proposed."""


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a segment holds; documents stand in the order of their numbers.

    `keys` are the words of each stem of `counted`, first key first; `word_vectors` are bytes by stem.
    `sizes` are papers a cluster; `replaced` ascends.
    """

    documents: Sequence[Document]
    counted: Counted
    keys: Sequence[tuple[str, ...]]
    word_vectors: Mapping[int, bytes]
    title_weights: NDArray[np.uint8]
    vectors: Floats
    sizes: Sequence[int]
    neighbours: Rows
    names: Names
    replaced: Sequence[int] = ()
    middles: Floats | None = None


def write_segment(parts: Parts) -> Segment:
    """Parts → files. The segment with `middles`, the base, gets spelling too."""
    entries = Entries()
    entries.add_words(parts.keys, _by_stem(parts.counted), parts.word_vectors)
    fields = _fields(parts.documents)
    entries.add_papers(fields)
    files, shards = entries.files()
    spelling = 0
    if parts.middles is not None:
        more, spelling = spelling_files(_proposed(parts.counted, fields, len(parts.documents)))
        files.update(more)
    vectors = nibbles(parts.vectors)
    files.update(slots(parts.documents, parts.title_weights, parts.neighbours, vectors, parts.names.numbers()))
    files["top.bin"] = _top(parts)
    return Segment(files, len(parts.documents), shards, spelling)


def _by_stem(counted: Counted) -> tuple[Numbers, Numbers, NDArray[np.uint8]]:
    """Bounds, papers and marks."""
    columns = counted.marked().tocsc()
    return columns.indptr.astype(np.int64), columns.indices.astype(np.int64), columns.data


def _fields(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Papers by key of all fields."""
    found: dict[str, list[int]] = {}
    known: dict[str, tuple[str, ...]] = {}
    for number, document in enumerate(documents):
        for key in dict.fromkeys(_keys(document, known)):
            found.setdefault(key, []).append(number)
    return found


def _keys(document: Document, known: dict[str, tuple[str, ...]]) -> list[str]:
    keys = [f"id:{anchor}" for anchor in (document.anchor, *document.aliases)]
    for author in document.authors:
        if author not in known:
            known[author] = tuple(f"author:{word}" for word in words(author))
        keys += known[author]
    keys += (f"org:{word}" for word in words(document.organization))
    keys += (f"topic:{slug}" for slug in document.topics)
    keys += (f"source:{folded(name)}" for name in document.sources)
    for note in document.notes:
        keys += (f"curator:{folded(note.handle)}", *(f"curator:{word}" for word in words(note.name)), "has:note")
        keys += ("has:pick",) if note.is_pick else ()
    keys += ("has:code",) if document.has_code else ()
    return keys


def _proposed(counted: Counted, fields: Mapping[str, Sequence[int]], papers: int) -> dict[str, int]:
    """Words that a reader may have meant, with their df."""
    terms = counted.terms
    together = (terms.titles + terms.abstracts).tocsc()
    with_word = np.diff(together.indptr)
    found = dict(zip(terms.words, map(int, with_word), strict=True))
    for key, listed in fields.items():
        field, _, word = key.partition(":")
        if field == "author":
            found[word] = max(found.get(word, 0), len(listed))
    fewest = 2 if papers >= _LARGE else 1
    return {word: count for word, count in found.items() if count >= fewest and word.isalpha()}


def _top(parts: Parts) -> bytes:
    steps = np.diff(np.array([-1, *parts.replaced], np.int64))
    numbers = (len(parts.sizes), *parts.sizes, len(parts.replaced), *map(int, steps))
    middles = b"" if parts.middles is None else nibbles(parts.middles).tobytes()
    return b"".join(map(varint, numbers)) + middles
