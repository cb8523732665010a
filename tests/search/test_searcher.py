"""Query → papers: each rule of `docs/search-index.md`, "How a query is answered"."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import lookup
from generator.search.searcher import Searcher
from generator.search.unpacking import SearchIndexError
from tests.search.made_index import (
    among,
    document,
    found_by,
    index_of,
    made_papers,
    note,
    numbers,
    pages_of,
    reading,
    searcher,
    vectors_of,
)

MADE, NEWER = made_papers(120), made_papers(30, first=200)
ONE_SEGMENT = searcher(MADE)
TWO_SEGMENTS = searcher(MADE, [*NEWER, *(paper for paper in made_papers(120, seed=12) if paper.notes)])


# --- words


@pytest.mark.parametrize("query", ["graph", "Graphs", "GRAPHED", "the graph of", "grâph"])
def test_a_word_is_found_in_any_form(query: str) -> None:
    """Case, accents, number and stop words do not matter."""
    assert numbers(among(document(1, "Graphs"), document(2, "Trees")), query)[0] == 1


def test_stop_words_are_looked_up_when_there_are_no_others() -> None:
    """No paper has them, as they are not indexed; nothing is made up."""
    assert numbers(among(document(1, "The who")), "the who") == []


def test_a_word_nobody_wrote_is_corrected() -> None:
    """And the reader is told."""
    found = among(document(1, "Transformers")).find("trasnformers")
    assert found.papers[0][1].title == "Transformers"
    assert found.corrections == (("trasnformers", "transformers"),)


@pytest.mark.parametrize("query", ["tr", "gpt5", "qqqqqqq", "日本"])
def test_short_words_codes_and_what_is_far_from_all_words_stay(query: str) -> None:
    """Nothing is guessed, and nothing found."""
    found = among(document(1, "trees"), document(2, "gpt4")).find(query)
    assert (found.papers, found.total, found.is_exact, found.corrections) == ((), 0, True, ())


def test_a_name_is_no_typo() -> None:
    """It is known, though as no word."""
    found = among(document(1, "Trees", authors=("Ann Tress",))).find("tress")
    assert [slot.authors for _, slot in found.papers] == ["Ann Tress"]
    assert found.corrections == ()


def test_a_correction_comes_from_the_buckets_own_words() -> None:
    """A mistyped second letter leads to the bucket without it; the most frequent of equally near words is meant."""
    searching = among(document(1, "learning"), document(2, "learning"), document(3, "leaving"))
    assert searching.find("leaening").corrections == (("leaening", "learning"),)
    assert searching.find("lxearning").corrections == (("lxearning", "learning"),)


def test_a_word_twice_counts_twice() -> None:
    """It weighs more than the other one."""
    searching = among(document(1, "graph"), document(2, "tree"))
    assert (numbers(searching, "graph graph tree")[0], numbers(searching, "graph tree tree")[0]) == (1, 2)


def test_the_word_as_typed_comes_first() -> None:
    """Of two papers that differ in nothing else, also where it is not the first key."""
    searching = among(*(document(number, "modelled things") for number in range(2, 6)), document(1, "models things"))
    assert numbers(searching, "models")[0] == 1
    assert numbers(searching, "modelled")[0] != 1


def test_names_add_to_words() -> None:
    """A paper by the author comes before one that is about nothing else; names alone find papers, too."""
    searching = among(document(1, "On graphs", authors=("Ann Lee",)), document(2, "On graphs"))
    assert numbers(searching, "lee graphs") == [1, 2]
    assert numbers(searching, "lee") == [1]
    assert numbers(among(document(1, "Trees", organization="Lovelace Labs")), "lovelace") == [1]


def test_both_segments_share_df() -> None:
    """Of two new papers with a word each, the one with the word that is rare in the base comes first."""
    base = [document(number, "graph things") for number in range(20)]
    new = [document(50, "graph things"), document(51, "tree things")]
    found = numbers(searcher([*base, document(40, "tree things")], new), "graph tree")
    assert len(found) == 23
    assert found.index(51) < found.index(50)


def test_newer_words_of_a_stem_lead_to_older_papers() -> None:
    """A form that only the second segment knows finds both."""
    searching = among(document(1, "modelled"), recent=[document(50, "modelling")])
    assert sorted(numbers(searching, "modelling")) == sorted(numbers(searching, "modelled")) == [1, 50]


# --- lists and the budget


@pytest.fixture
def long_lists() -> Searcher:
    """Two words with a list of their own each."""
    titles = ["graph" if number % 2 else "graph tree" for number in range(3_000)]
    return searcher([document(number % 90, title, day=date(2025, 1, 1)) for number, title in enumerate(titles)])


def test_whole_lists_are_fetched_within_the_budget_shortest_first(
    long_lists: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the others the best 200 papers count, and the number found is an estimate."""
    every = long_lists.find("graph tree")
    assert (every.total, every.is_exact) == (3_000, True)
    sizes = sorted(long_lists.index.segments[0].entry(word).own_bytes for word in ("graph", "tree"))
    monkeypatch.setattr(lookup, "BUDGET", sum(sizes))
    assert long_lists.find("graph tree").is_exact
    monkeypatch.setattr(lookup, "BUDGET", sizes[0])
    shortest = long_lists.find("graph tree")
    assert shortest.total == 1_500 + 200
    assert not shortest.is_exact
    monkeypatch.setattr(lookup, "BUDGET", 0)
    best = long_lists.find("graph")
    assert (best.total, best.is_exact) == (200, False)


def test_what_an_order_or_a_condition_needs_is_always_fetched(
    long_lists: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Budget or none."""
    monkeypatch.setattr(lookup, "BUDGET", 0)
    assert (long_lists.find("graph sort:date").total, long_lists.find("graph sort:date").is_exact) == (3_000, True)
    assert long_lists.find("-tree after:2025").total == 1_500
    assert long_lists.find("title:tree").total == 1_500


# --- ids, numbers, pages of results


def test_a_paper_named_by_id_comes_first() -> None:
    """In the order of the query, before what words find, and only once; aliases lead to it too."""
    searching = among(
        document(1, "Graph", aliases=("doi-10.1000-x",)), document(2, "Graph"), document(3, "Graph graph")
    )
    assert numbers(searching, "graph 2501.00002 2501.00001v3 arxiv:2501.00002")[:3] == [2, 1, 3]
    assert searching.find("graph 2501.00002").total == 3
    assert numbers(searching, "graph 2501.00002 year:2024") == [2]


def test_an_id_that_is_nowhere_gives_a_hint() -> None:
    """Beside what else is found."""
    found = among(document(1, "Graph")).find("2501.09999 graph")
    assert found.hints == ("arxiv:2501.09999 is in no digest here.",)
    assert found.papers[0][1].anchor == "2501.00001"


def test_a_replaced_paper_is_found_once_as_it_is_now() -> None:
    """By its id, by its old words no more unless they still stand there."""
    again = document(1, "Trees", "New words", notes=(note("A meadow."),))
    searching = among(document(1, "Graphs", "Old words", aliases=("old",)), document(2, "Graphs"), recent=[again])
    assert numbers(searching, "2501.00001") == [1]
    assert numbers(searching, "meadow") == [1]
    assert numbers(searching, "words title:trees") == [1]
    assert numbers(searching, "title:graphs") == [2]
    assert searching.find("has:note").total == 1


def test_similar_papers_are_those_of_the_slot() -> None:
    """None that was replaced; nothing for an unknown name."""
    paper, near = TWO_SEGMENTS.similar(MADE[5].anchor)
    assert paper is not None
    assert paper.anchor == MADE[5].anchor
    shown = {number for number, _ in near}
    assert near
    assert not shown & TWO_SEGMENTS.index.segments[1].top[1]
    assert ONE_SEGMENT.similar("nowhere") == (None, ())


QUERIES = st.sampled_from(
    (
        "attention transformer",
        "protein folding of a ligand that binds to the residue and its molecule in sequence",
        "token sort:date",
        "enzyme sort:votes",
        "has:code",
        "topic:graphs attention OR ligand",
        '"attention transformer" OR token',
        "2501.00007 2501.00003 decoder",
        "vortan",
    )
)


@settings(max_examples=settings().max_examples // 5)
@given(QUERIES, st.integers(4, 13), st.sampled_from((ONE_SEGMENT, TWO_SEGMENTS)))
def test_pages_of_results_follow_each_other(query: str, size: int, searching: Searcher) -> None:
    """However large they are, one after another they are all that is found, each paper once."""
    whole = found_by(searching, query, 60)
    paged = [anchor for at in range(0, 60, size) for anchor in found_by(searching, query, size, at)]
    assert paged[:60] == whole
    assert len(set(whole)) == len(whole)


def test_a_page_behind_the_last_is_empty() -> None:
    """The number stays."""
    found = ONE_SEGMENT.find("has:code", 10, 1_000)
    assert (found.papers, found.total) == ((), ONE_SEGMENT.find("has:code").total)


# --- meaning


def test_few_papers_are_filled_up_by_meaning() -> None:
    """With those of the clusters that mean most; never beside a condition."""
    documents = made_papers(120)
    searching = searcher([*documents, *(document(300 + n, "ligand zweig", "protein") for n in range(3))])
    found = searching.find("zweig", 50)
    assert [slot.title for _, slot in found.papers[:3]] == ["ligand zweig"] * 3
    assert found.total >= 10
    assert not found.is_exact
    assert searching.find("zweig year:2025", 50).total == 3


def test_papers_named_by_id_are_not_among_the_few() -> None:
    """They stand first whatever the words say: nine others are filled up, as in the browser."""
    searching = searcher([*made_papers(120), *(document(300 + n, "ligand zweig", "protein") for n in range(10))])
    assert searching.find("zweig").is_exact
    assert not searching.find("zweig 2501.00300").is_exact


def test_a_source_without_a_letter_is_none() -> None:
    """As a topic is; not all of them."""
    assert ONE_SEGMENT.find("source:\u0301").total == 0


def test_papers_that_share_no_word_are_found_by_vectors() -> None:
    """The words' vectors come from stored ones."""
    searching = searcher(MADE, stored=vectors_of(MADE))
    found = searching.find("attention", 100)
    assert found.total >= 10


def test_an_empty_site_finds_nothing() -> None:
    """And says nothing wrong."""
    for query in ("graph", '"graph tree"', "has:note", "year:2025 sort:votes", "2501.00001", ""):
        found = searcher([]).find(query)
        assert (found.papers, found.total) == ((), 0)
    assert searcher([]).similar("x") == (None, ())


@given(
    st.lists(st.sampled_from(('"', "-", "OR", "graph", "ligand", "title:", "has:note", "2501.00003", "日", "*", " ")))
)
def test_any_query_is_answered(pieces: list[str]) -> None:
    """What is shown is at most what is counted, unless that is an estimate."""
    found = TWO_SEGMENTS.find(" ".join(pieces), 100)
    assert len(found.papers) <= found.total
    assert not found.is_exact or len(found.papers) == min(100, found.total)


DAMAGED = index_of(MADE[:40], NEWER[:5])
SOME_QUERIES = (
    "attention protein",
    "decodr lovelace",
    "title:token -ligand sort:date",
    "2501.00003 has:note year:2025",
)


@given(st.sampled_from(sorted(DAMAGED)), st.floats(0, 1, exclude_max=True), st.integers(0, 255), st.booleans())
def test_a_damaged_index_ends_in_an_error_of_ours(name: str, place: float, byte: int, is_cut: bool) -> None:
    """Whatever byte is another one, and wherever a file ends: one line, no traceback, or an answer."""
    data = DAMAGED[name]
    at = int(place * len(data))
    harmed = data[:at] if is_cut else data[:at] + bytes((byte,)) + data[at + 1 :]
    with suppress(SearchIndexError):
        searching = Searcher(reading({**DAMAGED, name: harmed}), lambda path: "")
        for query in SOME_QUERIES:
            searching.find(query)


def test_pages_of_made_papers_hold_their_words() -> None:
    """So that the tests above look up phrases on something."""
    assert MADE[0].title in pages_of(MADE)[f"{MADE[0].day:%Y/%m/%d}/"]
