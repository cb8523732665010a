"""Papers of a digest → references: what every format of citation says of a paper, with keys of their own."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.citations.names import Name, split_name
from generator.identifiers import parse_doi
from generator.model import Paper, RankedPaper
from generator.paper_links import title_link
from generator.text import clean, readable

_SMALL_WORDS = frozenset(
    "a an and are as at by do for from how in is it of on or the to via we what when why with".split()
)
_WORD = re.compile("[^\\W_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Reference:
    """One paper as it is cited; `title` is cleaned, TeX and all, `date` the day it was submitted or else announced.

    `key` is unique among the references made together; `anchor` is the paper's place on its digest's page.
    """

    key: str
    anchor: str
    title: str
    names: tuple[Name, ...]
    date: date
    arxiv: str | None
    category: str | None
    doi: str | None
    url: str | None

    @property
    def plain_title(self) -> str:
        """In Unicode, for formats that know no TeX; TeX that shows nothing stays."""
        return readable(self.title) or self.title


def references(papers: Iterable[RankedPaper], day: date) -> tuple[Reference, ...]:
    """In the papers' order. `day` is that of the digest, for papers of which no other is known.

    Of papers with the same key the one with the least id keeps it, and the others get a letter: votes, which order
    papers anew, change no key.
    """
    found = [(ranked.paper.id, reference(ranked.paper, ranked.anchor, day)) for ranked in papers]
    alike = defaultdict(list)
    for paper_id, one in found:
        alike[one.key].append(paper_id)
    places = {paper_id: place for ids in alike.values() for place, paper_id in enumerate(sorted(ids))}
    return tuple(replace(one, key=one.key + _suffix(places[paper_id])) for paper_id, one in found)


def reference(paper: Paper, anchor: str, day: date) -> Reference:
    """One paper; its key is its own, whatever others have."""
    kind, _, bare = paper.id.partition(":")
    names = tuple(split_name(name) for author in paper.authors if (name := readable(author)))
    when = paper.submitted.date() if paper.submitted else paper.announced or day
    return Reference(
        key=_key(names, when.year, readable(paper.title)),
        anchor=anchor,
        title=clean(paper.title),
        names=names,
        date=when,
        arxiv=bare if kind == "arxiv" else None,
        category=_category(paper),
        doi=bare if kind == "doi" else parse_doi(paper.links.get("doi", "")),
        url=title_link(paper),
    )


def _category(paper: Paper) -> str | None:
    primary = paper.extra.get("primary_category")
    return primary if isinstance(primary, str) and primary else next(iter(paper.categories), None)


def _key(names: Sequence[Name], year: int, title: str) -> str:
    """`lovelace2025notes`: ASCII letters and digits, so that every program takes it."""
    family = _ascii(names[0].family) if names else ""
    words = (_ascii(word) for word in _WORD.findall(title))
    word = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return f"{family or 'anonymous'}{year}{word}"


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(filter(str.isalnum, letters))[:30]


def _suffix(place: int) -> str:
    """None for the first, then a, b, … z, aa, …"""
    letters = ""
    while place:
        place, last = divmod(place - 1, len(_LETTERS))
        letters = _LETTERS[last] + letters
    return letters
