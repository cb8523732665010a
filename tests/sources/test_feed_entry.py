"""A feed's entry becomes a paper: how it is named, and which links it keeps."""

import pytest

from generator.identifiers import title_id, url_id
from generator.sources.feed_entry import FeedEntry, paper_of


@pytest.mark.parametrize(
    ("names", "paper_id"),
    [
        (("https://example.org/a", "oai:arXiv.org:2509.12345v1"), "arxiv:2509.12345"),
        (("https://arxiv.org/abs/2509.12345v2",), "arxiv:2509.12345"),
        (("https://huggingface.co/papers/2509.12345",), "arxiv:2509.12345"),
        (("https://doi.org/10.48550/arXiv.2509.12345",), "arxiv:2509.12345"),
        (("https://example.org/a", "doi:10.1000/182"), "doi:10.1000/182"),
        (("https://example.org/a?utm_source=feed",), url_id("https://example.org/a")),
        (("https://example.org/a", "blog/2012001"), url_id("https://example.org/a")),
        (("https://example.org/a", "title:0123456789abcdef"), url_id("https://example.org/a")),
        (("javascript:alert(1)",), title_id("A title")),
    ],
)
def test_the_best_name_becomes_the_id(names: tuple[str, ...], paper_id: str) -> None:
    """arXiv, then DOI, then address, then title; a guid that only looks like an id names nothing."""
    assert paper_of(FeedEntry(title="A title", link=names[0], names=names)).id == paper_id


@pytest.mark.parametrize(
    ("link", "links"),
    [
        ("https://example.org/a", {"page": "https://example.org/a"}),
        ("https://doi.org/10.1000/182", {"doi": "https://doi.org/10.1000/182"}),
        ("javascript:alert(1)", {}),
        ("/relative", {}),
        ("https://user@example.org/", {}),
    ],
)
def test_only_safe_links_are_kept(link: str, links: dict[str, str]) -> None:
    """Absolute http addresses, under the name of what they lead to."""
    assert paper_of(FeedEntry(title="A title", link=link, names=(link,))).links == links


def test_half_a_character_becomes_a_question_mark() -> None:
    """A lone surrogate could not be written to a file."""
    paper = paper_of(FeedEntry(title="A \ud800", abstract="\udfff", authors=("\ud800",)))
    assert (paper.title, paper.abstract, paper.authors) == ("A ?", "?", ("?",))
