"""Bytes that claim to be XML → the same, or a refusal before any parser sees them; HTML → plain text.

XML 1.0, sections 2.8 (prolog, document type) and 4.4 (entities): an internal subset can define entities that grow
without bound or name files, and no feed needs one.
"""

import re
from collections.abc import Mapping

from generator.errors import AnswerError, RefusedError
from generator.sources.html_reading import read_html

_PROLOG_PART = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DOCTYPE = re.compile(rb"\s*<!doctype\b(?P<name>[^>\[]*)(?P<subset>\[)?", re.IGNORECASE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def refuse_unsafe_xml(body: bytes) -> None:
    """Raise unless `body` can be XML without a document type of its own.

    AnswerError for nothing at all and for HTML pages, which upstreams send while they are ill. RefusedError for a
    document type with an internal subset. One that only names a DTD, as RSS 0.91 asks for, passes: no parser of ours
    loads it.
    """
    start = _after_prolog(body)
    if not start.strip():
        raise AnswerError("the answer is empty")
    if _HTML.match(start):
        raise AnswerError("the answer is an HTML page")
    doctype = _DOCTYPE.match(start)
    if doctype and doctype["subset"]:
        raise RefusedError("the answer defines XML entities, which we do not read")


def _after_prolog(body: bytes) -> bytes:
    """`body` below XML declaration, processing instructions and comments, UTF-16 read as if it were ASCII."""
    for mark in _BYTE_ORDER_MARKS:
        body = body.removeprefix(mark)
    plain = body.replace(b"\0", b"")
    position = 0
    while part := _PROLOG_PART.match(plain, position):
        position = part.end()
    return plain[position:]


_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td tr ul".split()
)
_UNREAD = frozenset("head iframe noscript object script style svg template title".split())


def html_to_text(html: str) -> str:
    """What a browser would show as text, entities decoded once, at most one blank line between paragraphs.

    Blocks end lines; scripts and their like leave nothing, once they are closed: `the <object> relation` is text.
    """
    parts: list[str] = []
    opened: dict[str, list[int]] = {name: [] for name in _UNREAD}
    for token in read_html(html):
        if isinstance(token, str):
            parts.append(token.replace("\n", " "))
        elif token.name in _BLOCKS:
            parts.append("\n")
        elif token.name in _UNREAD and not token.is_end:
            opened[token.name].append(len(parts))
            parts.append("")  # so that no two begin at the same place
        elif token.name in _UNREAD and opened[token.name]:
            _take_back(parts, opened, opened[token.name][-1])
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _take_back(parts: list[str], opened: Mapping[str, list[int]], begin: int) -> None:
    """All that came since `begin` is not read, and what was opened there is closed."""
    del parts[begin:]
    for places in opened.values():
        while places and places[-1] >= begin:
            places.pop()
