"""Feeds of every format: entries come out as plain text, or one clear reason why not."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.errors import AnswerError, RefusedError, SourceError
from generator.sources.feed_entry import FeedEntry, paper_of, split_names
from generator.sources.feed_parsing import parse_feed

BASE = "https://example.org/blog/feed.xml"
NOON = datetime(2025, 10, 1, 12, 0, tzinfo=UTC)


def atom(*entries: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title>{"".join(entries)}</feed>'


def rss(*items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>A blog</title>{"".join(items)}</channel></rss>'


def parse(text: str, encoding: str = "utf-8", content_type: str | None = None) -> tuple[FeedEntry, ...]:
    return parse_feed(text.encode(encoding), content_type, BASE)


ATOM_ENTRY = """<entry><id>tag:example.org,2025:1</id>
<title type="html">Sheaves &amp;lt; &lt;b&gt;graphs&lt;/b&gt;</title>
<link href="../posts/1"/><summary type="html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two &amp;amp; three&lt;/p&gt;</summary>
<author><name>Ada Byron</name></author><author><name>Jörg Müller</name></author>
<published>2025-10-01T14:00:00+02:00</published><updated>2025-10-02T12:00:00Z</updated></entry>"""
RSS_ITEM = """<item><title>Sheaves</title><link>https://example.org/posts/1</link><guid isPermaLink="false">1</guid>
<description>One</description><author>ada@example.org (Ada Byron)</author>
<pubDate>Wed, 01 Oct 2025 12:00:00 GMT</pubDate></item>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Preprints</title></channel>
<item rdf:about="https://example.org/p/1"><title>Sheaves</title><link>https://example.org/p/1</link>
<dc:creator>Byron, A., Müller, J.</dc:creator><dc:identifier>doi:10.1101/2025.10.01.1</dc:identifier>
<dc:date>2025-10-01T12:00:00Z</dc:date></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "A blog", "items": [{"id": 1, "url": "/posts/1",
"title": "Sheaves", "content_html": "<p>One</p><script>two</script>", "date_published": "2025-10-01T12:00:00Z",
"authors": [{"name": "Ada Byron"}]}]}"""


def test_atom_entries_are_read() -> None:
    """HTML becomes text with its entities decoded once; addresses become absolute; times become UTC."""
    assert parse(atom(ATOM_ENTRY)) == (
        FeedEntry(
            title="Sheaves < graphs",
            guid="tag:example.org,2025:1",
            link="https://example.org/posts/1",
            names=("https://example.org/posts/1", "tag:example.org,2025:1"),
            abstract="One\n\ntwo & three",
            authors=("Ada Byron", "Jörg Müller"),
            published=NOON,
            updated=datetime(2025, 10, 2, 12, 0, tzinfo=UTC),
        ),
    )


def test_rss_items_are_read() -> None:
    """The name behind an address of mail is kept, the address is not."""
    assert parse(rss(RSS_ITEM)) == (
        FeedEntry(
            title="Sheaves",
            guid="1",
            link="https://example.org/posts/1",
            names=("https://example.org/posts/1", "1"),
            abstract="One",
            authors=("Ada Byron",),
            published=NOON,
        ),
    )


def test_rdf_items_are_read() -> None:
    """A preprint server's creators are taken apart, its DOI names the paper, its one date is when it appeared."""
    (entry,) = parse(RDF)
    assert (entry.authors, entry.published, paper_of(entry).id) == (
        ("A. Byron", "J. Müller"),
        NOON,
        "doi:10.1101/2025.10.01.1",
    )


