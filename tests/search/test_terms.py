"""Texts → counts."""

import numpy as np

from generator.search.terms import count_terms


def test_counts_by_word_and_stem() -> None:
    """A column a word as written, without stop words; stems merge them."""
    terms = count_terms([("Models of models", "a model modelled"), ("", "the graph")])
    assert terms.words == ("graph", "model", "modelled", "models")
    assert terms.stems == ("graph", "model")
    assert terms.titles.toarray().tolist() == [[0, 0, 0, 2], [0, 0, 0, 0]]
    assert terms.by_stem(terms.abstracts).toarray().tolist() == [[0, 2], [1, 0]]


def test_merging_stems_leaves_the_words_alone() -> None:
    """Asking twice gives the same answer."""
    terms = count_terms([("models model", "modelled graph"), ("graphs graph", "")])
    once, twice = (terms.by_stem(terms.titles).toarray() for _ in range(2))
    assert np.array_equal(once, twice)


def test_the_order_of_papers_changes_only_rows() -> None:
    """Words are numbered by name, not by when they came."""
    papers = [("b a", "c"), ("d", "a b")]
    one, other = count_terms(papers), count_terms(papers[::-1])
    assert one.words == other.words
    assert np.array_equal(one.abstracts.toarray(), other.abstracts.toarray()[::-1])


def test_no_papers() -> None:
    """An empty site has an empty vocabulary."""
    assert count_terms([]).titles.shape == (0, 0)
