"""What is known of all days: which there are, what each is made of, who owns a paper, what was made of it before."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.catalogue.contexts import DayInput
from generator.catalogue.memory import Memory
from generator.catalogue.noting import NoteRow, parted, waiting
from generator.catalogue.reading import ListingFile, Rules
from generator.catalogue.store import held_back, opened
from generator.catalogue.strays import find_strays
from generator.catalogue.sync import Each, read_or_none, sync
from generator.catalogue.works import Works, resolve_works
from generator.curation import NoteReader
from generator.dates import parse_day
from generator.fingerprint import digest, program_digest
from generator.identifiers import anchor
from generator.model import Curator, Day, Note, Problem, Severity

_REPEATED = """
WITH twice AS (SELECT id FROM shown GROUP BY id HAVING min(day) <> max(day)),
     shared AS (SELECT title FROM shown WHERE title IS NOT NULL GROUP BY title HAVING min(id) <> max(id))
SELECT DISTINCT day, id, title FROM shown
WHERE id IN twice OR id IN (SELECT id FROM shown WHERE title IN shared)
"""
"""The papers for which more than their own day matters; all others are their own work, owned by their day."""


@dataclass(frozen=True, slots=True)
class CatalogueDay:
    """A day with listings. `key` is a digest of all that its pages are made of besides settings and templates.

    `noted` are the anchors of its own papers that have notes, in order.
    """

    date: date
    key: str
    has_page: bool
    noted: tuple[str, ...]
    previous: Day | None
    next: Day | None


class Catalogue(Memory):
    """Answers from the rows; `content` holds the files they were read from, `listed` are the people of its curators."""

    def __init__(self, database: sqlite3.Connection, content: Path, listed: Collection[Curator]) -> None:
        super().__init__(database)
        self._content = content
        self._listed = tuple(listed)

    def synced(self, rules: Rules, notes: NoteReader) -> "Catalogue":
        """The catalogue of what `content` holds now, over the same rows; this one when nothing changed.

        `rules` are those it was opened with.
        """
        before = self._database.total_changes
        sync(self._database, self._content, rules, notes, map)
        listed = tuple(notes.curators.values())
        if self._database.total_changes == before and listed == self._listed:
            return self
        return Catalogue(self._database, self._content, listed)

    def detach(self, path: Path) -> None:
        """Once closed, go on with a copy of the file `path` in memory: for any thread, one at a time."""
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with closing(sqlite3.connect(path)) as file:
            file.backup(memory)
        self._database = memory

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong in listings and notes, by path, and what nothing reads."""
        for table in ("listing", "note"):
            rows = self._database.execute(f"SELECT problems FROM {table} WHERE problems <> '[]' ORDER BY path")  # noqa: S608  # one of two names
            for (problems,) in rows.fetchall():
                yield from map(_problem, json.loads(problems))
        yield from self._parted[1]
        yield from waiting(self._unlisted())
        yield from find_strays(self._content)

    def holdings(self) -> tuple[int, int]:
        """How many notes and how many listings can be used."""
        (listings,) = self._database.execute("SELECT count(*) FROM listing WHERE day IS NOT NULL").fetchone()
        return len(self._parted[0]), listings

    def notes(self) -> Iterator[Note]:
        """The notes that can be used and whose paper is not hidden, by path."""
        return (self._note(row.path) for row in self._parted[0] if not self.is_hidden(row.paper))

    def is_hidden(self, paper: str) -> bool:
        """True for a paper that the owner has hidden, by whatever id of its work."""
        return self._works.work(paper) in self._hidden

    def place(self, paper: str) -> tuple[str, date] | None:
        """The id of a paper's work and the day that owns it; None when no digest shows it."""
        work = self._works.work(paper)
        if self.is_hidden(paper):
            return None
        if (owner := self._works.owner(paper)) is not None:
            return work, owner
        (day,) = self._database.execute("SELECT min(day) FROM shown WHERE id = ?", (paper,)).fetchone()
        return (work, parse_day(day)) if day else None

    def listed(self, paper: str) -> date | None:
        """The day that owns a paper's work, or that lists it though no digest shows it; None when no listing has it."""
        if place := self.place(paper):
            return place[1]
        (day,) = self._database.execute("SELECT min(day) FROM paper WHERE id = ?", (paper,)).fetchone()
        return parse_day(day) if day else None

    def unlisted(self) -> tuple[Note, ...]:
        """The notes whose paper no listing has, by path."""
        return tuple(self._note(row.path) for row in self._unlisted())

    def _unlisted(self) -> list[NoteRow]:
        known = "SELECT 1 FROM paper WHERE id = ?"
        return [
            row
            for row in self._parted[0]
            if not self.is_hidden(row.paper) and not self._database.execute(known, (row.paper,)).fetchone()
        ]

    def sources(self) -> list[str]:
        """The names of all sources that have a listing, in order."""
        query = "SELECT DISTINCT source FROM listing WHERE day IS NOT NULL ORDER BY 1"
        return [name for (name,) in self._database.execute(query)]

    @cached_property
    def days(self) -> tuple[CatalogueDay, ...]:
        """Every day with a listing, in order."""
        files: dict[date, list[tuple[str, str]]] = {}
        with_reason: set[date] = set()
        rows = self._database.execute(
            "SELECT day, path, digest, has_reason FROM listing WHERE day IS NOT NULL ORDER BY day, path"
        )
        for day, path, key, has_reason in rows:
            files.setdefault(parse_day(day), []).append((path, key))
            if has_reason:
                with_reason.add(parse_day(day))
        hidden = json.dumps(sorted(self._hidden))
        query = "SELECT DISTINCT day FROM shown WHERE id NOT IN (SELECT value FROM json_each(?))"
        with_papers = {parse_day(day) for (day,) in self._database.execute(query, (hidden,))}
        turns = _neighbours(list(files), sorted(with_papers))
        return tuple(
            CatalogueDay(
                day,
                self._key(day, files[day], turns[day]),
                day in with_papers | with_reason,
                self._noted(day),
                *turns[day],
            )
            for day in files
        )

    def held_back(self) -> Mapping[date, Sequence[date]]:
        """For each day, the earlier ones that list papers of its own too, but show them for no topic."""
        return held_back(self._database)

    def _noted(self, day: date) -> tuple[str, ...]:
        papers = (row.paper for row in self._notes.get(day, ()))
        return tuple(sorted({anchor(self._works.work(paper)) for paper in papers if self._is_owner(day, paper)}))

    def _is_owner(self, day: date, paper: str) -> bool:
        return self._works.owner(paper) in (None, day)

    @cached_property
    def curators(self) -> tuple[Curator, ...]:
        """Everyone who is listed as a curator or wrote a note that a day shows, by handle."""
        paths = sorted({row.path for notes in self._notes.values() for row in notes})
        written = (self._note(path).curator for path in paths)
        known = {curator.handle: curator for curator in (*written, *self._listed)}
        return tuple(known[handle] for handle in sorted(known))

    def _key(self, day: date, files: Sequence[tuple[str, str]], turns: tuple[date | None, date | None]) -> str:
        papers = sorted(self._repeated.get(day, ()))
        facts = [(paper, self._works.work(paper), self._works.owner(paper)) for paper in papers]
        notes = [(row.path, row.key) for row in self._notes.get(day, ())]
        hidden = sorted(self._hidden_on.get(day, ()))
        return digest(repr((day, files, turns, facts, notes, hidden)))

    def input(self, day: CatalogueDay) -> DayInput:
        """All that one day's page is made of, by value, as it is now; a file that went meanwhile is left out."""
        papers = self._repeated.get(day.date, ())
        works = {paper: work for paper in papers if (work := self._works.work(paper)) != paper}
        owned = {self._works.work(paper): self._works.owners[self._works.work(paper)] for paper in papers}
        notes: dict[str, list[Note]] = {}
        for row in self._notes.get(day.date, ()):
            notes.setdefault(self._works.work(row.paper), []).append(self._note(row.path))
        rows = self._database.execute(
            "SELECT path, source, digest FROM listing WHERE day = ? ORDER BY path", (day.date.isoformat(),)
        )
        read = [(path, source, seen, read_or_none(self._content.parent / path)) for path, source, seen in rows]
        now = ["" if data is None else digest(data) for *_, data in read]
        is_current = now == [seen for _, _, seen, _ in read]
        return DayInput(
            date=day.date,
            key=day.key if is_current else digest(day.key, *now),
            files=tuple(
                ListingFile(path, day.date, source, data) for path, source, _, data in read if data is not None
            ),
            works=works,
            owners={work: owner for work, owner in owned.items() if owner != day.date},
            notes={work: tuple(some) for work, some in notes.items()},
            noted=frozenset(row.paper for row in self._notes.get(day.date, ())),
            hidden=self._hidden_on.get(day.date, frozenset()),
            previous=day.previous,
            next=day.next,
        )

    @cached_property
    def _works(self) -> Works:
        return resolve_works((day, paper, title) for day, paper, title in self._appearances)

    @cached_property
    def _appearances(self) -> Sequence[tuple[date, str, str | None]]:
        return [(parse_day(day), paper, title) for day, paper, title in self._database.execute(_REPEATED)]

    @cached_property
    def _repeated(self) -> Mapping[date, set[str]]:
        found: dict[date, set[str]] = {}
        for day, paper, _ in self._appearances:
            found.setdefault(day, set()).add(paper)
        return found

    @cached_property
    def _parted(self) -> tuple[tuple[NoteRow, ...], tuple[Problem, ...]]:
        query = "SELECT path, key, paper, curator FROM note WHERE value IS NOT NULL ORDER BY path"
        rows = self._database.execute(query).fetchall()
        return parted((NoteRow(*row) for row in rows), self._works.work)

    @cached_property
    def _notes(self) -> Mapping[date, Sequence[NoteRow]]:
        """The notes of each day, by path; a note counts wherever its work stands."""
        alike: dict[str, set[date]] = {}
        for day, paper, _ in self._appearances:
            alike.setdefault(self._works.work(paper), set()).add(day)
        found: dict[date, list[NoteRow]] = {}
        for row in self._parted[0]:
            if (work := self._works.work(row.paper)) in self._hidden:
                continue
            own = self._database.execute("SELECT DISTINCT day FROM shown WHERE id = ?", (row.paper,))
            for day in sorted({parse_day(day) for (day,) in own} | alike.get(work, set())):
                found.setdefault(day, []).append(row)
        return found

    @cached_property
    def _hidden(self) -> frozenset[str]:
        """Every id of the works that the owner has hidden."""
        named = {paper for (paper,) in self._database.execute("SELECT id FROM hidden")}
        works = {self._works.work(paper) for paper in named}
        alike = (paper for paper, work in self._works.canonical.items() if work in works)
        return frozenset((*named, *works, *alike)) if named else frozenset()

    @cached_property
    def _hidden_on(self) -> Mapping[date, frozenset[str]]:
        found: dict[date, set[str]] = {}
        for paper in self._hidden:
            for (day,) in self._database.execute("SELECT DISTINCT day FROM paper WHERE id = ?", (paper,)):
                found.setdefault(parse_day(day), set()).add(paper)
        return {day: frozenset(papers) for day, papers in found.items()}

    def _note(self, path: str) -> Note:
        (value,) = self._database.execute("SELECT value FROM note WHERE path = ?", (path,)).fetchone()
        fields = json.loads(value)
        return Note(**{**fields, "curator": Curator(**fields["curator"]), "topics": tuple(fields["topics"])})


@contextmanager
def open_catalogue(path: Path, content: Path, rules: Rules, notes: NoteReader, each: Each) -> Iterator[Catalogue]:
    """The catalogue in the file `path`, brought up to date with `content`; one run at a time."""
    with opened(path, digest(program_digest(), repr(rules.topics), *sorted(rules.only_topics))) as database:
        sync(database, content, rules, notes, each)
        yield Catalogue(database, content, notes.curators.values())


def _problem(fields: Mapping[str, Any]) -> Problem:
    return Problem(**{**fields, "severity": Severity(fields["severity"])})


def _neighbours(days: Sequence[date], with_papers: Sequence[date]) -> Mapping[date, tuple[date | None, date | None]]:
    """Previous and next day with papers, for every day."""
    found: dict[date, tuple[date | None, date | None]] = {}
    position = 0
    for day in days:
        while position < len(with_papers) and with_papers[position] < day:
            position += 1
        previous = with_papers[position - 1] if position else None
        after = position + 1 if position < len(with_papers) and with_papers[position] == day else position
        found[day] = (previous, with_papers[after] if after < len(with_papers) else None)
    return found
