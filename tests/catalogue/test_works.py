"""Which ids are the same work, and which day owns it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.works import resolve_works, trusted_title
from generator.identifiers import title_id
from generator.model import Paper

LONG = "A title with more than enough letters"
FIRST, SECOND = date(2025, 10, 1), date(2025, 10, 5)


def resolve(appearances):
    return resolve_works((day, paper.id, trusted_title(paper.title)) for day, paper in appearances)


def test_the_first_day_owns_a_paper():
    """Whatever the order of the appearances."""
    paper = Paper("arxiv:2510.00001", LONG)
    works = resolve([(SECOND, paper), (FIRST, paper)])
    assert works.owner("arxiv:2510.00001") == FIRST


def test_a_captured_title_gains_the_arxiv_id_that_turns_up_later():
    """The hash gives way, the early day keeps the work."""
    captured = Paper(title_id(LONG), LONG)
    works = resolve([(FIRST, captured), (SECOND, Paper("arxiv:2510.00001", LONG.upper()))])
    assert works.work(captured.id) == "arxiv:2510.00001"
    assert works.owner("arxiv:2510.00001") == FIRST


def test_short_titles_and_two_good_ids_stay_apart():
    """`Introduction` names many works, and two arXiv ids are two papers even under one title."""
    short = resolve([(FIRST, Paper(title_id("Intro"), "Intro")), (FIRST, Paper("arxiv:2510.00001", "Intro"))])
    assert short.work(title_id("Intro")) == title_id("Intro")
    same = resolve([(FIRST, Paper("arxiv:2510.00001", LONG)), (FIRST, Paper("arxiv:2510.00002", LONG))])
    assert same.work("arxiv:2510.00002") == "arxiv:2510.00002"


@given(
    st.permutations(
        [
            (FIRST, Paper("arxiv:2510.00001", LONG)),
            (SECOND, Paper("arxiv:2510.00002", LONG)),
            (SECOND, Paper(title_id(LONG), LONG)),
            (FIRST, Paper("url:0123456789abcdef", LONG)),
        ]
    )
)
def test_the_order_of_files_does_not_matter(appearances):
    """The same archive in any order gives the same works."""
    works = resolve(appearances)
    assert works == resolve(sorted(appearances, key=lambda pair: (pair[0], pair[1].id)))
    assert works.work(title_id(LONG)) == "arxiv:2510.00001"


def test_a_title_may_lead_on_to_another():
    """A weak id stands under two titles: the one leads to it, the other leads it to a good id; both end there."""
    link, other = "url:0123456789abcdef", f"{LONG} anew"
    appearances = [
        (FIRST, Paper(link, LONG)),
        (SECOND, Paper(link, other)),
        (SECOND, Paper(title_id(LONG), LONG)),
        (SECOND, Paper("arxiv:2510.00001", other)),
    ]
    for order in (appearances, appearances[::-1]):
        works = resolve(order)
        assert {works.work(paper.id) for _, paper in order} == {"arxiv:2510.00001"}
        assert works.owner(link) == FIRST
