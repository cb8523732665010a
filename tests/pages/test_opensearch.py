"""What a browser reads to offer this site in its address bar."""

from xml.etree import ElementTree

from generator.pages import Site, opensearch

NAMES = {"": "http://a9.com/-/spec/opensearch/1.1/"}


def test_searches_lead_to_the_search_page() -> None:
    """The address of the site, wherever it stands, with a place for what is typed."""
    root = ElementTree.fromstring(opensearch(Site("Sheet", "https://example.org/sheet/")) or "")
    url = root.find("Url", NAMES)
    assert url is not None
    assert url.attrib == {"type": "text/html", "template": "https://example.org/sheet/search/?q={searchTerms}"}
    assert root.findtext("Description", None, NAMES) == "Search Sheet"


def test_names_are_escaped_and_as_short_as_the_format_wants() -> None:
    """Any name and description stay text."""
    name, description = '<Papers & "sheets"> of all kinds, ' * 3, "Less < more & so on"
    root = ElementTree.fromstring(opensearch(Site(name, "https://example.org/?a&b/", description)) or "")
    assert root.findtext("ShortName", None, NAMES) == name[:16]
    assert root.findtext("LongName", None, NAMES) == name[:48]
    assert root.findtext("Description", None, NAMES) == description


def test_a_site_without_an_address_offers_nothing() -> None:
    """The format wants whole addresses."""
    assert opensearch(Site("Sheet")) is None
