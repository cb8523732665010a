"""Bytes of a JSON Feed (1 or 1.1) → entries. https://www.jsonfeed.org/version/1.1/"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from generator.dates import parse_instant
from generator.errors import AnswerError
from generator.sources.feed_entry import FeedEntry, plausible, split_names
from generator.sources.markup import html_to_text

_VERSION = "://jsonfeed.org/version/"


def parse_json_feed(body: bytes, base_url: str) -> tuple[FeedEntry, ...]:
    """All items in the feed's order, relative addresses resolved against `base_url`; AnswerError for anything else."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AnswerError("the answer is broken or cut off (not valid JSON)") from error
    is_feed = isinstance(feed, dict) and _VERSION in _text(feed, "version").replace("://www.", "://")
    if not is_feed or not isinstance(feed.get("items"), list):
        raise AnswerError("the answer is JSON, but not a JSON Feed")
    return tuple(_entry(item, base_url) for item in feed["items"] if isinstance(item, dict))


def _entry(item: dict[str, Any], base_url: str) -> FeedEntry:
    guid, link = _text(item, "id"), _address(item, "url", base_url)
    external = _address(item, "external_url", base_url)
    return FeedEntry(
        title=" ".join(_text(item, "title").split()),
        guid=guid or None,
        link=link or external,
        names=tuple(name for name in (link, external, guid) if name),
        abstract=_text(item, "summary") or _text(item, "content_text") or html_to_text(_text(item, "content_html")),
        authors=tuple(_authors(item)),
        published=_instant(item, "date_published"),
        updated=_instant(item, "date_modified"),
    )


def _text(item: dict[str, Any], key: str) -> str:
    """The text under `key`; the specification forgives ids that are numbers."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _address(item: dict[str, Any], key: str, base_url: str) -> str | None:
    try:
        return urljoin(base_url, _text(item, key)) if _text(item, key) else None
    except ValueError:
        return None


def _authors(item: dict[str, Any]) -> Iterator[str]:
    """`authors` of version 1.1, else `author` of version 1."""
    authors = item.get("authors")
    for author in authors if isinstance(authors, list) else [item.get("author")]:
        if isinstance(author, dict):
            yield from split_names(" ".join(_text(author, "name").split()))


def _instant(item: dict[str, Any], key: str) -> datetime | None:
    try:
        return plausible(parse_instant(_text(item, key)))
    except (ValueError, OverflowError):
        return None
