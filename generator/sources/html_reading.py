"""HTML of any quality → its tags and texts, in one pass whose time grows as the text does.

It follows the tokens of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), and
builds no tree: html.parser, and any parser that mends trees, can be made to work for minutes on a few kilobytes.
Where a browser drops what is never closed, it is text here: `p<q` is no tag in an abstract.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TAG_REST = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>"""
_TOKEN = re.compile(
    rf"""
      (?P<text>[^<]++)
    | (?P<comment><!--(?:-?>|.*?--!?>)|<(?:!(?!--)|\?|/(?![a-z]))[^>]*+>)
    | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>{_TAG_REST})
    | (?P<unclosed><[a-z!?/].*)
    | (?P<sign><)
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
_ATTRIBUTE = re.compile(r"""(?<![^\s/"'])([^\s/>="']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")
_LONG_NUMBER = re.compile(r"&#\d{9,}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or an end tag; `name` in small letters, `source` is what stands behind it."""

    name: str
    is_end: bool
    source: str

    def attributes(self) -> dict[str, str]:
        """The attributes that have a value."""
        return {name.lower(): _decoded(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(self.source)}


def read_html(source: str) -> Iterator[Tag | str]:
    """Tags and texts in order, entities decoded; comments and what stands inside scripts and styles are left out.

    A tag that closes itself, as XHTML writes `<br/>`, is a start and an end.
    """
    position = 0
    endless: set[str] = set()
    while token := _TOKEN.match(source, position):
        position = token.end()
        if name := token["name"]:
            tag = Tag(name.lower(), bool(token["end"]), token["attributes"])
            yield tag
            if tag.source.endswith("/>"):
                yield replace(tag, is_end=True)
            elif tag.name in _RAW_END and not tag.is_end and tag.name not in endless:
                if closed := _RAW_END[tag.name].search(source, position):
                    position = closed.start()
                else:
                    endless.add(tag.name)  # so that no later one looks through the rest again
        elif not token["comment"]:
            yield _decoded(token[0])


def _decoded(text: str) -> str:
    # A number of thousands of digits is more than Python turns into an integer.
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text
