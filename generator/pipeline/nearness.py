"""What days gave, month by month → the nearest earlier papers of some days. The only part that needs numpy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.catalogue import Catalogue
from generator.model import EarlierPaper
from generator.pipeline.given import KIND, Given, read_given
from generator.vectors.files import VectorFiles, unpack
from generator.vectors.nearest import Rows, nearest

MOST: Final = 3
"""Earlier papers under one paper."""
FLOOR: Final = 0.65
"""The least cosine: below it, papers share a field rather than a question."""

Lists = Mapping[str, tuple[EarlierPaper, ...]]
_Found = tuple[int, float, int, int, EarlierPaper]
"""Row of our paper, then what orders its related ones: nearest first, of equally near ones the newest."""


@dataclass(frozen=True, slots=True)
class _Month:
    """The papers of a month by day and anchor, their vectors, and which rows are each day's."""

    papers: Sequence[EarlierPaper]
    components: NDArray[np.int8]
    rows: Mapping[date, tuple[int, int]]


class Nearness:
    """Looks `months` calendar months back; `days` are all that gave something, in order, by number of the month.

    `is_as_planned` tells whether all vectors were still those of which the catalogue keeps the places.
    """

    def __init__(
        self, catalogue: Catalogue, files: VectorFiles, days: Mapping[int, Sequence[date]], months: int
    ) -> None:
        self._catalogue = catalogue
        self._files = files
        self._days = days
        self._months = months
        self._held: dict[int, _Month] = {}
        self.is_as_planned = True

    def lists(self, month: int, days: Sequence[date]) -> Iterator[tuple[date, Lists]]:
        """For days of a month, the related papers of each paper by anchor; papers without any are left out."""
        self._held = {number: held for number, held in self._held.items() if number >= month - self._months}
        own = self._month(month)
        ours = Rows.of(own.components)
        found: dict[date, list[_Found]] = {day: [] for day in days}
        for number in range(month - self._months, month + 1):
            earlier = self._month(number)
            theirs = Rows.of(earlier.components)
            for day in days:
                start, end = own.rows[day]
                seen = theirs if number < month else theirs.part(0, start)
                pairs = nearest(ours.part(start, end), seen, FLOOR, MOST)
                values = zip(pairs.rows.tolist(), pairs.cosines.tolist(), pairs.earlier.tolist(), strict=True)
                found[day] += ((row, -cosine, -number, -at, earlier.papers[at]) for row, cosine, at in values)
        for day in days:
            yield day, _best(own.papers[own.rows[day][0] :], found[day])

    def _month(self, number: int) -> _Month:
        if number not in self._held:
            self._held[number] = self._read(self._days.get(number, ()))
        return self._held[number]

    def _read(self, days: Sequence[date]) -> _Month:
        papers: list[EarlierPaper] = []
        vectors: list[NDArray[np.int8]] = []
        rows: dict[date, tuple[int, int]] = {}
        for day in days:
            recalled = self._catalogue.recall(KIND, str(day))
            given = read_given(recalled[1]) if recalled else Given((), ())
            rows[day] = len(papers), len(papers) + len(given.papers)
            papers += (EarlierPaper(paper.title, day, paper.anchor) for paper in given.papers)
            vectors.append(self._vectors(given))
        components = np.concatenate(vectors) if vectors else np.zeros((0, self._files.size), np.int8)
        return _Month(papers, components, rows)

    def _vectors(self, given: Given) -> NDArray[np.int8]:
        """Zeros, which are near nothing, for those whose file changed meanwhile."""
        found = np.zeros((len(given.papers), self._files.size), np.int8)
        for number, (day, check) in enumerate(given.files):
            here = [at for at, paper in enumerate(given.papers) if paper.file == number]
            if not here:
                continue
            try:
                data = self._files.path(day).read_bytes()
                packed = unpack(data, self._files.size)
            except (OSError, ValueError):
                data = b""
            if data[-len(check) // 2 :].hex() != check:
                self.is_as_planned = False
                continue
            components = np.frombuffer(packed.components, np.int8).reshape(-1, packed.size)
            found[here] = components[[given.papers[at].row for at in here]]
        return found


def _best(papers: Sequence[EarlierPaper], found: Sequence[_Found]) -> Lists:
    lists = {}
    for row, some in groupby(sorted(found), key=lambda each: each[0]):
        lists[papers[row].anchor] = tuple(each[-1] for each in islice(some, MOST))
    return lists
