r"""TeX in prose → Unicode: accents, text commands and symbols that stand alone.

Abstracts are prose with a little TeX in it, not TeX: `%` starts no comment, and whatever is not surely TeX
(unbalanced braces, paths, commands that make no text) stays letter for letter. Authors' own commands are not
resolved on the way to us; their names, without the backslash, are the best there is to read: `\method` → `method`.
Symbols come from pylatexenc's tables: https://pylatexenc.readthedocs.io/en/latest/latex2text/.
"""

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]

from generator.formulas import MARK
from generator.leftovers import linked, mended
from generator.typewriter import printed

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}]")
_ESCAPED = frozenset((r"\%", r"\&", r"\_", r"\#", r"\$", r"\{", r"\}"))
_BLANKS = frozenset((r"\ ", r"\,", r"\;"))
_FORMATTING = ("emph", "mathrm", "mbox", "nolinkurl", "text", "uline", "underline", "url", "ac", "acp", "acs", "gls")
_STYLES = ("bf", "it", "md", "normal", "rm", "sc", "sf", "sl", "tt", "up")
_CITING = ("cite", "citealp", "citealt", "citep", "citet", "cref", "Cref", "eqref", "autoref", "ref")
_AROUND = {
    **dict.fromkeys((*_FORMATTING, *_STYLES, *(f"text{style}" for style in _STYLES)), ("", "")),
    **dict.fromkeys(("textsubscript", "textsuperscript"), ("", "")),
    **dict.fromkeys(_CITING, ("[", "]")),
    **dict.fromkeys(("blfootnote", "footnote", "thanks"), (" (", ")")),
    "enquote": ("“", "”"),
}
"""What stands for the braces of a command's argument."""
_LINKS = frozenset(("href", "hyperlink"))
_SECOND_OF_TWO = frozenset(("color", "texorpdfstring", "textcolor"))
_SHORT = {"aka": "a.k.a.", "eg": "e.g.", "etal": "et al.", "etc": "etc.", "ie": "i.e.", "vs": "vs.", "wrt": "w.r.t."}
_UNSEEN = frozenset(
    ("allowbreak", "em", "footnotesize", "large", "noindent", "normalsize", "small", "xspace", *_STYLES)
)
# Commands that pylatexenc's table of texts lacks, and that make no text by themselves.
_NOT_ONES_OWN = frozenset(
    "SI begin big Big bigl bigr bm boldsymbol choose color def ding displaystyle dfrac end hspace ion label left let "
    "limits mathbb mathbf mathcal mathit mathrm mathsf mathtt newcommand operatorname over renewcommand right "
    "romannumeral substack tfrac underset unicode verb vspace".split()
)
_OWN_BEFORE = frozenset(("", " ", "(", "[", "{", "“", "‘", '"', "-", "–", "—", MARK))
_PATH_AFTER = frozenset("\\/_*[")
_RAISED = re.compile(r"\\text(super|sub)script\{([0-9]+)\}")
_DIGITS = {"super": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
_ESCAPED_IN_ADDRESS = re.compile(r"\\([%_#&~])")
_FONT_SWITCH = re.compile(r"\{\\(?:em|it|bf|sc|tt|rm|sl|sf|bfseries|itshape|small|footnotesize|large)(?![A-Za-z]) *")
_SPELT_OUT = {"LaTeX": "LaTeX", "TeX": "TeX", "arcmin": "′", "arcsec": "″", "deg": "°", "degr": "°", "percent": "%"}
_SPELT_OUT |= {"textasciitilde": "~", "textgreater": ">", "textless": "<"}

_FONT = (
    r"\\(?:(?:math|text)(?:bb|bf|cal|frak|it|rm|scr|sf|tt)|boldsymbol|bm|operatorname\*?|text|left|right|[bB]ig[glr]*|"
    r"displaystyle|rm|cal|bf|it)(?![A-Za-z])"
)
_FONT_GROUP = re.compile(_FONT + r"\s*\{([^{}]*)\}")
_SILENT = re.compile(_FONT + r"\s*|\\[!,;: ]")
_LONE_IN_GROUP = re.compile(r"(?<![A-Za-z}])\{(\w)\}")

# Combining characters by accent command: The TeXbook, chapter 9, and LaTeX's additions.
_SIGNS = dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True))
_LETTERS = dict(zip("uvHckrbd", "\u0306\u030c\u030b\u0327\u0328\u030a\u0331\u0323", strict=True))
_ACCENTS = _SIGNS | _LETTERS
_ACCENT = re.compile(
    r"\\(?:[`'^\"~=](?=[A-Za-z\\{])|\.(?=[zZI{])|[uvHckrbd](?=\{))"
    r"(?:(?P<bare>[A-Za-z])|\\(?P<dotless>[ij])(?![A-Za-z])|\{(?P<braced>[A-Za-z])\}|\{\\(?P<braced_dotless>[ij])\})"
)
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll)(?![A-Za-z]))")
# arXiv writes some Greek letters so: `\r{ho}` for `\rho`, `\b{eta}` for `\beta`.
_TORN = re.compile(r"\\([A-Za-z])\{([a-z]+)\}")


