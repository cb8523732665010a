"""Impacts, evidence and the two steps of the score."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.analysis import stem
from generator.search.evidence import QueryWord, content_words, near, title_share, title_weight, verbatim
from generator.search.ranking import Evidence, best_first, final_scores, first_scores, longness
from generator.search.terms import count_terms
from generator.search.weighting import frequencies, impacts, papers_with, rarity


def _query(text: str, idf: float = 2.0) -> list[QueryWord]:
    return [QueryWord(word, stem(word), idf) for word in content_words(text)]


def _places(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(content_words(text)):
        places.setdefault(stem(word), []).append(at)
    return places


def _evidence(bm25: list[float], vectors: list[list[float]], **more: list[float]) -> Evidence:
    fields = {name: np.array(more.get(name, [0.0] * len(bm25)), np.float32) for name in _OTHERS}
    return Evidence(np.array(bm25, np.float32), vectors=np.array(vectors, np.float32), **fields)


_OTHERS = ("meaning", "verbatim", "near", "title")


def test_bm25_by_hand() -> None:
    """The formula of the module's docstring, on two papers."""
    terms = count_terms([("graph", "graph tree"), ("", "tree")])
    counts = frequencies(terms.by_stem(terms.titles), terms.by_stem(terms.abstracts))
    idf = rarity(papers_with(counts), 2)
    graph = math.log1p((2 - 1 + 0.5) / 1.5)
    expected = graph * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 4 / 2.5))
    assert impacts(counts, idf).toarray()[0, terms.stems.index("graph")] == pytest.approx(expected, rel=1e-5)


def test_long_queries_trust_meaning_more() -> None:
    """From four stems to ten the weight of meaning doubles."""
    weights = [float(first_scores(np.zeros(1), np.ones(1), stems)[0]) for stems in (1, 4, 7, 10, 30)]
    assert weights == [1.5, 1.5, 2.25, 3.0, 3.0]
    assert [longness(stems) for stems in (0, 4, 10)] == [0, 0, 1]


def test_words_as_typed_decide_between_equals() -> None:
    """Of two papers with the same sums the one with the word itself comes first."""
    query = _query("embedding models")
    assert verbatim(query, frozenset(("embedding", "models"))) == 1
    assert verbatim(query, frozenset(("embeddings", "models"))) == 0.5
    scores = final_scores(_evidence([5, 5], [[1, 0], [1, 0]], verbatim=[0.5, 1.0]), 2)
    assert best_first(scores, 2).tolist() == [1, 0]


def test_neighbours_in_the_query_stand_near_each_other() -> None:
    """Within four words, in either order; farther apart counts nothing."""
    query = _query("sparse retrieval")
    assert near(query, _places("retrieval sparse")) == 2
    assert near(query, _places("sparse one two three retrieval")) == 2
    assert near(query, _places("sparse one two three four retrieval")) == 0
    assert near(query, _places("sparse")) == 0


def test_a_title_said_in_full_has_share_one() -> None:
    """The share weighs the title's stems by idf."""
    title = [stem(word) for word in ("graph", "neural", "networks")]
    idf = dict.fromkeys(title, 2.0)
    weight = title_weight(title, idf)
    assert title_share(_query("networks of neural graphs for molecules"), frozenset(title), weight) == 1
    assert title_share(_query("networks"), frozenset(title), weight) == pytest.approx(1 / 3)


def test_papers_like_the_best_rise() -> None:
    """With equal words, the paper that is like the leaders comes before the one that is not."""
    vectors = [[1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [0, 1], [1, 0]]
    scores = final_scores(_evidence([9, 9, 9, 9, 9, 4, 4], vectors), 8)
    assert scores[6] > scores[5]


@given(st.lists(st.floats(0, 50, width=32), min_size=1, max_size=8))
def test_scores_are_finite(bm25: list[float]) -> None:
    """Also when nothing is known of any paper."""
    scores = final_scores(_evidence(bm25, [[0.0, 0.0]] * len(bm25)), 3)
    assert np.isfinite(scores).all()
    assert sorted(best_first(scores, 99).tolist()) == list(range(len(bm25)))


def test_a_query_of_stop_words_keeps_them() -> None:
    """There is nothing else to look for."""
    assert content_words("the who") == ["the", "who"]
    assert content_words("the graph") == ["graph"]
