"""Which file of `site/` was made from what: a file is left alone while neither its key nor its bytes changed.

The ledger is derived: without it, or when it does not hold together, every file is made again.
"""

import errno
import json
import os
from dataclasses import dataclass
from pathlib import Path

from generator.files import discard, keep_only, make_room, stamp, stamps, write_atomic
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
        self._found = stamps(site)
        self._kept: dict[str, tuple[str, str, str]] = {}
        self._staged: dict[str, tuple[str, str]] = {}
        discard(stage)

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

    def read(self, name: str) -> bytes:
        """What `site` will hold under this name, which was kept or put."""
        return (self._stage / name).read_bytes() if name in self._staged else self.bytes_of(name)

    def finish(self) -> Published:
        """Move the new files in place and remove all that was neither kept nor put."""
        for name, (key, content) in self._staged.items():
            target = self._site / name
            make_room(target, self._site)
            _move(self._stage / name, target)
            self._kept[name] = (key, stamp(os.stat(target)), content)
        removed = keep_only(self._site, self._kept)
        discard(self._stage)
        body = json.dumps(self._kept, sort_keys=True)
        make_room(self._path, self._path.parent)
        write_atomic(self._path, f"{digest(body)}\n{body}".encode(), durable=False)
        return Published(len(self._staged), removed)


def _read(path: Path) -> dict[str, tuple[str, str, str]]:
    try:
        seal, _, body = path.read_text(encoding="utf-8").partition("\n")
        entries = json.loads(body).items() if seal == digest(body) else ()
        return {name: (key, seen, content) for name, (key, seen, content) in entries}
    except (OSError, ValueError, TypeError, AttributeError):  # not there, or not of our making
        return {}


def _move(staged: Path, target: Path) -> None:
    """In one step, also where the site lies on another disk."""
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_atomic(target, staged.read_bytes(), durable=False)
