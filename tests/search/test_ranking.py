"""The numbers that rank papers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.counting import HIGHEST, IN_TITLE, MAIN_FORM, OTHER_FORM, count, title_weights
from generator.search.ranking import alike_weight, best_first, longness, meaning_weight, middle_of_best
from generator.search.terms import count_terms
from generator.search.weighting import frequencies, impacts, papers_with, rarity
from tests.search.made_index import document


def test_bm25_by_hand() -> None:
    """The formula of the module's docstring, on two papers."""
    terms = count_terms([("graph", "graph tree"), ("", "tree")])
    counts = frequencies(terms.by_stem(terms.titles), terms.by_stem(terms.abstracts))
    idf = rarity(papers_with(counts), 2)
    graph = math.log1p((2 - 1 + 0.5) / 1.5)
    expected = graph * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 4 / 2.5))
    assert impacts(counts, idf).toarray()[0, terms.stems.index("graph")] == pytest.approx(expected, rel=1e-5)


def test_long_queries_trust_meaning_more() -> None:
    """From four stems to ten the weight of meaning doubles, and that of likeness grows fourfold."""
    assert [meaning_weight(stems) for stems in (1, 4, 7, 10, 30)] == [1.5, 1.5, 2.25, 3, 3]
    assert [alike_weight(stems) for stems in (1, 4, 7, 10, 30)] == [3, 3, 7.5, 12, 12]
    assert [longness(stems) for stems in (0, 4, 10)] == [0, 0, 1]


def test_the_middle_of_the_best_is_mostly_the_best() -> None:
    """Only the five best count, and the more the better they are; its length is one."""
    vectors = np.array([[1, 0], [0, 1], [0, 1], [0, 1], [0, 1], [-1, 0]])
    middle = middle_of_best(np.array([9.0, 4.5, 4.5, 4.5, 4.5, 4.4]), vectors)
    assert middle[0] > 0.99
    assert np.linalg.norm(middle) == pytest.approx(1)
    assert middle_of_best(np.array([9.0, 9.0, 0, 0, 0, 0]), vectors).tolist() == pytest.approx([0.5**0.5] * 2, abs=1e-3)


def test_without_a_score_above_zero_there_is_no_middle() -> None:
    """Nor where all papers are without a vector."""
    assert not middle_of_best(np.array([0.0, -1.0]), np.eye(2)).any()
    assert not middle_of_best(np.array([2.0, 1.0]), np.zeros((2, 2))).any()
    assert not middle_of_best(np.zeros(0), np.zeros((0, 2))).any()


@given(st.lists(st.sampled_from((0.0, 1.0, 1.5, -3.0)), max_size=9), st.integers(0, 12))
def test_the_best_come_first_and_equal_ones_by_number(scores: list[float], limit: int) -> None:
    """As sorting by score and row says."""
    expected = sorted(range(len(scores)), key=lambda row: (-scores[row], row))[:limit]
    assert best_first(np.array(scores), limit).tolist() == expected


def test_a_posting_tells_where_the_word_stands_and_in_which_form() -> None:
    """The first key is the most frequent word of the stem; bits say title, first key, other key."""
    counted = count([document(1, "Models of a model", "models"), document(2, "A graph", "modelled"), document(3, "x")])
    model, graph = counted.terms.stems.index("model"), counted.terms.stems.index("graph")
    assert counted.keys()[model] == ("models", "model", "modelled")
    row = {stem: mark & 7 for stem, mark in zip(counted.frequency.indices[:1], counted.marks[:1], strict=True)}
    assert row == {model: IN_TITLE | MAIN_FORM | OTHER_FORM}
    second = counted.frequency.indices[counted.frequency.indptr[1] : counted.frequency.indptr[2]].tolist()
    marks = counted.marks[counted.frequency.indptr[1] : counted.frequency.indptr[2]].tolist()
    assert {stem: mark & 7 for stem, mark in zip(second, marks, strict=True)} == {
        model: OTHER_FORM,
        graph: IN_TITLE | MAIN_FORM,
    }


def test_a_posting_says_what_bm25_says_without_idf() -> None:
    """In 31 steps, never none."""
    documents = [document(1, "graph", "graph tree"), document(2, "", "tree " + "leaf " * 400)]
    counted = count(documents, length=4)
    graph, tree = (counted.terms.stems.index(stem) for stem in ("graph", "tree"))
    said = {(0, graph): 3 / (3 + 1.2), (1, tree): 1 / (1 + 1.2 * (0.25 + 0.75 * 401 / 4))}
    for (row, stem), share in said.items():
        start, end = counted.frequency.indptr[row : row + 2]
        at = start + counted.frequency.indices[start:end].tolist().index(stem)
        assert counted.marks[at] >> 3 == max(1, round(HIGHEST * share))


def test_titles_weigh_twice_their_idf() -> None:
    """Each stem once; at most what a byte holds."""
    counted = count([document(1, "graph graphs tree"), document(2, "")])
    idf = np.full(len(counted.terms.stems), 2.5, np.float32)
    assert title_weights(counted.titles, idf).tolist() == [10, 0]
    assert title_weights(counted.titles, idf * 100).tolist() == [255, 0]
