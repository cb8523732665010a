"""Mistyped words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.spelling import bucket, buckets, corrections, distance

KNOWN = {"transformer": 900, "transformers": 400, "transform": 100, "retrieval": 300, "retrial": 2, "graph": 500}


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("graph", "graph", 0),
        ("garph", "graph", 1),
        ("grap", "graph", 1),
        ("grapph", "graph", 1),
        ("gnaph", "graph", 1),
        ("garpph", "graph", 2),
        ("hgarp", "graph", 3),
        ("tree", "graph", 3),
        ("", "ab", 2),
        ("", "graph", 3),
    ],
)
def test_distance(one: str, other: str, edits: int) -> None:
    """A swap of neighbours is one edit; beyond two it stops counting."""
    assert distance(one, other) == distance(other, one) == edits


@pytest.mark.parametrize("typo", ["transfromer", "transformr", "trransformer", "trabsformer", "rtansformer"])
def test_the_meant_word_comes_first(typo: str) -> None:
    """Of the near words the most frequent."""
    assert corrections(typo, KNOWN)[0] == "transformer"


def test_short_words_allow_one_edit() -> None:
    """Two edits turn a short word into anything."""
    assert corrections("graf", {"graph": 5, "grap": 1}) == ["grap"]


@given(st.text("abcdefgh", min_size=4, max_size=10), st.integers(0, 3))
def test_buckets_forgive_one_early_slip(word: str, at: int) -> None:
    """A letter left out or doubled, or two swapped, still leads to the word's bucket."""
    slips = (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:])
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    assert bucket(word) in buckets(slips[1])
    assert bucket(word) in buckets(swapped) or at == 1
    assert at < 2 or bucket(word) in buckets(slips[0])
