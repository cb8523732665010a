"""A reference → Highwire Press tags for the head of the paper's own page, which Google Scholar and Zotero read.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from collections.abc import Iterator

from generator.citations.reference import Reference
from generator.model import Paper
from generator.urls import safe_url


def highwire(paper: Paper, found: Reference) -> tuple[tuple[str, str], ...]:
    """Names and contents of `<meta>` elements, in order, not yet escaped for HTML."""
    return tuple(_tags(paper, found))


def _tags(paper: Paper, found: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", found.plain_title
    for name in found.names:
        parts = filter(None, (name.family_first, name.given, name.suffix))
        yield "citation_author", ", ".join(parts)
    yield "citation_publication_date", f"{found.date:%Y/%m/%d}"
    if found.arxiv:
        yield "citation_arxiv_id", found.arxiv
    if found.doi:
        yield "citation_doi", found.doi
    if pdf := safe_url(paper.links.get("pdf", "")):
        yield "citation_pdf_url", pdf
    if found.url:
        yield "citation_abstract_html_url", found.url
