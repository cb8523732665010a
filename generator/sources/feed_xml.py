"""Bytes of RSS 0.9 to 2.0, RDF, Atom or CDF → entries, by feedparser on bytes that were looked at first.

feedparser (https://feedparser.readthedocs.io/) mends what publishers get wrong: charsets, undefined entities, stray
ampersands. It also takes HTML pages and half feeds without a word, so those are refused here.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any
from xml.parsers import expat

import feedparser  # type: ignore[import-untyped]

from generator.errors import AnswerError, RefusedError
from generator.sources.arxiv_xml import ERRORS
from generator.sources.feed_entry import FeedEntry, plausible, split_names
from generator.sources.markup import html_to_text, refuse_unsafe_xml

_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_START = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_ROOT_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_MARKUP_START = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
_NO_FEED = "the answer is not a feed, neither RSS nor Atom nor JSON Feed"
_MOST_TAGS = 500_000
"""Far more than any feed has, and about ten seconds of feedparser's time."""
_CHARSET = re.compile(r"charset=[\"']?(?P<name>[\w-]+)", re.IGNORECASE | re.ASCII)
_CHARSETS = (feedparser.CharacterEncodingUnknown, UnicodeError)
# What feedparser's lenient parser has been seen to raise on mangled input.
_MISHAPS = (AssertionError, AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)


def parse_xml_feed(body: bytes, content_type: str | None, base_url: str) -> tuple[FeedEntry, ...]:
    """All entries in the feed's order; relative addresses are resolved against the feed's own base or `base_url`.

    AnswerError for an empty answer, an HTML page, a feed that is cut off (its last entry may be half) and anything
    that is no feed; RefusedError for a document type with entities.
    """
    refuse_unsafe_xml(body)
    _refuse_no_feed(body)
    headers = {"content-location": base_url, "content-type": _content_type(body, content_type or "")}
    try:
        feed = feedparser.parse(
            BytesIO(body.lstrip()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
        _refuse_doubtful(feed)
        return tuple(_entries(feed))
    except _MISHAPS as error:
        raise AnswerError("the feed is too broken to be read") from error


def _content_type(body: bytes, sent: str) -> str:
    """What makes feedparser find the charset: under any type but XML it takes Latin-1 for the default.

    Bytes beyond ASCII that are valid UTF-8 are UTF-8, whatever server and declaration say.
    """
    charset = _CHARSET.search(sent)
    if not body.isascii() and _is_utf8(body):
        return "application/xml; charset=utf-8"
    return f"application/xml; charset={charset['name']}" if charset else "application/xml"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_no_feed(body: bytes) -> None:
    """Refuse before the slow parser what has no feed's root element, or never closes it."""
    plain = body.replace(b"\0", b"")
    if not _ROOT_START.search(plain):
        raise AnswerError(_NO_FEED)
    if plain.count(b"<") > _MOST_TAGS:
        raise RefusedError(f"the feed has more than {_MOST_TAGS:,} tags")
    last_entry = max((found.end() for found in _ENTRY_END.finditer(plain)), default=0)
    if not _ROOT_END.search(plain, last_entry):
        if not _MARKUP_START.match(plain):
            raise AnswerError(_NO_FEED)
        _refuse_broken(body)


def _refuse_broken(body: bytes) -> None:
    """Strict XML decides about a feed without a closing tag: `<feed/>` is whole, anything else is cut off."""
    try:
        expat.ParserCreate().Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise AnswerError(f"the feed is cut off ({error})") from error


def _refuse_doubtful(feed: Mapping[str, Any]) -> None:
    if isinstance(feed.get("bozo_exception"), _CHARSETS):
        raise AnswerError("the feed's charset is unknown")
    if not feed.get("version"):
        raise AnswerError(_NO_FEED)
    _refuse_api_faults(feed)


def _refuse_api_faults(feed: Mapping[str, Any]) -> None:
    """A query to arXiv's API may be somebody's feed: its errors and its empty pages look like feeds."""
    for entry in feed["entries"]:
        if ERRORS in entry.get("id", ""):
            raise RefusedError(
                f"arXiv refuses the request: {' '.join(_text(entry.get('summary_detail')).split())[:200]}"
            )
    total = next((value for key, value in feed["feed"].items() if key.endswith("totalresults")), "")
    if not feed["entries"] and total.isdecimal() and int(total) > 0:
        raise AnswerError(f"the feed is empty, although it says that there are {total} entries")


def _entries(feed: Mapping[str, Any]) -> Iterator[FeedEntry]:
    is_rss = feed["version"].startswith("rss")
    for entry in feed["entries"]:
        # RSS 1.0 knows one date, `dc:date`, which feedparser calls `updated`.
        updated = _instant(entry, "updated_parsed")
        guid, link = entry.get("id"), entry.get("feedburner_origlink") or entry.get("link")
        names = (link, guid, entry.get("prism_doi"), entry.get("dc_identifier"))
        yield FeedEntry(
            title=" ".join(_text(entry.get("title_detail")).split()),
            guid=guid,
            link=link,
            names=tuple(name for name in names if name),
            abstract=_text(entry.get("summary_detail") or next(iter(entry.get("content") or ()), None)),
            authors=tuple(dict.fromkeys(_authors(entry))),
            published=_instant(entry, "published_parsed") or (updated if is_rss else None),
            updated=updated,
        )


def _text(detail: Mapping[str, str] | None) -> str:
    """Plain text of a text construct (RFC 4287, section 3.1)."""
    if not detail:
        return ""
    value = detail.get("value") or ""
    return value.strip() if detail.get("type") == "text/plain" else html_to_text(value)


def _authors(entry: Mapping[str, Any]) -> Iterator[str]:
    """Names only: an address of mail is nobody's name, and not ours to publish."""
    for author in entry.get("authors") or ():
        name = html_to_text(author.get("name") or "").partition("(mailto:")[0]
        if "@" not in name:
            yield from split_names(" ".join(name.split()))


def _instant(entry: dict[str, Any], key: str) -> datetime | None:
    # dict's own `get`: feedparser's answers a missing `updated` with `published`, and a warning.
    parsed: struct_time | None = dict.get(entry, key)
    if parsed is None:
        return None
    try:
        return plausible(datetime(*parsed[:5], min(parsed.tm_sec, 59), tzinfo=UTC))
    except ValueError:
        return None
