r"""BibTeX → papers, and a problem for each entry that cannot be used.

bibtexparser's first major version does the grammar (the second is not released yet). It drops what it cannot read
without a word, so it gets the entries one by one: an unclosed brace costs one entry, and its line is known.
TeX stays as it came (`\"o`), since pages turn it into letters; braces that only protect capitals go.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from bibtexparser.bibdatabase import UndefinedString  # type: ignore[import-untyped]
from bibtexparser.bparser import BibTexParser  # type: ignore[import-untyped]
from bibtexparser.customization import splitname  # type: ignore[import-untyped]

from generator.identifiers import parse_arxiv, parse_doi, title_id, url_id
from generator.model import Paper, Problem
from generator.sources.addresses import arxiv_links, doi_link, web_link
from generator.urls import canonical_url

_START = re.compile(r"^[ \t]*@[ \t]*(?P<kind>\w+)[ \t]*[{(]", re.MULTILINE)
_NO_PAPERS = frozenset(("string", "preamble", "comment"))
_PIECE = re.compile(r"\\(?:[A-Za-z]+|.)\s*|[{}$]|[^\\{}$]+", re.DOTALL)
_SCHOLAR = re.compile(r"arXiv:\s*(?P<id>\S+)", re.IGNORECASE)
"""Google Scholar writes `journal={arXiv preprint arXiv:2509.12345}`."""
_HINT = "Check its braces, quotes and commas, and that it has a key and a title"


def parse_bibtex(text: str, path: str) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """Every good entry in the file's order, and every bad one; `path` is for the messages only."""
    papers: dict[str, Paper] = {}
    problems: list[Problem] = []
    strings = "\n".join(block for _, kind, block in _blocks(text) if kind == "string")
    for line, kind, block in _blocks(text):
        if kind in _NO_PAPERS:
            continue
        try:
            found = [_paper(entry) for entry in _entries(f"{strings}\n{block}")]
        except ValueError as error:
            problems.append(Problem(path, line, str(error), _HINT))
            continue
        for paper in found:
            papers.setdefault(paper.id, paper)
    return tuple(papers.values()), tuple(problems)


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of each `@kind{…` that starts a line, up to the next one."""
    starts = list(_START.finditer(text))
    edges = [start.start() for start in starts] + [len(text)]
    for start, (begin, end) in zip(starts, pairwise(edges), strict=True):
        yield text.count("\n", 0, begin) + 1, start["kind"].lower(), text[begin:end]


def _entries(block: str) -> list[Mapping[str, str]]:
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    try:
        entries: list[Mapping[str, str]] = parser.parse(block).entries
    except UndefinedString as error:
        raise ValueError(f"the entry uses {error}, which no @string defines") from error
    except RecursionError as error:
        raise ValueError("the entry nests too many braces") from error
    if not entries:
        raise ValueError("the entry is not valid BibTeX")
    return entries


def _paper(entry: Mapping[str, str]) -> Paper:
    title = _plain(entry.get("title", ""))
    if not title:
        raise ValueError(f"the entry {entry['ID']!r} has no title")
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
    for name in _split_names(" ".join(field.split())):
        parts = splitname(name, strict_mode=False)
        words = [word for part in ("first", "von", "last", "jr") for word in parts.get(part, ())]
        if words and words != ["others"]:
            yield _plain(" ".join(words))


def _split_names(field: str) -> Iterator[str]:
    """Cut at each ` and ` that stands outside braces."""
    depth, start = 0, 0
    for found in re.finditer(r"[{}]| and (?=\S)", field):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == " and " and depth == 0:
            yield field[start : found.start()]
            start = found.end()
    yield field[start:]


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
