"""Foreign text → safe text: characters that mislead out, then plain text for data or markup for pages.

Nothing is taken away that a reader could miss: scripts, emoji and their joiners stay; compatibility characters
stay what they are (NFC, never NFKC, which would turn `＜` into `<`). Unicode: UAX #15, UAX #9, UTS #51.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from markupsafe import Markup, escape

from generator.formulas import MARK, split
from generator.leftovers import has_torn_sign
from generator.mathml import mathml
from generator.tex import prose, symbols

LIMIT = 20_000
"""Characters of the longest text we show."""
TITLE_LIMIT = 1_000
_MARKS_IN_A_ROW = 8

_UNSEEN = re.compile(
    "["
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f"  # controls that are not whitespace
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible, bidi
    "\u3164\uffa0"  # blank letters
    "\\ud800-\\udfff\ufdd0-\ufdef\\U000e0000-\\U000e007f"  # surrogates, noncharacters, tags
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)

# Joiners shape Arabic between its letters, Indic scripts after a virama; ZWJ ties emoji together.
_ARABIC = "[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
_VIRAMA = "[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2]"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(
    "[\u200c\u200d]"
    rf"(?<!{_ARABIC}.(?={_ARABIC}))(?<!{_VIRAMA}.)(?<![{_EMOJI}\ufe0f]\u200d(?=[{_EMOJI}]))"
)
# arXiv's way to keep a dash a dash.
_DASH_AS_FORMULA = re.compile(r"\$\\unicode\{x(2013|2014)\}\$")
_TAG = re.compile("<[^>]*>")
_CRITIC = re.compile(r"\{(?=\+\+|--|~~|==)")
_FLOOD = re.compile(rf"[^\w\s\x00-\x7f]{{{_MARKS_IN_A_ROW + 1},}}")


def clean(text: str, limit: int = LIMIT) -> str:
    """One line of at most `limit` characters, NFC, without controls, direction overrides and invisible characters.

    Cleaning twice changes nothing. Floods of combining marks are cut to eight, text over the limit ends in `…`.
    """
    line = text.replace("\n", " ")
    is_plain = line.isprintable()
    has_blanks = not is_plain or "  " in line or line[:1] == " " or line[-1:] == " "
    cleaned = " ".join(line.split()) if has_blanks else line
    if not (cleaned.isascii() and (is_plain or cleaned.isprintable())):  # most text is, and needs no more
        cleaned = " ".join(_UNSEEN.sub("", cleaned).split())
        while not cleaned.isascii() and (settled := _settled(cleaned)) != cleaned:
            cleaned = settled
    if len(cleaned) <= limit:
        return cleaned
    return cleaned[: limit - 1].rstrip(" \u200c\u200d") + "…"


def readable(text: str) -> str:
    """Plain text for `<title>`, search and feeds: TeX in prose is Unicode, `$O(n^2)$` is `O(n^2)`."""
    cleaned = clean(text)
    if not _may_hold_tex(cleaned):
        return cleaned
    shown, formulas = _prose_and_formulas(cleaned)
    plain = (symbols(tex) or source for source, tex in formulas)
    return clean(_joined(shown, plain))


def markup(text: str) -> Markup:
    """One line of HTML for titles and abstracts: all escaped, TeX in prose is Unicode, formulas are MathML.

    A formula that cannot become MathML shows its source in `<code class="tex">`.
    """
    cleaned = clean(text)
    if not _may_hold_tex(cleaned):
        return Markup(_escaped(cleaned))
    shown, formulas = _prose_and_formulas(cleaned)
    return Markup(_joined(_escaped(shown), (formula(source, tex) for source, tex in formulas)))


def without_tags(html: str) -> str:
    """HTML of ours as text, a blank in place of each tag."""
    return unescape(_TAG.sub(" ", html))


def formula(source: str, tex: str) -> str:
    """MathML, or the source as it stands in the text, in `<code class="tex">`."""
    return mathml(tex) or f'<code class="tex">{_escaped(source)}</code>'


def _settled(text: str) -> str:
    """One pass of what can make room for another: a joiner gone may let an accent meet its letter."""
    capped = _FLOOD.sub(_capped, text)
    return " ".join(unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", capped)).split())


def _capped(run: re.Match[str]) -> str:
    """Eight marks in a row at most; the longest stack of a living script is shorter."""
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def _may_hold_tex(text: str) -> bool:
    """False for text that `split` and `prose` would only hand back."""
    if "$" in text or "\\" in text or "`" in text or "~" in text or "{" in text or "*" in text or "^" in text:
        return True
    return "--" in text or ("'" in text and "''" in text) or ("[" in text and "](" in text) or has_torn_sign(text)


def _prose_and_formulas(cleaned: str) -> tuple[str, list[tuple[str, str]]]:
    """Prose in Unicode with a `MARK` for each formula, and the formulas as (source, TeX)."""
    pieces = list(split(_DASH_AS_FORMULA.sub(_dash, cleaned) if r"\unicode" in cleaned else cleaned))
    formulas = [(piece.source, piece.tex) for piece in pieces if piece.tex is not None]
    return prose("".join(piece.source if piece.tex is None else MARK for piece in pieces)), formulas


def _dash(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _joined(prose_text: str, formulas: Iterable[str]) -> str:
    first, *rest = prose_text.split(MARK)
    return first + "".join(formula + following for formula, following in zip(formulas, rest, strict=True))


def without_critic_marks(html: str) -> str:
    """The same HTML with references for braces that open a CriticMarkup: that extension reads even raw HTML."""
    return _CRITIC.sub("&#123;", html) if "{" in html else html


def _escaped(text: str) -> str:
    return without_critic_marks(str(escape(text)))