def test_json_feed_items_are_read() -> None:
    """An id may be a number; scripts leave no text."""
    assert parse(JSON) == (
        FeedEntry(
            title="Sheaves",
            guid="1",
            link="https://example.org/posts/1",
            names=("https://example.org/posts/1", "1"),
            abstract="One",
            authors=("Ada Byron",),
            published=NOON,
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        rss(RSS_ITEM.replace("Sheaves", "Gödel"), head='<?xml version="1.0" encoding="iso-8859-1"?>').encode("latin-1"),
        rss(RSS_ITEM.replace("Sheaves", "Gödel"), head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"),
        rss(RSS_ITEM.replace("Sheaves", "Gödel"), head="\n <?xml version='1.0'?>").encode(),
        rss(RSS_ITEM.replace("Sheaves", "Gödel"), head='<?xml version="1.0" encoding="us-ascii"?>').encode(),
        rss(RSS_ITEM.replace("Sheaves", "G&ouml;del")).encode(),
        (
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://localhost/rss-0.91.dtd">'
            + rss(RSS_ITEM.replace("Sheaves", "Gödel"))
        ).encode(),
    ],
    ids=["Latin-1", "UTF-16", "blanks first", "wrong charset", "HTML entity", "RSS 0.91's document type"],
)
@pytest.mark.parametrize("content_type", [None, "text/xml", "text/html; charset=UTF-8", "application/rss+xml"])
def test_what_publishers_get_wrong_is_mended(body: bytes, content_type: str | None) -> None:
    """Charsets that are declared wrongly, undefined entities and a document type that only names a DTD."""
    assert [entry.title for entry in parse_feed(body, content_type, BASE)] == ["Gödel"]


def test_an_entry_without_title_is_left_out() -> None:
    """A note without title is nothing that a digest can list."""
    assert parse(rss("<item><description>Hello</description></item>", RSS_ITEM))[0].title == "Sheaves"


def test_a_guid_counts_once() -> None:
    """The first of two entries with the same id is taken."""
    entries = parse(atom(ATOM_ENTRY, ATOM_ENTRY.replace("Sheaves", "Trees")))
    assert [entry.title for entry in entries] == ["Sheaves < graphs"]


def test_an_impossible_date_is_no_date() -> None:
    """A clock that was never set does not file a paper in 1970."""
    (entry,) = parse(rss(RSS_ITEM.replace("2025", "1970")))
    assert entry.published is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the answer is empty"),
        (b"<html><head><title>503</title></head><body>Service Unavailable</body></html>", "the answer is an HTML page"),
        (b"<!-- sorry --><!DOCTYPE HTML><p>later", "the answer is an HTML page"),
        (b"Not Found", "the answer is not a feed, neither RSS nor Atom nor JSON Feed"),
        (b'<?xml version="1.0"?><svg/>', "the answer is not a feed, neither RSS nor Atom nor JSON Feed"),
        (rss(RSS_ITEM)[:-30].encode(), "the feed is cut off"),
        (atom(ATOM_ENTRY, "<entry><id>2</id><title>ha").removesuffix("</feed>").encode(), "the feed is cut off"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<a>" * 50_000, "the feed is cut off"),
        (b"How to read <rss> and <feed>: a text.\n", "the answer is not a feed"),
        (JSON[:-9].encode(), "the answer is broken or cut off"),
        (b'{"error": "no such feed"}', "the answer is JSON, but not a JSON Feed"),
        (b"[" * 100_000, "the answer is broken or cut off"),
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:o='http://a9.com/-/spec/opensearch/1.1/'>"
            b"<o:totalResults>312</o:totalResults></feed>",
            "the feed is empty, although it says that there are 312 entries",
        ),
        (rss(RSS_ITEM.replace("Sheaves", "&#xD800;&broken;")).encode(), "the feed is too broken to be read"),
    ],
)
def test_what_is_no_whole_feed_is_worth_another_try(body: bytes, message: str) -> None:
    """Half a feed must not pass for a whole one, nor an error page for a feed."""
    with pytest.raises(AnswerError) as caught:
        parse_feed(body, None, BASE)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE z [<!ENTITY a "lol">]>' + atom(ATOM_ENTRY), "the answer defines XML entities"),
        ("<?xml version='1.0'?><!-- <a> --><!DOCTYPE z SYSTEM 'z' [ ]>" + atom(ATOM_ENTRY), "the answer defines XML"),
        (atom(ATOM_ENTRY.replace("tag:example.org,2025:1", "http://arxiv.org/api/errors#x")), "arXiv refuses"),
        (rss("<b/>" * 500_001), "the feed has more than 500,000 tags"),
    ],
)
def test_some_answers_are_refused_for_good(text: str, message: str) -> None:
    """Entities of the feed's own, in any encoding; an API's error; a feed beyond all measure."""
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(RefusedError, match=message):
            parse(text, encoding)


@example("<item><title><![CDATA[<![x]]></title></item>")
@example("<item><title>&lt;![if x]&gt;</title><guid>http://[</guid></item>")
@given(
    st.lists(st.sampled_from(("<item>", "</item>", "<title>", "&#xD800;", "&lt;![", "<![CDATA[", "]]>", "x"))).map(
        "".join
    )
)
def test_nothing_but_a_source_error_comes_out(items: str) -> None:
    """Whatever stands in a feed, parsing gives entries or says in one line why not."""
    try:
        for entry in parse(rss(items)):
            paper_of(entry)
    except SourceError as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Byron, A., Müller, J.-P.", ("A. Byron", "J.-P. Müller")),
        ("Ada Byron, Jörg Müller, Li Wei", ("Ada Byron", "Jörg Müller", "Li Wei")),
        ("Byron, Ada", ("Byron, Ada",)),
        ("Plato", ("Plato",)),
        ("", ()),
    ],
)
def test_names_in_one_field_are_taken_apart_where_that_is_sure(field: str, names: tuple[str, ...]) -> None:
    """A single name with a comma stays whole."""
    assert split_names(field) == names
