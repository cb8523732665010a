"""Bytes of arXiv's RSS for one category → what was announced there last.

https://info.arxiv.org/help/rss.html. The feed is empty on days without announcement, and may be stale: each item tells
its own day, which stands in its date before any change of time zone (`Thu, 18 Sep 2025 00:00:00 -0400`).
"""

import re
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from enum import StrEnum
from xml.etree.ElementTree import Element

from generator.errors import AnswerError
from generator.identifiers import parse_arxiv
from generator.model import Json, Paper
from generator.sources.addresses import arxiv_links
from generator.sources.arxiv_xml import parse_xml, text

_ARXIV = "{http://arxiv.org/schemas/atom}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PREAMBLE = re.compile(r"arXiv:(?P<id>\S+)\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?", re.IGNORECASE)


class AnnounceType(StrEnum):
    """Why arXiv announces a paper in a category; earlier members say more about the paper."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"

    def is_listed(self, cross_list: bool) -> bool:
        """True for papers a digest shows: new ones, and with `cross_list` those new to the category."""
        return self is AnnounceType.NEW or (cross_list and self is AnnounceType.CROSS)


@dataclass(frozen=True, slots=True)
class RssItem:
    """One announcement; the paper has title, abstract, authors and categories, and `announced` is its day."""

    paper: Paper
    day: date
    announce_type: AnnounceType


@dataclass(frozen=True, slots=True)
class RssFeed:
    """`day` is the day for which arXiv made the feed, with or without items."""

    day: date | None
    items: tuple[RssItem, ...]


def parse_rss(body: bytes) -> RssFeed:
    """AnswerError when the answer is no RSS channel, or has items of which none can be read; RefusedError: see XML."""
    channel = parse_xml(body).find("channel")
    if channel is None:
        raise AnswerError("the answer is not an RSS channel")
    elements = channel.findall("item")
    items = tuple(item for element in elements if (item := _parse_item(element)))
    if elements and not items:
        raise AnswerError(f"none of the feed's {len(elements)} items tells id, title, day and announce type")
    return RssFeed(_day(channel), items)


def _parse_item(item: Element) -> RssItem | None:
    preamble = _PREAMBLE.match(description := text(item, "description"))
    guid = text(item, "guid").removeprefix("oai:arXiv.org:")
    found = parse_arxiv(guid) or parse_arxiv(preamble["id"] if preamble else "") or parse_arxiv(text(item, "link"))
    title, day, announce_type = text(item, "title"), _day(item), _announce_type(item)
    if not (found and title and day and announce_type):
        return None
    categories = tuple(
        dict.fromkeys(name for child in item.findall("category") if (name := (child.text or "").strip()))
    )
    extra: dict[str, Json] = {"announce_type": announce_type.value}
    paper = Paper(
        id=f"arxiv:{found[0]}",
        title=title,
        abstract=description[preamble.end() if preamble else 0 :],
        authors=tuple(name for part in text(item, f"{_DUBLIN_CORE}creator").split(",") if (name := part.strip())),
        categories=categories,
        links=arxiv_links(found[0]),
        announced=day,
        version=found[1],
        extra=extra,
    )
    return RssItem(paper, day, announce_type)


def _announce_type(item: Element) -> AnnounceType | None:
    try:
        return AnnounceType(text(item, f"{_ARXIV}announce_type"))
    except ValueError:
        return None


def _day(element: Element) -> date | None:
    """The date as it is written, in its own offset."""
    try:
        return parsedate_to_datetime(text(element, "pubDate")).date()
    except (ValueError, TypeError):
        return None
