"""One entry of a feed, whatever its format → Paper."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from generator.identifiers import parse_arxiv, parse_doi, title_id, url_id
from generator.model import Paper
from generator.sources.addresses import arxiv_links, doi_link, web_link
from generator.urls import canonical_url

_INITIALS = re.compile(r"(?:[^\W\d_]\.[- ]?)+")
_FIRST_YEAR, _LAST_YEAR = 1991, 2199


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What the formats have in common: plain text, absolute addresses, aware instants.

    `names` are the texts that may identify the work: guid, link, further links, DOI fields.
    """

    title: str
    guid: str | None = None
    link: str | None = None
    names: tuple[str, ...] = ()
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None


def unique_entries(entries: Iterable[FeedEntry]) -> Iterator[FeedEntry]:
    """The entries that have a title, each guid once: the first counts, as feeds put the newest first."""
    seen: set[str] = set()
    for entry in entries:
        key = entry.guid or f"{entry.link} {entry.title}"
        if entry.title and key not in seen:
            seen.add(key)
            yield entry


def paper_of(entry: FeedEntry) -> Paper:
    """The work's arXiv id, DOI, address or title names it, in this order; only http links are kept."""
    title = _whole(entry.title)
    arxiv_id = next(filter(None, map(_arxiv_id, entry.names)), None)
    doi = next(filter(None, map(parse_doi, entry.names)), None)
    links = web_link(entry.link or "") | (doi_link(doi) if doi else {}) | (arxiv_links(arxiv_id) if arxiv_id else {})
    return Paper(
        id=_paper_id(arxiv_id, doi, entry.link, title),
        title=title,
        abstract=_whole(entry.abstract),
        authors=tuple(map(_whole, entry.authors)),
        links=links,
        submitted=entry.published,
        updated=entry.updated,
    )


def _arxiv_id(name: str) -> str | None:
    """An id where the text says that it is arXiv's; a bare `blog/2012001` or `2401.12345` may be anything."""
    stripped = name.strip().removeprefix("oai:arXiv.org:")
    found = parse_arxiv(stripped) if stripped != name.strip() or "arxiv" in name.lower() or "/papers/" in name else None
    return found[0] if found else None


def _paper_id(arxiv_id: str | None, doi: str | None, link: str | None, title: str) -> str:
    if arxiv_id:
        return f"arxiv:{arxiv_id}"
    if doi:
        return f"doi:{doi}"
    canonical = canonical_url(link or "")
    return url_id(canonical) if canonical else title_id(title)


def _whole(text: str) -> str:
    """Lone surrogates, which character references can spell, become `?`: no file can hold them."""
    return text.encode("utf-8", "replace").decode()


def split_names(text: str) -> tuple[str, ...]:
    """Several names in one field, as preprint servers send them: `Byron, A., Müller, J.` or `Ada Byron, Jörg Müller`.

    One name with a comma (`Byron, Ada`; `Sammy Davis, Jr.`) stays as it is.
    """
    parts = [part for part in text.split(", ") if part]
    lasts, firsts = parts[::2], parts[1::2]
    if len(lasts) == len(firsts) and firsts and all(map(_INITIALS.fullmatch, firsts)):
        return tuple(f"{first} {last}" for last, first in zip(lasts, firsts, strict=True))
    return tuple(parts) if all(" " in part for part in parts) else (text,)


def plausible(instant: datetime | None) -> datetime | None:
    """The instant, unless it is one that only a broken clock or a default can have written."""
    return instant if instant and _FIRST_YEAR <= instant.year <= _LAST_YEAR else None
