r"""Cleaned text → prose and formulas in turn: which dollars are mathematics and which are money.

A formula stands between `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. For single dollars pandoc's rule holds
(https://pandoc.org/MANUAL.html#extension-tex_math_dollars) as far as real abstracts keep to it:

    costs $5 and $10          money    a word next to a blank, and no sign of TeX: one of \ ^ _ { } = < >
    $5 $, US$5/A$             money    a digit, and a blank at an edge, or letters both before and inside; no sign
    $5–$10, $3\%–$5           money    a digit inside and a digit after
    for 1$, or 2$             money    starts with a stop that is not all, and no sign of TeX
    \$5, $5                   money    escaped; never closed
    $K$-free, $100$, SU$(2)$  math
    12$\times$12, $\sim$10    math     a digit after, but none inside
    D$^2$4, R$^2>$0.99        math     starts with ^ or _
    $ T $, $ x^2$             math     blanks at the edges, but no digit, or a sign of TeX
    ${x} and ${y}             code     braces after both
    $textbf{one} and two$     neither  two plain words in a row are prose whatever else is there
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARK = "\ufdd0"
"""Stands for a formula inside prose: a noncharacter, so cleaned text never holds it."""

LONGEST = 1_000
"""Characters in a formula; anything longer is prose that lost a dollar."""

_DELIMITER = re.compile(r"\\[\\$()\[\]]|\$")
_CLOSING = {r"\(": r"\)", r"\[": r"\]", "$": "$"}
_ESCAPED = (r"\\", r"\$")
_SIGN = re.compile(r"[\\^_{}=<>]")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})?")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z/]")
_WORD_AND_BLANK = re.compile(r"[A-Za-z]{2} | [A-Za-z]{2}")
_TWO_WORDS = re.compile(r"[A-Za-z]{2} +[A-Za-z]{2}")
_TWO_LONG_WORDS = re.compile(r"[A-Za-z]{3} +[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; for a formula, `tex` is what stands between the delimiters, else None."""

    source: str
    tex: str | None = None


def split(text: str) -> Iterator[Piece]:
    """The text's pieces in order; their sources, put together, are the text."""
    delimiters = list(_DELIMITER.finditer(text)) if "$" in text or r"\(" in text or r"\[" in text else []
    done = index = 0
    while index < len(delimiters):
        found = _formula(text, delimiters, index)
        if found is None:
            index += 1
            continue
        tex, last = found
        start, end = delimiters[index].start(), delimiters[last].end()
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], tex)
        done, index = end, last + 1
    if done < len(text):
        yield Piece(text[done:])


def _formula(text: str, delimiters: list[re.Match[str]], index: int) -> tuple[str, int] | None:
    """The formula that delimiter `index` opens, and the index of the delimiter that ends it."""
    opening = delimiters[index]
    wanted = _CLOSING.get(opening[0])
    if wanted is None:
        return None
    width = 2 if wanted == "$" and _is_double(delimiters, index) else 1
    closing = index + width
    while closing < len(delimiters) and delimiters[closing][0] in _ESCAPED:
        closing += 1
    if closing >= len(delimiters) or delimiters[closing][0] != wanted:
        return None
    if width == 2 and not _is_double(delimiters, closing):
        return None
    content = text[delimiters[index + width - 1].end() : delimiters[closing].start()]
    is_single = wanted == "$" and width == 1
    if not _is_math(content) or (is_single and not _is_in_dollars(text, content, opening.start())):
        return None
    return content.strip(), closing + width - 1


def _is_double(delimiters: list[re.Match[str]], index: int) -> bool:
    following = delimiters[index + 1] if index + 1 < len(delimiters) else None
    return following is not None and following[0] == "$" and following.start() == delimiters[index].end()


def _is_math(content: str) -> bool:
    if not content.strip() or len(content) > LONGEST:
        return False
    if not _SIGN.search(content):
        return not _TWO_WORDS.search(content)
    return not _TWO_LONG_WORDS.search(_COMMAND.sub("", content))


def _is_in_dollars(text: str, content: str, start: int) -> bool:
    """The rules for a single pair of dollars, the first of which stands at `start`."""
    has_sign = bool(_SIGN.search(content))
    if not has_sign and (_WORD_AND_BLANK.search(content) or (len(content) > 1 and content[0] in ",.;:!?)")):
        return False
    after = start + len(content) + 2
    if content[0] in "^_":
        return True
    if content[0] == "{" and text.startswith("{", after):
        return False
    is_followed = text[after : after + 1].isdigit()
    is_preceded = text[max(start - 1, 0) : start].isalnum() and _LETTER.search(content)
    is_loose = is_preceded or content != content.strip()
    return not ((is_followed or (is_loose and not has_sign)) and _DIGIT.search(content))
