"""What builds made of the catalogue's days, under keys of all that it was made of, so that the next one need not."""

import sqlite3
from collections.abc import Collection, Mapping


class Memory:
    """Values by kind and name, each with its key."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def recall(self, kind: str, name: str) -> tuple[str, str] | None:
        """Key and value of what was made under this name."""
        query = "SELECT key, value FROM made WHERE kind = ? AND name = ?"
        found: tuple[str, str] | None = self._database.execute(query, (kind, name)).fetchone()
        return found

    def recall_all(self, kind: str) -> Mapping[str, tuple[str, str]]:
        """Key and value of all of a kind, by name."""
        rows = self._database.execute("SELECT name, key, value FROM made WHERE kind = ?", (kind,))
        return {name: (key, value) for name, key, value in rows}

    def keys(self, kind: str) -> Mapping[str, str]:
        """Key of all of a kind, by name."""
        return dict(self._database.execute("SELECT name, key FROM made WHERE kind = ?", (kind,)).fetchall())

    def forget_others(self, kind: str, names: Collection[str]) -> None:
        """Of a kind, keep what was made under these names only."""
        gone = [(kind, name) for name in self.keys(kind) if name not in names]
        self._database.executemany("DELETE FROM made WHERE kind = ? AND name = ?", gone)

    def remember(self, kind: str, name: str, key: str, value: str) -> None:
        """Keep what was made, until it is made again."""
        self._database.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", (kind, name, key, value))
