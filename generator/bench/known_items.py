"""Papers → a collection whose queries are a few words of a paper, each of which should find just that paper.

That is how one looks for a paper one has seen. The words come from the summary that an AI wrote, where a source gives
one: it tells of the paper in other words than its authors'. Where no paper has one they come from the abstract,
which favours plain word search, as every word then stands in the paper that is wanted.
"""

import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from generator.archive import Archive
from generator.bench.collection import CORPUS, QRELS, QUERIES
from generator.errors import BroadsheetError
from generator.files import write_atomic
from generator.model import Json, Paper
from generator.search.analysis import STOP_WORDS, folded, stem
from generator.search.terms import count_terms
from generator.search.weighting import papers_with, rarity
from generator.text import readable

_SEED: Final = 4
_WORD = re.compile(r"[^\W\d_]{3,}")
_FEWEST: Final = 3
"""Papers that a word must stand in: a rarer one would name the paper all by itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many papers, from the first on, None for all; how many queries, of how many words."""

    papers: int | None
    queries: int
    words: int


def archived_papers(content: Path) -> Iterable[Paper]:
    """Every paper of every listing, as it first stood there."""
    archive = Archive(content)
    found: dict[str, Paper] = {}
    for day, source in archive.places():
        listing = archive.read(source, day)
        for paper in listing.papers if listing else ():
            found.setdefault(paper.id, paper)
    return found.values()


def write_known_items(papers: Iterable[Paper], wanted: Wanted, folder: Path) -> int:
    """The three files of a collection in `folder`; how many queries, which are fewer where texts are short.

    The same papers always give the same queries. BroadsheetError when they give none.
    """
    chosen = list(islice(papers, wanted.papers))
    queries = _queries(chosen, wanted)
    if not queries:
        raise BroadsheetError(f"none of {len(chosen):,} papers has {wanted.words} words to ask for; take more papers")
    rows: Iterable[dict[str, Json]] = (
        {"_id": paper.id, "title": paper.title, "text": paper.abstract} for paper in chosen
    )
    asked = [{"_id": f"q{number}", "text": text} for number, (_, text) in enumerate(queries)]
    judged = [f"q{number}\t{paper.id}\t1" for number, (paper, _) in enumerate(queries)]
    _write(folder / CORPUS, map(json.dumps, rows))
    _write(folder / QUERIES, map(json.dumps, asked))
    _write(folder / QRELS, ("query-id\tcorpus-id\tscore", *judged))
    return len(queries)


def _queries(papers: Sequence[Paper], wanted: Wanted) -> list[tuple[Paper, str]]:
    chance = random.Random(_SEED)
    idf = _idf(papers)
    found: list[tuple[Paper, str]] = []
    with_summary = [paper for paper in papers if _summary(paper)]
    asked = with_summary or papers
    for paper in chance.sample(asked, len(asked)):
        if len(found) == wanted.queries:
            break
        words = _drawn(_summary(paper) or paper.abstract, idf, wanted.words, chance)
        if len(words) == wanted.words:
            found.append((paper, " ".join(words)))
    return found


def _summary(paper: Paper) -> str:
    summary = paper.extra.get("ai_summary")
    return summary if isinstance(summary, str) else ""


def _idf(papers: Sequence[Paper]) -> Mapping[str, float]:
    """Of the stems that stand in enough papers."""
    terms = count_terms((readable(paper.title), readable(paper.abstract)) for paper in papers)
    counts = terms.by_stem(terms.titles + terms.abstracts)
    with_stem = papers_with(counts)
    weights = rarity(with_stem, len(papers))
    return {name: float(weights[row]) for row, name in enumerate(terms.stems) if with_stem[row] >= _FEWEST}


def _drawn(text: str, idf: Mapping[str, float], count: int, chance: random.Random) -> list[str]:
    """Words of different stems, the rarer the likelier, in the order of the text."""
    words = (word for word in _WORD.findall(folded(readable(text))) if word not in STOP_WORDS)
    by_stem = {name: word for word in words if (name := stem(word)) in idf}
    # The highest of u^(1/weight) are a weighted sample (P. Efraimidis, P. Spirakis, 2006).
    keys = {name: chance.random() ** (1 / idf[name]) for name in by_stem}
    drawn = set(sorted(keys, key=lambda name: -keys[name])[:count])
    return [word for name, word in by_stem.items() if name in drawn]


def _write(path: Path, lines: Iterable[str]) -> None:
    write_atomic(path, "".join(f"{line}\n" for line in lines).encode())
