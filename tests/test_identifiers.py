"""Many spellings of one paper are one id; ids, anchors and file names are one to one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identifiers import (
    anchor,
    file_stem,
    is_weak,
    parse_arxiv,
    parse_doi,
    parse_paper_id,
    title_id,
    url_id,
)

new_arxiv = st.from_regex(r"\d{2}(0[1-9]|1[0-2])\.\d{4,5}", fullmatch=True)
old_arxiv = st.from_regex(r"[a-z]{2,8}(-[a-z]{2,4})?/\d{2}(0[1-9]|1[0-2])\d{3}", fullmatch=True)
doi = st.from_regex(r"10\.\d{4,9}/[!-@\[-~]{1,30}", fullmatch=True)
ascii_digits = re.compile(r"[\x00-\x7f]*")
paper_ids = st.one_of(
    new_arxiv.filter(ascii_digits.fullmatch).map("arxiv:{}".format),
    old_arxiv.filter(ascii_digits.fullmatch).map("arxiv:{}".format),
    doi.filter(ascii_digits.fullmatch).map("doi:{}".format),
    st.text().map(url_id),
    st.text().map(title_id),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2509.12345", ("2509.12345", None)),
        ("arXiv:2509.12345v2", ("2509.12345", 2)),
        ("2401.12340", ("2401.12340", None)),
        ("1406.2661", ("1406.2661", None)),
        ("https://arxiv.org/abs/2509.12345v3", ("2509.12345", 3)),
        ("http://www.arxiv.org/pdf/2509.12345v1.pdf#page=2", ("2509.12345", 1)),
        ("https://huggingface.co/papers/2509.12345?x=1", ("2509.12345", None)),
        ("https://doi.org/10.48550/arXiv.2509.12345", ("2509.12345", None)),
        ("hep-th/9901001v2", ("hep-th/9901001", 2)),
        ("math.AG/0601001", ("math/0601001", None)),
        ("2513.12345", None),
        ("../2509.12345", None),
        ("2509.12345v0", None),
        ("https://evil.example/abs/2509.12345", None),
        ("٢٥٠٩.12345", None),
    ],
)
def test_arxiv_spellings_name_one_paper(text: str, expected: tuple[str, int | None] | None) -> None:
    """Ids with or without version, addresses and arXiv's own DOIs."""
    assert parse_arxiv(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/AbC%3C1%3E", "10.1000/abc<1>"),
        ("doi: 10.1000/X", "10.1000/x"),
        ("10.1000/", None),
        ("10.1000/a b", None),
    ],
)
def test_dois_ignore_case(text: str, expected: str | None) -> None:
    """A DOI and its address are the same."""
    assert parse_doi(text) == expected


@pytest.mark.parametrize("text", ["../../../../tmp/x", "..%2f..%2fetc", "/etc/passwd", "CON", ".git/config", "", "x"])
def test_what_names_no_paper_is_no_id(text: str) -> None:
    """Paths and reserved names never become ids."""
    assert parse_paper_id(text) is None


@given(paper_ids)
def test_an_id_is_its_own_spelling(paper_id: str) -> None:
    """Parsing a canonical id gives the id."""
    assert parse_paper_id(paper_id) == paper_id
    assert parse_paper_id(f"https://ada.example/sheet/2025/10/01/#{anchor(paper_id)}") == paper_id
    if not paper_id.startswith("arxiv:"):
        assert parse_paper_id(anchor(paper_id)) == paper_id


@given(paper_ids, paper_ids)
def test_anchors_are_one_to_one(one: str, other: str) -> None:
    """Two papers never share an anchor, not even on a disk that ignores case."""
    assert (anchor(one).casefold() == anchor(other).casefold()) == (one == other)


@given(paper_ids)
def test_anchors_are_safe_in_html_addresses_and_paths(paper_id: str) -> None:
    """Letters, digits, dot, hyphen, underscore and tilde only; nothing that climbs out of a folder."""
    assert re.fullmatch(r"[a-z0-9._~-]+", anchor(paper_id), re.ASCII)
    assert not anchor(paper_id).startswith(".")


@pytest.mark.parametrize(
    ("paper_id", "expected"),
    [
        ("arxiv:2509.12345", "2509.12345"),
        ("arxiv:hep-th/9901001", "hep-th_9901001"),
        ("doi:10.1000/a_b-c", "doi-10.1000_a~5fb~2dc"),
        ("url:0123456789abcdef", "u-0123456789abcdef"),
        ("title:0123456789abcdef", "t-0123456789abcdef"),
    ],
)
def test_anchors_are_a_promise(paper_id: str, expected: str) -> None:
    """Links to papers never change."""
    assert anchor(paper_id) == expected


@given(paper_ids, paper_ids)
def test_file_stems_are_short_and_one_to_one(one: str, other: str) -> None:
    """However long a DOI is; short anchors are their own."""
    long = f"doi:10.1000/{'<' * 200}"
    stems = {paper_id: file_stem(anchor(paper_id)) for paper_id in (one, other, long, f"{long[:-1]}>")}
    assert len(set(stems.values())) == len(stems)
    assert max(map(len, stems.values())) == 150
    assert file_stem("doi-10.1000_x") == "doi-10.1000_x"


def test_hashes_are_a_promise() -> None:
    """Ids made of a hash stay the same over versions of the program, and say that they are weak."""
    assert title_id("A Title: of Words!") == title_id("a title of ｗords") == "title:ef21674ba3ec0f66"
    assert url_id("https://example.org/") == "url:8198d1bac40a1033"
    assert is_weak(title_id("0"))
    assert not is_weak("arxiv:2509.12345")
