"""Topic rules on a paper's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Paper, Topic
from generator.topics import fold, topic_matcher

PAPER = Paper(
    "arxiv:2510.00001",
    "Graph-Neural Networks à la carte",
    abstract="We survey GNNs, k-NN and C++ for poincaré balls.",
    authors=("José Müller",),
    categories=("cs.LG", "stat.ML"),
)

CASES = [
    ({"any": ("graph neural network",)}, True),
    ({"any": ("GNN",)}, True),
    ({"any": ("gn",)}, False),
    ({"any": ("k-NN",)}, True),
    ({"any": ("k nn",)}, True),
    ({"any": ("Poincare ball",)}, True),
    ({"any": ("robot", "survey")}, True),
    ({"all": ("GNN", "survey")}, True),
    ({"all": ("GNN", "robot")}, False),
    ({"any": ("GNN",), "none": ("survey",)}, False),
    ({"categories": ("stat.ML",)}, True),
    ({"categories": ("cs.CV",)}, False),
    ({"any": ("GNN",), "categories": ("cs.CV",)}, False),
    ({"authors": ("Jose Muller",)}, True),
    ({"authors": ("Muller",)}, False),
]


@pytest.mark.parametrize(("rules", "expected"), CASES)
def test_rules_hold_at_word_boundaries_after_folding(rules, expected):
    """Every rule that is given must hold; case, accents, hyphens and a plural do not matter."""
    assert bool(topic_matcher([Topic("T", "t", **rules)]).match(PAPER)) is expected


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_folded_alike_beside_other_scripts(text: str):
    """The short way that ASCII takes finds the same words."""
    assert fold(f"{text} Ω") == f" {fold(text).strip()} ω ".replace("  ", " ")
