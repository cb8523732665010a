"""Bytes that may be a feed of any format → entries, or one clear reason why not. Pure."""

from generator.sources.feed_entry import FeedEntry, unique_entries
from generator.sources.feed_xml import parse_xml_feed
from generator.sources.json_feed import parse_json_feed


def parse_feed(body: bytes, content_type: str | None, base_url: str) -> tuple[FeedEntry, ...]:
    """Entries with a title, each guid once, in the feed's order; `base_url` is where the feed came from.

    The bytes tell the format: publishers send feeds under every content type. AnswerError and RefusedError as the
    formats' parsers raise them, nothing else.
    """
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    entries = (
        parse_json_feed(body, base_url) if start in b"{[" and start else parse_xml_feed(body, content_type, base_url)
    )
    return tuple(unique_entries(entries))
