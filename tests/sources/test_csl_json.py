"""What a DOI's registry tells of a work, as CSL JSON."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.listing_json import decode_listing, encode_listing
from generator.errors import RefusedError
from generator.model import Paper
from generator.sources.csl_json import parse_csl_json
from tests.archive.test_store import LISTING

DOI = "10.1000/182"
CROSSREF = {
    "title": "Graphs &amp; <i>trees</i> of   H<sub>2</sub>O",
    "author": [
        {"given": "Ada", "family": "Lovelace", "sequence": "first"},
        {"given": "Ludwig", "non-dropping-particle": "van", "family": "Beethoven"},
        {"literal": "The Large Team"},
        {"name": "An Institute"},
        {"affiliation": []},
        "nobody",
    ],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>First &lt; second.</jats:p><jats:p>And third.</jats:p>",
    "container-title": ["Journal of Trees", "J. Trees"],
    "issued": {"date-parts": [[2021, 9, 1]]},
    "URL": "http://dx.doi.org/10.1000/182",
    "reference": [{"key": "1"}],
}


def parse(value: object) -> Paper:
    return parse_csl_json(json.dumps(value).encode(), DOI)


def test_crossref_s_form_is_read():
    """Names in order, HTML and JATS as text, where and when it was published."""
    paper = parse(CROSSREF)
    assert (paper.id, paper.title) == ("doi:10.1000/182", "Graphs & trees of H2O")
    assert paper.authors == ("Ada Lovelace", "Ludwig van Beethoven", "The Large Team", "An Institute")
    assert paper.abstract == "First < second.\n\nAnd third."
    assert paper.extra == {"journal_ref": "Journal of Trees, 2021"}
    assert paper.links == {"doi": "https://doi.org/10.1000/182"}
    assert paper.submitted is None


def test_a_title_may_be_a_list_and_almost_all_may_be_missing():
    """As in Crossref's own form and DataCite's sparse ones."""
    assert parse(
        {"title": [None, " ", "Only a title"], "publisher": "Zenodo", "issued": {"date-parts": [["2020"]]}}
    ) == (
        Paper(
            "doi:10.1000/182",
            "Only a title",
            links={"doi": "https://doi.org/10.1000/182"},
            extra={"journal_ref": "Zenodo, 2020"},
        )
    )


def test_the_page_of_the_work_is_a_link_when_it_is_safe():
    """Nothing but web addresses."""
    assert parse({"title": "A", "URL": "https://example.org/a"}).links["page"] == "https://example.org/a"
    assert parse({"title": "A", "URL": "javascript:alert(1)"}).links == {"doi": "https://doi.org/10.1000/182"}


BROKEN = {
    "HTML": b"<!doctype html><title>Journal</title>",
    "nothing": b"",
    "a list": b"[]",
    "not UTF-8": b'{"title": "\xff"}',
    "deep": b"[" * 100_000,
    "a long number": b'{"title": ' + b"1" * 5_000 + b"}",
    "no title": b'{"author": []}',
    "a title of markup": b'{"title": "<p></p>"}',
    "large": b'{"title": "' + b"x" * 5_000_000 + b'"}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_no_description_is_refused_in_a_line(body: bytes):
    """Another try in the same run would not help."""
    with pytest.raises(RefusedError) as caught:
        parse_csl_json(body, DOI)
    assert len(str(caught.value).splitlines()) == 1


def test_floods_are_cut():
    """Nothing larger than a page shows reaches the archive."""
    people = [{"family": "x" * 500}] * 6_000
    paper = parse({"title": "y" * 9_000, "abstract": "<p>z</p>" * 90_000, "author": people})
    assert (len(paper.title), len(paper.authors), len(paper.authors[0])) == (1_000, 5_000, 200)
    assert len(paper.abstract) <= 20_000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys = ("title", "author", "abstract", "container-title", "publisher", "issued", "published", "URL")
people = st.lists(st.dictionaries(st.sampled_from(("given", "family", "literal", "name", "suffix")), json_values))
dates = st.dictionaries(st.just("date-parts"), json_values)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(keys, json_values | people | dates)))
def test_any_values_give_a_paper_that_can_be_archived_or_one_refusal(value: dict[str, object]):
    """Whatever a registry writes; nothing else is raised."""
    try:
        paper = parse({"title": "A title", **value})
    except RefusedError:
        return
    data = encode_listing(replace(LISTING, papers=(paper,)))
    assert encode_listing(decode_listing(data, "x.json")) == data


@given(st.binary(max_size=200))
def test_any_bytes_give_a_paper_or_one_refusal(body: bytes):
    """Nothing else is raised."""
    try:
        parse_csl_json(body, DOI)
    except RefusedError:
        return
