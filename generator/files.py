"""Files without surprises: written whole or not at all, walked in one order, links not followed."""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG

TEMPORARY = ".tmp"
_log = logging.getLogger(__name__)


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write `data` to `path` unless it holds exactly that already; True when the file changed.

    A temporary file in the same folder takes the place of the old one in one step. `durable` also forces it to
    the disk first, for what cannot be made again; derived files may skip that. A killed run can leave a
    `.NAME.tmp` behind, which the next write of the same file takes over.
    """
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{TEMPORARY}")
    with temporary.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    os.replace(temporary, path)
    return True


def walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every regular file below `folder` as path relative to it and status, sorted by path.

    Symbolic links and our temporary files are passed over; a folder that is not there holds nothing.
    """
    return ((name, status) for name, status in walk_all(folder) if is_regular(name, status))


def walk_all(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Like `walk`, with whatever else is no folder, such as a symbolic link."""
    yield from _walk(str(folder), "")


def is_regular(name: str, status: os.stat_result) -> bool:
    """Whether `walk` would not pass this over."""
    return S_ISREG(status.st_mode) and not name.endswith(TEMPORARY)


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/")
        else:
            try:
                yield f"{prefix}{entry.name}", entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue


def regular_files(folder: Path) -> Iterator[Path]:
    """Every regular file below `folder`, sorted by path; symbolic links and our temporary files are passed over."""
    for name, _ in walk(folder):
        yield folder / name


def stamp(status: os.stat_result) -> str:
    """What changes when a file does, though its bytes are not read."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


class FolderWriter:
    """Makes a derived folder hold exactly the files written to it: equal ones are left alone, others go at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: set[Path] = set()
        self.changed = 0

    def write(self, path: str, data: bytes) -> None:
        """Put `data` at `path`, relative to the folder."""
        target = self._folder / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        self._written.add(target)
        self.changed += write_atomic(target, data, durable=False)

    def finish(self) -> int:
        """Remove every file and empty folder that was not written; how many files went."""
        removed = 0
        for parent, _, names in os.walk(self._folder, topdown=False):
            for name in names:
                if (path := Path(parent, name)) not in self._written:
                    path.unlink()
                    removed += 1
            if not os.listdir(parent):
                os.rmdir(parent)
        return removed


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold `lock` while the block runs; a second run says that it waits, and waits its turn.

    The system frees the lock when a run is killed, as long as no process that the run forked lives on.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _log.warning("another run of broadsheet holds %s; waiting until it ends", lock)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
