"""Links of a paper: labelled, in order, safe."""

from generator.model import Paper
from generator.paper_links import paper_links, title_link


def test_links_come_labelled_and_in_reading_order() -> None:
    """The order does not depend on the source's."""
    links = {"code": "https://code.example/x", "pdf": "https://arxiv.org/pdf/2509.12345"}
    assert paper_links(Paper("arxiv:2509.12345", "T", links=links)) == (
        ("arXiv", "https://arxiv.org/abs/2509.12345"),
        ("PDF", "https://arxiv.org/pdf/2509.12345"),
        ("Code", "https://code.example/x"),
    )


def test_unsafe_addresses_are_left_out() -> None:
    """What a browser would run, or misread, is no link."""
    links = {"abs": "javascript:alert(1)", "pdf": "//evil.example/x", "page": "https://a@evil.example/"}
    paper = Paper("title:0123456789abcdef", "T", links=links)
    assert paper_links(paper) == ()
    assert title_link(paper) is None


def test_doi_leads_to_its_resolver() -> None:
    """A paper known by DOI only still has somewhere to go."""
    paper = Paper("doi:10.1000/182", "T")
    assert title_link(paper) == "https://doi.org/10.1000/182"
    assert paper_links(paper) == (("DOI", "https://doi.org/10.1000/182"),)
