"""Identifiers and web addresses as sources give them → the named links of a paper."""

from datetime import date, datetime
from urllib.parse import quote

from generator.identifiers import parse_arxiv, parse_doi
from generator.urls import safe_url

_HTML_SINCE = date(2023, 12, 1)
"""From this day on arXiv makes HTML of TeX submissions: https://info.arxiv.org/about/accessible_HTML.html."""


def arxiv_links(arxiv_id: str, submitted: datetime | None = None) -> dict[str, str]:
    """Abstract page and PDF of the newest version, and HTML where `submitted` says that arXiv may have made one."""
    links = {"abs": f"https://arxiv.org/abs/{arxiv_id}", "pdf": f"https://arxiv.org/pdf/{arxiv_id}"}
    if submitted and submitted.date() >= _HTML_SINCE:
        links["html"] = f"https://arxiv.org/html/{arxiv_id}"
    return links


def doi_link(doi: str) -> dict[str, str]:
    """The doi.org address of a DOI as `parse_doi` gives it; old DOIs may hold `<` and `#` (DOI Handbook 2.5.2.4)."""
    return {"doi": f"https://doi.org/{quote(doi, safe='/():;,')}"}


def web_link(url: str) -> dict[str, str]:
    """The address under the name of what it leads to; nothing unless it is safe to link to."""
    safe = safe_url(url)
    if safe is None:
        return {}
    if parse_arxiv(safe):
        return {"abs": safe}
    return {"doi": safe} if parse_doi(safe) else {"page": safe}
