r"""Prose as it was typed → as it is printed: quotes in pairs, dashes, ties.

``a'', ''a'', `a'         “a”, “a”, ‘a’   quotes that nothing closes, code and apostrophes stay
a -- b, a---b, 1--3       a – b, a—b, 1–3
--flag, a --> b, C--      as they are     and whatever is part of an address or of code
Fig.~3, models~(LLMs)     a blank         ~10%, 2~3, R~450 and /~name stay
"""

import re
from collections.abc import Callable

from generator.formulas import MARK

# Each alternative begins with its sign, what must stand before it comes after: so the search for it is fast.
_DOUBLE_QUOTE = re.compile(
    r"``(?<![`\\]``)(?!`)|''(?<![^\s(\[]'')(?=[\w\\{*])|''(?<=\S'')'?|'''?(?!\S)|\"(?<!\\\")",
)
_SINGLE_QUOTE = re.compile(
    r"`(?<![\w`\\']`)(?=[^\s`'])([^`']{0,80}(?:(?<=\w)'(?=\w)[^`']{1,80}){0,4})(?<=\S)'(?![\w'])"
)
_TIE = re.compile(rf"(?<=[\w.,;:%)\]}}{MARK}])~(?=[A-Za-z(\[\\{{{MARK}])(?!\w+\()")
_NUMBERED = re.compile(r"(?<![\w-])([A-Z]\w*[a-z]\.?)~(?=\d)")
# What follows is no file or host: `pre--post.io`. Behind one letter that ends a word it is a name: `C--`, `i--`.
_DASH = re.compile(
    rf"(?<=[\w.%)\]}}”’{MARK}])(?:-{{2,3}}(?=[\w(\[{{\\$“‘\"'`{MARK}])(?![\w-]*\.[a-z]{{2}})|(?<=[a-z][a-z])-{{2,3}}$)"
)
_DASHES = {"--": "–", "---": "—"}


def printed(text: str) -> str:
    """Prose with typographic quotes, dashes and blanks; every mark of a formula is kept."""
    if "~" in text:
        text = _by_words(text, "~", _untied)
    if "--" in text:
        text = _by_words(text, "--", _dashed)
    if "`" in text or "''" in text:
        text = _SINGLE_QUOTE.sub("‘\\1’", _double_quotes(text))
    return text


def _by_words(text: str, sign: str, change: Callable[[str], str]) -> str:
    """Each word that holds the sign changed, up to an address in it."""
    words = text.split(" ")
    return " ".join([_outside_address(word, change) if sign in word else word for word in words])


def _outside_address(word: str, change: Callable[[str], str]) -> str:
    before, scheme, address = word.partition("://")
    return change(before) + scheme + address


def _untied(word: str) -> str:
    return _NUMBERED.sub(r"\1 ", _TIE.sub(" ", word))


def _dashed(word: str) -> str:
    if word in _DASHES:
        return _DASHES[word]
    return word if "`" in word.lstrip("(`") else _DASH.sub(lambda found: _DASHES[found[0]], word)


def _double_quotes(text: str) -> str:
    """An opening that nothing closes, a '' that closes nothing, every straight quote stay."""
    tokens = list(_DOUBLE_QUOTE.finditer(text))
    opened: re.Match[str] | None = None
    curled: dict[int, str] = {}
    for token in tokens:
        if token[0] == "``" or (token[0] == "''" and _opens(text, token)):
            opened = token
        elif opened:
            curled[opened.start()] = "“"
            if token[0] != '"':
                curled[token.start()] = token[0].removesuffix("''") + "”"
                opened = None
    return _DOUBLE_QUOTE.sub(lambda token: curled.get(token.start(), token[0]), text)


def _opens(text: str, token: re.Match[str]) -> bool:
    """A '' before a word and after a blank."""
    start, end = token.span()
    return (not start or text[start - 1] in " ([") and text[end : end + 1] not in ("", " ")
