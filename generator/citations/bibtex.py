r"""References → BibTeX as arXiv writes it, in UTF-8 (https://info.arxiv.org/help/hypertex/bibstyles).

What TeX would read as a command is escaped; braces and backslashes become commands, since BibTeX counts even an escaped
brace. Formulas stay formulas. Capitals that a style must not make small stand in braces.
"""

import re
from collections.abc import Iterable, Iterator

from generator.citations.names import Name
from generator.citations.reference import Reference
from generator.formulas import split
from generator.tex import MARK, prose

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
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_WORD = re.compile(r"(?P<before>[^\w\s]*)(?P<core>\S*\w)(?P<after>\S*)")
_INNER = re.compile(r"\w.*[^\W\d_a-z]")
_ENDING = re.compile(r"\$|(?<!\\)[%#]|\\$")
_LONG = 4


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
    """Braces in pairs, of which BibTeX counts the escaped ones too, and nothing by which a formula or a line ends."""
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0 and not _ENDING.search(tex)


def _protected(text: str) -> str:
    """Braces around words with a capital inside; and, of a title in small letters, around any with a capital at all."""
    has_small_words = _is_sentence(text)
    opened = True  # the first word, and the one behind a colon, keep their capitals anyway
    shown: list[str] = []
    for word in text.split(" "):
        if found := _WORD.fullmatch(word):
            core = _escaped(found["core"])
            is_name = _INNER.search(found["core"]) or (has_small_words and not opened and found["core"][0].isupper())
            core = f"{{{core}}}" if is_name else core
            shown.append(_escaped(found["before"]) + core + _escaped(found["after"]))
        else:
            shown.append(_escaped(word))
        opened = word.endswith((":", "?", "!", "."))
    return " ".join(shown)


def _is_sentence(text: str) -> bool:
    """True when most of its longer words, the first apart, begin small."""
    words = [word for word in text.split()[1:] if len(word) >= _LONG and word[0].isalpha()]
    return 2 * sum(word[0].islower() for word in words) > len(words)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
