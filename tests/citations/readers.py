"""What other programs find in our files, by the parsers' own means: key, title, authors in order, year, id."""

from collections.abc import Iterable, Mapping

import bibtexparser
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from pybtex.database import Person, parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from generator.citations import Reference
from generator.citations.names import Name
from generator.formulas import split
from generator.tex import MARK, prose

Read = tuple[str, str, tuple[str, ...], str, str]

# As LaTeX sets them: pylatexenc lacks these, or gives a look-alike.
_MACROS = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
_CONTEXT = get_default_latex_context_db()
_CONTEXT.add_context_category("braces", macros=[MacroTextSpec(*macro) for macro in _MACROS.items()], prepend=True)
_DECODER = LatexNodes2Text(_CONTEXT, math_mode="verbatim", strict_latex_spaces=True, keep_comments=True)
_QUOTES = str.maketrans({"’": "'", "‘": "`"})
"""TeX makes one of the other."""


def expected_ris(references: Iterable[Reference]) -> list[Read]:
    """Titles in Unicode, formulas too."""
    return [(one.key, one.plain_title, *_others(one)) for one in references]


def expected_bibtex(references: Iterable[Reference]) -> list[Read]:
    """Titles with formulas as they are; quotes are TeX's."""
    return [_quoted((one.key, _with_formulas(one.title), *_others(one))) for one in references]


def with_pybtex(text: str) -> list[Read]:
    """Names come as it splits them."""
    entries = parse_string(text, "bibtex").entries
    return [
        (key, _plain(entry.fields["title"]), tuple(map(_person, entry.persons.get("author", ()))), *_id(entry.fields))
        for key, entry in entries.items()
    ]


def with_bibtexparser(text: str) -> list[Read]:
    """No entry may fail."""
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    read = []
    for entry in library.entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        names = (_inverted(name.von + name.last, name.first, name.jr) for name in fields.get("author", ()))
        read.append((entry.key, _plain(fields["title"]), tuple(names), *_id(fields)))
    return read


def with_rispy(text: str) -> list[Read]:
    """The number that arXiv gave is the accession number."""
    return [
        (
            found["id"],
            found["title"],
            tuple(found.get("authors", ())),
            found["year"],
            found.get("accession_number", "").removeprefix("arXiv:") or found.get("doi", ""),
        )
        for found in rispy.loads(text)
    ]


def _others(one: Reference) -> tuple[tuple[str, ...], str, str]:
    return tuple(map(_in_list, one.names)), str(one.date.year), one.arxiv or one.doi or ""


def _quoted(read: Read) -> Read:
    key, title, names, year, number = read
    return key, title.translate(_QUOTES), tuple(name.translate(_QUOTES) for name in names), year, number


def _in_list(name: Name) -> str:
    """`van Gogh, Vincent, Jr.`"""
    return ", ".join(filter(None, (name.family_first, name.given, name.suffix)))


def _with_formulas(title: str) -> str:
    pieces = list(split(title))
    shown = prose("".join(piece.source if piece.tex is None else MARK for piece in pieces))
    for tex in (piece.tex for piece in pieces if piece.tex is not None):
        shown = shown.replace(MARK, f"${tex}$", 1)
    return " ".join(shown.split())


def _plain(tex: str) -> str:
    """As TeX would set it, formulas as they are."""
    return " ".join(_DECODER.latex_to_text(tex).translate(_QUOTES).split())


def _person(person: Person) -> str:
    family = person.prelast_names + person.last_names
    return _inverted(family, person.first_names + person.middle_names, person.lineage_names)


def _inverted(family: list[str], given: list[str], suffix: list[str]) -> str:
    return ", ".join(_plain(" ".join(part)) for part in (family, given, suffix) if part)


def _id(fields: Mapping[str, str]) -> tuple[str, str]:
    return fields["year"], fields.get("eprint") or fields.get("doi", "")
