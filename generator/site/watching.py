"""Folders → a call whenever a file in them changed: told by the system, or found by looking where it tells no more."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Not that a file or folder was opened, which our own reading does."""
_SETTINGS = (".yml", ".yaml")


class _Everything(FileSystemEventHandler):
    def __init__(self, touched: Callable[[], None]) -> None:
        self._touched = touched

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._touched()


class _Settings(_Everything):
    """`mkdocs.yml` and what it may inherit from beside it; not `site/` and `build/`, which lie there too."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        if any(str(path).endswith(_SETTINGS) for path in (event.src_path, event.dest_path)):
            self._touched()


@contextmanager
def watching(root: Path, folders: Sequence[Path], touched: Callable[[], None]) -> Iterator[None]:
    """Call `touched`, from another thread, when a settings file in `root` or anything below `folders` changes.

    Folders that are not there yet are not watched when they come.
    """
    try:
        observer = _started(Observer(), root, folders, touched)
    except OSError:  # a system grants only so many watches
        observer = _started(PollingObserver(), root, folders, touched)
    try:
        yield
    finally:
        observer.stop()
        observer.join()


def _started(observer: BaseObserver, root: Path, folders: Sequence[Path], touched: Callable[[], None]) -> BaseObserver:
    # A link to a folder would be watched itself, not what it leads to.
    observer.schedule(_Settings(touched), str(root.resolve()), event_filter=_CHANGES)
    for folder in filter(Path.is_dir, folders):
        observer.schedule(_Everything(touched), str(folder.resolve()), recursive=True, event_filter=_CHANGES)
    try:
        observer.start()
    except OSError:
        observer.stop()
        raise
    return observer
