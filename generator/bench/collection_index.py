"""A collection's papers → the files of the site's `search/`, built as for a digest that never announced a day since."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby
from typing import Final

from generator.bench.paper_vectors import paper_vectors
from generator.links import day_path
from generator.model import Paper
from generator.search.base import build_base
from generator.search.documents import Document
from generator.search.index import MANIFEST, Names, Placed, manifest, placed_files
from generator.settings import Settings
from generator.text import TITLE_LIMIT, clean, readable

_FIRST_DAY: Final = date(2000, 1, 1)
_PAPERS_A_DAY: Final = 30
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
        Document(
            anchor=f"p{number}",
            day=_FIRST_DAY + timedelta(days=number // _PAPERS_A_DAY),
            title=readable(clean(paper.title, limit=TITLE_LIMIT)),
            abstract=readable(paper.abstract),
        )
        for number, paper in enumerate(papers)
    )


def pages_of(documents: Sequence[Document]) -> dict[str, bytes]:
    """The digests' pages by site path, in which phrases are looked up: nothing but titles and abstracts."""
    by_day = groupby(documents, key=lambda document: document.day)
    return {day_path(day): "".join(map(_article, found)).encode() for day, found in by_day}


def _article(document: Document) -> str:
    title, abstract = escape(document.title), escape(document.abstract)
    return f'<article id="{document.anchor}"><h2>{title}</h2><p>{abstract}</p></article>\n'


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
