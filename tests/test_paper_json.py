"""A paper's JSON form: what is written, what is read, what is refused."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identifiers import title_id
from generator.model import Paper, Signals
from generator.paper_json import paper_from_json, paper_to_json

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
COUNT = st.none() | st.integers(0, 2**53 - 1)
INSTANT = st.none() | st.datetimes(datetime(1991, 8, 14), datetime(2199, 12, 31), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)
DAY = st.none() | st.dates(date(1991, 8, 14), date(2199, 12, 31))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
PAPER = st.builds(
    Paper,
    id=st.sampled_from(("arxiv:2509.12345", "arxiv:hep-th/9901001", "doi:10.1000/182", "url:0123456789abcdef")),
    title=TEXT.filter(lambda text: text.strip() != ""),
    abstract=TEXT,
    authors=st.lists(TEXT, max_size=3).map(tuple),
    categories=st.lists(TEXT, max_size=3).map(tuple),
    links=st.dictionaries(TEXT, TEXT, max_size=3),
    submitted=INSTANT,
    announced=DAY,
    first_seen=DAY,
    updated=INSTANT,
    version=st.none() | st.integers(0, 999),
    comment=st.none() | TEXT.filter(bool),
    withdrawn=st.booleans(),
    signals=st.builds(Signals, votes=COUNT, comments=COUNT, stars=COUNT, taken=INSTANT),
    extra=st.dictionaries(TEXT, JSON, max_size=3),
)


@given(PAPER)
def test_a_paper_survives_the_round_trip(paper: Paper) -> None:
    """Reading what was written, through real JSON text, gives the same paper."""
    assert paper_from_json(json.loads(json.dumps(paper_to_json(paper), ensure_ascii=False))) == paper


def test_unknown_values_are_left_out() -> None:
    """Only `id` and `title` are written of a paper that has nothing else."""
    assert paper_to_json(Paper(id="doi:10.1000/182", title="A title")) == {"id": "doi:10.1000/182", "title": "A title"}


def test_zero_votes_are_known() -> None:
    """A count of nought is a count."""
    paper = Paper(id="doi:10.1000/182", title="A title", signals=Signals(votes=0))
    assert paper_to_json(paper)["signals"] == {"votes": 0}


def test_a_title_alone_is_enough() -> None:
    """Without `id` the paper is known by its title."""
    assert paper_from_json({"title": "A title"}) == Paper(id=title_id("A title"), title="A title")


@pytest.mark.parametrize("spelling", ["2509.12345", "arXiv:2509.12345v2", "https://arxiv.org/abs/2509.12345"])
def test_ids_may_have_any_spelling(spelling: str) -> None:
    """An id as people write it becomes the canonical one."""
    assert paper_from_json({"id": spelling, "title": "A title"}).id == "arxiv:2509.12345"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "field 'paper' must be an object, not list []"),
        ({}, "field 'title' is missing or empty"),
        ({"title": " \n"}, "field 'title' is missing or empty"),
        ({"title": 3}, "field 'title' must be text, not int 3"),
        ({"title": "\ud800"}, r"field 'title' must be whole Unicode text, not '\ud800'"),
        ({"title": "A", "id": 2401.1234}, "field 'id' must be text, not float 2401.1234"),
        ({"title": "A", "id": ""}, "field 'id' must be an arXiv id, a DOI or another paper id, not ''"),
        ({"title": "A", "authors": "Ada"}, "field 'authors' must be a list of texts, not 'Ada'"),
        ({"title": "A", "authors": [None]}, "field 'authors' must be a list of texts, not list [None]"),
        ({"title": "A", "links": {"pdf": 1}}, "field 'links.pdf' must be text, not int 1"),
        ({"title": "A", "submitted": "soon"}, "field 'submitted' must be an instant like 2025-10-01T06:30:00Z"),
        ({"title": "A", "announced": "1 Oct"}, "field 'announced' must be a day like 2025-10-01, not '1 Oct'"),
        ({"title": "A", "version": True}, "field 'version' must be a whole number from 0, not bool True"),
        ({"title": "A", "withdrawn": "no"}, "field 'withdrawn' must be true or false, not 'no'"),
        ({"title": "A", "signals": {"likes": 1}}, "unknown field 'signals.likes'"),
        ({"title": "A", "signals": {"votes": -1}}, "field 'signals.votes' must be a whole number from 0"),
        ({"title": "A", "extra": {"x": [float("nan")]}}, "field 'extra.x' must be a finite number"),
        ({"title": "A", "abstarct": "B"}, "unknown field 'abstarct'; known are abstract"),
    ],
)
def test_a_wrong_field_is_named(value: object, message: str) -> None:
    """The error says which field is wrong and what it must be."""
    with pytest.raises(ValueError) as caught:
        paper_from_json(value)
    assert str(caught.value).startswith(message)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda i: st.dictionaries(st.text(), i)))
def test_nothing_but_a_value_error_comes_out(value: object) -> None:
    """Whatever JSON brings, lone surrogates included, reading gives a paper or a ValueError."""
    for candidate in (value, {"title": "A", "id": value}, {"title": value, "extra": value, "links": value}):
        try:
            paper_from_json(candidate)
        except ValueError as error:
            assert str(error).isprintable()
