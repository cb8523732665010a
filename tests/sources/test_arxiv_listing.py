"""arXiv's page of the past week: ids by the day of their announcement."""

from datetime import date

import pytest

from generator.errors import AnswerError
from generator.sources.arxiv_listing import ListedDay, ListingPage, parse_listing

TOTAL = "<div class='paging'>Total of 5 entries : <span>1-4</span> <a href=/next>5-5</a></div>"


def paper(paper_id: str, more: str = "") -> str:
    return f"""<dt><a name='item1'>[1]</a>
      <a href ="/abs/{paper_id}" title="Abstract" id="{paper_id}">arXiv:{paper_id}</a>{more}
      [<a href="/pdf/{paper_id}" title="Download PDF" id="pdf-{paper_id}">pdf</a>]</dt>
    <dd><div class='meta'><div class='list-title mathjax'>A title (cross-list from here)</div></div></dd>"""


def page(*sections: str, total: str = TOTAL) -> bytes:
    lists = "".join(f"<dl id='articles'>{section}</dl>" for section in sections)
    return f"<!DOCTYPE html><html><body><h1>Machine Learning</h1><h3>Thu news</h3>{total}{lists}</body></html>".encode()


THURSDAY = (
    "<h3>Thu, 18 Sep 2025 (showing 2 of 2 entries )</h3>"
    + paper("2509.12345")
    + paper("hep-th/9901001", "\n (cross-list from\n cs.CL)")
)
WEDNESDAY = "<h3>Wed, 17 Sep 2025 (showing first 1 of 3 entries )</h3>" + paper("2509.11111")


def test_papers_are_filed_under_the_day_of_their_heading() -> None:
    """Cross-lists are marked, and a day that goes on on the next page tells how many papers it has."""
    assert parse_listing(page(THURSDAY, WEDNESDAY)) == ListingPage(
        {
            date(2025, 9, 18): ListedDay({"arxiv:2509.12345": False, "arxiv:hep-th/9901001": True}, 2),
            date(2025, 9, 17): ListedDay({"arxiv:2509.11111": False}, 3),
        },
        5,
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the answer is not arXiv's page of a past week"),
        (page(THURSDAY, total=""), "the answer is not arXiv's page of a past week"),
        (page(), "the answer is not arXiv's page of a past week"),
        (
            page(THURSDAY).partition(b"(cross-list from\n")[0],
            "the page shows 1 papers of 2025-09-18, where its heading says 2",
        ),
    ],
)
def test_a_page_that_is_something_else_or_cut_off_is_an_error(body: bytes, message: str) -> None:
    """Nothing is concluded from half a page."""
    with pytest.raises(AnswerError, match=message):
        parse_listing(body)
