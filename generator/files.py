"""Files without surprises: written whole or not at all, walked in one order, links not followed."""

import fcntl
import logging
import os
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

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
    yield from _walk(str(folder), "")


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file(follow_symlinks=False) and not entry.name.endswith(TEMPORARY):
            try:
                yield f"{prefix}{entry.name}", entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue


def regular_files(folder: Path) -> Iterator[Path]:
    """Every regular file below `folder`, sorted by path; symbolic links and our temporary files are passed over."""
    for name, _ in walk(folder):
        yield folder / name


def differing(one: Path, other: Path) -> list[str]:
    """The paths of regular files, sorted, that one of the folders lacks or that have other bytes in it."""
    names = {name for folder in (one, other) for name, _ in walk(folder)}
    return sorted(name for name in names if _bytes(one / name) != _bytes(other / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def stamp(status: os.stat_result) -> str:
    """What changes when a file does, though its bytes are not read."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def stamps(folder: Path) -> dict[str, str]:
    """Every regular file below `folder` by its path, sorted, with its stamp."""
    return {name: stamp(status) for name, status in walk(folder)}


def discard(path: Path) -> None:
    """Remove the file, link or folder at `path`, if there is one: for what can be made again."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def make_room(path: Path, root: Path) -> None:
    """Make the folders from `root` down to `path`; what stands in their place goes, and a folder in place of `path`."""
    for parent in reversed(path.relative_to(root).parents):
        folder = root / parent
        if not folder.is_dir() or (folder.is_symlink() and folder != root):
            discard(folder)
            folder.mkdir(parents=True)
    if path.is_dir():
        discard(path)


def keep_only(folder: Path, names: Container[str]) -> int:
    """Remove every file and link below `folder` whose path is not in `names`, and empty folders; how many went."""
    folder.mkdir(parents=True, exist_ok=True)
    return _keep_only(str(folder), "", names)[0]


def _keep_only(folder: str, prefix: str, names: Container[str]) -> tuple[int, bool]:
    """How many files went, and whether nothing is left."""
    removed, is_empty = 0, True
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            inner, is_bare = _keep_only(entry.path, f"{prefix}{entry.name}/", names)
            removed += inner
            if is_bare:
                os.rmdir(entry.path)
            is_empty = is_empty and is_bare
        elif f"{prefix}{entry.name}" in names:
            is_empty = False
        else:
            os.unlink(entry.path)
            removed += 1
    return removed, is_empty


class FolderWriter:
    """Makes a derived folder hold exactly the files written to it: equal ones are left alone, others go at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: set[str] = set()
        self.changed = 0

    def write(self, path: str, data: bytes) -> None:
        """Put `data` at `path`, relative to the folder."""
        target = self._folder / path
        make_room(target, self._folder)
        self._written.add(path)
        self.changed += write_atomic(target, data, durable=False)

    def finish(self) -> int:
        """Remove every file and empty folder that was not written; how many files went."""
        return keep_only(self._folder, self._written)


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
