r"""Markup that a source leaves in prose → what its author meant: Markdown, and TeX without backslashes and dollars.

**C**hain, *it*               Chain, it               a star that belongs to no pair stays: A*, 2**3, *args
[code](https://a.b/c)         code (https://a.b/c)
https://a.b/c{GitHub}         GitHub (https://a.b/c)  an `\href{…}{…}` that lost its beginning
texttt{D}ual, {bf P}re        Dual, Pre
360^circ, leq 5%, infty-RoPE  360°, ≤ 5%, ∞-RoPE      words of no language; `alpha` and `times` stay
under \20 USD, \0.1           under $20 USD, $0.1     `\1` and `\3)` may be anything, and stay
"""

import re

from generator.formulas import MARK

_STRONG = re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])([^*]{1,300})(?<=\S)\*\*(?!\*)")
_EMPHASIS = re.compile(r"(?<![\w*\\)\]}])\*(?=\w)([^*]{1,80})(?<=\S)(?<![^A-Za-z][A-Z])\*(?![\w*])")
_MARKDOWN_LINK = re.compile(
    rf"(?<![\w!\]])\[([^][{MARK}]{{1,200}})\]\(((?:https?://|[\w-]+(?:\.[\w-]+)+/)[^\s(){MARK}]+)\)"
)
_TORN_LINK = re.compile(rf"(?<!\{{)(https?://(?:[^\s{{}}\\{MARK}]|\\[_%&#~])+)\{{([^{{}}{MARK}]{{0,200}})\}}")
_PLACEHOLDER = re.compile("[a-z_]+")
_SAYS_NOTHING = re.compile(
    r"(?:this |the |our )?(?:https? |project |web ?)?(?:here|homepage|link|page|repository|site|url|website)",
    re.IGNORECASE,
)

_TORN_FONT = re.compile(
    r"(?<![A-Za-z\\])(?:text(?:bf|it|tt|sc|sf|rm)|math(?:bb|bf|cal|it|rm|sf|tt)|emph|underline|url|"
    r"blue|cyan|green|magenta|orange|purple|red|teal)\{([^{}]*)\}|\{(?:bf|em|tt|sc|sf) +([^{}]*)\}"
)
_TORN_SIGNS = {"leq": "≤", "geq": "≥", "infty": "∞"}
_TORN_SIGN = re.compile(r"(?<![\w/.\\-])(leq|geq|infty)(?![A-Za-z_])")
_DEGREE = re.compile(r"(?<=\d)\^(?:\{\\?circ\}|\\?circ(?![A-Za-z]))")
_TORN_DOLLAR = re.compile(r"(?<![^\s(])\\(?=[1-9]\d|\d\.\d)")


def mended(text: str) -> str:
    """Prose without what Markdown and torn TeX left in it; every mark of a formula is kept."""
    if "*" in text:
        text = _STRONG.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    if "](" in text:
        text = _MARKDOWN_LINK.sub(lambda found: linked(found[2], found[1]), text)
    if "{" in text:
        text = _TORN_FONT.sub(lambda found: found[1] or found[2] or "", text)
        text = _TORN_LINK.sub(_link, text)
    if "^" in text:
        text = _DEGREE.sub("°", text)
    if "\\" in text:
        text = _TORN_DOLLAR.sub("$", text)
    if has_torn_sign(text):
        text = _TORN_SIGN.sub(lambda found: _TORN_SIGNS[found[1]], text)
    return text


def has_torn_sign(text: str) -> bool:
    """Whether the text may hold the name of a sign, as `leq`."""
    return "leq" in text or "geq" in text or "infty" in text


def linked(address: str, label: str) -> str:
    """How plain text shows a link: the label with the address behind it, or the address where that says all."""
    says_all = not label or "://" in label or label in address or _SAYS_NOTHING.fullmatch(label)
    return address if says_all else f"{label} ({address})"


def _link(found: re.Match[str]) -> str:
    """`https://a.b/{id}` may as well be a template."""
    address, label = found.groups()
    is_template = address[-1] in "/=" and _PLACEHOLDER.fullmatch(label) and not _SAYS_NOTHING.fullmatch(label)
    return found[0] if is_template else linked(address, label)
