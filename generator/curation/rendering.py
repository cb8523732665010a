"""A note's CommonMark → HTML that is safe to insert: one line, a few elements, https links only."""

import re

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "hr", "i", "li", "ol", "p", "pre"),
    *("s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
_MARKDOWN.disable("image")
_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_HEADING = re.compile(r"(</?)h[1-6]>")


def render_note(body: str) -> str:
    """CommonMark with tables and strikethrough, no raw HTML, no images → one line of cleaned HTML.

    Headings sink to `h4`, below the paper's own. Line ends and tabs inside `<pre>` become character references, so
    that the page's Markdown sees no line of the contributor's at all, and no tab to expand.
    """
    cleaned = nh3.clean(
        _HEADING.sub(r"\1h4>", _MARKDOWN.render(body)),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_absolute_https_only,
        link_rel="nofollow ugc noopener",
    )
    kept = _PRE.sub(lambda found: found[0].replace("\n", "&#10;").replace("\t", "&#9;"), cleaned)
    return " ".join(kept.split("\n")).strip()


def _absolute_https_only(element: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or value.startswith("https://") else None
