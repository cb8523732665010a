"""What a query demands: conditions, orders and phrases, by `docs/search-index.md`."""

from datetime import date

import pytest

from tests.search.made_index import (
    FILLERS,
    among,
    document,
    note,
    numbers,
    searcher,
)

TAGGED = among(
    document(1, "Graphs", "trees", authors=("Ann Lee",), topics=("graphs",), sources=("arxiv",), has_code=True),
    document(2, "Trees", "graphs", organization="Lovelace Labs", topics=("large-graphs",), sources=("Hugging Face",)),
    document(3, "Forest", "", topics=("trees",), notes=(note("Lush.", "github:eve", "Eve Ö"),)),
    document(4, "Meadow", "graphs", notes=(note("x", "bo", "Bo Li", is_pick=True),)),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:graphs", {1}),
        ("title:graph title:trees", set()),
        ('title:"graphs of"', {1}),
        ("author:lee", {1}),
        ('author:"ann lee"', {1}),
        ("author:ann-lee", set()),
        ("org:lovelace", {2}),
        ("org:lee", set()),
        ("topic:graphs", {1, 2}),
        ("topic:large-graphs", {2}),
        ("topic:TREES", {3}),
        ("topic:nothing", set()),
        ("source:face", {2}),
        ("source:ARX", {1}),
        ("curator:github:eve", {3}),
        ("curator:eve", {3}),
        ("curator:BO", {4}),
        ('curator:"bo li"', {4}),
        ("has:note", {3, 4}),
        ("has:pick", {4}),
        ("has:code", {1}),
        ("has:code OR has:pick", {1, 4}),
        ("topic:trees OR meadow forest", {3, 4}),
        ("topic:trees OR meadow graphs", {4}),
        ("has:note -has:pick", {3}),
        ("has:note -lush", {4}),
        ("on:2025-01-03", {2}),
        ("after:2025-01-03 before:2025-01-05", {2, 3}),
        ("year:2024", set()),
    ],
)
def test_a_condition_keeps_what_meets_it(query: str, expected: set[int]) -> None:
    """Every field, alternatives, what is left out, and days."""
    assert set(numbers(TAGGED, query)) == expected


def test_a_title_is_asked_for_in_long_lists_too() -> None:
    """By the list of titles, beyond the best 200 papers."""
    documents = [document(number, "Graph" if number < 300 else "x", "graph " * (number % 3)) for number in range(1_300)]
    found = searcher(documents).find("title:graph", 1_000)
    assert {slot.title for _, slot in found.papers} == {"Graph"}
    assert (found.total, found.is_exact) == (300, True)


def test_words_beside_a_condition_rank_and_do_not_demand() -> None:
    """What meets the condition without the words is not found."""
    assert numbers(TAGGED, "forest has:note") == [3]
    assert numbers(TAGGED, "graphs has:note") == [4]
    assert set(numbers(TAGGED, "graphs OR forest has:note")) == {3, 4}


def test_alternatives_of_words_and_fields_demand_one_of_them() -> None:
    """The words rank, too."""
    assert set(numbers(TAGGED, "meadow OR author:lee graphs")) == {1, 4}


def test_a_word_nobody_wrote_meets_no_condition() -> None:
    """And leaves nothing out."""
    assert numbers(TAGGED, "qqqqq OR has:pick") == []
    assert set(numbers(TAGGED, "has:note -qqqqq")) == {3, 4}


def test_without_words_the_newest_come_first_or_the_most_voted() -> None:
    """Equal ones by number; papers without votes last."""
    day = date(2025, 3, 1)
    searching = searcher(
        [document(1, day=day, votes=3), document(2, day=day), document(3, day=date(2025, 3, 2), votes=0)]
    )
    assert numbers(searching, "year:2025")[0] == 3
    assert numbers(searching, "year:2025 sort:votes") == [1, 3, 2]
    assert numbers(searching, "") == numbers(searching, "sort:date") == []


