"""A query and a paper's text → how well the words themselves fit, for the second step of `ranking`.

    verbatim = Σ idf of the query's words that stand in the text as typed / Σ idf of the query's words
    near     = Σ min(idf, idf) of neighbouring words of the query that stand within four words of each other
    title    = Σ idf of the title's stems that the query has / Σ idf of all the title's stems

Words are those of `analysis`, without stop words. Only words whose stem the index knows count. The browser knows
which words of a text belong to the query's stems, as the index lists the words of a stem; of the title's other
stems it need only know their sum, `title_weight`, which is kept with the paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator.search.analysis import STOP_WORDS, words

_WINDOW: Final = 4


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query as typed, its stem, and the stem's idf."""

    word: str
    stem: str
    idf: float


def content_words(text: str) -> list[str]:
    """The words of `text` that are looked up: all but stop words, or all if there are no others."""
    found = list(words(text))
    return [word for word in found if word not in STOP_WORDS] or found


def title_weight(stems: Iterable[str], idf: Mapping[str, float]) -> float:
    """Σ idf of the title's distinct stems."""
    return sum(idf.get(stem, 0.0) for stem in sorted(set(stems)))


def verbatim(query: Sequence[QueryWord], present: frozenset[str]) -> float:
    """`present` are the words of title and abstract."""
    total = sum({found.stem: found.idf for found in query}.values())
    there = sum({found.word: found.idf for found in query if found.word in present}.values())
    return there / total if total else 0.0


def near(query: Sequence[QueryWord], places: Mapping[str, Sequence[int]]) -> float:
    """`places` are the positions of each stem of the query among the content words of title and abstract."""
    return sum(
        min(one.idf, other.idf)
        for one, other in pairwise(query)
        if one.stem != other.stem and _gap(places.get(one.stem, ()), places.get(other.stem, ())) <= _WINDOW
    )


def title_share(query: Sequence[QueryWord], title_stems: frozenset[str], weight: float) -> float:
    """`weight` is the `title_weight` of the paper."""
    shared = sum({found.stem: found.idf for found in query if found.stem in title_stems}.values())
    return shared / weight if weight else 0.0


def _gap(one: Sequence[int], other: Sequence[int]) -> int:
    """The smallest distance between a position of one and a position of the other; both ascend."""
    best = _WINDOW + 1
    left = right = 0
    while left < len(one) and right < len(other):
        best = min(best, abs(one[left] - other[right]))
        if one[left] < other[right]:
            left += 1
        else:
            right += 1
    return best
