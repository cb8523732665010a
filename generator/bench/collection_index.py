"""A collection's papers → the files of the site's `search/`, built as for a digest that never announced a day since."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from generator.bench.paper_vectors import paper_vectors
from generator.model import Paper
from generator.search.base import build_base
from generator.search.documents import Document
from generator.search.index import MANIFEST, Names, Placed, manifest, placed_files
from generator.settings import Settings
from generator.text import TITLE_LIMIT, clean, readable

_DAY: Final = date(2000, 1, 1)
_KEY: Final = "bench"


@dataclass(frozen=True, slots=True)
class CollectionIndex:
    """`files` by site path; `encoder` is the one used; seconds; `encode_seconds` is None when nothing was encoded."""

    files: Mapping[str, bytes]
    encoder: str
    build_seconds: float
    encode_seconds: float | None


def documents_of(papers: Sequence[Paper]) -> tuple[Document, ...]:
    """What search knows of each paper: its text as on a page; its anchor is its number, as ids may be anything."""
    return tuple(
        Document(f"p{number}", _DAY, readable(clean(paper.title, limit=TITLE_LIMIT)), readable(paper.abstract))
        for number, paper in enumerate(papers)
    )


def build_index(documents: Sequence[Document], meaning: Settings | None, say: Callable[[str], None]) -> CollectionIndex:
    """With `meaning`, the settings of who has MiniLM, by its vectors, else by `corpus`.

    Errors as in `paper_vectors`.
    """
    stored, encoding = paper_vectors([found.text for found in documents], meaning, say) if meaning else (None, None)
    names = Names()
    say(f"the index of {len(documents):,} papers")
    begin = time.perf_counter()
    base = build_base(documents, stored, names)
    files = {MANIFEST: manifest([Placed.of(_KEY, base.segment)], base.reference.encoder, names)}
    files.update(placed_files(_KEY, base.segment))
    return CollectionIndex(files, base.reference.encoder, time.perf_counter() - begin, encoding)
