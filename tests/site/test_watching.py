"""Changes are seen, whether the system tells of them or has no watch left."""

import errno
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from watchdog.observers import Observer

from generator.site import watching as module
from generator.site.watching import watching

PATIENCE = 20.0
CHANGES: dict[str, Callable[[Path], object]] = {
    "a file in new folders": lambda root: _write(root / "content/notes/2025/10/note.md", "New."),
    "a change of a file": lambda root: _write(root / "content/curators.yml", "ada: {name: Ada}"),
    "a file that goes": lambda root: (root / "content/curators.yml").unlink(),
    "a file that takes the place of another": lambda root: (root / "apart.md").replace(root / "content/curators.yml"),
    "the settings": lambda root: _write(root / "mkdocs.yml", "site_name: Sheet"),
}


class Exhausted(Observer):  # type: ignore[misc, valid-type]  # which class it is depends on the system
    """On a system that has granted all its watches."""

    def on_thread_start(self) -> None:
        """As Linux says it."""
        raise OSError(errno.ENOSPC, "inotify watch limit reached")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("observer", [Observer, Exhausted], ids=["told", "found"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(
    change: Callable[[Path], object], observer: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of change calls back, also where `content/` is a link."""
    monkeypatch.setattr(module, "Observer", observer)
    _write(tmp_path / "elsewhere/curators.yml", "")
    (tmp_path / "content").symlink_to("elsewhere")
    _write(tmp_path / "apart.md", "Written elsewhere.")
    touched = threading.Event()
    with watching(tmp_path, [tmp_path / "content", tmp_path / "missing"], touched.set):
        change(tmp_path)
        assert touched.wait(PATIENCE)
