"""Bytes of arXiv's API (Atom) → a page of papers, or the reason why they are none.

https://info.arxiv.org/help/api/user-manual.html, section 3.3.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from generator.dates import parse_instant
from generator.errors import AnswerError, RefusedError
from generator.identifiers import parse_arxiv, parse_doi
from generator.model import Json, Paper
from generator.sources.addresses import arxiv_links, doi_link
from generator.sources.arxiv_xml import ERRORS, parse_xml, text

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?", re.ASCII)
"""arXiv's own categories; MSC and ACM classes stand among them under the same scheme."""
_WITHDRAWN = re.compile(
    r"\W*(?:(?:this|the)\s+)?(?:arxiv\s+)?(?:(?:paper|article|manuscript|submission|preprint|work|note|report)\s+)?"
    r"(?:(?:has\s+been|was|is)\s+)?(?:temporarily\s+)?withdrawn\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ApiPage:
    """One page of an answer: its papers in order, and how many the whole answer has."""

    papers: tuple[Paper, ...]
    total: int


def parse_api_page(body: bytes, start: int = 0) -> ApiPage:
    """The page that was asked for from position `start`; entries without id or title are left out.

    AnswerError when the answer is no whole API page, or empty although its total says otherwise: arXiv sends such
    pages now and then, and mends them when asked again. RefusedError, with arXiv's words, for its error feed.
    """
    feed = parse_xml(body)
    if feed.tag != f"{_ATOM}feed":
        raise AnswerError("the answer is not an Atom feed")
    entries = feed.findall(f"{_ATOM}entry")
    for entry in entries:
        if ERRORS in text(entry, f"{_ATOM}id"):
            reason = " ".join(text(entry, f"{_ATOM}summary").split())
            raise RefusedError(f"arXiv refuses the request: {reason[:200] or 'no reason given'}")
    total = text(feed, f"{_SEARCH}totalResults")
    if not total.isdecimal():
        raise AnswerError("the answer does not say how many results there are")
    if not entries and int(total) > start:
        raise AnswerError(f"the page from {start} is empty, although there are {total} results")
    papers = (_parse_entry(entry) for entry in entries)
    return ApiPage(tuple(paper for paper in papers if paper), int(total))


def _parse_entry(entry: Element) -> Paper | None:
    found = parse_arxiv(text(entry, f"{_ATOM}id"))
    title = text(entry, f"{_ATOM}title")
    if found is None or not title:
        return None
    arxiv_id, version = found
    abstract, comment = text(entry, f"{_ATOM}summary"), text(entry, f"{_ARXIV}comment")
    categories, submitted = _categories(entry), _instant(entry, "published")
    return Paper(
        id=f"arxiv:{arxiv_id}",
        title=title,
        abstract=abstract,
        authors=tuple(name for author in entry.findall(f"{_ATOM}author") if (name := text(author, f"{_ATOM}name"))),
        categories=categories,
        links=arxiv_links(arxiv_id, submitted) | _doi(entry),
        submitted=submitted,
        updated=_instant(entry, "updated"),
        version=version,
        comment=comment or None,
        withdrawn=is_withdrawn(comment, abstract),
        extra=_extra(entry, categories),
    )


def is_withdrawn(comment: str, abstract: str) -> bool:
    """True when comment or abstract opens by saying so: "This paper has been withdrawn", "Withdrawn by arXiv admins".

    The API has no field for it and still names a PDF. The word further on proves nothing ("replaces a withdrawn note").
    """
    return bool(_WITHDRAWN.match(comment) or _WITHDRAWN.match(abstract))


def _categories(entry: Element) -> tuple[str, ...]:
    """Primary category first, each once."""
    elements = [*entry.findall(f"{_ARXIV}primary_category"), *entry.findall(f"{_ATOM}category")]
    terms = dict.fromkeys(element.get("term", "") for element in elements)
    return tuple(term for term in terms if _CATEGORY.fullmatch(term))


def _instant(entry: Element, name: str) -> datetime | None:
    try:
        return parse_instant(text(entry, f"{_ATOM}{name}"))
    except (ValueError, OverflowError):
        return None


def _doi(entry: Element) -> dict[str, str]:
    doi = parse_doi(text(entry, f"{_ARXIV}doi"))
    return doi_link(doi) if doi else {}


def _extra(entry: Element, categories: tuple[str, ...]) -> Mapping[str, Json]:
    values = {
        "primary_category": categories[0] if categories else "",
        "journal_ref": text(entry, f"{_ARXIV}journal_ref"),
    }
    return {name: value for name, value in values.items() if value}
