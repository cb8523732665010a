"""PaperIds of all days → works: which ids are the same work, and which day owns it.

The same work from two sources is one paper. A weak id (a hash of title or address) gives way to a better one that
stands under the same title; titles shorter than 20 letters and digits name too many works to be trusted so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.identifiers import is_weak, title_id

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


def resolve_works(appearances: Iterable[tuple[date, str, str | None]]) -> Works:
    """Every (day, paper's id, trusted title) of the archive in any order → Works; the order does not matter.

    Papers whose id and title stand nowhere else may be left out: they are their own work, owned by their day.
    """
    first: dict[str, date] = {}
    titles: dict[str, set[str]] = {}
    for day, paper_id, title in appearances:
        first[paper_id] = min(day, first.get(paper_id, day))
        if title:
            titles.setdefault(title, set()).add(paper_id)
    better: dict[str, str] = {}
    for title in sorted(titles):
        ranked = sorted(titles[title], key=lambda paper_id: (is_weak(paper_id), first[paper_id], paper_id))
        for paper_id in ranked[1:]:
            if is_weak(paper_id):
                better.setdefault(paper_id, ranked[0])
    canonical = {paper_id: _best(paper_id, better) for paper_id in better}
    owners: dict[str, date] = {}
    for paper_id, day in first.items():
        work = canonical.get(paper_id, paper_id)
        owners[work] = min(day, owners.get(work, day))
    return Works(canonical, owners)


def _best(paper_id: str, better: Mapping[str, str]) -> str:
    """A title may lead to an id that another title leads on from; each step is to a better id, so there is an end."""
    while paper_id in better:
        paper_id = better[paper_id]
    return paper_id


def trusted_title(title: str) -> str | None:
    """The key under which two works with this title are one; None for a title too short to tell."""
    return title_id(title) if sum(map(str.isalnum, title)) >= _TRUSTED_LETTERS else None
