"""Query → papers, best first: what the browser's `search.js` does, step by step (`docs/search-index.md`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from generator.identifiers import anchor
from generator.links import day_path
from generator.search.analysis import content_words
from generator.search.article import holds
from generator.search.conditions import Conditions, Judge, Mask, Phrased
from generator.search.lookup import Lookup, Words, fetched
from generator.search.packing import Numbers
from generator.search.query import Query, Term, parse_query
from generator.search.ranking import LOOKED_AT, Scores, best_first, middle_of_best
from generator.search.reader import IndexReader, Read, Slot
from generator.search.scoring import Scoring
from generator.search.slots import UNKNOWN_VOTES
from generator.search.unpacking import SearchIndexError
from generator.search.vector_space import SIZE

_READ: Final = 30
"""Papers whose pages are read for a phrase, at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """Papers with their numbers; `total` is how many there are, an estimate unless `is_exact`."""

    papers: tuple[tuple[int, Slot], ...]
    total: int
    is_exact: bool
    hints: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...]


class Searcher:
    """Searches the index that `read` reads, and pages of the site by their path."""

    def __init__(self, read: Read, read_page: Callable[[str], str]) -> None:
        self._index = IndexReader.open(read)
        self._words = Words(self._index)
        self._judge = Judge(self._index, self._words)
        self._read_page = read_page
        tops = [segment.top for segment in self._index.segments]
        self._clusters = np.concatenate([np.zeros(0, np.int64), *(clusters for clusters, _, _ in tops)])
        self._middles = next((middles for _, _, middles in tops), np.zeros((0, SIZE)))
        if int(self._clusters.max(initial=-1)) >= max(1, len(self._middles)):
            raise SearchIndexError("site/search/ does not hold together: run broadsheet build --clean")
        self._is_shown = np.ones(self._words.papers, bool)
        for _, replaced, _ in tops:
            self._is_shown[sorted(replaced)] = False

    @property
    def index(self) -> IndexReader:
        """What is searched."""
        return self._index

    def find(self, text: str, limit: int = 10, offset: int = 0) -> Found:
        """The papers from `offset` on, at most `limit`."""
        query = parse_query(text)
        found = self._find(query, limit, offset)
        if found.total or not any(term.is_phrase and not term.is_negative for group in query.groups for term in group):
            return found
        loose = tuple(tuple(map(_without_demand, group)) for group in query.groups)
        hint = "No paper holds this word for word, so the words between quotation marks were searched one by one."
        return self._find(replace(query, groups=loose, hints=(*query.hints, hint)), limit, offset)

    def _find(self, query: Query, limit: int, offset: int) -> Found:
        named, hints = self._named(query)
        wanted = content_words(" ".join(term.text for group in query.groups for term in group if _is_soft(term)))
        lookup = self._words.look_up(wanted)
        conditions = self._judge.conditions(query)
        conditions.allowed &= self._is_shown
        conditions.allowed[named] = False  # they stand first, and only once
        ranked, is_exact, number = self._ordered(query, lookup, conditions)
        passing = self._on_page(ranked, conditions)
        rest = list(islice(passing, max(1, limit + offset - len(named))))
        order = (*named, *rest)
        return Found(
            tuple((paper, self._index.slot(paper)) for paper in order[offset : offset + limit]),
            (number if rest or not conditions.phrased else 0) + len(named),
            is_exact and not conditions.phrased,
            (*query.hints, *hints),
            lookup.corrections,
        )

    def similar(self, name: str) -> tuple[Slot | None, tuple[tuple[int, Slot], ...]]:
        """The paper with this anchor, None when there is none, and the papers nearest to it."""
        for number in self._under_id(name):
            slot = self._index.slot(number)
            return slot, tuple((other, self._index.slot(other)) for other in slot.neighbours if self._is_shown[other])
        return None, ()

    def _named(self, query: Query) -> tuple[list[int], list[str]]:
        found: list[int] = []
        hints: list[str] = []
        for paper in query.ids:
            numbers = self._under_id(anchor(paper))
            found += numbers[:1]
            hints += [] if numbers else [f"{paper} is in no digest here."]
        return list(dict.fromkeys(found)), hints

    def _under_id(self, name: str) -> list[int]:
        return [
            segment.first + number
            for segment, entry in zip(self._index.segments, self._words.under(f"id:{name}"), strict=True)
            if entry
            for number in entry.papers.tolist()
            if self._is_shown[segment.first + number]
        ]

    def _ordered(self, query: Query, lookup: Lookup, conditions: Conditions) -> tuple[Iterator[int], bool, int]:
        """All papers found, whether these are all there are, and their number."""
        if lookup.stems or lookup.names:
            return self._ranked(query, lookup, conditions)
        if lookup.words or not conditions.are_there:
            return iter(()), True, 0
        papers = np.flatnonzero(conditions.allowed)
        column = "votes" if query.sort == "votes" else "days"
        return iter(self._by(column, papers, np.zeros(len(papers)))), True, len(papers)

    def _ranked(self, query: Query, lookup: Lookup, conditions: Conditions) -> tuple[Iterator[int], bool, int]:
        lists = fetched(lookup, self._index.segments, everything=query.sort != "best")
        scoring = Scoring(self._words.papers, lookup, lists)
        meaning = scoring.meaning()
        middles = self._middles @ meaning if len(self._middles) else np.zeros(1)
        is_exact = lists.is_whole
        if (
            query.sort == "best"
            and not conditions.are_there
            and self._join_nearest(scoring.found, conditions.allowed, middles)
        ):
            is_exact = False
        found = np.flatnonzero(scoring.found & conditions.allowed)
        first = scoring.of_words(found) + scoring.meant * middles[self._clusters[found]]
        if query.sort != "best":
            kept = scoring.with_all(found)
            found, first = found[kept], first[kept]
            column = "days" if query.sort == "date" else "votes"
            return iter(self._by(column, found, first)), is_exact, len(found)
        order = found[best_first(first, len(first))]
        return self._finally(order, scoring, meaning), is_exact, len(order)

    def _join_nearest(self, found: Mask, allowed: Mask, middles: Scores) -> bool:
        """Add the papers of the clusters that mean most what the query means, while few are found; True if any."""
        joined = False
        for cluster in best_first(middles, len(middles)):
            if int((found & allowed).sum()) >= LOOKED_AT or middles[cluster] <= 0:
                break
            found |= self._clusters == cluster
            joined = True
        return joined

    def _by(self, column: str, papers: Numbers, scores: Scores) -> list[int]:
        values = self._index.column(column)[papers]
        if column == "votes":
            values = np.where(values == UNKNOWN_VOTES, -1, values)
        found: list[int] = papers[np.lexsort((papers, -scores, -values))].tolist()
        return found

    def _finally(self, order: Numbers, scoring: Scoring, meaning: Scores) -> Iterator[int]:
        middle: Scores | None = None
        for start in range(0, len(order), LOOKED_AT):
            block = order[start : start + LOOKED_AT]
            slots = [self._index.slot(int(paper)) for paper in block]
            vectors = np.array([slot.vector for slot in slots])
            scores = scoring.of_words(block) + scoring.of_titles(block, slots)
            scores += scoring.meant * (vectors @ meaning)
            middle = middle_of_best(scores, vectors) if middle is None else middle
            scores = scores + scoring.alike * (vectors @ middle)
            yield from block[np.lexsort((block, -scores))].tolist()

    def _on_page(self, papers: Iterator[int], conditions: Conditions) -> Iterator[int]:
        """Those whose pages hold what phrases demand."""
        for paper in islice(papers, _READ) if conditions.phrased else papers:
            if all(self._passes(paper, found) for found in conditions.phrased):
                yield paper

    def _passes(self, paper: int, demanded: Phrased) -> bool:
        if not demanded.mask[paper]:
            return True
        slot = self._index.slot(paper)
        try:
            page = self._read_page(day_path(slot.day))
        except OSError:
            return demanded.is_negative
        return any(holds(page, slot.anchor, phrase) for phrase in demanded.phrases) != demanded.is_negative


def _is_soft(term: Term) -> bool:
    return not term.field and not term.is_negative


def _without_demand(term: Term) -> Term:
    """A phrase to find is its words; one to leave out stays."""
    return replace(term, is_phrase=term.is_phrase and term.is_negative)
