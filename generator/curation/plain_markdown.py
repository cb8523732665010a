"""Anybody's Markdown → one line of CommonMark that a note may hold: no HTML, no images, https links that hide nothing.

What is left out leaves its words behind: a link its text, an image its description, a tag what stood in it.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.curation.linking import link_findings
from generator.identifiers import parse_arxiv
from generator.text import clean
from generator.urls import safe_url, without_tracking

_LONGEST = 100_000
_MARKS = {"strong_open": "**", "strong_close": "**", "em_open": "*", "em_close": "*", "s_open": "~~", "s_close": "~~"}
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|dd|del|details|dfn|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark"
    r"|ol|p|picture|pre|q|s|samp|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var"
    r"|video)\b[^>]*>|<!--.*-->",
    re.IGNORECASE | re.DOTALL,
)
"""Tags of the kind that people put into Markdown; any other, such as `<think>`, is meant word for word."""
_SPECIAL = re.compile(
    r"""[`*]                            # code and emphasis
    |<(?![ \d=])                        # a tag or an address
    |\\(?=[!-/:-@[-`{-~]|$)             # what Markdown would take for an escape
    |(?<![^\W_])_|_(?![^\W_])           # emphasis: inside a word it is none
    |&(?=\#?\w+;)                       # a character reference
    |~(?=~)|(?<=~)~                     # strikethrough
    |(?<=\])\(                          # a link; brackets themselves cannot be escaped: \[ begins a formula
    """,
    re.VERBOSE,
)
_START = re.compile(r"\A(\d{1,9}(?=[.)](?: |$))|(?=>|[#+-](?:[ #+-]|$)))")
_DEFINITION = re.compile(r"\A\[(?=[^\]]*\]:)")
_MARKDOWN = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("strikethrough")
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # each is judged below


def plain_markdown(source: str) -> str:
    """One paragraph, its line ends blanks; empty when no letter and no digit is left."""
    (block,) = _MARKDOWN.parseInline(source)
    line = clean("".join(_written(block.children or ())), _LONGEST)
    return _begun(line) if any(map(str.isalnum, line)) else ""


def plain_text(source: str) -> str:
    """The same without any Markdown."""
    (block,) = _MARKDOWN.parseInline(source)
    return clean("".join(_said(block.children or ())), _LONGEST)


def _said(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _said(token.children or ())
        elif token.type != "html_inline" or not _TAG.fullmatch(token.content):
            yield token.content


def _written(tokens: Iterable[Token]) -> list[str]:
    parts: list[str] = []
    address: str | None = None
    begun = 0
    for token in tokens:
        if token.type == "link_open":
            address, begun = _address(str(token.attrs.get("href", ""))), len(parts)
            parts.append(_bracket(parts) if address else "")
        elif token.type == "link_close":
            is_blank = not "".join(parts[begun + 1 :]).strip()
            parts[begun:] = [] if is_blank else [*parts[begun:], f"]({address})" if address else ""]
            address = None
        else:
            parts.append(_MARKS.get(token.type) or _words(token, "".join(parts[-1:]), address is not None))
    return parts


def _bracket(parts: list[str]) -> str:
    """What opens a link; an exclamation mark just before it would make it an image."""
    if parts and parts[-1].endswith("!"):
        parts[-1] = f"{parts[-1][:-1]}\\!"
    return "["


def _words(token: Token, before: str, in_link: bool) -> str:
    if token.type == "code_inline":
        return _code(token.content)
    text = "".join(_said([token]))
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if in_link:
        return escaped.replace("[", "&#91;").replace("]", "&#93;")
    return f"\\{escaped}" if before.endswith("]") and escaped.startswith("(") else escaped


def _code(content: str) -> str:
    """A code span, fenced by more backticks in a row than it holds."""
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {content} {fence}" if longest else f"`{content}`"


def _address(href: str) -> str | None:
    """The address as a note may hold it, None when it may not."""
    url = safe_url(href)
    if url is None:
        return None
    if parse_arxiv(url) and urlsplit(url).scheme == "http":
        url = url.replace("http:", "https:", 1)
    url = without_tracking(url)
    return None if any(link_findings(url, 1)) else url.replace("(", "%28").replace(")", "%29")


def _begun(line: str) -> str:
    """The line with what would make it a heading, a list, a quotation or a definition escaped."""
    return _START.sub(r"\1\\", _DEFINITION.sub("&#91;", line), count=1)
