"""Builds in this process, and all that can be seen of them."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import BroadsheetError
from generator.pipeline import Wishes, build
from generator.settings import load_settings

TRUTH = ("content", "site_templates", "mkdocs.yml", "base.yml", "hook.py")
"""All that a site is made of; the rest of a repository is derived."""


@dataclass(frozen=True)
class Outcome:
    """How a build ended: what stands in `site/`, what was said, how many days and papers, and the error."""

    site: dict[str, bytes | str]
    said: tuple[str, ...]
    counts: tuple[int, int, int] | None
    error: str


def snapshot(folder: Path) -> dict[str, bytes | str]:
    """All that `diff -r` would compare, empty folders included."""
    return {path.relative_to(folder).as_posix(): _content(path) for path in sorted(folder.rglob("*"))}


def _content(path: Path) -> bytes | str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    return "folder" if path.is_dir() else path.read_bytes()


def build_here(root: Path, wishes: Wishes | None = None) -> Outcome:
    """A build of the repository at `root`."""
    said: list[str] = []
    counts, error = None, ""
    try:
        settings = load_settings(root / "mkdocs.yml")
        built = build(settings, wishes or Wishes(), lambda problem: said.append(str(problem)), said.append)
        counts = built.days, built.papers, built.warnings
    except BroadsheetError as caught:
        error = str(caught).replace(str(root), "")
    return Outcome(snapshot(root / "site"), tuple(said), counts, error)


def build_elsewhere(root: Path) -> Outcome:
    """A build of the same truth in a new folder, from nothing."""
    with TemporaryDirectory(prefix="broadsheet-clean-") as folder:
        for name in TRUTH:
            source, target = root / name, Path(folder, name)
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True)
            elif source.exists():
                shutil.copy(source, target)
        return build_here(Path(folder))


def differing(ours: dict[str, bytes | str], theirs: dict[str, bytes | str]) -> list[str]:
    """The names only: nobody wants to read two sites."""
    return sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
