"""`content/` → the catalogue's rows: one walk over the folders, and reading of what changed since the last run."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from generator.archive import place_of
from generator.catalogue.reading import IndexedListing, ListingFile, Rules, index_listings
from generator.catalogue.strays import is_hidden, spelt, unread
from generator.curation import NoteReader, ReadNote
from generator.files import stamp, walk
from generator.fingerprint import digest
from generator.model import Problem

T = TypeVar("T")
R = TypeVar("R")

_CHUNK = 25
"""Listing files that one task reads: some 750 papers, a few megabytes."""
_SETTLED_NS = 2_000_000_000
"""A file touched less than two seconds ago may change again without its times telling."""
_STRAY = "Name it content/listings/YYYY/MM/DD/<source>.json, or delete it"


class Each(Protocol):
    """`map`, or its like over other processes: results in order, tasks taken as they are needed."""

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R]:
        """The function's value for each task."""
        ...


@dataclass(frozen=True, slots=True)
class _Changed:
    """A file whose bytes are not those of its row; `data` is None when it cannot be read."""

    path: str
    stamp: str
    digest: str
    data: bytes | None

    def unreadable(self) -> Problem:
        return Problem(self.path, None, "cannot be read", "Make it an ordinary readable file")


def sync(database: sqlite3.Connection, content: Path, rules: Rules, notes: NoteReader, each: Each) -> None:
    """Make the rows say what the files say."""
    changed: dict[str, _Changed] = {}
    chunks = _chunks(database, content, changed)
    for some in each(partial(index_listings, rules), chunks):
        for indexed in some:
            _put_listing(database, changed.pop(indexed.path), indexed)
    _sync_notes(database, content, notes)


def _chunks(
    database: sqlite3.Connection, content: Path, changed: dict[str, _Changed]
) -> Iterator[tuple[ListingFile, ...]]:
    placed = _placed(database, content, changed)
    while chunk := tuple(islice(placed, _CHUNK)):
        yield chunk


def _placed(database: sqlite3.Connection, content: Path, changed: dict[str, _Changed]) -> Iterator[ListingFile]:
    """The changed files that are listings by their place; the others are put down as problems, hidden ones not."""
    for file in _changed_files(database, "listing", content / "listings"):
        place = place_of(file.path.split("/", 2)[2])
        if place and file.data is not None:
            changed[file.path] = file
            yield ListingFile(file.path, place[0], place[1], file.data)
            continue
        stray = Problem(file.path, None, "is not where a listing lives", _STRAY)
        problem = file.unreadable() if place else stray
        problems = () if is_hidden(file.path) else (problem,)
        _put_listing(database, file, IndexedListing(file.path, None, "", False, (), problems))


def _put_listing(database: sqlite3.Connection, file: _Changed, listing: IndexedListing) -> None:
    database.execute("DELETE FROM paper WHERE path = ?", (listing.path,))
    day = listing.day.isoformat() if listing.day else None
    problems = json.dumps([asdict(problem) for problem in listing.problems])
    row = (listing.path, day, listing.source, file.stamp, file.digest, listing.has_reason, problems)
    database.execute("INSERT OR REPLACE INTO listing VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    rows = ((listing.path, day, paper.id, paper.title, paper.is_wanted) for paper in listing.papers)
    database.executemany("INSERT INTO paper VALUES (?, ?, ?, ?, ?)", rows)


def _sync_notes(database: sqlite3.Connection, content: Path, notes: NoteReader) -> None:
    """Notes are all read anew when what they may name changed, curators and topics, or what is hidden."""
    known = database.execute("SELECT key FROM made WHERE kind = 'curation'").fetchone()
    if known != (notes.key,):
        database.execute("DELETE FROM note")
        database.execute("DELETE FROM hidden")
        database.executemany("INSERT INTO hidden VALUES (?)", [(paper,) for paper in sorted(notes.hidden.papers)])
        database.execute("INSERT OR REPLACE INTO made VALUES ('curation', '', ?, '')", (notes.key,))
    for file in _changed_files(database, "note", content / "notes"):
        if not is_hidden(file.path):
            row = (file.path, file.stamp, file.digest, *_note_columns(_read_note(file, notes)))
            database.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _read_note(file: _Changed, notes: NoteReader) -> ReadNote:
    if not file.path.endswith(".md"):
        return ReadNote(None, (unread(file.path),))
    return ReadNote(None, (file.unreadable(),)) if file.data is None else notes.read(file.path, file.data)


def _note_columns(read: ReadNote) -> tuple[str | None, str | None, str | None, str, str]:
    """The key is of what the note came to, which follows curators and topics too, not only the file's bytes."""
    problems = json.dumps([asdict(problem) for problem in read.problems])
    if read.note is None:
        return None, None, None, "", problems
    value = json.dumps(asdict(read.note), ensure_ascii=False)
    return read.note.paper, read.note.curator.handle, value, digest(value), problems


def _changed_files(database: sqlite3.Connection, table: str, folder: Path) -> Iterator[_Changed]:
    """The files whose bytes are not those of their row; rows without a file go."""
    rows = database.execute(f"SELECT path, stamp, digest FROM {table}")  # noqa: S608  # one of our two names
    known = {path: (seen, key) for path, seen, key in rows}
    gone = set(known)
    settled = time.time_ns() - _SETTLED_NS
    for name, status in walk(folder):
        path = spelt(f"{folder.parent.name}/{folder.name}/{name}")
        gone.discard(path)
        seen, key = known.get(path, ("", ""))
        fresh = stamp(status) if max(status.st_mtime_ns, status.st_ctime_ns) < settled else ""
        if fresh and fresh == seen:
            continue
        data = read_or_none(folder / name)
        found = _Changed(path, fresh, "" if data is None else digest(data), data)
        if found.digest == key and data is not None:
            database.execute(f"UPDATE {table} SET stamp = ? WHERE path = ?", (fresh, path))  # noqa: S608
        else:
            yield found
    database.executemany(f"DELETE FROM {table} WHERE path = ?", [(path,) for path in gone])  # noqa: S608
    if table == "listing":
        database.executemany("DELETE FROM paper WHERE path = ?", [(path,) for path in gone])


def read_or_none(path: Path) -> bytes | None:
    """A file's bytes; None when it went, or cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None
