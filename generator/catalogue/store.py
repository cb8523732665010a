"""The database file behind the catalogue: derived from `content/`, sealed by a digest, thrown away when in doubt."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from generator.dates import parse_day
from generator.files import discard, write_atomic

_SCHEMA = """
PRAGMA journal_mode = MEMORY;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS listing (
  path TEXT PRIMARY KEY, day TEXT, source TEXT, stamp TEXT NOT NULL, digest TEXT NOT NULL,
  has_reason INTEGER NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS listing_day ON listing (day);
CREATE TABLE IF NOT EXISTS paper (
  path TEXT NOT NULL, day TEXT NOT NULL, id TEXT NOT NULL, title TEXT, is_wanted INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS paper_path ON paper (path);
CREATE INDEX IF NOT EXISTS paper_id ON paper (id, day, is_wanted, title);
CREATE INDEX IF NOT EXISTS paper_title ON paper (title, id, is_wanted) WHERE title IS NOT NULL;
CREATE TABLE IF NOT EXISTS note (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL,
  paper TEXT, curator TEXT, value TEXT, key TEXT NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hidden (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (
  kind TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS shown AS
  SELECT path, day, id, title FROM paper WHERE is_wanted OR id IN (SELECT paper FROM note WHERE paper IS NOT NULL);
"""


_HELD_BACK = """
SELECT DISTINCT later.day, earlier.day FROM paper earlier
JOIN paper later ON later.id = earlier.id AND later.day > earlier.day WHERE NOT earlier.is_wanted
ORDER BY 1, 2
"""


def held_back(database: sqlite3.Connection) -> dict[date, list[date]]:
    """Days on which papers stand, with the earlier days that list one of them without wanting to show it."""
    found: dict[date, list[date]] = {}
    for later, earlier in database.execute(_HELD_BACK):
        found.setdefault(parse_day(later), []).append(parse_day(earlier))
    return found


@contextmanager
def opened(path: Path, version: str) -> Iterator[sqlite3.Connection]:
    """The database for one run; empty when it is missing, damaged, or was made under another `version`.

    What a run wrote counts only from its end on: a run that was killed leaves a file without its seal, which the
    next one throws away. One run at a time.
    """
    seal = path.with_suffix(".seal")
    if not _is_good(path, seal, version):
        discard(path)
        discard(seal)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        before = database.total_changes
        database.execute("BEGIN")
        yield database
        database.execute("COMMIT")
        has_changed = database.total_changes != before
    if has_changed or not seal.exists():
        write_atomic(seal, _sealed(path, version).encode(), durable=False)


def _is_good(path: Path, seal: Path, version: str) -> bool:
    try:
        return seal.read_text(encoding="ascii") == _sealed(path, version) and _has_our_tables(path)
    except (OSError, UnicodeDecodeError, sqlite3.DatabaseError):
        return False


def _sealed(path: Path, version: str) -> str:
    with path.open("rb") as file:
        return f"{version} {hashlib.file_digest(file, 'sha256').hexdigest()}\n"


def _has_our_tables(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as found, closing(sqlite3.connect(":memory:")) as ours:
        ours.executescript(_SCHEMA)
        made = "SELECT sql FROM sqlite_master ORDER BY name"
        return found.execute(made).fetchall() == ours.execute(made).fetchall()
