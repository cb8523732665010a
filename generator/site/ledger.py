"""Which file of `site/` was made from what: a file is left alone while neither its key nor its bytes changed.

The ledger is derived: without it, or when it does not hold together, every file is made again.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from generator.files import is_regular, stamp, walk_all, write_atomic
from generator.fingerprint import digest


@dataclass(frozen=True, slots=True)
class Published:
    """How many files changed, and how many went."""

    changed: int
    removed: int


class Ledger:
    """The files of `site`, as they are on disk and as the last run put them down in `path`.

    A key is a digest of all that a file is made of. New files wait in `stage` until `finish` moves them in place. A
    run killed midway leaves whole files, old or new, and the old ledger, which the new files do not agree with: they
    are made again.
    """

    def __init__(self, path: Path, site: Path, stage: Path) -> None:
        self._path = path
        self._site = site
        self._stage = stage
        self._known = _read(path)
        self._found: dict[str, str] = {}
        self._strays: list[str] = []
        self._kept: dict[str, tuple[str, str, str]] = {}
        self._staged: dict[str, tuple[str, str]] = {}
        for name, status in () if site.is_symlink() else walk_all(site):
            if is_regular(name, status):
                self._found[name] = stamp(status)
            else:
                self._strays.append(name)
        shutil.rmtree(stage, ignore_errors=True)

    def keep(self, name: str, key: str) -> bool:
        """True when `site` holds the file that `key` makes; it stays as it is."""
        known_key, known_stamp, content = self._known.get(name, ("", "", ""))
        if name not in self._found or known_key != key:
            return False
        if self._found[name] != known_stamp and digest(self.bytes_of(name)) != content:
            return False
        self._kept[name] = (key, self._found[name], content)
        return True

    def put(self, name: str, key: str, data: bytes) -> None:
        """A file as it shall be; one that holds these bytes already is left alone."""
        content = digest(data)
        if name in self._found and self.bytes_of(name) == data:
            self._kept[name] = (key, self._found[name], content)
            return
        staged = self._stage / name
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        self._staged[name] = (key, content)

    def bytes_of(self, name: str) -> bytes:
        """What `site` holds under this name."""
        return (self._site / name).read_bytes()

    def finish(self) -> Published:
        """Remove all that was neither kept nor put, and folders left empty; move the new files in place."""
        gone = [name for name in (*self._found, *self._strays) if name not in self._kept and name not in self._staged]
        for name in gone:
            (self._site / name).unlink(missing_ok=True)
        for folder in sorted({parent for name in gone for parent in (self._site / name).parents}, reverse=True):
            if folder.is_relative_to(self._site) and folder.is_dir() and not os.listdir(folder):
                folder.rmdir()
        for name, (key, content) in self._staged.items():
            target = self._site / name
            _make_room(target, self._site)
            os.replace(self._stage / name, target)
            self._kept[name] = (key, stamp(os.stat(target)), content)
        shutil.rmtree(self._stage, ignore_errors=True)
        body = json.dumps(self._kept, sort_keys=True)
        write_atomic(self._path, f"{digest(body)}\n{body}".encode(), durable=False)
        return Published(len(self._staged), len(gone))


def _read(path: Path) -> dict[str, tuple[str, str, str]]:
    try:
        seal, _, body = path.read_text(encoding="utf-8").partition("\n")
        entries = json.loads(body).items() if seal == digest(body) else ()
        return {name: (key, seen, content) for name, (key, seen, content) in entries}
    except (OSError, ValueError, TypeError, AttributeError):  # not there, or not of our making
        return {}


def _make_room(target: Path, site: Path) -> None:
    """Something else may stand where a file or one of its folders belongs."""
    for parent in reversed(target.relative_to(site).parents):
        folder = site / parent
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
