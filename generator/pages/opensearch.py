"""Settings → what a browser needs to search this site from its address bar (https://github.com/dewitt/opensearch)."""

from markupsafe import escape

from generator import links
from generator.settings import Site

_SHORT, _LONG, _DESCRIPTION = 16, 48, 1024
"""Characters that the format allows."""


def opensearch(site: Site) -> str | None:
    """XML with the address of the search page; None when settings do not say where the site will stand."""
    if not site.url:
        return None
    description = site.description or f"Search {site.name}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(site.name[:_SHORT])}</ShortName>\n"
        f"<LongName>{escape(site.name[:_LONG])}</LongName>\n"
        f"<Description>{escape(description[:_DESCRIPTION])}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{escape(site.url + links.SEARCH)}?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )
