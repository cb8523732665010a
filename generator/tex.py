r"""TeX in prose → Unicode: accents, quotes, ties, text commands and symbols that stand alone.

Abstracts are prose with a little TeX in it, not TeX: `%` starts no comment, `--` stays as it was typed, and
whatever is not surely TeX (unknown commands, unbalanced braces, `~10%`, paths) stays letter for letter.
Symbols come from pylatexenc's tables: https://pylatexenc.readthedocs.io/en/latest/latex2text/.
"""

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]

MARK = "\ufdd0"
"""Stands for a formula inside prose: a noncharacter, so cleaned text never holds it."""

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}]")
_ESCAPED = frozenset((r"\%", r"\&", r"\_", r"\#", r"\$", r"\{", r"\}"))
_BLANKS = frozenset((r"\ ", r"\,", r"\;"))
_FORMATTING = frozenset(("emph", "mathrm", "mbox", "nolinkurl", "text", "uline", "underline", "url"))
_FORMATTING |= {f"text{style}" for style in ("bf", "it", "md", "normal", "rm", "sc", "sf", "sl", "tt", "up")}
_SECOND_OF_TWO = frozenset(("href", "texorpdfstring", "textcolor"))
_FONT_SWITCH = re.compile(r"\{\\(?:em|it|bf|sc|tt|rm|sl|sf|bfseries|itshape)(?![A-Za-z]) *")
_SPELT_OUT = {"LaTeX": "LaTeX", "TeX": "TeX", "deg": "°", "textasciitilde": "~", "textgreater": ">", "textless": "<"}

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

_DOUBLE_QUOTE = re.compile(r"(?<![`\\])``(?!`)|(?<=\S)'''?|'''?(?!\S)|(?<!\\)\"")
_SINGLE_QUOTE = re.compile(r"(?<![\w`\\'])`(?=[^\s`'])([^`']{0,80}(?:(?<=\w)'(?=\w)[^`']{1,80}){0,4})(?<=\S)'(?![\w'])")
_TIE = re.compile(rf"(?<=[\w.,;:%)\]}}{MARK}])~(?=[A-Za-z(\[\\{{{MARK}])(?!\w+\()")
_NUMBERED = re.compile(r"(?<![\w-])([A-Z]\w*[a-z]\.?)~(?=\d)")


def prose(text: str) -> str:
    """Cleaned text without formulas (each is one `MARK`) → the same as a reader expects it; marks are all kept."""
    if "~" in text:
        text = " ".join(_untied(word) if "~" in word else word for word in text.split(" "))
    if "`" in text:
        text = _SINGLE_QUOTE.sub("‘\\1’", _double_quotes(text))
    return _commands(_APOSTROPHE.sub("'", text)) if "\\" in text else text


def symbols(tex: str) -> str:
    """The TeX of a formula → one legible line of text: commands that are one character become it."""
    shown = _TOKEN.sub(lambda token: symbol(token[0][1:]) or token[0], tex)
    plain = _SILENT.sub("", _FONT_GROUP.sub(r"\1", shown))
    return " ".join(_LONE_IN_GROUP.sub(r"\1", plain).split())


@cache
def _pylatexenc_macros() -> dict[str, str]:
    """Commands that are one character, by name; letters of other scripts and pictures left out."""
    database = get_default_latex_context_db()
    macros = {name: spec.simplify_repl for category in database.d.values() for name, spec in category["macros"].items()}
    return {
        name: text
        for name, text in macros.items()
        if isinstance(text, str) and len(text) == 1 and "\x7f" < text < "\u2300" and not "\u03ff" < text < "\u2000"
    }


def symbol(name: str) -> str | None:
    """`alpha` → `α`; None for a command that is more than a character."""
    return _SPELT_OUT.get(name) or (_pylatexenc_macros().get(name) if name.isalpha() else None)


def _untied(word: str) -> str:
    """Ties become blanks, save in addresses (`/~name`) and where `~` means about (`~10`, `R~450`, `12~20`)."""
    before, scheme, address = word.partition("://")
    return _NUMBERED.sub(r"\1 ", _TIE.sub(" ", before)) + scheme + address


def _double_quotes(text: str) -> str:
    """``…'' → “…”; an opening that nothing closes, a '' that closes nothing, every straight quote stay."""
    tokens = list(_DOUBLE_QUOTE.finditer(text))
    opened: re.Match[str] | None = None
    curled: dict[int, str] = {}
    for token in tokens:
        if token[0] == "``":
            opened = token
        elif opened:
            curled[opened.start()] = "“"
            if token[0] != '"':
                curled[token.start()] = token[0].removesuffix("''") + "”"
                opened = None
    return _DOUBLE_QUOTE.sub(lambda token: curled.get(token.start(), token[0]), text)


def _commands(text: str) -> str:
    """One pass over backslashes and braces; braces that belong to a command we understand vanish with it."""
    pairs = _brace_pairs(text)
    vanished: set[int] = set()
    shown: list[str] = []
    position = 0
    while token := _TOKEN.search(text, position):
        start = token.start()
        shown.append(text[position:start])
        if token[0] == "}":
            replacement, position = ("" if start in vanished else "}"), token.end()
        elif token[0] == "{":
            replacement, position = _group(text, start, pairs, vanished)
        else:
            replacement, position = _command(text, token, pairs, vanished)
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


def _group(text: str, start: int, pairs: dict[int, int], vanished: set[int]) -> tuple[str, int]:
    """A brace that no command before it claims: `{\\em x}`, `{\\alpha}` and `{\\'e}` lose theirs."""
    close = pairs.get(start)
    if start in vanished:
        return "", start + 1
    if close is not None and (switch := _FONT_SWITCH.match(text, start)) and switch.end() <= close:
        vanished.add(close)
        return "", switch.end()
    if close is not None and text.startswith("\\", start + 1):
        token = _TOKEN.match(text, start + 1)
        if token is not None:
            shown, end = _command(text, token, pairs, set())
            if end == close and shown and not shown.startswith("\\"):
                return shown, close + 1
    return "{", start + 1


def _command(text: str, token: re.Match[str], pairs: dict[int, int], vanished: set[int]) -> tuple[str, int]:
    """What a command shows, and where reading goes on; a command we do not understand shows itself."""
    start, end, name = token.start(), token.end(), token[0][1:]
    if token[0] in _ESCAPED:
        return name, end
    if token[0] in _BLANKS:
        return " ", end
    if accented := _accented(text, start):
        return accented
    if name in _FORMATTING and end in pairs:
        vanished.update((end, pairs[end]))
        return " " if name == "url" and text[max(start - 1, 0)].isalnum() else "", end
    if name in _SECOND_OF_TWO and end in pairs:
        second = pairs[end] + 1
        if second in pairs and MARK not in text[end:second]:
            vanished.update((second, pairs[second]))
            return "", second
    shown = symbol(name)
    if shown is None:
        return token[0], end
    return shown, end + 2 if text.startswith("{}", end) else end


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