def test_an_order_keeps_the_papers_with_all_words() -> None:
    """If there are any; equal ones by first score."""
    searching = among(
        document(1, "graph", day=date(2025, 9, 1), votes=9),
        document(2, "graph tree", day=date(2025, 1, 1), votes=1),
        document(3, "graph tree", day=date(2025, 2, 1), votes=None),
    )
    assert numbers(searching, "graph tree sort:date") == [3, 2]
    assert numbers(searching, "graph tree sort:votes") == [2, 3]
    assert numbers(searching, "graph qqqqqq sort:date") == [1, 3, 2]


# --- phrases

PHRASED = (
    document(1, "Sparse graph neural networks", "Nothing more."),
    document(2, "Neural graph", "of a network"),
    document(3, "Graphs", "The graph; neural nets"),
)


def test_a_phrase_is_looked_up_on_the_page() -> None:
    """In the paper's own article, its words one after another; the number found is an estimate."""
    found = among(*PHRASED).find('"graph neural networks"')
    assert [slot.anchor for _, slot in found.papers] == ["2501.00001"]
    assert not found.is_exact
    assert found.hints == ()
    assert set(numbers(among(*PHRASED), '"graph neural"')) == {1, 3}


def test_a_phrase_is_text_not_markup() -> None:
    """Inline markup does not part words; another article on the page does not count."""
    day = date(2025, 1, 1)
    documents = [document(1, "graph neural", day=day), document(2, "graph neural", day=day)]
    page = (
        '<article id="2501.00001"><h2 title="graph neural">graph</h2> of <p>neural &amp; other</p></article>'
        '<article id="2501.00002"><p>gra<mark>ph</mark> <em>neu</em>ral</p></article>'
    )
    assert numbers(searcher([*documents, *FILLERS], pages={"2025/01/01/": page}), '"graph neural"') == [2]


def test_a_phrase_that_no_page_holds_is_looked_up_word_by_word() -> None:
    """The reader is told; a phrase left out stays one."""
    found = among(*PHRASED).find('"neural graph network"')
    assert {slot.anchor for _, slot in found.papers[:2]} >= {"2501.00002"}
    assert found.hints == (
        "No paper holds this word for word, so the words between quotation marks were searched one by one.",
    )


def test_a_phrase_that_nothing_holds_leaves_other_conditions_alone() -> None:
    """A joined word to leave out is no phrase, neither before nor when the words are searched one by one."""
    documents = [document(1, "neural graph machines"), document(2, "neural graph", "nn of k of knn"), *FILLERS]
    found = among(*documents).find('"graph neural machines" -k-NN')
    assert "2501.00002" not in {slot.anchor for _, slot in found.papers}


def test_a_phrase_to_leave_out_leaves_out_what_holds_it() -> None:
    """Not what has its words elsewhere."""
    assert set(numbers(among(*PHRASED), 'title:graph -"graph neural networks"')) == {2, 3}


def test_a_page_that_cannot_be_read_holds_no_phrase() -> None:
    """Neither one to find nor one to leave out."""
    searching = searcher([*PHRASED, *FILLERS], pages={})
    assert searching.find('"graph neural"').hints != ()
    assert set(numbers(searching, 'title:graph -"graph neural"')) == {1, 2, 3}


def test_a_phrase_or_something_else() -> None:
    """One of them is enough."""
    searching = among(*PHRASED, document(4, "Meadow", has_code=True))
    assert set(numbers(searching, '"graph neural networks" OR has:code graph meadow')) == {1, 4}


def test_thirty_pages_are_read_at_most() -> None:
    """Then the search gives up and says what it says when nothing holds a phrase."""
    read: list[str] = []
    documents = [document(number, "graph tree", day=date(2025, 1, 1)) for number in range(300)]
    searching = searcher(documents)
    searching._read_page = lambda path: read.append(path) or ""
    assert searching.find('"graph tree"').hints
    assert len(read) == 30
