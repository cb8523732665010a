"""PaperIds of all days → works: which ids are the same work, and which day owns it.

The same work from two sources is one paper. A weak id (a hash of title or address) gives way to a better one that
stands under the same title; titles shorter than 20 letters and digits name too many works to be trusted so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.identifiers import is_weak, title_id
from generator.model import Paper

_TRUSTED_LETTERS = 20


@dataclass(frozen=True, slots=True)
class Works:
    """`canonical` maps an id to the id of its work where they differ; `owners` maps a work's id to its day."""

    canonical: Mapping[str, str]
    owners: Mapping[str, date]

    def work(self, paper_id: str) -> str:
        """The id under which a paper is known."""
        return self.canonical.get(paper_id, paper_id)

    def owner(self, paper_id: str) -> date | None:
        """The first day that listed the work."""
        return self.owners.get(self.work(paper_id))


def resolve_works(appearances: Iterable[tuple[date, Paper]]) -> Works:
    """Every (day, paper) of the archive in any order → Works; the order does not matter."""
    first: dict[str, date] = {}
    titles: dict[str, set[str]] = {}
    for day, paper in appearances:
        first[paper.id] = min(day, first.get(paper.id, day))
        if _is_trusted(paper.title):
            titles.setdefault(title_id(paper.title), set()).add(paper.id)
    canonical: dict[str, str] = {}
    for ids in titles.values():
        best = min(ids, key=lambda paper_id: (is_weak(paper_id), first[paper_id], paper_id))
        for paper_id in ids:
            if paper_id != best and is_weak(paper_id):
                canonical[paper_id] = best
    owners: dict[str, date] = {}
    for paper_id, day in first.items():
        work = canonical.get(paper_id, paper_id)
        owners[work] = min(day, owners.get(work, day))
    return Works(canonical, owners)


def _is_trusted(title: str) -> bool:
    return sum(character.isalnum() for character in title) >= _TRUSTED_LETTERS
