"""The database file behind the catalogue: derived from `content/`, sealed by a digest, thrown away when in doubt."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from generator.files import write_atomic

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
  paper TEXT, is_good INTEGER NOT NULL, value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (
  kind TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS shown AS
  SELECT path, day, id, title FROM paper WHERE is_wanted OR id IN (SELECT paper FROM note);
"""

_TABLES = "SELECT type, name, sql FROM sqlite_master ORDER BY name"


@contextmanager
def opened(path: Path, version: str) -> Iterator[sqlite3.Connection]:
    """The database for one run; empty when it is missing, damaged, not of our making, or of another `version`.

    What a run wrote counts only from its end on: a run that was killed leaves a file without its seal, which the
    next one throws away. One run at a time.
    """
    seal = path.with_suffix(".seal")
    if not path.exists() or _sealed(path, version) != _text(seal) or not _is_ours(path):
        path.unlink(missing_ok=True)
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


def _sealed(path: Path, version: str) -> str:
    with path.open("rb") as file:
        return f"{version} {hashlib.file_digest(file, 'sha256').hexdigest()}\n"


def _is_ours(path: Path) -> bool:
    """Whether it holds our tables and nothing that acts on them: a seal is no signature."""
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(_SCHEMA)
        ours = empty.execute(_TABLES).fetchall()
    try:
        with closing(sqlite3.connect(path)) as database:
            return database.execute(_TABLES).fetchall() == ours
    except sqlite3.DatabaseError:
        return False


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""
