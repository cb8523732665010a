"""A note's CommonMark → HTML that is safe to insert: one line, a few elements, https links only, formulas as MathML.

What a note may not hold, raw HTML, images and other links, is found and shown as the text it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.curation.findings import Finding, FindingError
from generator.curation.linking import link_findings
from generator.formulas import split
from generator.mathml import ELEMENTS
from generator.model import Severity
from generator.text import clean, formula, without_critic_marks

MAX_LINKS = 50
MAX_CELLS = 1_000
"""Of tables: each row is filled up to the width of its head, so that few words can make a large page."""
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "hr", "i", "li", "ol", "p", "pre"),
    *("s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    *ELEMENTS,
}
_ATTRIBUTES = {
    **{tag: set(names) for tag, names in ELEMENTS.items() if names},
    "a": {"href"},
    "code": {"class"},
    "ol": {"start"},
}
_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_HEADING = re.compile(r"(</?)h[1-6]>")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """One line of HTML, and the rules that the text breaks."""

    html: str
    findings: tuple[Finding, ...]


def render_note(body: str, first_line: int = 1) -> RenderedNote:
    """CommonMark with tables and strikethrough; `first_line` is the number of the body's first line in its file.

    Headings sink to `h4`, below the paper's own. Line ends and tabs inside `<pre>` become character references, so
    that the page's Markdown sees no line of the contributor's at all, and no tab to expand. FindingError where there
    are too many links or cells.
    """
    tokens = _MARKDOWN.parse(body, {})
    findings = tuple(_findings(tokens, first_line))
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    cleaned = nh3.clean(
        _HEADING.sub(r"\1h4>", html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel="nofollow ugc noopener",
    )
    kept = _PRE.sub(lambda found: found[0].replace("\n", "&#10;").replace("\t", "&#9;"), cleaned)
    return RenderedNote(without_critic_marks(" ".join(kept.split("\n")).strip()), findings)


def _attribute(element: str, attribute: str, value: str) -> str | None:
    """Links lead to https addresses only; of classes, only the one that formulas have is kept."""
    is_fine = {"href": value.startswith("https://"), "class": value == "tex"}.get(attribute, True)
    return value if is_fine else None


def _findings(tokens: Sequence[Token], first_line: int) -> Iterator[Finding]:
    links = 0
    if (cells := sum(token.type in ("td_open", "th_open") for token in tokens)) > MAX_CELLS:
        hint = f"Keep the {MAX_CELLS} that matter most; a row has as many as its head"
        raise FindingError(first_line, f"has {cells} cells of tables", hint)
    for block in tokens:
        line = first_line + (block.map[0] if block.map else 0)
        if block.type == "html_block":
            yield _raw_html(line, block.content)
        for part in block.children or ():
            if part.type == "html_inline" and not part.content.startswith("</"):
                yield _raw_html(line, part.content)
            elif part.type == "image":
                hint = "Take the ! away, and a link to the picture is left"
                yield Finding(line, "pictures are not shown", hint, Severity.WARNING)
            elif part.type == "link_open":
                links += 1
                yield from link_findings(str(part.attrs.get("href", "")), line)
            line += part.type in ("softbreak", "hardbreak")
    if links > MAX_LINKS:
        raise FindingError(first_line, f"has {links} links", f"Keep the {MAX_LINKS} that matter most")


def _raw_html(line: int, source: str) -> Finding:
    text = f"raw HTML is shown as it is typed: {clean(source)[:_SHOWN]}"
    hint = "Write Markdown instead, or put what is meant word for word between `backticks`"
    return Finding(line, text, hint, Severity.WARNING)


class _Renderer(RendererHTML):
    """What no note may hold comes out as text, a picture as a link to it."""

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<p>{escape(tokens[idx].content.strip())}</p>\n"

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escape(tokens[idx].content)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        told = self.renderInlineAsText(token.children, options, env)
        return f'<a href="{escape(str(token.attrs.get("src", "")))}">{escape(told)}</a>'

    def formula(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return formula(tokens[idx].markup, tokens[idx].content)


def _formula_rule(state: StateInline, silent: bool) -> bool:
    """A formula where `generator.formulas` finds one in the whole of the text; its inside is not Markdown."""
    known = state.env.setdefault("formulas", {})
    if state.src not in known:
        known[state.src] = dict(_formulas(state.src))
    if (found := known[state.src].get(state.pos)) is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.markup, token.content = found
    state.pos += len(found[0])
    return True


def _formulas(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    place = 0
    for piece in split(text):
        if piece.tex is not None:
            yield place, (piece.source, piece.tex)
        place += len(piece.source)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}, renderer_cls=_Renderer)
    markdown.enable(["table", "strikethrough"])
    markdown.inline.ruler.before("escape", "formula", _formula_rule)
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # each is judged, and named if it is bad
    return markdown


_MARKDOWN = _markdown()
