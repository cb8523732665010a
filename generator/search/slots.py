"""Documents → the slots of `r/` and the columns: all that is shown of a paper without its page."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from generator.search.documents import Document
from generator.search.neighbours import Numbers as Rows
from generator.search.packing import Bytes

SLOT: Final = 296
SLOTS: Final = 256
"""In a file."""
NEIGHBOURS: Final = 6
NONE: Final = 0xFFFFFF
UNKNOWN_VOTES: Final = 0xFFFF
EPOCH: Final = date(2000, 1, 1)
CODE, NOTE, PICK, WITHDRAWN = 1, 2, 4, 8
"""Bits of a slot's byte of facts."""
_TEXT: Final = SLOT - 88
_FIELDS: Final = ("anchor", "title", "authors", "organization", "topics", "sources", "curators", "snippet")
_LIMITS: Final = {
    "anchor": 120,
    "topics": 32,
    "sources": 16,
    "title": 150,
    "curators": 48,
    "authors": 64,
    "organization": 40,
    "snippet": _TEXT,
}
"""Bytes, in the order in which they are given room."""
_SHOWN_AUTHORS = 3
_LONGEST_BROKEN = 16
"""Letters of a word that are given up when it does not fit whole."""


def slots(
    documents: Sequence[Document],
    weights: Bytes,
    neighbours: Rows,
    vectors: Bytes,
    names: tuple[Mapping[str, int], Mapping[str, int]],
) -> dict[str, bytes]:
    """Files by path, the columns among them; `names` are the numbers of topics and of sources."""
    made = [_slot(found, int(weights[row]), neighbours[row], names) for row, found in enumerate(documents)]
    table = np.frombuffer(b"".join(made), np.uint8).reshape(len(made), SLOT).copy()
    table[:, 24:88] = vectors
    starts = range(0, len(made), SLOTS)
    files = {f"r/{start // SLOTS:04x}.bin": table[start : start + SLOTS].tobytes() for start in starts}
    return {**files, "days.bin": table[:, :2].tobytes(), "votes.bin": table[:, 2:4].tobytes()}


def _slot(found: Document, weight: int, neighbours: Rows, names: tuple[Mapping[str, int], Mapping[str, int]]) -> bytes:
    near = b"".join(
        (NONE if number < 0 else int(number)).to_bytes(3, "little") for number in neighbours[:NEIGHBOURS]
    ).ljust(3 * NEIGHBOURS, b"\xff")
    head = _day(found).to_bytes(2, "little") + _votes(found).to_bytes(2, "little") + bytes((_flags(found), weight))
    return head + near + bytes(64) + _text(found, names)


def _text(found: Document, names: tuple[Mapping[str, int], Mapping[str, int]]) -> bytes:
    values = {
        "anchor": found.anchor if len(found.anchor.encode()) <= _LIMITS["anchor"] else "",
        "topics": _numbers(found.topics, names[0], _LIMITS["topics"]),
        "sources": _numbers(found.sources, names[1], _LIMITS["sources"]),
        "title": found.title,
        "curators": ", ".join(dict.fromkeys(note.name for note in found.notes)),
        "authors": authors_line(found.authors),
        "organization": found.organization,
        "snippet": next((note.text for note in found.notes if note.text), "") or found.abstract,
    }
    left = _TEXT - len(_FIELDS) + 1
    fields = {}
    for name, value in values.items():
        fields[name] = cut(value.replace("\n", " "), min(_LIMITS[name], left))
        left -= len(fields[name])
    return b"\n".join(fields[name] for name in _FIELDS).ljust(_TEXT, b"\0")


def authors_line(authors: Sequence[str]) -> str:
    """The first three, fewer where there is no room for them, and how many more there are."""
    most = len(authors) if len(authors) <= _SHOWN_AUTHORS + 1 else _SHOWN_AUTHORS
    lines = (_with_rest(authors, shown) for shown in range(most, 1, -1))
    fitting = (line for line in lines if len(line.encode("utf-8", "replace")) <= _LIMITS["authors"])
    return next(fitting, _with_rest(authors, 1))


def _with_rest(authors: Sequence[str], shown: int) -> str:
    rest = len(authors) - min(shown, len(authors))
    return ", ".join(authors[:shown]) + (f" and {rest} more" if rest else "")


def cut(text: str, size: int) -> bytes:
    """UTF-8 of at most so many bytes, ending in `…` where something is missing, after a whole word if one is near."""
    data = text.encode("utf-8", "replace")
    if len(data) <= size:
        return data
    if size < len("…".encode()):
        return b""
    kept = data[: size - len("…".encode())].decode("utf-8", "ignore")
    words, blank, broken = kept.rpartition(" ")
    is_near = blank and words and len(broken) <= _LONGEST_BROKEN and not text[len(kept)].isspace()
    return f"{(words if is_near else kept).rstrip()}…".encode()


def _numbers(found: Sequence[str], numbers: Mapping[str, int], size: int) -> str:
    """As many as fit: a number cut short would be another one."""
    text = " ".join(str(numbers[name]) for name in found if name in numbers)
    return text if len(text) <= size else text[: size + 1].rpartition(" ")[0]


def _flags(found: Document) -> int:
    is_pick = any(note.is_pick for note in found.notes)
    facts = ((found.has_code, CODE), (found.notes, NOTE), (is_pick, PICK), (found.is_withdrawn, WITHDRAWN))
    return sum(flag for is_so, flag in facts if is_so)


def _day(found: Document) -> int:
    return min(max(0, (found.day - EPOCH).days), 0xFFFF)


def _votes(found: Document) -> int:
    return UNKNOWN_VOTES if found.votes is None else min(max(0, found.votes), UNKNOWN_VOTES - 1)
