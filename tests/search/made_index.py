"""Documents and indexes made up in memory."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from generator.search.base import Base, build_base
from generator.search.documents import Document, DocumentNote
from generator.search.index import MANIFEST, Names, Placed, manifest, placed_files
from generator.search.recent import build_recent
from generator.search.searcher import Searcher
from generator.vectors.store import Stored
from generator.vectors.texts import text_hash
from tests.search.corpora import SUBJECTS

NAMES = Names((("graphs", "Graphs"), ("large-graphs", "Large graphs"), ("trees", "Trees")), ("Hugging Face", "arxiv"))
FIRST = date(2025, 1, 1)

Files = Mapping[str, bytes]


def document(number: int, title: str = "", abstract: str = "", **more: Any) -> Document:
    """A paper of day `number`, with an arXiv number of its own."""
    return Document(f"2501.{number:05}", more.pop("day", FIRST + timedelta(days=number)), title, abstract, **more)


def note(text: str, handle: str = "ada", name: str = "Ada Lovelace", is_pick: bool = False) -> DocumentNote:
    return DocumentNote(handle, name, text, is_pick)


def vectors_of(documents: Sequence[Document], seed: int = 5, every: int = 1) -> Stored:
    """Made-up vectors of 384 numbers for each paper, or for each so-manieth one."""
    chosen = documents[::every]
    vectors = np.random.default_rng(seed).standard_normal((len(chosen), 384)).astype(np.float32)
    return Stored.of([text_hash(found.text) for found in chosen], vectors)


def index_of(
    documents: Sequence[Document],
    recent: Sequence[Document] | None = None,
    stored: Stored | None = None,
    names: Names = NAMES,
) -> Files:
    """All files of an index, by path in the site; `recent` makes the second segment."""
    base: Base = build_base(documents, stored, names)
    segments = [(Placed.of("base", base.segment), base.segment)]
    if recent is not None:
        segment, _ = build_recent(base.reference, recent, stored, names)
        segments.append((Placed.of("recent", segment), segment))
    files = {path: data for placed, segment in segments for path, data in placed_files(placed.folder, segment).items()}
    return {**files, MANIFEST: manifest([placed for placed, _ in segments], base.reference.encoder, names)}


def reading(files: Files) -> Callable[[str], bytes]:
    """A path in `search/` → bytes; what is not there raises as a disk does."""

    def read(name: str) -> bytes:
        try:
            return files[f"search/{name}"]
        except KeyError as error:
            raise FileNotFoundError(name) from error

    return read


def searcher(
    documents: Sequence[Document],
    recent: Sequence[Document] | None = None,
    pages: Mapping[str, str] | None = None,
    stored: Stored | None = None,
) -> Searcher:
    """A searcher of them; `pages` by site path, as `page` makes them unless given."""
    everything = (*documents, *(recent or ()))
    shown = pages_of(everything) if pages is None else pages

    def read_page(path: str) -> str:
        try:
            return shown[path]
        except KeyError as error:
            raise FileNotFoundError(path) from error

    return Searcher(reading(index_of(documents, recent, stored)), read_page)


def pages_of(documents: Sequence[Document]) -> dict[str, str]:
    """A page a day, with an article a paper."""
    pages: dict[str, str] = {}
    for found in {found.anchor: found for found in documents}.values():
        path = f"{found.day:%Y/%m/%d}/"
        pages[path] = pages.get(path, "") + (
            f'<article class="paper" id="{found.anchor}"><h2>{found.title}</h2><p>{found.body}</p></article>\n'
        )
    return pages


def found_by(searching: Searcher, query: str, limit: int = 50, offset: int = 0) -> list[str]:
    """The anchors, best first."""
    return [slot.anchor for _, slot in searching.find(query, limit, offset).papers]


FILLERS = [document(number, f"Filler {number}", "something else") for number in range(100, 140)]


def among(*documents: Document, recent: Sequence[Document] | None = None) -> Searcher:
    """A searcher of so many others that words are rare and no cluster is all there is."""
    return searcher([*documents, *FILLERS], recent)


def numbers(searching: Searcher, query: str) -> list[int]:
    """Of the papers found, as `document` takes them, best first."""
    return [int(anchor.rpartition(".")[2]) for anchor in found_by(searching, query)]


def made_papers(count: int, seed: int = 11, first: int = 0) -> list[Document]:
    """Papers on two subjects with authors, organisations, topics, sources, votes, code and a few notes."""
    chance = random.Random(seed)
    made = []
    for number in range(first, first + count):
        subject = SUBJECTS[chance.randrange(2)]
        inflected = [word + chance.choice(("", "", "s", "ing")) for word in chance.choices(subject, k=14)]
        rare = chance.choice(("graphene", "日本語", "C++", "GPT-4", "naïve", "über", "TNF-α", ""))
        made.append(
            document(
                number,
                " ".join(chance.sample(subject, 3)) + f" {rare} {_WORDS[chance.randrange(len(_WORDS))]}",
                " ".join(chance.sample(inflected, 12)) + f" paper{number} {_WORDS[number % len(_WORDS)]}.",
                day=FIRST + timedelta(days=number // 4),
                authors=tuple(chance.sample(_AUTHORS, chance.randrange(1, 6))),
                organization=chance.choice(("", "Lovelace Labs", "Institute of Graphs")),
                topics=tuple(chance.sample(("graphs", "large-graphs", "trees"), chance.randrange(3))),
                sources=(chance.choice(NAMES.sources),),
                votes=chance.choice((None, 0, 1, 7, 163)),
                has_code=chance.random() < 0.3,
                notes=(note("Read this carefully.", is_pick=True),) if chance.random() < 0.1 else (),
            )
        )
    return made


_AUTHORS = ("Ada Lovelace", "Bo Li", "José Ñuñez", "Chen Wei", "王 小明", "Token Smith", "Ann O’Brien")
_WORDS = tuple(f"{start}{end}" for start in ("vorta", "kelim", "brasto", "plenu", "dorvi") for end in ("n", "x", "t"))