def prose(text: str) -> str:
    """Cleaned text without formulas (each is one `MARK`) → the same as a reader expects it; marks are all kept."""
    text = printed(mended(text))
    if "\\" not in text:
        return text
    raised = _RAISED.sub(lambda found: found[2].translate(_DIGITS[found[1]]), text)
    return _commands(_APOSTROPHE.sub("'", raised))


def symbols(tex: str) -> str:
    """The TeX of a formula → one legible line of text: commands that are one character become it."""
    shown = _TOKEN.sub(lambda token: symbol(token[0][1:]) or token[0], tex)
    plain = _SILENT.sub("", _FONT_GROUP.sub(r"\1", shown))
    return " ".join(_LONE_IN_GROUP.sub(r"\1", plain).split())


@cache
def _pylatexenc_texts() -> dict[str, object]:
    """Every command that pylatexenc knows, and what shows it."""
    database = get_default_latex_context_db()
    return {name: spec.simplify_repl for category in database.d.values() for name, spec in category["macros"].items()}


@cache
def _pylatexenc_macros() -> dict[str, str]:
    """Commands that are one character, by name; letters of other scripts and pictures left out."""
    return {
        name: text
        for name, text in _pylatexenc_texts().items()
        if isinstance(text, str) and len(text) == 1 and "\x7f" < text < "\u2300" and not "\u03ff" < text < "\u2000"
    }


def symbol(name: str) -> str | None:
    """`alpha` → `α`; None for a command that is more than a character."""
    return _SPELT_OUT.get(name) or (_pylatexenc_macros().get(name) if name.isalpha() else None)


def _commands(text: str) -> str:
    """One pass over backslashes and braces; braces that belong to a command we understand vanish with it."""
    pairs = _brace_pairs(text)
    braces: dict[int, str] = {}  # what those show that a command has claimed
    shown: list[str] = []
    position = 0
    while token := _TOKEN.search(text, position):
        start = token.start()
        shown.append(text[position:start])
        if start in braces or token[0] == "}":
            replacement, position = braces.get(start, "}"), token.end()
        elif token[0] == "{":
            replacement, position = _group(text, start, pairs, braces)
        else:
            replacement, position = _command(text, token, pairs, braces)
        shown.append(replacement)
    return "".join(shown) + text[position:]


