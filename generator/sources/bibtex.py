r"""BibTeX → papers, and a problem for each entry that cannot be used.

pybtex does the grammar. An unclosed brace would cost it the rest of the file, so it gets the entries one by one: a bad
one costs itself, and its line is known. TeX stays as it came (`\"o`), since pages turn it into letters; braces that
only protect capitals go.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person
from pybtex.database.input.bibtex import DuplicateField, Parser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError
from pybtex.utils import CaseInsensitiveDict

from generator.identifiers import parse_arxiv, parse_doi, title_id, url_id
from generator.model import Paper, Problem
from generator.sources.addresses import arxiv_links, doi_link, web_link
from generator.urls import canonical_url

_START = re.compile(r"^[ \t]*@[ \t]*(?P<kind>\w+)[ \t]*[{(]", re.MULTILINE)
_LONGEST_STRING = 2_000
_PIECE = re.compile(r"\\(?:[A-Za-z]+|.)\s*|[{}$]|[^\\{}$]+", re.DOTALL)
_SCHOLAR = re.compile(r"arXiv:\s*(?P<id>\S+)", re.IGNORECASE)
"""Google Scholar writes `journal={arXiv preprint arXiv:2509.12345}`."""
_HINT = "Check its braces, quotes and commas, and that it has a key and a title"


def parse_bibtex(text: str, path: str) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """Every good entry in the file's order, and every bad one; `path` is for the messages only."""
    macros = _Macros(month_names)
    papers: dict[str, Paper] = {}
    problems: list[Problem] = []
    for line, _, block in sorted(_blocks(text), key=lambda block: block[1] != "string"):
        parser = _Parser(macros)
        try:
            parser.parse_string(block)
            for key, entry in parser.data.entries.items():
                paper = _paper(key, entry.fields)
                papers.setdefault(paper.id, paper)
        except (PybtexError, ValueError) as error:
            problems.append(Problem(path, line, _cause(error), _HINT))
    return tuple(papers.values()), tuple(sorted(problems, key=lambda problem: problem.line or 0))


class _Macros(CaseInsensitiveDict):  # type: ignore[misc]
    """What each @string stands for; bounded, since strings that repeat strings would fill the memory."""

    def __setitem__(self, name: str, value: str) -> None:
        if len(value) > _LONGEST_STRING:
            raise ValueError(f"the @string {name!r} is longer than {_LONGEST_STRING:,} characters")
        super().__setitem__(name, value)


class _Parser(Parser):  # type: ignore[misc]
    """pybtex's parser, with names left as text; of a field given twice the first counts."""

    def __init__(self, macros: _Macros) -> None:
        super().__init__(person_fields=())
        self.macros = macros

    def handle_error(self, error: PybtexError) -> None:
        if not isinstance(error, DuplicateField):
            raise error


def _cause(error: PybtexError | ValueError) -> str:
    match error:
        case UndefinedMacro():
            return f"the entry uses '{error.args[0]}', which no @string defines"
        case PybtexError():
            return f"the entry is not valid BibTeX ({error.args[0]})"
        case _:
            return str(error)


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of each `@kind{…` that starts a line, up to the next one."""
    starts = list(_START.finditer(text))
    edges = [start.start() for start in starts] + [len(text)]
    line = 1 + text.count("\n", 0, edges[0])
    for start, (begin, end) in zip(starts, pairwise(edges), strict=True):
        yield line, start["kind"].lower(), text[begin:end]
        line += text.count("\n", begin, end)


def _paper(key: str, entry: Mapping[str, str]) -> Paper:
    title = _plain(entry.get("title", ""))
    if not title:
        raise ValueError(f"the entry {key!r} has no title")
    arxiv, doi, url = _arxiv(entry), parse_doi(entry.get("doi", "")), entry.get("url", "")
    links = web_link(url) | (doi_link(doi) if doi else {}) | (arxiv_links(arxiv[0]) if arxiv else {})
    category = entry.get("primaryclass", "").strip()
    return Paper(
        id=_id(arxiv, doi or parse_doi(url), url, title),
        title=title,
        abstract=entry.get("abstract", "").strip(),
        authors=tuple(_names(entry.get("author", ""))),
        categories=(category,) if arxiv and category else (),
        links=links,
        version=arxiv[1] if arxiv else None,
    )


def _id(arxiv: tuple[str, int | None] | None, doi: str | None, url: str, title: str) -> str:
    if arxiv:
        return f"arxiv:{arxiv[0]}"
    if doi:
        return f"doi:{doi}"
    canonical = canonical_url(url)
    return url_id(canonical) if canonical else title_id(title)


def _arxiv(entry: Mapping[str, str]) -> tuple[str, int | None] | None:
    """Id and version from `eprint` (https://info.arxiv.org/help/hypertex/bibstyles), an address or the journal."""
    archive = entry.get("archiveprefix") or entry.get("eprinttype") or "arxiv"
    eprint = entry.get("eprint", "") if archive.strip().lower() == "arxiv" else ""
    journal = _SCHOLAR.search(entry.get("journal", ""))
    for candidate in (eprint, entry.get("url", ""), entry.get("doi", ""), journal["id"] if journal else ""):
        if found := parse_arxiv(candidate):
            return found
    return None


def _names(field: str) -> Iterator[str]:
    """`Last, First and {A Group} and others` → `First Last`, `A Group`."""
    for name in split_name_list(field):
        try:
            person = Person(name)
        except InvalidNameString:  # too many commas to tell what is what
            yield _plain(name)
            continue
        parts = (person.first_names, person.middle_names, person.prelast_names, person.last_names, person.lineage_names)
        words = [word for part in parts for word in part]
        if words and words != ["others"]:
            yield _plain(" ".join(words))


def _plain(text: str) -> str:
    r"""Without the braces that protect capitals; those of math, of a command's argument and of `{\o}` stay."""
    parts: list[str] = []
    kept: list[bool] = []
    in_math = after_command = False
    for found in _PIECE.finditer(" ".join(text.split())):
        piece, was_kept = found[0], True
        if piece == "{":
            was_kept = in_math or after_command or any(kept) or found.string.startswith("\\", found.end())
            kept.append(was_kept)
        elif piece == "}" and kept:
            was_kept = kept.pop()
        if was_kept:
            parts.append(piece)
        after_command = piece.startswith("\\") or (piece == "}" and was_kept)
        in_math ^= piece == "$"
    return "".join(parts).strip()
