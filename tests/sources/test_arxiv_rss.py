"""arXiv's RSS: items with announce type and day."""

from datetime import date

import pytest

from generator.errors import AnswerError
from generator.model import Paper
from generator.sources.arxiv_rss import AnnounceType, RssItem, parse_rss

DATE = "<pubDate>Thu, 18 Sep 2025 00:00:00 -0400</pubDate>"
ITEM = f"""<item><title>Sheaves on graphs</title><link>https://arxiv.org/abs/2509.12345</link>
<description>arXiv:2509.12345v1 Announce Type: cross
Abstract: We study $K &lt; 2$.</description><guid isPermaLink="false">oai:arXiv.org:2509.12345v1</guid>
<category>stat.ML</category><category>cs.LG</category>{DATE}<arxiv:announce_type>cross</arxiv:announce_type>
<dc:creator>Ada Byron, Jörg Müller</dc:creator></item>"""


def feed(items: str) -> bytes:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
<channel><title>cs.LG updates</title>{DATE}{items}</channel></rss>""".encode()


def test_an_item_becomes_a_paper_with_day_and_type() -> None:
    """The day is the one that is written, not the one it is in UTC; the preamble is no part of the abstract."""
    paper = Paper(
        id="arxiv:2509.12345",
        title="Sheaves on graphs",
        abstract="We study $K < 2$.",
        authors=("Ada Byron", "Jörg Müller"),
        categories=("stat.ML", "cs.LG"),
        links={"abs": "https://arxiv.org/abs/2509.12345", "pdf": "https://arxiv.org/pdf/2509.12345"},
        announced=date(2025, 9, 18),
        version=1,
        extra={"announce_type": "cross"},
    )
    assert parse_rss(feed(ITEM)).items == (RssItem(paper, date(2025, 9, 18), AnnounceType.CROSS),)


def test_a_feed_without_items_tells_its_day() -> None:
    """On weekends and holidays the feed is fresh and empty."""
    parsed = parse_rss(feed(""))
    assert (parsed.day, parsed.items) == (date(2025, 9, 18), ())


@pytest.mark.parametrize(
    ("announce_type", "with_cross_lists", "without"),
    [("new", True, True), ("cross", True, False), ("replace", False, False), ("replace-cross", False, False)],
)
def test_replacements_are_not_listed(announce_type: str, with_cross_lists: bool, without: bool) -> None:
    """New papers always are, cross-lists if the owner wants them."""
    member = AnnounceType(announce_type)
    assert (member.is_listed(True), member.is_listed(False)) == (with_cross_lists, without)


def test_an_item_of_an_unknown_type_is_left_out() -> None:
    """The others are read."""
    items = parse_rss(feed(ITEM + ITEM.replace("_type>cross<", "_type>erratum<"))).items
    assert [item.announce_type for item in items] == [AnnounceType.CROSS]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<rss/>", "the answer is not an RSS channel"),
        (feed(ITEM.replace("announce_type", "kind")), "none of the feed's 1 items tells id, title, day and announce"),
        (feed(ITEM)[:-9], "the answer is broken or cut off"),
    ],
)
def test_a_feed_that_cannot_be_read_is_an_error(body: bytes, message: str) -> None:
    """A feed whose items have all lost their meaning is not an empty day."""
    with pytest.raises(AnswerError, match=message):
        parse_rss(body)
