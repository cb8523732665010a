"""A collection → how well and how cheaply its papers are found: the index as built, the browser's code, real HTTP.

docs/bench.md says what each figure means.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.bench.bm25 import BM25
from generator.bench.browser import Browser, Reader
from generator.bench.collection import Collection, read_collection
from generator.bench.collection_index import build_index, documents_of, pages_of
from generator.bench.counting_server import CountingServer
from generator.bench.measures import DEPTH, Quality, quality
from generator.bench.search_figures import Measured, Visit, figures
from generator.bench.typos import mistyped
from generator.model import Json
from generator.search.documents import Document
from generator.settings import Settings
from generator.site import shipped

_VISITS: Final = 200
"""Queries whose bytes are counted, at most."""
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """Which collection, whether by MiniLM, how many typos a query gets, how many queries are asked, None for all."""

    settings: Settings
    folder: Path
    by_minilm: bool
    typos: int
    limit: int | None


def measure_searches(plan: SearchPlan, scratch: Path, say: Callable[[str], None]) -> dict[str, Json]:
    """The figures as one JSON object; `say` gets a line before each step; `scratch` is an empty folder."""
    load = round(os.getloadavg()[0], 2)
    collection = read_collection(plan.folder, plan.limit)
    documents = documents_of(collection.papers)
    queries = [mistyped(question.text, plan.typos) for question in collection.questions]
    index = build_index(documents, plan.settings if plan.by_minilm else None, say)
    assets = _assets(plan.settings.root / "site_templates")
    with (
        CountingServer({**pages_of(documents), **index.files, **assets}) as server,
        Browser(assets, server.url, scratch) as browser,
    ):
        visited = _spread(queries, _VISITS)
        say(f"{len(visited):,} first visits")
        visits = [_visit(browser, server, query) for query in visited]
        say(f"{len(queries):,} queries")
        rankings = [browser.ask(query, DEPTH, Reader.LONG_SESSION).anchors for query in queries]
    say("the same queries by plain BM25")
    ours = _judged(collection, documents, rankings)
    peers = _judged(collection, documents, _by_bm25(documents, queries))
    measured = Measured(index, visits, ours, peers, len(documents))
    return {**figures(measured), "typos": plan.typos, "load": load}


def _assets(folder: Path) -> Mapping[str, bytes]:
    """All that a page loads for search alone, by site path."""
    paths = [*sorted((folder / "assets" / "search").glob("*.js")), *sorted((folder / "assets").glob("search*.css"))]
    return {path.relative_to(folder).as_posix(): shipped(path.name, path.read_bytes()) for path in paths}


def _spread(queries: Sequence[str], most: int) -> list[str]:
    """At most so many, evenly from all."""
    step = max(1.0, len(queries) / most)
    return [queries[int(number * step)] for number in range(min(most, len(queries)))]


def _visit(browser: Browser, server: CountingServer, query: str) -> Visit:
    server.take()
    browser.ask(query, _SHOWN, Reader.FIRST_VISIT)
    sent = server.take()
    return Visit(sent, browser.ask(query, _SHOWN, Reader.SECOND_QUERY).ms)


def _by_bm25(documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]]:
    peer = BM25(documents)
    return [peer.find(query, DEPTH) for query in queries]


def _judged(collection: Collection, documents: Sequence[Document], rankings: Sequence[Sequence[str]]) -> list[Quality]:
    ids = {document.anchor: paper.id for document, paper in zip(documents, collection.papers, strict=True)}
    return [
        quality([ids[anchor] for anchor in ranking], question.grades)
        for ranking, question in zip(rankings, collection.questions, strict=True)
    ]
