"""arXiv's API: whole pages become papers, everything else one clear refusal."""

from datetime import UTC, datetime

import pytest

from generator.errors import AnswerError, RefusedError
from generator.model import Paper
from generator.sources.arxiv_atom import ApiPage, is_withdrawn, parse_api_page

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
      xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id>"""


def page(entries: str, total: int = 1) -> bytes:
    return f"{HEAD}<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>".encode()


def entry(paper_id: str, more: str = "", title: str = "A title") -> str:
    return f"<entry><id>http://arxiv.org/abs/{paper_id}</id><title>{title}</title>{more}</entry>"


def test_an_entry_becomes_a_paper() -> None:
    """Every field lands where it belongs; the text stays as it was sent, line break and TeX included."""
    body = page(
        """<entry><id>http://arxiv.org/abs/2509.12345v2</id><title>Sheaves \\&amp;
  graphs</title><updated>2025-09-20T10:00:00Z</updated><summary>  We study $K &lt; 2$.
</summary><category term="stat.ML"/><category term="cs.LG"/><category term="68T05; 62M45"/><category term="I.2.6"/>
<published>2025-09-17T17:59:59Z</published><arxiv:comment>12 pages</arxiv:comment>
<arxiv:journal_ref>J. Sheaves 1 (2025)</arxiv:journal_ref><arxiv:doi>10.1000/ABC</arxiv:doi>
<arxiv:primary_category term="cs.LG"/><author><name>Ada Byron</name></author>
<author><name>Jörg Müller</name><arxiv:affiliation>Town</arxiv:affiliation></author></entry>"""
    )
    assert parse_api_page(body).papers == (
        Paper(
            id="arxiv:2509.12345",
            title="Sheaves \\&\n  graphs",
            abstract="We study $K < 2$.",
            authors=("Ada Byron", "Jörg Müller"),
            categories=("cs.LG", "stat.ML"),
            links={
                "abs": "https://arxiv.org/abs/2509.12345",
                "pdf": "https://arxiv.org/pdf/2509.12345",
                "html": "https://arxiv.org/html/2509.12345",
                "doi": "https://doi.org/10.1000/abc",
            },
            submitted=datetime(2025, 9, 17, 17, 59, 59, tzinfo=UTC),
            updated=datetime(2025, 9, 20, 10, 0, tzinfo=UTC),
            version=2,
            comment="12 pages",
            extra={"primary_category": "cs.LG", "journal_ref": "J. Sheaves 1 (2025)"},
        ),
    )


@pytest.mark.parametrize(
    ("sent", "paper_id", "version"),
    [("hep-th/9901001v3", "arxiv:hep-th/9901001", 3), ("1406.2661", "arxiv:1406.2661", None)],
)
def test_old_ids_are_kept(sent: str, paper_id: str, version: int | None) -> None:
    """Ids with a group and ids of four digits are ids; papers before 2023 get no HTML link."""
    (paper,) = parse_api_page(page(entry(sent, "<published>1999-01-01T00:00:00Z</published>"))).papers
    assert (paper.id, paper.version, sorted(paper.links)) == (paper_id, version, ["abs", "pdf"])


def test_entries_without_id_or_title_are_left_out() -> None:
    """The total stays, so that the caller can tell that something is missing."""
    body = page(entry("2509.12345", title="") + entry("nonsense") + entry("2509.12346"), total=3)
    parsed = parse_api_page(body)
    assert ([paper.id for paper in parsed.papers], parsed.total) == (["arxiv:2509.12346"], 3)


@pytest.mark.parametrize(("total", "start"), [(0, 0), (200, 200)])
def test_an_empty_page_at_the_end_is_an_answer(total: int, start: int) -> None:
    """No results, or no further ones."""
    assert parse_api_page(page("", total), start) == ApiPage((), total)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the answer is empty"),
        (b" \n<!DOCTYPE html><html><body>Service Unavailable", "the answer is an HTML page"),
        (page("", 312), "the page from 0 is empty, although there are 312 results"),
        (page(entry("2509.12345"))[:-30], "the answer is broken or cut off (no element found"),
        (page(entry("2509.12345", title="J\xf6rg")).decode().encode("latin-1"), "the answer is not UTF-8 (byte"),
        (page(entry("2509.12345")).decode().encode("utf-16"), "the answer is not UTF-8 (byte 0)"),
        (page(entry("2509.12345", title="A&nbsp;title")), "the answer is broken or cut off (undefined entity"),
        (b"<rss><channel/></rss>", "the answer is not an Atom feed"),
        (f"{HEAD}</feed>".encode(), "the answer does not say how many results there are"),
    ],
)
def test_a_faulty_answer_is_worth_another_try(body: bytes, message: str) -> None:
    """An ill server, a cut connection and arXiv's empty pages."""
    with pytest.raises(AnswerError) as caught:
        parse_api_page(body)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            page(
                "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
                "<summary>incorrect id\nformat for abc</summary></entry>"
            ),
            "arXiv refuses the request: incorrect id format for abc",
        ),
        (b'<!DOCTYPE z [<!ENTITY a "b">]><feed/>', "the answer defines XML entities, which we do not read"),
        (b'<!DOCTYPE z SYSTEM "http://localhost/z.dtd"><feed/>', "the answer declares a document type"),
    ],
)
def test_some_answers_are_refused_for_good(body: bytes, message: str) -> None:
    """arXiv's error feed in its own words, and any document type."""
    with pytest.raises(RefusedError) as caught:
        parse_api_page(body)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("comment", "abstract", "expected"),
    [
        ("This paper has been withdrawn by the authors", "", True),
        ("Withdrawn by arXiv administrators", "", True),
        ("", "This article is withdrawn due to an error in Lemma 2.", True),
        ("12 pages; replaces a withdrawn note", "", False),
        ("", "Investors have withdrawn funds. This paper asks why.", False),
        ("", "", False),
    ],
)
def test_only_a_plain_statement_means_withdrawn(comment: str, abstract: str, expected: bool) -> None:
    """The word alone proves nothing."""
    assert is_withdrawn(comment, abstract) == expected
