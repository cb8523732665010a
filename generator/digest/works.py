"""A day's listings → one paper per work, merged over the sources that listed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.archive.merging import merge_paper
from generator.model import Listing, Paper


@dataclass(frozen=True, slots=True)
class DayWork:
    """A work as one day lists it: `paper.id` is the work's id, `ids` are all ids it stood under that day."""

    paper: Paper
    ids: tuple[str, ...]
    sources: tuple[str, ...]


def merge_day(
    listings: Sequence[Listing], works: Mapping[str, str], source_order: Sequence[str]
) -> tuple[DayWork, ...]:
    """Works ordered by id. Where sources differ, the one that stands first in settings is believed."""
    rank = {name: position for position, name in enumerate(source_order)}
    ordered = sorted(listings, key=lambda listing: (rank.get(listing.source, len(rank)), listing.source))
    found: dict[str, list[tuple[str, Paper]]] = {}
    for listing in ordered:
        for paper in listing.papers:
            found.setdefault(works.get(paper.id, paper.id), []).append((listing.source, paper))
    return tuple(_merge(work, found[work]) for work in sorted(found))


def _merge(work: str, given: Sequence[tuple[str, Paper]]) -> DayWork:
    merged = given[-1][1]
    for _, paper in reversed(given[:-1]):
        merged = merge_paper(merged, paper)
    return DayWork(
        paper=replace(merged, id=work, links={**_links_of(work), **merged.links}),
        ids=tuple(sorted({paper.id for _, paper in given})),
        sources=tuple(dict.fromkeys(source for source, _ in given)),
    )


def _links_of(work: str) -> dict[str, str]:
    """The addresses that an identifier itself promises."""
    kind, _, rest = work.partition(":")
    if kind == "arxiv":
        return {"abs": f"https://arxiv.org/abs/{rest}", "pdf": f"https://arxiv.org/pdf/{rest}"}
    return {"doi": f"https://doi.org/{rest}"} if kind == "doi" else {}
