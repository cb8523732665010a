"""Phrases that rise: those that are new, with honest counts, and nothing by chance."""

from hypothesis import given
from hypothesis import strategies as st

from generator.search.phrases import FEWEST, rising, titles_text
from generator.spans import RisingPhrase

OLD = [titles_text([f"Learning to see graph number {n}", "Deep nets for vision"]) for n in "abcdefghij" * 10]
words = st.lists(st.sampled_from("graph world model of the deep net vision learning".split()), min_size=1, max_size=8)
spans = st.lists(words.map(" ".join).map(lambda title: titles_text([title])), max_size=12)


def test_what_is_new_rises():
    """With how often it stands there now, and before."""
    new = [titles_text(["World models learn to see", "Deep nets for vision"])] * 6
    found = {phrase.words: (phrase.recent, phrase.before) for phrase in rising(new, OLD)}
    assert found["world models learn"] == (6, 0)
    assert "deep nets" not in found


def test_a_part_is_left_to_the_longer_phrase_that_has_all_of_it():
    """“world” says less than “world models learn” when it stands nowhere else."""
    new = [titles_text(["World models learn", "A model world" if n < 2 else "Vision"]) for n in range(6)]
    found = {phrase.words: phrase.recent for phrase in rising(new, OLD)}
    assert found == {"world models learn": 6, "world": 8}


def test_stop_words_neither_begin_nor_end_a_phrase():
    """They may stand inside."""
    new = [titles_text(["The chain of thought"])] * 5
    assert [phrase.words for phrase in rising(new, OLD)] == ["chain of thought"]


def test_no_phrase_goes_over_a_break():
    """A name and what stands after its colon are two things; hyphens only join words."""
    new = [titles_text(["QUOKKA: Chain-of-thought"])] * 5
    assert {phrase.words for phrase in rising(new, OLD)} == {"quokka", "chain of thought"}


def test_nothing_rises_without_a_past():
    """All would be new."""
    assert rising([titles_text(["World models"])] * 9, []) == ()


def test_the_deviation_is_that_of_the_paper_it_comes_from():
    """By hand: 5 in 10 words and 5 ends against none in 90 and 10 is a prior of 0.652 occurrences in 15 words.

    (ln(5.652 / 24.348) - ln(0.652 / 114.348)) / √(1 / 5.652 + 1 / 0.652) = 3.706 / 1.308
    """
    assert rising([titles_text(["wombat quokka"])] * 5, [titles_text(["a b c d e f g h i"])] * 10) == (
        RisingPhrase("wombat quokka", 5, 0, 2.83),
    )


@given(spans, spans)
def test_counts_are_those_of_the_titles(new: list[str], old: list[str]):
    """Whatever rises stands as often in the titles as it says, and often enough."""
    for phrase in rising(new, old):
        assert phrase.recent == "\n".join(new).count(f" {phrase.words} ") >= FEWEST
        assert phrase.before == "\n".join(old).count(f" {phrase.words} ")
        assert phrase.recent * "\n".join(old).count(" ") > phrase.before * "\n".join(new).count(" ")
