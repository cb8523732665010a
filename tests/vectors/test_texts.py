"""The text whose vector stands for a paper."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.cleaning import clean_listing
from generator.model import Listing, Paper, State
from generator.vectors.texts import text_hash, text_of


def test_a_reader_sees_it() -> None:
    """TeX and line breaks are gone."""
    paper = Paper("arxiv:2510.00001", "Bounds of\n $O(n^2)$", r"By R\"ossler.")
    assert text_of(paper) == "Bounds of O(n^2). By Rössler."


@pytest.mark.parametrize(
    ("title", "abstract", "text"), [("A", "", "A"), ("", "B", ""), (" ", "B", ""), ("A", "B", "A. B")]
)
def test_without_a_title_there_is_none(title: str, abstract: str, text: str) -> None:
    """Such a paper stands nowhere."""
    assert text_of(Paper("arxiv:2510.00001", title, abstract)) == text


@given(st.text(), st.text())
def test_cleaning_changes_no_text(title: str, abstract: str) -> None:
    """What is encoded as archived is found again by what the catalogue hands on."""
    paper = Paper("arxiv:2510.00001", f"T{title}" + "long " * 300 * title.count("a"), abstract)
    listing = Listing("import", date(2025, 10, 1), State.ANNOUNCED, datetime(2025, 10, 2, tzinfo=UTC), (paper,))
    (cleaned,) = clean_listing(listing, "")[0].papers
    assert text_of(cleaned) == text_of(paper)


def test_the_key_is_pinned() -> None:
    """Vectors lie under it for ten years."""
    assert text_hash("A. B").hex() == "c50f635ea641cc05e3e05fb68505becb"
