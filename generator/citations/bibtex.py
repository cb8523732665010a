r"""References → BibTeX as arXiv writes it, in UTF-8 (https://info.arxiv.org/help/hypertex/bibstyles).

What TeX would read as a command or a ligature is escaped. BibTeX counts even an escaped brace, so one that lacks its
other becomes a command. Formulas stay formulas. Capitals that a style must not make small stand in braces.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.citations.names import Name
from generator.citations.reference import Reference
from generator.formulas import MARK, split
from generator.tex import prose

_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
_PAIRED = str.maketrans({"{": r"\{", "}": r"\}"})
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[!?])(?=`)")
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_WORD = re.compile(r"(?P<before>[^\w\s]*)(?P<core>\S*[\w}+])(?P<after>\S*)")
_SIGN = re.compile(r"[\d^_{}+]")
_ENDING = re.compile(r"\$|(?<!\\)[%#]|\\$")
_LONG = 4
_WORDS = ("A", "I")


def bibtex(references: Iterable[Reference]) -> str:
    """One entry each, with a blank line between."""
    return "\n".join(map(_entry, references))


def _entry(found: Reference) -> str:
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(found) if value)
    return f"@misc{{{found.key}{fields}\n}}\n"


def _fields(found: Reference) -> Iterator[tuple[str, str | None]]:
    yield "title", _title(found.title)
    yield "author", " and ".join(map(_name, found.names))
    yield "year", str(found.date.year)
    if found.arxiv:
        yield "eprint", found.arxiv
        yield "archiveprefix", "arXiv"
        yield "primaryclass", _escaped(found.category or "")
    yield "doi", (found.doi or "").translate(_VERBATIM)
    yield "url", (found.url or "").translate(_VERBATIM)


def _name(name: Name) -> str:
    """`van Gogh, Vincent`; a whole name in braces, so that nobody takes it apart."""
    if name.is_whole:
        return f"{{{_escaped(name.family)}}}"
    return ", ".join(_escaped(part) for part in (name.family_first, name.suffix, name.given) if part)


def _title(title: str) -> str:
    """Prose in Unicode with its capitals protected, formulas as they are."""
    pieces = list(split(title))
    formulas = [_formula(piece.tex) for piece in pieces if piece.tex is not None]
    shown = prose("".join(piece.source if piece.tex is None else MARK for piece in pieces))
    first, *rest = _protected(shown).split(MARK)
    return first + "".join(formula + following for formula, following in zip(formulas, rest, strict=True))


def _formula(tex: str) -> str:
    return f"${tex}$" if _is_sound(tex) else _escaped(f"${tex}$")


def _is_sound(tex: str) -> bool:
    """Nothing by which a formula, a line or the field ends."""
    return _is_paired(tex) and not _ENDING.search(tex)


def _is_paired(text: str) -> bool:
    """No brace, even an escaped one, without its other."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _protected(text: str) -> str:
    """Braces around names; in a title in small letters every word with a capital is one."""
    has_small_words = _is_sentence(text)
    escapes = _ESCAPES | _PAIRED if _is_paired(text) else _ESCAPES
    opened = True  # the first word, and the one behind a colon, keep their capitals anyway
    shown: list[str] = []
    for word in text.split(" "):
        if found := _WORD.fullmatch(word):
            core = _escaped(found["core"], escapes)
            is_name = _is_name(found["core"]) or (has_small_words and not opened and found["core"][0].isupper())
            core = f"{{{core}}}" if is_name else core
            shown.append(_escaped(found["before"], escapes) + core + _escaped(found["after"], escapes))
        else:
            shown.append(_escaped(word, escapes))
        opened = word.endswith((":", "?", "!", "."))
    return " ".join(shown)


def _is_name(word: str) -> bool:
    """`LoRA`, `Qwen3`, `C_1`, `X`: a capital inside, next to a digit or a sign, or alone."""
    if any(map(str.isupper, word[1:])):
        return True
    return word[0].isupper() and (len(word) == 1 or bool(_SIGN.search(word))) and word not in _WORDS


def _is_sentence(text: str) -> bool:
    """True when most of its longer words, the first apart, begin small."""
    words = [word for word in text.split()[1:] if len(word) >= _LONG and word[0].isalpha()]
    return 2 * sum(word[0].islower() for word in words) > len(words)


def _escaped(text: str, escapes: Mapping[int, str] = _ESCAPES) -> str:
    return _LIGATURE.sub("{}", text.translate(escapes))
