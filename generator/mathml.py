r"""TeX of a formula → MathML Core behind a gate, or None: then the page shows the source.

latex2mathml converts; it is not trusted. Before it: an allow-list of commands, caps on length and depth, no
definitions. After it: the tree is rebuilt from an allow-list of elements and attributes, every text escaped.
Alphabets (`\mathbb`, `\mathcal`) become Unicode letters, the only form that browsers show:
https://www.w3.org/TR/mathml-core/.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from latex2mathml.symbols_parser import SYMBOLS

from generator.formulas import LONGEST

_DEEPEST = 16

_CONSTRUCTS = """
acute bar breve check ddot dot grave hat mathring overbrace overline overrightarrow tilde underbrace underline vec
widehat widetilde binom dfrac frac tfrac overset stackrel underset sqrt substack left right
big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr begin end limits nolimits
bm bold boldsymbol pmb mathbb Bbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt rm bf it sf tt cal frak
mathop mathbin mathrel mathord operatorname text textbf textit textnormal textrm textsf texttt textup mbox emph
arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker ln lg log sec sin sinh tan tanh
argmax argmin det gcd inf lim liminf limsup max min Pr sup mod pmod bmod
displaystyle textstyle scriptstyle scriptscriptstyle quad qquad space enspace thinspace
"""
_SIGNS = r"\ { } | , : ; ! > % & # _ $"
_KNOWN = frozenset(rf"\{name}" for name in (" ", *_SIGNS.split(), *_CONSTRUCTS.split()))
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(?!(?:[pbvBV]?matrix|smallmatrix|cases|aligned)\})")
# Names that are no TeX of old, but can mean one thing only, and what our converter knows them by.
_ALIASES = {
    **{rf"\{letter}": rf"\mathbb{{{letter}}}" for letter in "CFNQRZ"},
    **{rf"\{accent.title()}": rf"\{accent}" for accent in ("bar", "hat", "tilde")},
    **dict.fromkeys((r"\degr", r"\degree"), r"{}^\circ"),
    **dict.fromkeys((r"\small", r"\smash", r"\xspace"), ""),
    r"\eps": r"\epsilon",
    r"\mathds": r"\mathbb",
    r"\Msun": r"M_\odot",
    r"\Tr": r"\operatorname{Tr}",
}
_NEGATED = re.compile(r"\\not\s*(\\in(?![A-Za-z])|=)")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_UNESCAPED_PERCENT = re.compile(r"(?<!\\)%")
_TAG_IN_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|emph)\s*\{[^}]*[<>&]")
# A chain of commands without braces (`\hat\hat…`) nests as deep as braces do.
_CHAIN = re.compile(rf"(?:\\[A-Za-z]+\s*){{{_DEEPEST + 1}}}")
_DEPTH = re.compile(r"\\(?:left|right|begin|end)(?![A-Za-z])|\\.|[{}]")
_OPENING = frozenset(("{", r"\left", r"\begin"))
_CLOSING = frozenset(("}", r"\right", r"\end"))

# What the converter raises on TeX that it cannot follow: its own, and what it stumbles over.
_FAULTS: tuple[type[Exception], ...] = (
    exceptions.DenominatorNotFoundError,
    exceptions.DoubleSubscriptsError,
    exceptions.DoubleSuperscriptsError,
    exceptions.ExtraLeftOrMissingRightError,
    exceptions.InvalidAlignmentError,
    exceptions.LimitsMustFollowMathOperatorError,
    exceptions.MissingEndError,
    exceptions.MissingSuperScriptOrSubscriptError,
    exceptions.NoAvailableTokensError,
    exceptions.NumeratorNotFoundError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)

_FLAG = re.compile("true|false")
_LENGTH = re.compile(r"0|-?[0-2]?(?:\.\d{1,3})?em")
_ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    "math": {},
    "mrow": {},
    "mi": {"mathvariant": re.compile("normal")},
    "mn": {},
    "mo": {"stretchy": _FLAG, "movablelimits": _FLAG, "minsize": _LENGTH, "maxsize": _LENGTH},
    "mtext": {},
    "mspace": {"width": _LENGTH},
    "mstyle": {"displaystyle": _FLAG, "scriptlevel": re.compile("[0-2]")},
    "mfrac": {"linethickness": re.compile("0")},
    "mover": {"accent": _FLAG},
    **{tag: {} for tag in ("msqrt", "mroot", "msub", "msup", "msubsup", "munder", "munderover")},
    **{tag: {} for tag in ("mtable", "mtr", "mtd")},
}
ELEMENTS: dict[str, frozenset[str]] = {tag: frozenset(attributes) for tag, attributes in _ALLOWED.items()}
"""What comes out: elements and the attributes they may have."""
_ARGUMENTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_INFERRED_ROW = frozenset(("math", "msqrt", "mstyle", "mtd"))
_ROWS = _INFERRED_ROW | {"mrow"}
_THIN_SPACE = '<mspace width="0.167em"></mspace>'
_NO_OPERATORS = "∞∅"
# How Unicode's names begin for letters in an alphabet: most are MATHEMATICAL …, those it had before are not.
_ALPHABETS = {
    "bold": ("MATHEMATICAL BOLD",),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC", "MATHEMATICAL BOLD"),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "monospace": ("MATHEMATICAL MONOSPACE",),
    "sans-serif": ("MATHEMATICAL SANS-SERIF",),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
}


@lru_cache(maxsize=4_096)
def mathml(tex: str) -> str | None:
    """`K` → `<math><mi>K</mi></math>`, well-formed, one line, without namespace; None when it may or can not be."""
    tex = _resolved(tex) if "\\" in tex else tex
    if not _may_pass(tex):
        return None
    try:
        tree = convert_to_element(_UNESCAPED_PERCENT.sub(r"\\%", tex))
    except _FAULTS:
        return None
    return _element(tree) if all(_is_allowed(element) for element in tree.iter()) else None


def _resolved(tex: str) -> str:
    """Aliases are looked up once: nothing that they stand for is looked up again."""
    tex = _NEGATED.sub(lambda found: r"\ne " if found[1] == "=" else r"\notin", tex)
    return _COMMAND.sub(lambda command: _ALIASES.get(command[0], command[0]), tex)


def _may_pass(tex: str) -> bool:
    """Only known commands, no definitions, balanced and not too deep."""
    if len(tex) > LONGEST or not all(map(_is_known, _COMMAND.findall(tex))) or tex.endswith("\\"):
        return False
    if _ENVIRONMENT.search(tex) or _TAG_IN_TEXT.search(tex) or _CHAIN.search(tex):
        return False
    depth = 0
    for token in _DEPTH.findall(tex):
        depth += (token in _OPENING) - (token in _CLOSING)
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


def _is_known(command: str) -> bool:
    """`\\not` would come out as a stroke beside its relation."""
    return command in _KNOWN or (command[1:].isalpha() and command in SYMBOLS and command != r"\not")


def _is_allowed(element: Element) -> bool:
    """Known, with as many arguments as its kind takes, and nothing between it and its neighbour."""
    is_complete = len(element) == _ARGUMENTS.get(element.tag, len(element))
    return element.tag in _ALLOWED and is_complete and not element.tail


def _element(element: Element) -> str:
    """The element as HTML, built anew: nothing that is not on the list can come out."""
    tag, children = _tag(element), list(element)
    if tag in _INFERRED_ROW and len(children) == 1 and children[0].tag == "mrow":
        children = list(children[0])
    if tag in _ROWS:
        children = _with_words(children)
    if tag == "mrow" and len(children) == 1:
        return _element(children[0])
    content = _row(children) if tag in _ROWS else "".join(map(_element, children))
    return f"<{tag}{_attributes(element)}>{escape(_text(element), quote=False)}{content}</{tag}>"


def _tag(element: Element) -> str:
    """The converter takes some relations (`≤`, `±`, `~`) for identifiers and `∞` for an operator."""
    text = unescape(element.text or "")
    if element.tag == "mi" and len(text) == 1 and unicodedata.category(text) == "Sm":
        return "mo"
    return "mi" if element.tag == "mo" and text and text in _NO_OPERATORS else element.tag


def _attributes(element: Element) -> str:
    allowed = _ALLOWED[element.tag].items()
    kept = ((name, element.get(name)) for name, values in allowed if values.fullmatch(element.get(name, "")))
    return "".join(f' {name}="{value}"' for name, value in kept)


def _text(element: Element) -> str:
    """Converted text holds character references; letters of an alphabet are taken from Unicode."""
    text = unescape(element.text or "")
    if text == "~" and element.tag == "mi":
        return "∼"
    variant = element.get("mathvariant", "")
    return "".join(_styled(letter, variant) for letter in text) if element.tag in ("mi", "mn") else text


@lru_cache(maxsize=1_024)
def _styled(letter: str, variant: str) -> str:
    """`R`, `double-struck` → `ℝ`; the letter itself where Unicode has no such form."""
    form = re.sub("LATIN |GREEK |LETTER ", "", unicodedata.name(letter, ""))
    for beginning in _ALPHABETS.get(variant, ()):
        try:
            return unicodedata.lookup(f"{beginning} {form}")
        except KeyError:
            continue
    return letter


def _row(children: list[Element]) -> str:
    """Neighbours in a row: words and function names get room around them."""
    shown: list[str] = []
    before: Element | None = None
    for element in children:
        if before is not None and (_is_word(before) or _is_word(element)) and not _is_spaced(before, element):
            shown.append(_THIN_SPACE)
        shown.append(_element(element))
        before = element
    return "".join(shown)


def _with_words(children: list[Element]) -> list[Element]:
    """Upright letters that follow one another become one word."""
    merged: list[Element] = []
    for element in children:
        if merged and _is_upright(merged[-1]) and _is_upright(element):
            word = Element("mi", mathvariant="normal")
            word.text = (merged.pop().text or "") + (element.text or "")
            merged.append(word)
        else:
            merged.append(element)
    return merged


def _is_upright(element: Element) -> bool:
    return element.tag == "mi" and element.get("mathvariant") == "normal" and (element.text or "").isalpha()


def _is_word(element: Element) -> bool:
    """A name of several letters, with or without sub- and superscript."""
    base = element[0] if element.tag in ("msub", "msup", "msubsup") and len(element) else element
    return base.tag == "mi" and len(base.text or "") > 1 and (base.text or "").isalpha()


def _is_spaced(before: Element, after: Element) -> bool:
    return "mo" in (_tag(before), _tag(after)) or "mspace" in (before.tag, after.tag)