def _brace_pairs(text: str) -> dict[int, int]:
    """Where each balanced `{` closes."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            opened.append(token.start())
        elif token[0] == "}" and opened:
            pairs[opened.pop()] = token.start()
    return pairs


def _group(text: str, start: int, pairs: dict[int, int], braces: dict[int, str]) -> tuple[str, int]:
    """A brace that no command before it claims: `{\\em x}`, `{\\alpha}` and `{\\'e}` lose theirs."""
    close = pairs.get(start)
    if close is not None and (switch := _FONT_SWITCH.match(text, start)) and switch.end() <= close:
        braces[close] = ""
        return "", switch.end()
    if close is not None and text.startswith("\\", start + 1):
        token = _TOKEN.match(text, start + 1)
        if token is not None:
            shown, end = _command(text, token, pairs, {})
            if end == close and shown and not shown.startswith("\\"):
                return shown, close + 1
    return "{", start + 1


def _command(text: str, token: re.Match[str], pairs: dict[int, int], braces: dict[int, str]) -> tuple[str, int]:
    """What a command shows, and where reading goes on; a command we do not understand shows itself."""
    start, end, name = token.start(), token.end(), token[0][1:]
    if token[0] in _ESCAPED:
        return name, end
    if token[0] in _BLANKS:
        return " ", end
    if token[0] == r"\-" and text[max(start - 1, 0)].isalpha() and text[end : end + 1].isalpha():
        return "", end
    if accented := _accented(text, start):
        return accented
    if name in _AROUND and end in pairs:
        return _argument(text, start, end, name, pairs, braces)
    if (name in _SECOND_OF_TWO or name in _LINKS) and end in pairs and pairs[end] + 1 in pairs:
        return _second(text, start, end, pairs, braces, is_link=name in _LINKS)
    if shown := symbol(name):
        return shown, end + 2 * text.startswith("{}", end)
    return (token[0], end) if _is_inside_a_word(text, start, end) else _named(text, token, pairs, braces)


def _named(text: str, token: re.Match[str], pairs: dict[int, int], braces: dict[int, str]) -> tuple[str, int]:
    """Commands that are names only: abbreviations, sizes, and what an author defined."""
    end, name = token.end(), token[0][1:]
    if shown := _SHORT.get(name):
        return shown, end + text.startswith(".", end) + 2 * text.startswith("{}", end)
    if name in _UNSEEN:
        return "", end + (name != "xspace" and text.startswith(" ", end))
    if len(name) == 1 or any(name in known for known in (_AROUND, _LINKS, _NOT_ONES_OWN, _pylatexenc_texts())):
        return token[0], end
    if end not in pairs:
        return name, end
    if 1 < pairs[end] - end < 4:  # `\\name{n}`: the name is a part of it
        return token[0], end
    braces[end] = braces[pairs[end]] = ""
    return (name if pairs[end] == end + 1 else ""), end


def _argument(
    text: str, start: int, end: int, name: str, pairs: dict[int, int], braces: dict[int, str]
) -> tuple[str, int]:
    """The argument of a command that stands for itself, between what `_AROUND` says."""
    opening, closing = _AROUND[name]
    before = text[start - 1 : start]
    if name == "url" and before.isalnum():
        opening = " "
    braces[end], braces[pairs[end]] = opening.lstrip() if before in ("", " ") else opening, closing
    return "", end


def _second(
    text: str, start: int, end: int, pairs: dict[int, int], braces: dict[int, str], *, is_link: bool
) -> tuple[str, int]:
    """The second argument of two; behind a link's label its address, if the label does not say it all."""
    second = pairs[end] + 1
    first, label = text[end + 1 : pairs[end]], text[second + 1 : pairs[second]]
    if MARK in first:
        return text[start:end], end
    address = _ESCAPED_IN_ADDRESS.sub(r"\1", first).removeprefix("mailto:") if is_link and "." in first else label
    if address == label:
        braces[second] = braces[pairs[second]] = ""
        return "", second
    if MARK not in label and linked(address, label) == address:
        return address, pairs[second] + 1
    braces[second], braces[pairs[second]] = "", f" ({address})"
    return "", second


def _is_inside_a_word(text: str, start: int, end: int) -> bool:
    """A backslash in a path or a pattern is no command: `C:\\new`, `\\bword\\b`."""
    before = text[start - 1 : start] if start else ""
    return before not in _OWN_BEFORE or (text[end : end + 1] in _PATH_AFTER and not text.startswith("\\ ", end))


def _accented(text: str, start: int) -> tuple[str, int] | None:
    """An accented letter that Unicode has as one character, or a torn Greek letter, and where it ends."""
    if found := _ACCENT.match(text, start):
        base = next(group for group in found.groups() if group)
        letter = unicodedata.normalize("NFC", base + _ACCENTS[text[start + 1]])
        if len(letter) == 1:
            return letter, found.end()
    if (torn := _TORN.match(text, start)) and (greek := symbol(torn[1] + torn[2])):
        return greek, torn.end()
    return None
